"""Peers in the starter edition: a village, a town, the capitals, and a place never counted."""

import pytest

from landscape.compare.peers import Context, describe_peers, explain_group, gather_context
from landscape.inventory import load
from landscape.language import language
from landscape.paths import Project

COUNTRIES = ("RO", "BG", "MD", "FR")
NAMES = {"RO": "Romania", "BG": "Bulgaria", "MD": "Moldova", "FR": "France"}


@pytest.fixture(scope="module")
def levels(starter_tables: Project) -> dict[str, Context]:
    inventories = [load(code, starter_tables.processed) for code in COUNTRIES]
    return {level: gather_context(inventories, level) for level in ("municipality", "county")}


@pytest.mark.parametrize(
    ("level", "area_id"),
    [("municipality", "FR_75056"), ("municipality", "BG_SOF46"), ("county", "RO_403")],
)
def test_a_capital_has_the_least_unlike_ones_and_a_sentence_saying_so(
    levels: dict[str, Context], level: str, area_id: str
) -> None:
    group = describe_peers(levels[level], area_id)
    home = group.peers[group.peers["country"] == group.country]
    assert len(home) == 6
    assert not home["alike"].any()
    assert "population" in group.unmatched[group.country]
    told = explain_group(group, NAMES, language("en"))
    assert f"{NAMES[group.country]}: no area is close to {group.name}" in told[0]


@pytest.mark.parametrize("area_id", ["FR_12145", "RO_1017", "BG_VTR04", "MD_2918"])
def test_an_ordinary_place_has_peers_of_about_its_size(
    levels: dict[str, Context], area_id: str
) -> None:
    group = describe_peers(levels["municipality"], area_id)
    assert group.peers["country"].value_counts().to_dict() == {
        code: 6 if code == group.country else 3 for code in COUNTRIES
    }
    people = group.context.raw["population"]
    home = group.peers.loc[group.peers["country"] == group.country, "peer_id"]
    assert (people[home] / people[area_id]).between(0.25, 4).all()
    assert group.peers.loc[group.peers["country"] == group.country, "alike"].any()


def test_nobody_is_called_a_peer_of_a_place_that_was_never_counted(
    levels: dict[str, Context],
) -> None:
    group = describe_peers(levels["county"], "MD_05")
    assert not group.peers.empty
    assert not group.peers["alike"].any()
    assert group.peers["distance"].isna().all()
    town = describe_peers(levels["municipality"], "MD_0700")
    assert not town.peers["alike"].any()
    assert len(explain_group(town, NAMES, language("en"))) == 1
