"""Indicators of the services on the territory."""

from __future__ import annotations

import pandas as pd

from landscape.indicators import estimates


def services_per_10000(services: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Services on the register per 10,000 residents; exact Poisson interval."""
    return estimates.rate(services, population, per=10_000)


def places_per_10000(
    places: pd.Series, establishments: pd.Series, population: pd.Series
) -> pd.DataFrame:
    """Places in services per 10,000 residents.

    Places come in whole establishments: the interval is that of their number.
    """
    return estimates.rate_of_groups(places, establishments, population, per=10_000)


def association_share(by_associations: pd.Series, services: pd.Series) -> pd.DataFrame:
    """Services run by associations or foundations, in per cent of those whose provider is known."""
    return estimates.share(by_associations, services)


def distance_to_service_km(distance: pd.Series) -> pd.DataFrame:
    """Straight-line distance to the nearest service, in km.

    Above a municipality, the mean over its residents.

    No interval: positions are known, not sampled. Roads are longer.
    """
    return estimates.published(distance)


def work_integration_per_100000(structures: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Work-integration structures per 100,000 residents; exact Poisson interval."""
    return estimates.rate(structures, population, per=100_000)


def community_centres_per_10000(centres: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Community centres per 10,000 residents; exact Poisson interval."""
    return estimates.rate(centres, population, per=10_000)


def france_services_per_10000(desks: pd.Series, population: pd.Series) -> pd.DataFrame:
    """France services desks per 10,000 residents; exact Poisson interval."""
    return estimates.rate(desks, population, per=10_000)


def distance_to_france_services_km(distance: pd.Series) -> pd.DataFrame:
    """As ``distance_to_service_km``, to the nearest France services desk."""
    return estimates.published(distance)


def public_social_institutions_per_10000(
    institutions: pd.Series, population: pd.Series
) -> pd.DataFrame:
    """Public social institutions with a budget of their own; per 10,000, exact Poisson interval."""
    return estimates.rate(institutions, population, per=10_000)
