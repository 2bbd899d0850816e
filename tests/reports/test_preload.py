"""What a run reads before its reports are forked changes nothing but the time that they take."""

import os
import shutil
from pathlib import Path

import pytest

from fork_calls import call_in_fork
from landscape import kept
from landscape.paths import Project
from landscape.reports import atlas as atlases
from landscape.reports.child import make_result
from landscape.reports.orders import Order, Result
from landscape.reports.preload import preload
from landscape.reports.wanted import VARIABLE, Wanted, find_wanted, read_word


@pytest.fixture
def two_countries(
    starter_tables: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """A project with the tables of Bulgaria and Moldova, of which nothing has been read."""
    monkeypatch.setenv("LANDSCAPE_HOME", str(tmp_path))
    monkeypatch.setattr(kept, "_KEPT", {})
    monkeypatch.setattr(atlases, "_KEPT", [])
    folder = tmp_path / "data" / "processed"
    folder.mkdir(parents=True)
    for code in ("BG", "MD"):
        shutil.copytree(starter_tables.processed / code, folder / code)
    return Project(tmp_path)


@pytest.mark.parametrize(
    ("notebook", "values"),
    [
        ("municipality_profile", {"area": "MD_2330", "lang": "bg"}),
        ("data_quality", {"country": "MD", "lang": "ro"}),
        ("innovation_zones", {"country": "MD", "theme": "old_age", "lang": "ro"}),
    ],
)
def test_a_preloaded_report_and_the_tables_it_used_are_the_same(
    notebook: str, values: dict[str, object], two_countries: Project
) -> None:
    source = Path(__file__).parents[2] / "notebooks" / f"{notebook}.ipynb"
    order = Order(source.read_text("utf-8"), source.name, str(source.parent), values)
    wanted = find_wanted(two_countries.processed, [(notebook, values)] * 2)
    assert "MD" in wanted.countries

    def preloaded() -> Result:
        preload(wanted)
        found = kept.find_kept(two_countries.processed / "MD")
        searched = [key for key in found.gathered if key.startswith("zones ")]
        assert searched == ["zones old_age"] * (notebook == "innovation_zones")
        return make_result(order)

    cold, warm = call_in_fork(lambda: make_result(order)), call_in_fork(preloaded)
    assert cold.error == "" == warm.error
    assert cold.html == warm.html
    assert cold.used == warm.used
    assert "MD/areas.parquet" in warm.used


def test_tables_that_changed_since_are_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_KEPT", {})
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "areas.parquet").write_bytes(b"1")
    kept.keep(folder, "what was read")
    assert kept.find_kept(folder) == "what was read"
    (folder / "areas.parquet").write_bytes(b"another")
    assert kept.find_kept(folder) is None


def test_reports_tell_what_they_will_ask_for(tmp_path: Path) -> None:
    def of(**values: object) -> Wanted:
        return find_wanted(tmp_path, [("comparison", values)])

    assert of(country="RO", lang="en", places=3).countries == ["RO"]
    assert of(theme="old_age").countries == []
    of_area = of(area="BG_VID", other="no_area")
    assert set(of_area.countries) == {"RO", "BG", "MD", "FR"}
    assert of_area.areas == ["BG_VID"]


def test_a_search_is_made_first_where_several_reports_tell_of_it(tmp_path: Path) -> None:
    reports = [
        ("innovation_zones", {"country": "MD", "lang": "en"}),
        ("innovation_zones", {"country": "MD", "lang": "fr"}),
        ("innovation_zones", {"country": "MD", "theme": "old_age", "lang": "fr"}),
        ("data_quality", {"country": "BG", "lang": "en"}),
        ("data_quality", {"country": "BG", "lang": "fr"}),
    ]
    assert find_wanted(tmp_path, reports).searches == [["MD", ""]]


def test_word_is_left_only_while_the_server_starts(tmp_path: Path) -> None:
    wanted = Wanted(str(tmp_path), ["RO"], ["RO_1017"])
    with wanted.told():
        assert read_word() == wanted
    assert read_word() is None and VARIABLE not in os.environ


def test_what_cannot_be_read_is_left_to_the_report(tmp_path: Path) -> None:
    assert call_in_fork(lambda: preload(Wanted(str(tmp_path), ["RO"], ["RO_1017"])) or "well")
