"""Services that one register lists twice: pairs that may be one, with scores and verdicts."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from landscape.cleaning.wording import CONTAINED, TYPING_ERROR, compare_wordings, read_wording

#: From here on two rows are one service; from here on somebody should look.
SAME, DOUBTFUL = 0.85, 0.6
#: Metres within which two points may be one address, and beyond which they are two.
ONE_ADDRESS, TWO_PLACES = 150.0, 2000.0
#: So many services of one name, spread over the town, are a series and not one service.
SERIES = 3
NO_POINT, FARTHER = 0.93, 0.7
OTHER_PROVIDER, PROVIDER_UNSAID, OTHER_TYPE = 0.82, 0.97, 0.8
NO_CAPACITY, ONE_CAPACITY, NEAR_CAPACITY, OTHER_CAPACITY = 0.96, 0.95, 0.93, 0.7
_EARTH = 6_371_000.0
_COLUMNS = ["record_a", "record_b", "name", "provider", "distance", "capacity", "score", "verdict"]


def find_duplicates(services: pd.DataFrame) -> pd.DataFrame:
    """Pairs of rows that may be one service listed twice.

    ``services`` has ``record`` (unique), ``area_id``, ``local_type`` (types
    that may be one bear one name), ``name`` and ``provider`` in normal form
    (blank where the source names none), ``place`` (words that may be left
    unsaid, in normal form), ``capacity``, ``lon``, ``lat`` and ``position``.

    Rows are compared within an area where their type is the same or their
    name is. The score is the product of how alike the names and the providers
    are, how near the points (one address, or no exact point), and whether
    places and type agree. Verdict ``same`` from ``SAME`` on, ``doubtful`` from
    ``DOUBTFUL`` on; pairs below are left out. Different numbers, or a word of
    its own in either name, make two services at any score. Homes of one name
    spread over a town are doubtful at best, and so is a pair whose third
    fits only one of the two.

    Returns ``record_a``, ``record_b`` (a before b as text), the parts of the
    score, ``distance`` in metres (NaN without exact points), ``score`` and
    ``verdict``, sorted; it does not depend on the order of rows.
    """
    rows = services.sort_values("record", ignore_index=True)
    pairs = _blocks(rows)
    if pairs.empty:
        return pd.DataFrame(columns=_COLUMNS)
    a, b = (rows.iloc[pairs[side]].reset_index(drop=True) for side in ("a", "b"))
    same_type = a["local_type"].eq(b["local_type"])
    found = pd.DataFrame({"record_a": a["record"], "record_b": b["record"]})
    found["name"], found["provider"] = _names(a, b, rows)
    found["distance"] = _metres_apart(a, b)
    found["capacity"] = _capacities(a["capacity"], b["capacity"])
    whole = found["name"] > CONTAINED
    at_one = (found["distance"] <= ONE_ADDRESS) | (
        found["distance"].isna() & found["capacity"].eq(1)
    )
    other = found["provider"].eq(0) & whole & at_one
    found["provider"] = found["provider"].mask(other, OTHER_PROVIDER)
    kind = np.where(same_type, 1.0, np.where(whole, OTHER_TYPE, 0.0))
    found["score"] = (
        found["name"] * found["provider"] * _places(found["distance"]) * found["capacity"] * kind
    ).round(4)
    found = _without_series(found[same_type & whole & ~other], found)
    found["verdict"] = np.where(found["score"] >= SAME, "same", "doubtful")
    found = found[found["score"] >= DOUBTFUL]
    found.loc[_is_loose(found), "verdict"] = "doubtful"
    return found.sort_values(["record_a", "record_b"], ignore_index=True)[_COLUMNS]


def _blocks(rows: pd.DataFrame) -> pd.DataFrame:
    """Positions a < b of the rows of one area that share their type or their name."""
    keys = rows.reset_index(names="at")[["at", "area_id", "local_type", "name"]]
    parts = []
    for key in ("local_type", "name"):
        left, right = keys[["at", "area_id", key]], keys[["at", "area_id", key]]
        joined = left.merge(right, on=["area_id", key], suffixes=("_a", "_b"))
        parts.append(joined.loc[joined["at_a"] < joined["at_b"], ["at_a", "at_b"]])
    pairs = pd.concat(parts).drop_duplicates(ignore_index=True)
    return pairs.rename(columns={"at_a": "a", "at_b": "b"})


def _names(a: pd.DataFrame, b: pd.DataFrame, rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """How alike the names are and, where they are at all, the providers."""
    rows_of_word = Counter(
        word
        for form in (rows["name"] + " " + rows["provider"])
        for word in set(read_wording(form).words)
    )
    unsaid = {place: frozenset(place.split()) for place in rows["place"].unique()}
    name = pd.Series(
        [
            compare_wordings(read_wording(one), read_wording(other), rows_of_word, unsaid[place])
            for one, other, place in zip(a["name"], b["name"], a["place"], strict=True)
        ]
    )
    provider = pd.Series(
        [
            _compare_providers(one, other, rows_of_word, unsaid[place]) if alike else 0.0
            for one, other, place, alike in zip(
                a["provider"], b["provider"], a["place"], name, strict=True
            )
        ]
    )
    return name, provider


def _compare_providers(
    one: str, other: str, rows_of_word: Counter[str], unsaid: frozenset[str]
) -> float:
    if one == other:
        return 1.0
    if not one or not other:
        return PROVIDER_UNSAID
    return compare_wordings(read_wording(one), read_wording(other), rows_of_word, unsaid)


def _metres_apart(a: pd.DataFrame, b: pd.DataFrame) -> pd.Series:
    """Great-circle distance; NaN where one of the points is not that of an address."""
    exact = a["position"].eq("exact") & b["position"].eq("exact")
    lon, lat, other_lon, other_lat = (
        np.radians(side[axis].astype("float64")) for side in (a, b) for axis in ("lon", "lat")
    )
    bow = (
        np.sin((lat - other_lat) / 2) ** 2
        + np.cos(lat) * np.cos(other_lat) * np.sin((lon - other_lon) / 2) ** 2
    )
    metres = 2 * _EARTH * np.arcsin(np.sqrt(bow))
    return pd.Series(metres).where(exact).round(1)


def _places(distance: pd.Series) -> pd.Series:
    far = distance.gt(ONE_ADDRESS).map({True: FARTHER, False: 1.0})
    return far.mask(distance > TWO_PLACES, 0.0).mask(distance.isna(), NO_POINT)


def _capacities(one: pd.Series, other: pd.Series) -> pd.Series:
    """1 where the places are the same, less where one or both are missing or they differ."""
    one, other = (pd.to_numeric(each).astype("float64") for each in (one, other))
    least, most = np.fmin(one, other), np.fmax(one, other)
    known = one.notna().astype(int) + other.notna()
    agree = pd.Series(np.where(least >= 0.9 * most, NEAR_CAPACITY, OTHER_CAPACITY))
    agree = agree.mask(one == other, 1.0)
    return agree.mask(known == 1, ONE_CAPACITY).mask(known == 0, NO_CAPACITY)


def _without_series(namesakes: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs, those of a series spread over several places not scored as the same."""
    namesakes = namesakes[namesakes["provider"] >= TYPING_ERROR]
    if namesakes.empty:
        return pairs
    group = _groups(namesakes)
    of_pair = namesakes["record_a"].map(group)
    spread = of_pair[namesakes["distance"] > ONE_ADDRESS].unique()
    size = group.value_counts()
    series = of_pair[of_pair.isin(spread) & of_pair.map(size).ge(SERIES)]
    score = pairs["score"].clip(upper=SAME - 0.01)
    score = score.mask(pairs["distance"] > ONE_ADDRESS, 0.0)
    return pairs.assign(score=pairs["score"].mask(pairs.index.isin(series.index), score))


def _is_loose(pairs: pd.DataFrame) -> pd.Series:
    """Pairs judged the same in a group not all of whose pairs are: which two are one is open."""
    same = pairs[pairs["verdict"] == "same"]
    if same.empty:
        return pd.Series(False, index=pairs.index)
    group = _groups(same)
    size = group.value_counts()
    count = same["record_a"].map(group).value_counts()
    whole = count == (size * (size - 1) // 2).reindex(count.index)
    loose = same["record_a"].map(group).map(~whole)
    return loose.reindex(pairs.index, fill_value=False).astype(bool)


def _groups(pairs: pd.DataFrame) -> pd.Series:
    """The group that each record belongs to when pairs are chained together."""
    codes, records = pd.factorize(pd.concat([pairs["record_a"], pairs["record_b"]]), sort=True)
    half = len(pairs)
    links = coo_array((np.ones(half), (codes[:half], codes[half:])), shape=(len(records),) * 2)
    return pd.Series(connected_components(links, directed=False)[1], index=records)
