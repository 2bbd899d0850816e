"""Who runs a service, read from the provider's name."""

from __future__ import annotations

import unicodedata

import pandas as pd


def classify_providers(names: pd.Series, rules: pd.DataFrame) -> pd.Series:
    """The provider type of each name, ``unknown`` where no rule fits.

    ``rules`` has ``pattern`` (a regular expression on the name in lower case
    without diacritics) and ``provider_type``; the first rule whose match
    begins furthest left decides, because names begin with the legal form
    (``Asociația Congregația ...`` is an association, ``Primăria ... - Direcția
    ...`` a municipality).
    """
    unique = pd.Series(names.unique()).dropna()
    plain = unique.map(_fold)
    starts = pd.DataFrame(
        {
            place: plain.str.extract(f"^(.*?)(?:{rule.pattern})", expand=True)[0].str.len()
            for place, rule in enumerate(rules.itertuples())
        }
    )
    nearest = starts.fillna(float("inf")).idxmin(axis=1)
    types = nearest.map(rules["provider_type"].reset_index(drop=True))
    types = types.where(starts.notna().any(axis=1), "unknown")
    return names.map(dict(zip(unique, types, strict=True))).fillna("unknown")


def _fold(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name.lower())
    plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return " ".join(plain.split())
