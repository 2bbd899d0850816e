"""The explorer's controls follow each other, and every state is the code that it says it is."""

import shlex
from typing import Any

import pandas as pd
import pytest

from landscape import explore, kept
from landscape.errors import UsageError
from landscape.explore import Explorer, State, View, open_state, write_command, write_python
from landscape.paths import Project

RO = {"country": "RO", "level": "county"}


@pytest.fixture(autouse=True)
def home(starter_tables: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("LANDSCAPE_HOME", str(starter_tables.root))
    return starter_tables


def run(code: str) -> dict[str, Any]:
    """What the copied lines leave behind."""
    assert len(code.splitlines()) == 3
    found: dict[str, Any] = {}
    exec(compile(code, "copied", "exec"), found)
    return found


@pytest.mark.parametrize(
    "wished",
    [
        {**RO, "indicator": "registered_unemployment", "year": 2016, "area": "RO_10"},
        {"country": "MD", "level": "municipality", "lang": "ro"},
        {"country": "FR", "level": "county", "lang": "fr"},
        {"country": "BG", "level": "county", "lang": "bg"},
    ],
    ids=lambda wished: wished["country"],
)
def test_the_copied_lines_give_the_same_figures(wished: dict[str, Any]) -> None:
    view = View(open_state(**wished)[0])
    found = run(view.python)
    assert found["figures"].equals(view.figures)
    drawn = [each for each in (view.map, view.spread) if each is not None]
    for mine, copied in zip(drawn, found["shown"], strict=False):
        assert (mine.title, mine.svg, mine.alt) == (copied.title, copied.svg, copied.alt)
    if view.peers is not None:
        assert found["shown"][-1].equals(view.peers)
    assert len(found["shown"]) == len(drawn) + (view.peers is not None)


def test_the_copied_command_names_the_state_in_the_words_of_the_notebook() -> None:
    state = State("RO", "county", "net_wage", 2020, "general", "RO_10", "fr")
    words = shlex.split(write_command(state))
    assert words[:3] == ["landscape", "report", "explore"]
    pairs = dict(zip(words[4::3], words[5::3], strict=False))
    assert pairs["country"] == "RO" and pairs["year"] == "2020" and pairs["area"] == "RO_10"
    assert words[-2:] == ["--lang", "fr"]


def test_a_hostile_word_stays_a_word_in_what_is_copied() -> None:
    state = State("RO", "county", 'x"); raise SystemExit #', area="$(reboot)'\\\"\n")
    lines = write_python(state)
    compile(lines, "copied", "exec")
    assert "raise SystemExit #\\" not in lines and r"x\"); raise" in lines
    assert shlex.split(write_command(state))[-3] == state.area


@pytest.fixture(scope="module")
def explorer(starter_tables: Project) -> Explorer:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LANDSCAPE_HOME", str(starter_tables.root))
        return Explorer(*open_state(**RO))


def choose(explorer: Explorer, **wished: Any) -> None:
    for name, value in wished.items():
        getattr(explorer, name).value = value


def test_every_control_follows_the_others(explorer: Explorer) -> None:
    choose(explorer, country="RO", level="county", indicator="net_wage", year=2015)
    assert explorer.view.state == State("RO", "county", "net_wage", 2015)
    assert "2015" in explorer.parts["map"].value and "year=2015" in explorer.parts["python"].value
    choose(explorer, theme="disability")
    offered = [name for _, name in explorer.indicator.options]
    assert explorer.indicator.value in offered and "net_wage" not in offered
    assert explorer.year.value == 0 and "another is shown" in explorer.parts["status"].value
    choose(explorer, country="BG")
    assert explorer.theme.value == "" and "all themes are offered" in explorer.parts["status"].value
    assert explorer.view.state.country == "BG"


def test_who_sees_another_map_chooses_from_its_own_years(explorer: Explorer) -> None:
    """A choice made from the lists of the country before would be lost, or be another's."""
    choose(explorer, country="RO", level="county", theme="")
    before, offered = explorer.year.options, []
    shown = explorer.parts["map"]
    shown.observe(lambda _: offered.append(explorer.year.options), names="value")
    choose(explorer, country="BG")
    shown.unobserve_all("value")
    assert offered == [explorer.year.options] and offered != [before]


def test_an_area_is_found_by_name_and_pointed_out_everywhere(explorer: Explorer) -> None:
    choose(explorer, country="RO", level="county", theme="", search="timis")
    ((name, area),) = explorer.found.options
    assert name == "Timiș"
    choose(explorer, found=area)
    assert explorer.view.state.area == area
    assert "Timiș" in explorer.parts["spread"].value
    assert explorer.view.listed["Area"][0] == "Timiș"
    assert f'highlight=["{area}"]' in explorer.view.python
    names = explorer.view.listed_peers
    assert names is not None and len(names["Area"]) == len(explorer.peers.options) > 6
    explorer.whole.click()
    assert explorer.view.state.area == "" and not explorer.peers.options


def test_a_peer_abroad_takes_the_reader_there(explorer: Explorer) -> None:
    choose(explorer, country="RO", level="county", theme="", search="alba")
    choose(explorer, found=explorer.found.options[0][1])
    abroad = next(area for _, area in explorer.peers.options if not area.startswith("RO"))
    explorer.peers.value = abroad
    assert explorer.view.state.area == abroad
    assert explorer.country.value == abroad[:2] and explorer.found.value == abroad


def test_what_is_not_there_is_told_in_words(explorer: Explorer) -> None:
    choose(explorer, country="RO", level="county", search="")
    choose(explorer, search="Atlantis")
    assert "No area here has this name." in explorer.parts["status"].value
    choose(explorer, search="")
    assert "No area here" not in explorer.parts["status"].value
    choose(explorer, country="MD")
    explorer.go("MD_98")
    choose(explorer, search="Atlantis")
    assert "No area here has this name." in explorer.parts["status"].value
    assert explorer.found.value == "MD_98"
    choose(explorer, search="")
    assert "Too little is known of this area" in explorer.parts["status"].value
    before = explorer.view.state
    explorer.go("XX_1")
    assert "unknown country" in explorer.parts["status"].value
    assert explorer.view.state == before and explorer.country.value == "MD"


def test_thousands_of_areas_without_a_map_are_told_and_listed(explorer: Explorer) -> None:
    explorer.go("FR_73065")
    assert explorer.view.map is None and explorer.parts["map"].value == ""
    assert "too many for one drawing" in explorer.parts["status"].value
    assert explorer.view.listed["Area"][0] == "Chambéry (Savoie)"
    assert len(explorer.parts["table"].value) < 60_000


def test_wrong_parameters_are_refused_with_the_right_ones() -> None:
    for wished, told in (
        ({"country": "XX"}, "choose one of"),
        ({**RO, "level": "countyy"}, "did you mean 'county'"),
        ({**RO, "indicator": "net_wge"}, "did you mean 'net_wage'"),
        ({**RO, "area": "RO_100"}, "did you mean 'RO_10'"),
    ):
        with pytest.raises(UsageError, match=told):
            open_state(**wished)
    state, words = open_state(**RO, indicator="net_wage", year=1990)
    assert state.year == 0 and words == ["There is no figure of 1990: the latest is shown."]


def test_hostile_names_stay_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_KEPT", {})
    hostile = "</pre><img src=x onerror=alert(1)><script>alert(2)</script>\"'"
    state = State("BG", "county", "population_change")
    areas = explore.choices.read(state).inventory.areas
    areas.loc[areas["area_id"] == "BG_VID", ["name", "name_latin"]] = hostile
    explorer = Explorer(*open_state(country="BG", level="county", area="BG_VID"))
    assert explorer.found.options[0][0].startswith(hostile)
    for name, part in explorer.parts.items():
        assert "<img" not in part.value and "<script" not in part.value, name
    assert "&lt;img" in explorer.parts["table"].value


def test_the_table_of_a_page_rounds_as_the_catalogue_says_and_leaves_gaps() -> None:
    view = View(open_state(country="MD", level="county", indicator="aged_65_over")[0])
    columns = view.listed
    assert len(columns["Area"]) == len(view.figures) == 37
    assert None in columns["Value"] and 0 not in columns["Value"]
    known = view.figures["value"].dropna().round(1)
    assert sorted(v for v in columns["Value"] if v is not None) == sorted(known.tolist())
    assert not any(pd.isna(each) for each in columns["Area"])
