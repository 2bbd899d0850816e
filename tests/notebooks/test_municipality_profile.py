"""The profile of very different authorities of the starter edition, in the four languages."""

import re
from pathlib import Path

import pytest
from executed import chapters_of, execute, header_of, run_every_cell, words_of

from landscape.errors import UsageError
from landscape.inventory import load
from landscape.language import language
from landscape.paths import Project
from landscape.reports.atlas import Atlas
from landscape.reports.blocks import Block
from landscape.reports.portrait import Portrait, find_area, read_portrait
from landscape.reports.reading import Reading
from landscape.reports.story import profile

CHAPTERS = [
    "portrait",
    "needs",
    "resources",
    "services",
    "side-by-side",
    "access",
    "map",
    "peers",
    "points",
    "sources",
]

AREAS = {
    "FR_73006": "fr",  # a commune of 4,400
    "FR_12001": "en",  # a village
    "FR_75056": "fr",  # Paris, at once a commune and a département
    "RO_403": "ro",  # București, a county
    "RO_1213": "ro",  # Aiud, a town of some 20,000
    "BG_SOF46": "bg",  # Столична община, the capital
    "MD_98": "en",  # the left bank, where nothing is known
    "MD_41": "ro",  # a raion
    "MD_2330": "bg",  # a commune, a point without a shape
}
SLIPS = re.compile(r"\bnan\b|\bNone\b|\bNaT\b|\binf\b|<NA>|[{}]")


@pytest.fixture
def home(starter_tables: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("LANDSCAPE_HOME", str(starter_tables.root))
    return starter_tables


def tell(portrait: Portrait) -> dict[str, str]:
    """What each part of the page says, without its drawings."""
    page = profile.open_profile(portrait, "technical")
    parts: dict[str, list[str | Block]] = {
        "opening": [page.findings(profile.findings_of_profile(portrait))],
        "not known": list(profile.list_not_known_here(portrait)),
        "portrait": [*profile.describe_portrait(portrait), *profile.show_context(page, portrait)],
        "services": list(profile.show_services(page, portrait)),
        "gaps": [*profile.describe_gaps(portrait), *profile.show_gaps(page, portrait)],
        "access": [*profile.describe_access(portrait), *profile.show_access(page, portrait)],
        "peers": [*profile.describe_peers(portrait), *profile.show_peers(page, portrait)],
        "points": [*profile.describe_points(portrait), *profile.show_points(page, portrait)],
    }
    for layer in ("needs", "resources", "services"):
        parts[f"layer {layer}"] = [
            *profile.describe_layer_here(portrait, layer),
            *profile.show_layer_here(page, portrait, layer),
        ]
    return {name: " ".join(map(words_of, said)) for name, said in parts.items()}


@pytest.mark.parametrize("area", AREAS)
def test_every_part_says_what_is_known_and_no_more(
    area: str, home: Project, starter_atlas: Atlas
) -> None:
    portrait = read_portrait(area, language(AREAS[area]), starter_atlas)
    told = tell(portrait)
    for name, text in told.items():
        assert not SLIPS.search(text), (name, SLIPS.search(text))
    figures = portrait.figures
    apart = figures[figures["position"].isin(["above", "below"])]
    assert apart["value"].notna().all() and (apart["peers_known"] >= 5).all()
    assert told["points"].count("?") >= 2
    assert (
        portrait.reading.language.text("What is not inventoried is not zero: it may be there.")
        in (told["not known"])
    )
    peers = portrait.peers.peers
    assert portrait.area_id not in set(peers["peer_id"])
    assert set(peers["country"]) == {"RO", "BG", "MD", "FR"}


def test_peers_are_of_the_same_tier(home: Project, starter_atlas: Atlas) -> None:
    portrait = read_portrait("MD_41", language("en"), starter_atlas)
    levels = [
        reading.inventory.areas.set_index("area_id")["level"]
        for reading in [portrait.reading, *portrait.abroad.values()]
    ]
    known = {area: level for each in levels for area, level in each.items()}
    assert {known[each] for each in portrait.peers.peers["peer_id"]} == {"county"}


def test_where_nothing_is_known_no_peer_is_named(home: Project, starter_atlas: Atlas) -> None:
    told = tell(read_portrait("MD_98", language("en"), starter_atlas))
    assert "no area can be called a peer" in told["peers"]
    assert "Why it is listed" not in told["peers"]
    assert "no figure of this chapter is known" in told["layer needs"]


def test_a_gap_bears_an_interval_or_a_reason(home: Project, starter_atlas: Atlas) -> None:
    told = tell(read_portrait("FR_59", language("en"), starter_atlas))["gaps"]
    assert re.search(r"Unemployment\s+−?\d+ \(95 % interval −?\d+ to −?\d+\)\. ", told)
    assert "Need is not inventoried; the gap is not known." in told
    told = tell(read_portrait("BG_BLG03", language("en"), starter_atlas))["gaps"]
    assert "needs cannot be set beside services or means yet" in told
    assert "interval −" not in told and "Services are not inventoried" in told


def test_an_area_that_is_not_there_is_refused_in_one_line(
    home: Project, starter_atlas: Atlas
) -> None:
    with pytest.raises(UsageError, match="ids look like BG_"):
        find_area(Reading(load("BG"), language("en")), "BG_XXX99")
    with pytest.raises(UsageError, match="begins with"):
        read_portrait("Sofia", language("en"), starter_atlas)


def test_every_cell_of_the_notebook_runs_in_a_fresh_kernel(home: Project, tmp_path: Path) -> None:
    run_every_cell("municipality_profile", home, tmp_path)


def test_the_notebook_tells_every_chapter(home: Project, tmp_path: Path) -> None:
    executed = execute("municipality_profile", home, tmp_path, area="BG_BLG03", lang="bg")
    assert chapters_of(executed) == CHAPTERS
    header = header_of(executed)
    assert header["title"].startswith("Благоевград")
