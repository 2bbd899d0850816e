"""Single services: what exchange formats for directories of services can hold."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from landscape.dictionaries import load_terms
from landscape.exchange.sharing import Edition
from landscape.exchange.writing import Left
from landscape.paths import SOURCE_MODULES

#: Positions whose point is that of the service, or of the settlement it stands in.
POINTS = ("exact", "settlement")


def single_services(edition: Edition, lang: str = "en") -> tuple[pd.DataFrame, list[Left]]:
    """The services that are listed one by one, with ``label`` and ``area``; and what is left out.

    A source that publishes counts by area and type lists no single service:
    none of its rows goes out, also where the count is 1. ``label`` is the type
    in the words of ``lang``, ``area`` the name of the municipality or county, ``level``
    and ``code`` are the area's. Coordinates that are not those of the service
    or its settlement are missing.
    """
    rows = edition.services
    counted = rows.groupby("source_id")["count"].transform("max") > 1
    why = "the source publishes counts by area and type, not single services"
    left = [Left("services.count", int(counted.sum()), why)]
    rows = rows[~counted]
    areas = edition.areas.set_index("area_id")
    point = rows["position"].isin(POINTS)
    return rows.assign(
        label=_labels(rows, lang),
        area=rows["area_id"].map(areas["name"]),
        code=rows["area_id"].map(areas["code"]),
        level=rows["area_id"].map(areas["level"]),
        lon=rows["lon"].where(point),
        lat=rows["lat"].where(point),
    ).reset_index(drop=True), left


def _labels(rows: pd.DataFrame, lang: str) -> pd.Series:
    """The source's own label of the type, else the words for the setting."""
    settings = load_terms()["setting"]
    pairs = zip(rows["source_id"], rows["local_type"], strict=True)
    named = [labels_of(source_id, lang).get(local_type) for source_id, local_type in pairs]
    general = rows["setting"].map({code: words[lang] for code, words in settings.items()})
    return pd.Series(named, index=rows.index, dtype="str").fillna(general)


@lru_cache
def labels_of(source_id: str, lang: str) -> dict[str, str]:
    """The labels of a source's types, from the mapping beside its module, if it has any."""
    path = SOURCE_MODULES / f"{source_id}.csv"
    if not path.exists():
        return {}
    mapping = pd.read_csv(path, dtype=str, keep_default_na=False)
    if not {"local_type", f"label_{lang}"} <= set(mapping):
        return {}
    return dict(zip(mapping["local_type"], mapping[f"label_{lang}"], strict=True))
