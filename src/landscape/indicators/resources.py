"""Indicators of what authorities can draw on: posts, associations, money."""

from __future__ import annotations

import pandas as pd

from landscape.indicators import estimates


def staff_per_1000(posts: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Town-hall posts filled per 1,000 residents, with the exact Poisson interval.

    Both inputs are indexed by area_id. NA where either is missing or the
    population is 0. Raises ValueError if the indexes differ.
    """
    return estimates.rate(posts, population, per=1000)


def staff_filled(filled: pd.Series, allowed: pd.Series) -> pd.DataFrame:
    """Town-hall posts filled per 100 that the law allows.

    More posts can be filled than a later law allows, so this is a ratio and
    not a share: the exact Poisson interval of the posts filled.
    """
    return estimates.rate(filled, allowed, per=100)


def associations_per_1000(associations: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Active associations and foundations per 1,000 residents; exact Poisson interval."""
    return estimates.rate(associations, population, per=1000)


def participation_programmes_per_100000(
    programmes: pd.Series, population: pd.Series
) -> pd.DataFrame:
    """Kinds of support for citizen participation joined, per 100,000 residents.

    Exact Poisson interval.
    """
    return estimates.rate(programmes, population, per=100_000)


def social_mediation_posts_per_100000(posts: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Social mediation posts per 100,000 residents; exact Poisson interval."""
    return estimates.rate(posts, population, per=100_000)


def state_investment_grants_per_resident(grants: pd.Series, population: pd.Series) -> pd.DataFrame:
    """State investment grants of a year per resident, in euros; no interval."""
    return estimates.mean(grants, population)


def local_spending_per_resident(spending: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Spending of local budgets in a year per resident, in the country's own money.

    No interval: the accounts are complete, not sampled.
    """
    return estimates.mean(spending, population)
