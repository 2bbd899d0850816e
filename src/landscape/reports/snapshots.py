"""What an edition said, kept small beside the reports, and what changed since.

``editions/RO_2026-11-23/`` holds ``figures.parquet`` (values of the country
and its counties), ``services.parquet`` (which services registers list, by
checksum) and ``edition.json`` (sources), written last and in one go.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from landscape.inventory import Inventory

FOLDER = "editions"
_CARD = "edition.json"
_LEVELS = ("country", "county")
_FIGURE = ["indicator", "area_id"]
_KEPT = [*_FIGURE, "year", "value", "low", "high"]


@dataclass(frozen=True)
class Changes:
    """What changed from one edition of a country to the next.

    ``moved`` has a row a figure that left its interval: ``indicator``,
    ``area_id``, ``name``, ``name_latin``, and ``year``, ``value``, ``low``,
    ``high`` now and ``_before``. ``compared`` is how many figures have an
    interval in both editions. ``opened`` and ``closed`` count services by
    ``source_id``; ``sources`` are titles by language of sources that are new,
    ``renewed`` of those with another period or other files; ``titles`` are
    those of all sources by ``source_id``.
    """

    since: date
    compared: int
    moved: pd.DataFrame
    opened: dict[str, int]
    closed: dict[str, int]
    sources: list[dict[str, str]]
    renewed: list[dict[str, str]]
    titles: dict[str, dict[str, str]]


def keep_snapshot(inventory: Inventory, folder: Path, day: date) -> Path | None:
    """Keep what the edition says below ``folder``; None where the last one says the same.

    One of the same day is replaced: an edition made twice in a day is one.
    """
    figures, services, card = _figures(inventory), _services(inventory), _card(inventory, day)
    last = _list(folder, inventory.country.code)
    if last and _same(last[-1], figures, services, card):
        return None
    place = folder / FOLDER / f"{inventory.country.code}_{day.isoformat()}"
    fresh = place.with_name(f".{place.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    figures.to_parquet(fresh / "figures.parquet", index=False)
    services.to_parquet(fresh / "services.parquet", index=False)
    (fresh / _CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1), encoding="utf-8")
    shutil.rmtree(place, ignore_errors=True)
    fresh.replace(place)
    return place


def read_changes(folder: Path, country: str) -> Changes | None:
    """What the last edition of a country changed; None where there are not two."""
    kept = _list(folder, country)
    return compare_snapshots(kept[-2], kept[-1]) if len(kept) > 1 else None


def compare_snapshots(before: Path, now: Path) -> Changes:
    """What changed between two snapshots.

    A figure has moved where its value lies outside its interval of before and
    the value of before outside its interval of now. Figures without an
    interval are not compared, nor those that only one edition knows. Of
    services that a source publishes as counts the differences are added up.
    """
    old, new = (pd.read_parquet(place / "figures.parquet") for place in (before, now))
    both = new.merge(old[_KEPT], on=_FIGURE, suffixes=("", "_before"))
    both = both.dropna(subset=["low", "high", "value", "low_before", "high_before"])
    left = ~both["value"].between(both["low_before"], both["high_before"])
    left &= ~both["value_before"].between(both["low"], both["high"])
    cards = [json.loads((place / _CARD).read_text(encoding="utf-8")) for place in (before, now)]
    opened, closed = _count_services(before, now)
    was, sources = cards[0]["sources"], cards[1]["sources"]
    state = ("period", "files")
    return Changes(
        since=date.fromisoformat(cards[0]["made_on"]),
        compared=len(both),
        moved=both[left].reset_index(drop=True),
        opened=opened,
        closed=closed,
        sources=[card["title"] for name, card in sources.items() if name not in was],
        renewed=[
            card["title"]
            for name, card in sources.items()
            if name in was and any(card[key] != was[name][key] for key in state)
        ],
        titles={name: card["title"] for name, card in sources.items()},
    )


def _count_services(before: Path, now: Path) -> tuple[dict[str, int], dict[str, int]]:
    """How many services are new and how many are gone, of sources that both editions have."""
    old, new = (pd.read_parquet(place / "services.parquet") for place in (before, now))
    shared = set(old["source_id"]) & set(new["source_id"])
    both = new.merge(old, on=["source_id", "service"], how="outer", suffixes=("", "_before"))
    both = both[both["source_id"].isin(shared)].fillna({"count": 0, "count_before": 0})
    change = (both["count"] - both["count_before"]).astype("int64")
    sums = [part.clip(lower=0).groupby(both["source_id"]).sum() for part in (change, -change)]
    opened, closed = ({str(k): int(v) for k, v in each.items() if v} for each in sums)
    return opened, closed


def _list(folder: Path, country: str) -> list[Path]:
    """The snapshots of a country, oldest first; unfinished ones are left out."""
    found = (folder / FOLDER).glob(f"{country}_*")
    return sorted(place for place in found if (place / _CARD).is_file())


def _same(last: Path, figures: pd.DataFrame, services: pd.DataFrame, card: object) -> bool:
    kept = json.loads((last / _CARD).read_text(encoding="utf-8"))
    if not isinstance(card, dict) or {**kept, "made_on": ""} != {**card, "made_on": ""}:
        return False
    return figures.equals(pd.read_parquet(last / "figures.parquet")) and services.equals(
        pd.read_parquet(last / "services.parquet")
    )


def _figures(inventory: Inventory) -> pd.DataFrame:
    rows = inventory.indicators
    rows = rows.loc[rows["level"].isin(_LEVELS) & rows["value"].notna(), _KEPT]
    names = pd.DataFrame(inventory.areas[["area_id", "name", "name_latin"]])
    rows = rows.merge(names, on="area_id", how="left").sort_values(_FIGURE, ignore_index=True)
    return rows.astype({"year": "Int64", "value": "float64", "low": "float64", "high": "float64"})


def _services(inventory: Inventory) -> pd.DataFrame:
    """Open services: which and how many, without their names."""
    rows = inventory.services
    rows = rows[rows["closed"].isna()]
    return pd.DataFrame(
        {
            "source_id": rows["source_id"].astype("str"),
            "service": pd.util.hash_pandas_object(rows["service_id"].astype("str"), index=False),
            "count": rows["count"].astype("int64"),
        }
    ).sort_values(["source_id", "service"], ignore_index=True)


def _card(inventory: Inventory, day: date) -> dict[str, object]:
    sources = {
        name: {
            "title": card.title,
            "period": card.reference_period,
            "files": sorted(card.files.values()),
        }
        for name, card in inventory.sources.items()
    }
    return {
        "country": inventory.country.code,
        "edition": inventory.edition,
        "made_on": day.isoformat(),
        "sources": sources,
    }
