"""An edition on disk: written whole or not at all, loaded table by table."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from landscape import __version__
from landscape.answer_schemas import ANSWER_TABLES
from landscape.errors import LandscapeError, UsageError, did_you_mean
from landscape.indicators.compute import compute_indicators
from landscape.indicators.inputs import CountryData
from landscape.kept import find_kept
from landscape.paths import project
from landscape.provenance import SourceCard
from landscape.schemas import empty_table
from landscape.sources.registry import CountryCard, country
from landscape.tables import CountryTables
from landscape.used_files import note_use

MANIFEST = "manifest.json"
#: The tables of the registers, and those of the worked example beside them.
KINDS = ("", "example")


@dataclass(frozen=True)
class Inventory:
    """The tables of one country, read from parquet when first asked for."""

    country: CountryCard
    folder: Path
    manifest: dict[str, Any]
    gathered: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def __repr__(self) -> str:
        return f"Inventory({self.country.code}, {self.edition} edition, {self.folder})"

    @property
    def edition(self) -> str:
        """``full`` or ``starter``."""
        return str(self.manifest["edition"])

    @cached_property
    def sources(self) -> dict[str, SourceCard]:
        """The ``source.yml`` of every source used, by source id."""
        try:
            return {card["source_id"]: SourceCard(**card) for card in self.manifest["sources"]}
        except (KeyError, TypeError, ValueError):
            raise _unreadable(self.folder / MANIFEST, self.country.code) from None

    @property
    def accounting(self) -> pd.DataFrame:
        """Rows read, kept and rejected of every source."""
        return pd.DataFrame(self.manifest["accounting"])

    @property
    def areas(self) -> gpd.GeoDataFrame:
        """The areas of all levels, with shapes."""
        areas: gpd.GeoDataFrame = self._read("areas", gpd.read_parquet)
        return areas

    @property
    def needs(self) -> pd.DataFrame:
        """Observations of what people need, as registers and censuses have them."""
        return self._of("needs", "register")

    @property
    def resources(self) -> pd.DataFrame:
        """Observations of posts, associations, money, as registers have them."""
        return self._of("resources", "register")

    @property
    def services(self) -> pd.DataFrame:
        """Services that registers list, one a row or counted by area and type."""
        return self._of("services", "register")

    def declared(self, name: str) -> pd.DataFrame:
        """What authorities declare: rows of needs, resources, services or a table of answers.

        Declared and evidenced are kept apart, so ``services`` and its like do
        not hold these. Empty where no workbook came back.
        """
        if name in ANSWER_TABLES and name not in self.manifest.get("rows", {}):
            return empty_table(name)
        return self._of(name, "declared")

    def _of(self, name: str, evidence: str) -> pd.DataFrame:
        def choose(_: Path) -> pd.DataFrame:
            rows = self._table(name)
            return rows[_told(rows) == evidence].reset_index(drop=True)

        chosen: pd.DataFrame = self._read(name, choose, evidence)
        return chosen

    @property
    def findings(self) -> pd.DataFrame:
        """What cleaning noticed."""
        return self._table("findings")

    @property
    def indicators(self) -> pd.DataFrame:
        """Values with intervals, coverage and status."""
        return self._table("indicators")

    @property
    def places(self) -> pd.DataFrame:
        """Settlements and former names that stand for an area."""
        return self._table("places")

    @property
    def crosswalk(self) -> pd.DataFrame:
        """How areas became those of today: mergers, splits, changes of code, with dates."""
        return self._table("crosswalk")

    @property
    def used(self) -> pd.DataFrame:
        """Which records of each source ended in which area: source_id, record, area_id."""
        return self._table("used")

    @cached_property
    def country_data(self) -> CountryData:
        """The tables as the functions of indicators take them."""
        tables = {name: self._table(name) for name in ("needs", "resources", "services")}
        tables |= {name: self.declared(name) for name in ANSWER_TABLES}
        areas = pd.DataFrame(self.areas)
        return _country_data({**tables, "areas": areas}, list(self.sources.values()))

    def _table(self, name: str) -> pd.DataFrame:
        table: pd.DataFrame = self._read(name, pd.read_parquet)
        return table

    def _read(self, name: str, read: Callable[[Path], Any], part: str = "") -> Any:
        """A table, read once; each asking is noted, also of what was read before a fork."""
        path, key = self.folder / f"{name}.parquet", f"{name} {part}"
        note_use(path)
        if key not in self.gathered:
            try:
                self.gathered[key] = read(path)
            except (OSError, ValueError):
                raise _unreadable(path, self.country.code) from None
        return self.gathered[key]

    @property
    def by_indicator(self) -> dict[tuple[str, str], pd.DataFrame]:
        """The rows of each indicator and level, indexed by area_id."""

        def group(_: Path) -> dict[tuple[str, str], pd.DataFrame]:
            groups = self.indicators.groupby(["indicator", "level"], sort=False)
            return {(str(key[0]), str(key[1])): rows.set_index("area_id") for key, rows in groups}

        groups: dict[tuple[str, str], pd.DataFrame] = self._read("indicators", group, "grouped")
        return groups


def load(code: str, folder: Path | None = None, *, tables: str = "") -> Inventory:
    """The inventory of a country, such as ``load("RO")``.

    ``folder`` is where the tables are, by default the project's
    ``data/processed``. ``tables="example"`` gives the worked example, whose
    authorities are fictive. Raises LandscapeError, with the command to run,
    where they have not been built, and UsageError for other tables.
    """
    if tables not in KINDS:
        raise UsageError(f"unknown tables {tables!r}{did_you_mean(tables, KINDS[1:])}")
    card = country(code)
    base = (folder or project().processed) / tables
    place = base / card.code
    _finish_swap(place)
    manifest = place / MANIFEST
    note_use(manifest)
    if isinstance(kept := find_kept(place), Inventory):
        return kept
    if not manifest.exists():
        raise LandscapeError(f"{place}: no tables yet; run: landscape tables --country {card.code}")
    return Inventory(card, place, _read_manifest(manifest, card.code))


def _read_manifest(path: Path, code: str) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise _unreadable(path, code) from None
    if not isinstance(content, dict) or not {"edition", "accounting", "sources"} <= set(content):
        raise _unreadable(path, code)
    return content


def _unreadable(path: Path, code: str) -> LandscapeError:
    return LandscapeError(f"{path}: cannot be read; run: landscape tables --country {code}")


def save(cleaned: CountryTables, out: Path) -> Path:
    """Write the tables of a country and its indicators below ``out``; returns the folder.

    Everything is written into a folder beside, which then takes the place of
    the old one; a killed run leaves the old tables as they were.
    """
    place = out / cleaned.card.code
    fresh = out / f".{cleaned.card.code}.new"
    data = _country_data(cleaned.tables, [folder.card for folder in cleaned.sources])
    unasked = {name: empty_table(name) for name in ANSWER_TABLES}
    tables = {**unasked, **cleaned.tables, "indicators": compute_indicators(data)}
    try:
        _finish_swap(place)
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        _write_tables(tables, cleaned.used, fresh)
        _write_manifest(cleaned, fresh)
        _swap(fresh, place)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        reason = error.strerror or error
        raise LandscapeError(
            f"{out}: cannot be written: {reason}; check the space and the permissions there"
        ) from None
    return place


def _write_tables(tables: dict[str, pd.DataFrame], used: pd.DataFrame, folder: Path) -> None:
    shapes = tables["areas"].get("geometry", pd.Series(None, index=tables["areas"].index))
    shapes = shapes.astype("object").where(shapes.notna(), None)  # also where no area has one
    plain = tables["areas"].drop(columns="geometry", errors="ignore")
    areas = gpd.GeoDataFrame(plain, geometry=gpd.GeoSeries(shapes, crs="EPSG:4326"))
    areas.to_parquet(folder / "areas.parquet", index=False)
    for name, table in tables.items():
        if name != "areas":
            table.to_parquet(folder / f"{name}.parquet", index=False)
    used.to_parquet(folder / "used.parquet", index=False)


def _write_manifest(cleaned: CountryTables, folder: Path) -> None:
    """Write the manifest, last and in one go: where it is, the tables beside it are whole."""
    text = json.dumps(_manifest(cleaned), ensure_ascii=False, indent=1, default=str)
    part = folder / f"{MANIFEST}.part"
    part.write_text(text, encoding="utf-8")
    part.replace(folder / MANIFEST)


def _manifest(cleaned: CountryTables) -> dict[str, Any]:
    return {
        "country": cleaned.card.code,
        "edition": cleaned.edition,
        "landscape": __version__,
        "rows": {name: len(table) for name, table in cleaned.tables.items()},
        "accounting": cleaned.accounting.to_dict("records"),
        "sources": [folder.card.model_dump(mode="json") for folder in cleaned.sources],
    }


def _country_data(tables: dict[str, pd.DataFrame], cards: list[SourceCard]) -> CountryData:
    exhaustive = {card.source_id for card in cards if card.is_exhaustive}
    declared = _told(tables["services"]) == "declared"
    services = tables["services"][~declared]
    unplaced = services.loc[services["position"] == "none", ["source_id", "area_id"]]
    areas = tables["areas"].set_index("area_id")
    observations = pd.concat([tables["needs"], tables["resources"]], ignore_index=True)
    return CountryData(
        areas=areas,
        observations=observations.assign(level=observations["area_id"].map(areas["level"])),
        services=services,
        exhaustive=frozenset(exhaustive),
        incomplete=unplaced.drop_duplicates(),
        answers={
            **{name: tables[name] for name in ANSWER_TABLES if name in tables},
            "services": tables["services"][declared],
        },
    )


def _told(rows: pd.DataFrame) -> pd.Series:
    """What each row rests on; tables that came from registers alone do not say it."""
    return rows.get("evidence", pd.Series("register", index=rows.index))


def _swap(fresh: Path, place: Path) -> None:
    old = place.with_name(f".{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.replace(old)
    fresh.replace(place)
    shutil.rmtree(old, ignore_errors=True)


def _finish_swap(place: Path) -> None:
    """Put right what a run killed between two renames left behind."""
    fresh, old = place.with_name(f".{place.name}.new"), place.with_name(f".{place.name}.old")
    if place.exists():
        return
    if (fresh / MANIFEST).exists():
        fresh.replace(place)
    elif old.exists():
        old.replace(place)
