"""One county of the starter edition with traps put in, exported in every form once."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from landscape.exchange import FORMS, export
from landscape.inventory import Inventory, load
from landscape.paths import Project
from landscape.schemas import check_table, empty_table

COUNTY = "RO_10"  # Alba
HOSTILE = '=HYPERLINK("http://example.org";"open")'
#: Rows beside the county's own: what registers really hold, and what must not get out.
TRAPS = {
    "hostile": {"name": HOSTILE, "provider_name": "@SUM(1+1)"},
    "contact": {"name": "Centrul Speranța, tel. 0264 123 456", "provider_name": "Asociația X"},
    "unnamed": {"name": None, "provider_name": None, "capacity": None},
    "closed": {"closed": "2015-03-01", "opened": "2010-01-01"},
    "zero": {"capacity": 0.0},
    "long": {"name": "Centru de zi pentru persoane vârstnice " * 8 + "."},
    "county": {"area_id": COUNTY, "position": "none", "lon": None, "lat": None},
}
COUNTED = "ro/county_statistics"  # stands for a source that publishes counts


def trapped(services: pd.DataFrame) -> pd.DataFrame:
    """The services with the traps, and a source that counts by area and type."""
    first = services[services["source_id"] == "ro/social_services"].iloc[[0]]
    exact = {"position": "exact", "lon": 23.5, "lat": 46.1, "capacity": 12.0}
    rows = [first.assign(service_id=f"trap/{name}", **{**exact, **values})
            for name, values in TRAPS.items()]  # fmt: skip
    counts = [first.assign(service_id=f"counted/{n}", source_id=COUNTED, count=n, name=None)
              for n in (1, 40)]  # fmt: skip
    return pd.concat([services, *rows, *counts], ignore_index=True)


@pytest.fixture(scope="session")
def small_edition(starter_tables: Project, tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    """Alba with its municipalities, the traps, and three small counts of persons."""
    whole = load("RO", starter_tables.processed)
    folder = tmp_path_factory.mktemp("small") / "RO"
    folder.mkdir()
    areas = whole.areas[
        (whole.areas["level"] == "country")
        | (whole.areas["area_id"] == COUNTY)
        | (whole.areas["parent_id"] == COUNTY)
    ]
    areas.to_parquet(folder / "areas.parquet", index=False)
    ids = set(areas["area_id"])
    for name in ("places", "needs", "resources", "services", "findings", "indicators", "used"):
        table = getattr(whole, name)
        kept = table[table["area_id"].isin(ids)].drop(columns="evidence", errors="ignore")
        if name == "services":
            kept = check_table(name, trapped(kept))
        if name == "needs":
            kept = check_table(name, pd.concat([kept, small_counts(sorted(ids))]))
        kept.to_parquet(folder / f"{name}.parquet", index=False)
    empty_table("crosswalk").to_parquet(folder / "crosswalk.parquet", index=False)
    (folder / "manifest.json").write_text(json.dumps(whole.manifest), encoding="utf-8")
    return load("RO", folder.parent)


def small_counts(ids: list[str]) -> pd.DataFrame:
    """Nine unemployed persons, none, and a value that is not known."""
    values = [9.0, 0.0, None]
    return pd.DataFrame(
        {
            "area_id": ids[-3:],
            "variable": "unemployed_15_64",
            "year": 2021,
            "value": values,
            "unit": "persons",
            "status": ["A", "A", "M"],
            "source_id": "ro/population_2021",
            "record": "row 1",
        }
    )


@pytest.fixture(scope="session")
def exported(small_edition: Inventory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all exports of the small edition."""
    out = tmp_path_factory.mktemp("exported")
    for form in FORMS:
        export([small_edition], form, out, publisher="A union of communes")
    return out


@pytest.fixture(scope="session")
def read_json_of(exported: Path) -> Callable[[str], object]:
    """Reads a JSON file below the exports of Romania."""

    def read(path: str) -> object:
        return json.loads((exported / "RO" / path).read_text(encoding="utf-8"))

    return read
