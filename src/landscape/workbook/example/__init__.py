"""The worked example: a fictive round of twelve clearly fictive authorities.

Nothing of it exists and none of its figures is true. It shows what a round
looks like, and the tests and the README go through it. Its area ids have
``_EX`` in them, so that no real table can hold them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from landscape.workbook.authorities import SERVICE_COLUMNS, Authority, Known
from landscape.workbook.filling import Filling
from landscape.yaml_files import read_mapping

#: The year of the fictive round.
YEAR = 2026
#: The language in which the authorities of a country answer.
LANGUAGES = {"BG": "bg", "FR": "fr", "MD": "ro", "RO": "ro"}


@dataclass(frozen=True)
class FictiveAuthority:
    """A fictive authority, its answers, and what a register would know of it."""

    authority: Authority
    filling: Filling
    level: str
    kind: str
    population: int
    name_latin: str | None = None

    @property
    def country(self) -> str:
        """Two letters."""
        return self.authority.area_id[:2]

    @property
    def language(self) -> str:
        """The language of its workbook."""
        return LANGUAGES[self.country]


@lru_cache
def load_example() -> dict[str, FictiveAuthority]:
    """The twelve authorities by area id, three a country."""
    found = {}
    for country in LANGUAGES:
        path = Path(__file__).with_name(f"{country.lower()}.yml")
        for area_id, entry in read_mapping(path).items():
            found[area_id] = _read(area_id, entry)
    return found


def _read(area_id: str, entry: dict[str, Any]) -> FictiveAuthority:
    facts = {
        "name": Known(entry["name"]),
        "tier": Known(entry["level"]),
        "kind": Known(entry["kind"]),
        "population": Known(float(entry["population"]), YEAR - 1),
    }
    authority = Authority(
        area_id, entry["name"], facts, _services(area_id, entry.get("services", [])), fictive=True
    )
    filling = Filling(entry.get("forms", {}), entry.get("grids", {}), entry.get("lists", {}))
    return FictiveAuthority(
        authority,
        filling,
        entry["level"],
        entry["kind"],
        int(entry["population"]),
        entry.get("name_latin"),
    )


def _services(area_id: str, listed: list[dict[str, Any]]) -> pd.DataFrame:
    """What a fictive register lists: columns as of the services table."""
    rows = pd.DataFrame(listed, columns=list(SERVICE_COLUMNS)).rename(columns=SERVICE_COLUMNS)
    rows.insert(0, "service_id", [f"{area_id}/{n}" for n in range(1, len(rows) + 1)])
    return rows


def example_areas(country: str) -> pd.DataFrame:
    """The fictive authorities of a country as rows of the areas table, below the country."""
    own = [each for each in load_example().values() if each.country == country]
    return pd.DataFrame(
        {
            "area_id": [each.authority.area_id for each in own],
            "country": country,
            "level": [each.level for each in own],
            "code": [each.authority.area_id[3:] for each in own],
            "name": [each.authority.name for each in own],
            "name_latin": [each.name_latin for each in own],
            "parent_id": country,
            "kind": [each.kind for each in own],
            "population": [float(each.population) for each in own],
            "population_year": YEAR - 1,
        }
    )
