"""An edition whose every text is an attack: planted into tables that were built in earnest."""

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle, islice
from pathlib import Path

import geopandas as gpd
import pandas as pd
import yaml
from payloads import PAYLOADS

from landscape.paths import Project
from starter_project import run_landscape

#: The notebooks, with what makes each show the poisoned tables.
NOTEBOOKS: dict[str, dict[str, str | list[str]]] = {
    "country_inventory": {"country": "MD"},
    "data_quality": {"country": "MD"},
    "municipality_profile": {"area": "MD_2330"},
    "governance": {"tables": "example"},
    "comparison": {"countries": ["MD", "BG"], "theme": "old_age"},
    "innovation_zones": {"country": "RO", "theme": "old_age"},
}
ALL = list(PAYLOADS.values())
#: Texts of the tables of the register; names carry two payloads, so that few areas carry all.
REGISTER = {
    "services": ["name", "provider_name"],
    "findings": ["message"],
    "places": ["name"],
}
ANSWERS = {
    "practices": ["title", "description", "partners", "changed", "needed"],
    "questions": ["question", "why"],
    "partnerships": ["partner", "subject"],
    "governance": ["remark"],
    "participation": ["remark"],
}


def poison_register(folder: Path, area: str) -> None:
    """Names of areas, services, providers and places, messages, records, and the sources.

    Services enough to carry every payload are placed in one ``area``.
    """
    areas = gpd.read_parquet(folder / "areas.parquet")
    below = areas["level"] != "country"
    for column in ("name", "name_latin"):
        areas.loc[below, column] = _pairs(int(below.sum()))
    areas.to_parquet(folder / "areas.parquet", index=False)
    _poison_tables(folder, REGISTER)
    _poison_records(folder)
    _rewrite(folder / "services.parquet", lambda rows: _placed_in(rows, area))
    _poison_sources(folder)


def poison_answers(folder: Path) -> None:
    """What authorities wrote in their workbooks, and where these came from."""
    areas = gpd.read_parquet(folder / "areas.parquet")
    below = areas["level"] != "country"
    areas.loc[below, ["name", "name_latin"]] = ALL[0]
    areas.to_parquet(folder / "areas.parquet", index=False)
    for name, key in {"practices": "practice_id", "questions": "question_id"}.items():
        _rewrite(folder / f"{name}.parquet", lambda rows, key=key: _grown(rows, key))
    _poison_tables(folder, ANSWERS)
    _poison_sources(folder)


def _grown(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    """The rows so often over, each with an id of its own, that one column can hold all payloads."""
    many = pd.concat([rows] * (len(ALL) // len(rows) + 1), ignore_index=True)
    return many.assign(**{key: many[key] + "/" + many.index.astype(str)})


def _pairs(number: int) -> list[str]:
    """So many texts; each holds two payloads, and so few texts hold them all."""
    texts = [f"{first} {second}" for first, second in zip(ALL[::2], ALL[1::2], strict=True)]
    return list(islice(cycle(texts), number))


def _poison_tables(folder: Path, tables: Mapping[str, list[str]]) -> None:
    payloads = cycle(ALL)
    for name, columns in tables.items():
        rows = pd.read_parquet(folder / f"{name}.parquet")
        for column in columns:
            rows[column] = list(islice(payloads, len(rows)))
        rows.to_parquet(folder / f"{name}.parquet", index=False)


def _poison_records(folder: Path) -> None:
    """Every name of a record gets a payload; the tables still find each other's."""

    def change(rows: pd.DataFrame) -> pd.DataFrame:
        numbers = rows["record"].map(lambda text: sum(str(text).encode()) % len(ALL))
        return rows.assign(record=rows["record"] + " " + numbers.map(dict(enumerate(ALL))))

    for name in ("services", "needs", "resources", "findings", "used"):
        _rewrite(folder / f"{name}.parquet", change)


def _placed_in(rows: pd.DataFrame, area: str) -> pd.DataFrame:
    moved = rows.index[: len(ALL)]
    rows.loc[moved, "area_id"] = area
    rows.loc[moved, "closed"] = pd.NA
    return rows


def _rewrite(path: Path, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    change(pd.read_parquet(path)).to_parquet(path, index=False)


def _poison_sources(folder: Path) -> None:
    """Titles that each hold all payloads; producers, licences and addresses that hold one."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for number, card in enumerate(manifest["sources"]):
        title = " · ".join(ALL[number:] + ALL[:number])
        card["title"] = dict.fromkeys(card["title"], title)
        # The period is no free text: one that is not understood stops the report.
        for place, field in enumerate(("producer", "url", "licence")):
            card[field] = ALL[(7 * number + place) % len(ALL)]
        card["citation"] = title
    path.write_text(json.dumps(manifest), encoding="utf-8")


def write_plan(home: Project, reports: list[tuple[str, str]], edition: str) -> None:
    """A plan with one edition: these notebooks, each in its language."""
    entries = [
        {
            "notebook": name,
            "parameters": {**NOTEBOOKS[name], "edition": "technical"},
            "languages": [code],
        }
        for name, code in reports
    ]
    plan = yaml.safe_dump({"editions": {edition: entries}})
    (home.notebooks / "reports.yml").write_text(plan, encoding="utf-8")


def make_hostile_reports(home: Project, reports: list[tuple[str, str]]) -> None:
    """The poisoned reports and their index, by the command that makes all reports."""
    write_plan(home, reports, "hostile")
    run_landscape(home, "run", "--edition", "hostile", "--jobs", "2")


def report_path(home: Project, name: str, code: str) -> Path:
    """The file of one poisoned report."""
    return home.reports / f"{'_'.join([name, *_named(name), code])}.html"


def _named(name: str) -> Iterator[str]:
    for value in NOTEBOOKS[name].values():
        yield value if isinstance(value, str) else "-".join(value)
