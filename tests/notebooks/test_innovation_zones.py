"""Zones of innovation as a report: cards, finds set aside, and what could not be looked at."""

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest
from executed import chapters_of, execute, header_of, run_every_cell, words_of

from landscape.compare.zones import ZoneSearch
from landscape.compare.zones.evidence import COLUMNS
from landscape.compare.zones.guards import GUARDS
from landscape.errors import UsageError
from landscape.inventory import load
from landscape.language import language
from landscape.paths import Project
from landscape.reports.blocks import Block
from landscape.reports.story import zones
from landscape.reports.story.zones import Looked

CHAPTERS = ["search", "zones", "aside", "missing", "sources"]
SLIPS = re.compile(r"\bnan\b|\bNone\b|\bNaT\b|\binf\b|<NA>|[{}]")
KINDS = ("more", "associations", "day_outreach", "nearer")

load_once = lru_cache(load)


@pytest.fixture
def home(starter_tables: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("LANDSCAPE_HOME", str(starter_tables.root))
    monkeypatch.setattr("landscape.reports.story.zones.looking.load", load_once)
    return starter_tables


def zone_of(kind: str, ids: tuple[str, ...], failed: tuple[str, ...] = ()) -> dict[str, object]:
    """One row as ``find_zones`` gives it."""
    known = {
        "zone_id": f"old_age-{kind}-{ids[0]}",
        "country": "RO",
        "theme": "old_age",
        "kind": kind,
        "unit": "area" if len(ids) == 1 else "cluster",
        "area_id": ids[0],
        "area_ids": ids,
        "areas": len(ids),
        "population": 12000,
        "services": 9,
        "sites": 4,
        "provider_types": {"association": 6, "municipality": 3},
        "settings": {"day_outreach": 7, "residential": 2},
        "local_types": {"8810": 9},
        "observed": 9.0,
        "expected": 2.5,
        "estimate": 3.6,
        "low": 1.8,
        "high": 6.1,
        "p": 1e-6,
        "q": 1e-4,
        "year": 2016,
        "source_id": "ro/social_services",
        "guards_passed": GUARDS,
        "guards_failed": failed,
    }
    assert set(known) == set(COLUMNS)
    return known


FOUND = pd.DataFrame(
    [zone_of(kind, ("RO_1017", "RO_1151", "RO_1213")[: at + 1]) for at, kind in enumerate(KINDS)]
)
ASIDE = pd.DataFrame([zone_of("more", ("RO_1213",), (guard,)) for guard in (*GUARDS, "interval")])
MISSING = pd.DataFrame(
    {
        "theme": ["survivors"] * 4 + ["housing"],
        "kind": [*KINDS, "day_outreach"],
        "missing": ["source"] * 4 + ["one_way"],
    }
)
SEARCH = ZoneSearch(
    FOUND, ASIDE, MISSING,
    ("registered_unemployment",), ("staff_per_1000",), ("population_change",),
    ("population_change",),
)  # fmt: skip


@pytest.fixture
def found(home: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Romania with four zones, seven finds set aside and two themes that lack something."""
    monkeypatch.setattr("landscape.reports.story.zones.looking.find_zones", lambda *_, **__: SEARCH)


def tell(looked: Looked) -> dict[str, str]:
    """What each part of the page says, without its drawings."""
    page = zones.open_zones(looked, "technical")
    parts: dict[str, list[str | Block]] = {
        "opening": [page.findings(zones.findings_of_zones(looked)), *zones.list_not_seen(looked)],
        "search": [*zones.describe_search(looked), *zones.show_compared_on(page, looked)],
        "zones": [*zones.describe_found(looked), *zones.show_cards(page, looked)],
        "limits": list(zones.list_limits(looked)),
        "aside": [*zones.describe_aside(looked), *zones.show_aside(page, looked)],
        "missing": [
            *zones.describe_not_looked_at(looked),
            *zones.show_not_looked_at(page, looked),
        ],
        "sources": list(zones.describe_sources_of_zones(looked)),
    }
    return {name: " ".join(map(words_of, said)) for name, said in parts.items()}


@pytest.mark.parametrize("code", ["en", "fr", "ro", "bg"])
def test_a_card_a_zone_with_interval_year_and_source(code: str, found: None) -> None:
    looked = zones.look_for_zones("RO", "", language(code))
    told = tell(looked)
    for name, text in told.items():
        assert not SLIPS.search(text), (name, SLIPS.search(text))
    page = zones.open_zones(looked, "technical")
    cards = "".join(str(block.html) for block in zones.show_cards(page, looked))
    assert cards.count("<aside") == len(FOUND)
    assert cards.count("2016") >= 2 * len(FOUND)  # the year of the services, and of the source
    assert {finding.year for finding in zones.findings_of_zones(looked)} == {"2016"}
    figure = zones.map_zones(looked)
    assert figure is not None and "2016" in figure.title


def test_the_words_are_worth_a_closer_look_and_every_guard_is_told(found: None) -> None:
    told = tell(zones.look_for_zones("RO", "", language("en")))
    assert told["zones"].count("Worth a closer look:") == len(FOUND)
    assert told["aside"].count("Set aside:") == len(ASIDE)
    assert "rests on a single site" in told["aside"]
    for word in ("best", "champion", "winner", "good practice"):
        assert word not in " ".join(told.values()).lower()


def test_what_is_missing_is_told_by_theme_and_by_way(found: None) -> None:
    looked = zones.look_for_zones("RO", "", language("en"))
    assert zones.list_not_seen(looked)[0].startswith("Survivors: No complete register")
    assert "survivors" not in looked.seen and "housing" in looked.seen
    missing = tell(looked)["missing"]
    assert re.search(r"Survivors\s+All four ways", missing)
    assert re.search(r"Housing\s+more day and outreach services", missing)


def test_a_hostile_name_stays_text(found: None) -> None:
    looked = zones.look_for_zones("RO", "", language("en"))
    hostile = '</aside><script>alert(1)</script>"'
    looked.reading.names["RO_1017"] = hostile
    page = zones.open_zones(looked, "technical")
    html = "".join(str(block.html) for block in zones.show_cards(page, looked))
    assert "<script" not in html and "&lt;script&gt;" in html


def test_none_found_is_said_of_the_figures_and_not_of_the_services(found: None) -> None:
    looked = zones.look_for_zones("RO", "", language("en"))
    empty = replace(
        looked, search=replace(SEARCH, zones=FOUND.iloc[0:0], set_aside=ASIDE.iloc[0:0])
    )
    told = tell(empty)
    assert "no zone can be told apart from chance" in told["zones"]
    assert zones.map_zones(empty) is None


def test_moldova_says_why_nothing_was_looked_for(home: Project) -> None:
    looked = zones.look_for_zones("MD", "", language("en"))
    told = tell(looked)
    assert looked.seen == ()
    assert "no zone can be looked for yet" in told["search"]
    assert "All themes: Resources are not inventoried" in told["opening"]
    assert "nothing could be searched" in told["zones"]
    assert zones.map_zones(looked) is None
    for name, text in told.items():
        assert not SLIPS.search(text), (name, SLIPS.search(text))


def test_what_is_asked_wrongly_is_refused_in_one_line(home: Project) -> None:
    with pytest.raises(UsageError, match="choose one of"):
        zones.look_for_zones("XX", "", language("en"))
    with pytest.raises(UsageError, match="choose one of: sickness"):
        zones.look_for_zones("RO", "sport", language("en"))


def test_the_notebook_tells_every_chapter(home: Project, tmp_path: Path) -> None:
    executed = execute("innovation_zones", home, tmp_path, country="MD", lang="ro")
    assert chapters_of(executed) == CHAPTERS
    header = header_of(executed)
    assert header["title"] == "Republica Moldova: zone de inovație"


def test_every_cell_of_the_notebook_runs_in_a_fresh_kernel(home: Project, tmp_path: Path) -> None:
    run_every_cell("innovation_zones", home, tmp_path)
