"""Sentences about one indicator."""

from __future__ import annotations

import pandas as pd

from landscape.compare.spread import Spread
from landscape.reports.reading import Reading
from landscape.reports.story.spreads import newest_years, spread_of


def describe_indicator(reading: Reading, name: str) -> list[str]:
    """What a reader should take from an indicator: the country, the spread, what is missing.

    Sentences in the reader's language; only what is known is said.
    """
    sentences = [describe_country(reading, name)]
    for level in ("county", "municipality"):
        spread = spread_of(reading, name, level)
        if spread is not None:
            sentences += [
                _describe_spread(reading, spread),
                _describe_zeros(reading, spread),
                _describe_missing(reading, spread),
            ]
    sentences += [reading.counted(name), describe_age(reading, name), _comparable(reading, name)]
    return [sentence for sentence in sentences if sentence]


def describe_country(reading: Reading, name: str) -> str:
    """The value of the country as a whole, with its interval and year; empty if not known."""
    rows = reading.values(name, "country").dropna(subset=["value"])
    if rows.empty:
        return ""
    row = rows.iloc[0]
    words = {
        "country": reading.whole,
        "value": reading.number(name, row["value"]),
        "unit": reading.unit(name),
        "year": int(row["year"]),
    }
    if pd.isna(row["low"]):
        return reading.language.text("{country}: {value} {unit} ({year}).", **words)
    return reading.language.text(
        "{country}: {value} {unit} ({year}; 95 % interval {low} to {high}).",
        **words,
        low=reading.number(name, row["low"]),
        high=reading.number(name, row["high"]),
    )


def describe_age(reading: Reading, name: str) -> str:
    """A sentence where the figures are over ten years old, else empty."""
    years = newest_years(reading)
    if name not in years.index or not reading.is_old(int(years[name])):
        return ""
    return reading.language.text(
        "These figures are of {year}: over ten years old. Much may have changed since.",
        year=int(years[name]),
    )


def _describe_spread(reading: Reading, spread: Spread) -> str:
    if spread.known < 4:
        return ""
    low = reading.number(spread.indicator, spread.lower_quartile)
    high = reading.number(spread.indicator, spread.upper_quartile)
    if low == high:
        return reading.language.text(
            "{areas}, {year}: at least half of them have the value {value}; "
            "the lowest value is {lowest}, the highest {highest}.",
            areas=_capital(reading.level(spread.level)),
            year=spread.year,
            value=low,
            lowest=reading.number(spread.indicator, spread.lowest),
            highest=reading.number(spread.indicator, spread.highest),
        )
    return reading.language.text(
        "{areas}, {year}: half of them lie between {low} and {high}; "
        "the lowest value is {lowest}, the highest {highest}.",
        areas=_capital(reading.level(spread.level)),
        year=spread.year,
        low=low,
        high=high,
        lowest=reading.number(spread.indicator, spread.lowest),
        highest=reading.number(spread.indicator, spread.highest),
    )


def _describe_zeros(reading: Reading, spread: Spread) -> str:
    """How many areas a register lists nothing for, said as that and not as a lack."""
    indicator = reading.indicator(spread.indicator)
    if spread.zeros == 0 or indicator.layer != "services":
        return ""
    zeros = reading.language.number(spread.zeros)
    areas = reading.count(spread.level, spread.known)
    if not indicator.counts_services:
        return reading.language.text(
            "In {zeros} of {areas} the value is 0.", zeros=zeros, areas=areas
        )
    return reading.language.text(
        "In {zeros} of {areas} the source of {year} lists none.",
        zeros=zeros,
        areas=areas,
        year=spread.year,
    )


def _describe_missing(reading: Reading, spread: Spread) -> str:
    number, areas = reading.language.number, reading.count(spread.level, spread.areas)
    status = reading.values(spread.indicator, spread.level)["status"]
    secret = int((status == "C").sum())
    missing = spread.areas - spread.known - secret
    told = []
    if missing:
        told.append(
            reading.language.text(
                "For {missing} of {areas} the figure is not inventoried; this is not zero.",
                missing=number(missing),
                areas=areas,
            )
        )
    if secret:
        told.append(
            reading.language.text(
                "For {secret} of {areas} the figure is kept confidential.",
                secret=number(secret),
                areas=areas,
            )
        )
    return " ".join(told)


def _comparable(reading: Reading, name: str) -> str:
    """What the grade of comparability allows."""
    grade = reading.indicator(name).countries[reading.inventory.country.code].grade
    if grade == "A":
        return reading.language.text("Same definition in the other countries (grade A).")
    if grade == "B":
        return reading.language.text("Near enough to compare with other countries (grade B).")
    return reading.language.text("Compare inside this country only (grade C).")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
