"""From raw files to the tables of one country: clean every source, bring them together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from landscape.cleaning.codes import among
from landscape.errors import SourceError, TableError
from landscape.provenance import RawFolder, open_raw_folder
from landscape.schemas import check_table, empty_table
from landscape.sources.changes import build_crosswalk
from landscape.sources.contract import Cleaned, Context
from landscape.sources.reading import read_rows
from landscape.sources.registry import CountryCard, country, source_module, source_names
from landscape.starter import read_starter

Progress = Callable[[str], None]


@dataclass(frozen=True)
class CountryTables:
    """The tables of one country, and the row accounting of each source."""

    card: CountryCard
    edition: str  # "full" or "starter"
    tables: dict[str, pd.DataFrame]
    accounting: pd.DataFrame  # source_id, rows_read, rows_kept, rows_rejected
    used: pd.DataFrame  # source_id, record, area_id
    sources: list[RawFolder]


def clean_country(
    code: str, raw: Path, fallback: Path | None = None, progress: Progress = lambda _: None
) -> CountryTables:
    """Clean every source of a country, areas first.

    The edition is ``full`` where every official file is in ``raw``, else
    ``starter``, made from the committed extracts. Raises LandscapeError where
    a source has neither, or gives what the schemas do not allow.
    """
    card = country(code)
    names = source_names(code)
    folders = {n: open_raw_folder(raw, f"{code.lower()}/{n}", fallback) for n in names}
    edition = _edition(folders)
    areas, places, crosswalk = country_row(card), empty_table("places"), empty_table("crosswalk")
    cleaned: dict[str, Cleaned] = {}
    for name, folder in folders.items():
        progress(f"{card.code} {name}")
        if edition == "starter" and folder.card.starter is None:
            continue
        context = Context(folder.card, areas, places, crosswalk)
        result = _clean_source(code, name, folder, edition, context)
        cleaned[name] = result
        if name in card.area_sources:
            areas = _merge_areas(areas, result.tables.get("areas"))
            places = _append(places, result.tables.get("places"), "places", folder)
        if name == card.area_sources[-1]:
            crosswalk = _crosswalk(card, areas, places)
    check_hierarchy(areas, places)
    areas = _with_country_size(areas, card)
    tables = {"areas": areas, "places": places}
    for name in ("needs", "resources", "services"):
        parts = [(folders[n], c.tables[name]) for n, c in cleaned.items() if name in c.tables]
        tables[name] = _concatenate(name, parts)
        _check_area_ids(name, tables[name], areas)
    tables["areas"] = check_table("areas", _with_population(areas, tables["needs"], card))
    tables["crosswalk"] = _crosswalk(card, tables["areas"], places)
    tables["findings"] = _findings(cleaned, areas)
    return CountryTables(
        card,
        edition,
        tables,
        _accounting(cleaned, code),
        _used(cleaned, code),
        [folders[n] for n in cleaned],
    )


def _crosswalk(card: CountryCard, areas: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """How the areas became those of today; parts have shares as far as the population is known."""
    return build_crosswalk(card.code, f"{card.code.lower()}/{card.area_sources[0]}", areas, places)


def _edition(folders: dict[str, RawFolder]) -> str:
    """Full where every official file is there, starter where none is; anything between stops.

    A file that got lost would otherwise make an edition that lacks a source in silence.
    """
    official = {
        f.path / name: (f.path / name).exists() for f in folders.values() for name in f.card.files
    }
    if all(official.values()):
        return "full"
    missing = next(path for path, there in official.items() if not there)
    if any(official.values()):
        raise SourceError(
            f"{missing}: the file is missing, though other official files are there; "
            "run: landscape fetch, which gets it or says where it is"
        )
    if not any(folder.has_starter for folder in folders.values()):
        raise SourceError(
            f"{missing}: the file is missing, and there is no starter extract; "
            "run: landscape fetch, which gets it or says where it is"
        )
    return "starter"


def _clean_source(
    code: str, name: str, folder: RawFolder, edition: str, context: Context
) -> Cleaned:
    module = source_module(code, name)
    frame = read_rows(module, folder) if edition == "full" else read_starter(folder)
    result: Cleaned = module.clean(frame, context)
    if result.rows_read != result.rows_kept + result.rows_rejected:
        raise SourceError(f"{context.source_id}: rows read are not rows kept and rejected")
    return result


def _merge_areas(areas: pd.DataFrame, more: pd.DataFrame | None) -> pd.DataFrame:
    """The areas with what a further source knows: earlier sources are believed first."""
    if more is None:
        return areas
    more = more.drop(columns=["record"], errors="ignore").set_index("area_id")
    if more.index.duplicated().any():
        twice = more.index[more.index.duplicated()].unique()[:3]
        raise TableError(f"areas given twice by one source: {', '.join(twice)}")
    known = areas.set_index("area_id").astype("object")
    more = more.astype("object")
    merged = known.reindex(known.index.union(more.index, sort=False))
    for column in more.columns:
        if column in merged:
            merged[column] = merged[column].where(merged[column].notna(), more[column])
        else:
            merged[column] = more[column]
    return merged.rename_axis("area_id").reset_index()


def check_hierarchy(areas: pd.DataFrame, places: pd.DataFrame) -> None:
    """TableError where an area stands below, or a place stands for, what is no area."""
    known = {*areas["area_id"]}
    for rows, column in ((areas, "parent_id"), (places, "area_id")):
        lost = rows[rows[column].notna() & ~among(rows[column], known)]
        if not lost.empty:
            first = lost.iloc[0]
            raise TableError(
                f"{first['name']} (code {first['code']}) belongs to {first[column]}, which is "
                "not in the areas; the register is damaged or incomplete"
            )


def country_row(card: CountryCard) -> pd.DataFrame:
    """The first area of all: the country itself."""
    whole = {
        "area_id": card.code,
        "country": card.code,
        "level": "country",
        "code": card.code,
        "name": card.name[card.names_language],
        "name_latin": card.name["en"],
    }
    return check_table("areas", pd.DataFrame([whole]))


def _with_country_size(areas: pd.DataFrame, card: CountryCard) -> pd.DataFrame:
    """The areas with the country's code on every row, and its surface as the sum of counties."""
    areas = areas.assign(country=card.code)
    counties = pd.to_numeric(areas.loc[areas["level"] == "county", "area_km2"])
    areas.loc[areas["level"] == "country", "area_km2"] = counties.sum()
    return areas


def _with_population(areas: pd.DataFrame, needs: pd.DataFrame, card: CountryCard) -> pd.DataFrame:
    """The areas with their latest population; above the municipality a sum where not counted."""
    counts = needs[needs["variable"].isin(card.population) & needs["value"].notna()]
    rank = counts["variable"].map({name: place for place, name in enumerate(card.population)})
    latest = (
        counts.assign(rank=rank)
        .sort_values(["rank", "year"], ascending=[True, False], kind="stable")
        .drop_duplicates("area_id")
        .set_index("area_id")
    )
    areas = areas.set_index("area_id")
    areas["population"] = latest["value"].reindex(areas.index).astype("Float64")
    areas["population_year"] = latest["year"].reindex(areas.index).astype("Int64")
    for child, parent in (("municipality", "county"), ("county", "country")):
        _sum_up(areas, child, parent)
    return areas.reset_index()


def _sum_up(areas: pd.DataFrame, child: str, parent: str) -> None:
    """Give parents the sum of their children where it is of a later year than their own count."""
    rows = areas[areas["level"] == child]
    owner = rows["parent_id"] if parent == "county" else rows["country"]
    groups = rows.groupby(owner)
    whole = rows["population"].notna().groupby(owner).all()
    sums = groups["population"].sum().where(whole)
    first, last = groups["population_year"].min(), groups["population_year"].max()
    years = first.where(first == last)
    own_year = areas["population_year"].reindex(sums.index)
    better = sums.notna() & years.notna() & (own_year.isna() | (years > own_year).fillna(False))
    chosen = better.index[better.astype(bool)]
    areas.loc[chosen, "population"] = sums[chosen].astype("Float64")
    areas.loc[chosen, "population_year"] = years[chosen].astype("Int64")


def _append(
    rows: pd.DataFrame, more: pd.DataFrame | None, name: str, folder: RawFolder
) -> pd.DataFrame:
    if more is None:
        return rows
    more = check_table(name, more.assign(source_id=folder.card.source_id), folder.card.source_id)
    return pd.concat([rows, more], ignore_index=True)


def _concatenate(name: str, parts: list[tuple[RawFolder, pd.DataFrame]]) -> pd.DataFrame:
    checked = [
        check_table(name, rows.assign(source_id=folder.card.source_id), folder.card.source_id)
        for folder, rows in parts
    ]
    whole = pd.concat([empty_table(name), *checked], ignore_index=True)
    return check_table(name, whole)


def _check_area_ids(name: str, rows: pd.DataFrame, areas: pd.DataFrame) -> None:
    unknown = rows[~among(rows["area_id"], areas["area_id"])]
    if not unknown.empty:
        first = unknown.iloc[0]
        raise TableError(
            f"{first['source_id']}: table {name}: area {first['area_id']} ({first['record']}) "
            "is not in the areas; reject the record or add the area"
        )


def _findings(cleaned: dict[str, Cleaned], areas: pd.DataFrame) -> pd.DataFrame:
    """All that was noticed; what a record wrongly took for an area is no area."""
    findings = pd.concat([c.findings for c in cleaned.values()], ignore_index=True)
    known = among(findings["area_id"], areas["area_id"])
    findings["area_id"] = findings["area_id"].where(known)
    return check_table("findings", findings)


def _accounting(cleaned: dict[str, Cleaned], code: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "source_id": f"{code.lower()}/{name}",
                "rows_read": result.rows_read,
                "rows_kept": result.rows_kept,
                "rows_rejected": result.rows_rejected,
            }
            for name, result in cleaned.items()
        ]
    )


def _used(cleaned: dict[str, Cleaned], code: str) -> pd.DataFrame:
    parts = [c.used.assign(source_id=f"{code.lower()}/{n}") for n, c in cleaned.items()]
    return pd.concat(parts, ignore_index=True)[["source_id", "record", "area_id"]]
