"""The text alternative of a figure, in words computed from its data."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from landscape.figures.svg import clean_text
from landscape.language import Language


def describe_values(
    names: pd.Series[str],
    values: pd.Series[float],
    *,
    unit: str,
    language: Language,
    decimals: int = 1,
    confidential: int = 0,
) -> str:
    """The highest and the lowest value, with their names, and how many are not inventoried.

    names and values share their index; missing values are NA. Where several
    areas share an extreme, their number is given instead of a name.
    confidential: how many of the NA are secret and not unknown.
    """
    return describe_numbers(
        names.reindex(values.index).astype(str).tolist(),
        np.asarray(values.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64),
        unit=unit,
        language=language,
        decimals=decimals,
        confidential=confidential,
    )


def describe_numbers(
    names: Sequence[str],
    values: NDArray[np.float64],
    *,
    unit: str,
    language: Language,
    decimals: int = 1,
    confidential: int = 0,
) -> str:
    """The same of a value a name; missing values are NaN."""
    present = ~np.isnan(values)
    known = values[present]
    missing = len(values) - len(known) - confidential
    if not len(known) and not confidential:
        return language.text("No area is inventoried.")
    if not len(known):
        return language.text("No value is published.")
    highest, lowest = float(known.max()), float(known.min())
    if highest == lowest:
        value = language.amount(highest, unit, decimals)
        extremes = [
            language.plural(
                "{number} area, with the value {value}.",
                "{number} areas, all with the value {value}.",
                len(known),
                value=value,
            )
        ]
    else:
        top = _holders(names, values, highest, language)
        bottom = _holders(names, values, lowest, language)
        high = language.amount(highest, unit, decimals)
        low = language.amount(lowest, unit, decimals)
        extremes = [
            language.text("Highest: {value} ({where}).", value=high, where=top),
            language.text("Lowest: {value} ({where}).", value=low, where=bottom),
        ]
    unknown = describe_missing(missing, len(values), language)
    if not confidential:
        return " ".join([*extremes, unknown])
    secret = language.plural(
        "{number} value is confidential.", "{number} values are confidential.", confidential
    )
    return " ".join([*extremes, unknown, secret])


def describe_missing(missing: int, total: int, language: Language) -> str:
    """How many of the areas are not inventoried."""
    if missing == 0:
        return language.text("Every area is inventoried.")
    return language.plural(
        "{number} of {total} areas is not inventoried.",
        "{number} of {total} areas are not inventoried.",
        missing,
        total=language.number(total),
    )


def _holders(
    names: Sequence[str], values: NDArray[np.float64], value: float, language: Language
) -> str:
    holders = np.flatnonzero(values == value)
    if len(holders) == 1:
        return clean_text(names[holders[0]])
    return language.plural("{number} area", "{number} areas", len(holders))


def word_for_missing(language: Language) -> str:
    """The one expression for what no source told us; never 0, never 'none'."""
    return language.text("not inventoried")
