"""Indicators of what people need, and of the conditions that they live in."""

from __future__ import annotations

import pandas as pd

from landscape.indicators import estimates


def aged_under_15(young: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Residents under 15 in per cent of those whose age is known; Wilson's interval."""
    return estimates.share(young, population)


def aged_65_over(old: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Residents of 65 and over in per cent of those whose age is known; Wilson's interval."""
    return estimates.share(old, population)


def registered_unemployment(rate: pd.Series) -> pd.DataFrame:
    """Registered unemployed per 100 of the active population, as published."""
    return estimates.published(rate)


def net_wage(wage: pd.Series) -> pd.DataFrame:
    """Mean net monthly wage of employees, as published, in the country's own money."""
    return estimates.published(wage)


def aged_under_18(young: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Residents under 18 in per cent of those whose age is known; Wilson's interval."""
    return estimates.share(young, population)


def aged_60_over(old: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Residents of 60 and over in per cent of those whose age is known; Wilson's interval."""
    return estimates.share(old, population)


def unemployment(unemployed: pd.Series, labour_force: pd.Series) -> pd.DataFrame:
    """Unemployed residents in per cent of the labour force; Wilson's interval."""
    return estimates.share(unemployed, labour_force)


def unemployment_15_64(unemployed: pd.Series, labour_force: pd.Series) -> pd.DataFrame:
    """Unemployed residents of 15 to 64 in per cent of the labour force of that age.

    Wilson's interval; withheld where the labour force is under ten persons.
    """
    return estimates.withhold_small(estimates.share(unemployed, labour_force), labour_force)


def higher_education(graduates: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Residents with higher education in per cent of those of 7 and over; Wilson's interval."""
    return estimates.share(graduates, population)


def exam7_language(points: pd.Series, candidates: pd.Series) -> pd.DataFrame:
    """Mean points in the language paper after grade 7; withheld under ten pupils.

    No interval: every pupil is counted, and the spread of their points is not
    published.
    """
    return estimates.withhold_small(estimates.mean(points, candidates), candidates)


def exam7_mathematics(points: pd.Series, candidates: pd.Series) -> pd.DataFrame:
    """Mean points in the mathematics paper after grade 7; as ``exam7_language``."""
    return estimates.withhold_small(estimates.mean(points, candidates), candidates)


def gross_wage(wages: pd.Series, jobs: pd.Series) -> pd.DataFrame:
    """Gross wages of a year per job, in the country's own money; no interval."""
    return estimates.mean(wages, jobs)


def median_income(median: pd.Series) -> pd.DataFrame:
    """Median disposable income of a year per consumption unit, as published."""
    return estimates.published(median)


def poverty_rate(rate: pd.Series, persons: pd.Series) -> pd.DataFrame:
    """Persons under 60 % of the national median income, in per cent, as published.

    Wilson's interval, with the persons in fiscal households as total.
    """
    return estimates.share(rate * persons / 100, persons)


def residents_abroad_per_1000(abroad: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Household members abroad per 1,000 residents; exact Poisson interval.

    A ratio and not a share: some may be counted among the residents too.
    """
    return estimates.rate(abroad, population, per=1000)
