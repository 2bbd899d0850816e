"""Editions are published whole, side by side; none is written twice, nothing strange is touched."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from frictionless import Package

from landscape import cli
from landscape.errors import LandscapeError
from landscape.paths import Project
from landscape.publishing import edition as publishing
from landscape.publishing import publish, verify
from landscape.reports import schedule
from landscape.reports.schedule import Run, run_schedule
from landscape.reports.state import open_state

CELLS = """
import landscape
from IPython.display import display
if name == "fails": raise ValueError("no")
landscape.load("MD").areas
facts = {"kind": "page", "title": name, "country": "MD", "theme": "A & <b>", "subtitle": "",
         "edition": "", "language": lang}
display({"text/html": f"<h1>{name}</h1>", "application/vnd.landscape.block+json": facts}, raw=True)
"""
PLAN = "editions: {quarterly_md: [{notebook: trial, each: {name: [NAMES]}}], more: []}"


@pytest.fixture
def made(
    starter_tables: Project,
    tmp_path: Path,
    write_notebook: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Run]:
    """Makes the reports of a project that has Moldova alone."""
    monkeypatch.setenv("LANDSCAPE_HOME", str(tmp_path))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    for module in (schedule, publishing):  # somebody may be writing code while the tests run
        monkeypatch.setattr(module, "hash_code", lambda: "1")
    home = Project(tmp_path)
    home.processed.mkdir(parents=True)
    home.notebooks.mkdir()
    shutil.copytree(starter_tables.processed / "MD", home.processed / "MD")

    def make(names: str = "a", cells: str = CELLS) -> Run:
        write_notebook('name = "a"\nlang = "en"', cells).replace(home.notebooks / "trial.ipynb")
        plan = home.notebooks / "reports.yml"
        plan.write_text(PLAN.replace("NAMES", names), encoding="utf-8")
        run = Run(home.notebooks, home.processed, home.reports)
        run_schedule(run)
        return run

    return make


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_edition_is_whole_and_the_next_leaves_it_as_it_is(
    made: Callable[..., Run], tmp_path: Path
) -> None:
    run, shelf = made("a, b"), tmp_path / "stick"
    first = publish(run, shelf, lang="fr")
    assert first.is_new
    assert first.folder.name == "quarterly_md-2026-11-18"
    assert sorted(path.name for path in first.folder.iterdir()) == [
        "SHA256SUMS", "data", "index.html", "manifest.json", "trial_a_en.html", "trial_b_en.html",
    ]  # fmt: skip
    manifest = json.loads((first.folder / "manifest.json").read_text(encoding="utf-8"))
    assert [report["file"] for report in manifest["reports"]] == [
        "trial_a_en.html", "trial_b_en.html",
    ]  # fmt: skip
    (tables,) = manifest["tables"]
    assert (tables["country"], tables["edition"]) == ("MD", "starter")
    assert {"md/census_2014"} <= {source["source_id"] for source in tables["sources"]}
    assert manifest["data"] == {"MD": "data/MD/datapackage"}
    package = Package(str(first.folder / "data" / "MD" / "datapackage" / "datapackage.json"))
    assert package.get_resource("areas").read_rows()
    before = contents(first.folder)

    again = publish(run, shelf, lang="fr")
    assert (again.is_new, again.folder) == (False, first.folder)
    second = publish(made("a, b, c"), shelf, lang="fr")
    assert second.folder.name == "quarterly_md-2026-11-18-2"
    assert contents(first.folder) == before
    index = (shelf / "index.html").read_text(encoding="utf-8")
    assert (
        0
        < index.index(f"{second.folder.name}/index.html")
        < index.index(f"{first.folder.name}/index.html")
    )
    assert "18 novembre 2026" in index
    assert "Tableaux\u202f: Moldavie" in index
    for link in (text.partition('"')[0] for text in index.split('href="')[1:]):
        assert link.startswith("#") or (shelf / link).is_file(), link
    assert [found for _, found in verify(shelf)] == [[], []]
    assert not list(shelf.glob(".*"))


def test_sha256sum_and_verify_find_what_was_lost_changed_or_added(
    made: Callable[..., Run], tmp_path: Path
) -> None:
    shelf = tmp_path / "stick"
    folder = publish(made("a, b"), shelf, data=False).folder
    check = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=folder, check=False).returncode == 0
    with (folder / "trial_a_en.html").open("a", encoding="utf-8") as page:
        page.write("!")
    (folder / "trial_b_en.html").unlink()
    (folder / "mine.txt").write_text("x", encoding="utf-8")
    assert list(verify(shelf)) == [
        (
            folder,
            ["mine.txt was added", "trial_a_en.html was changed", "trial_b_en.html is missing"],
        )
    ]
    assert subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 1
    (folder / "SHA256SUMS").write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(LandscapeError, match="SHA256SUMS: cannot be read"):
        list(verify(shelf))


def test_a_folder_of_others_is_refused_and_left_alone(
    made: Callable[..., Run], tmp_path: Path
) -> None:
    run, other = made(), tmp_path / "holiday"
    other.mkdir()
    (other / "picture.jpg").write_bytes(b"1")
    for folder in (other, run.out):
        before = contents(folder)
        with pytest.raises(LandscapeError, match="holds files that were not published"):
            publish(run, folder)
        after = {path: text for path, text in contents(folder).items() if ".landscape" not in path}
        assert after.items() <= before.items()
        assert len(list(folder.iterdir())) == len({Path(path).relative_to(folder).parts[0]
                                                   for path in before})  # fmt: skip
    with pytest.raises(LandscapeError, match="holds no published editions"):
        list(verify(other))


def test_reports_that_are_missing_or_out_of_date_are_told(
    made: Callable[..., Run],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run, shelf = made("a, fails"), tmp_path / "stick"
    with pytest.raises(LandscapeError, match=r"1 of 2 report\(s\) .*trial_fails_en.html is miss"):
        publish(run, shelf)
    assert not shelf.exists()

    def call(*words: str) -> int:
        monkeypatch.setattr(sys, "argv", ["landscape", "publish", str(shelf), *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return int(ended.value.code or 0)

    assert call("--incomplete", "--no-data") == 3
    said = capsys.readouterr()
    assert "1 report(s) in " in said.out
    assert "not published: trial_fails_en.html is missing" in said.err
    assert "1 report is missing" in (shelf / "index.html").read_text(encoding="utf-8")
    assert call("--verify") == 0
    (shelf / "quarterly_md-2026-11-18" / "manifest.json").write_text(
        (shelf / "quarterly_md-2026-11-18" / "manifest.json").read_text() + " "
    )
    assert call("--verify") == 1
    assert "manifest.json was changed" in capsys.readouterr().err
    (run.out / "trial_a_en.html").write_text("mine", encoding="utf-8")
    with pytest.raises(LandscapeError, match="its file was changed"):
        publish(run, shelf, incomplete=True)


def test_killed_or_failing_publishing_leaves_the_editions_that_were_there(
    made: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, shelf = made(), tmp_path / "stick"
    publish(run, shelf, data=False)
    before = contents(shelf)
    run = made("a, b")
    for place in ("write_index", "write_checksums", "_flush"):
        with monkeypatch.context() as broken:

            def fail(*_: object, **__: object) -> None:
                raise OSError(28, "No space left on device")

            broken.setattr(publishing, place, fail)
            with pytest.raises(LandscapeError, match="No space left on device; free some space"):
                publish(run, shelf, data=False)
        assert contents(shelf) == before
    (shelf / ".publishing-killed").mkdir()
    (shelf / ".publishing-killed" / "half.html").write_text("<ht", encoding="utf-8")
    with open_state(run.out), pytest.raises(LandscapeError, match="another run is making"):
        publish(run, shelf)
    assert publish(run, shelf, data=False).is_new
    assert not list(shelf.glob(".*"))
    assert contents(shelf).items() >= {k: v for k, v in before.items() if "quarterly" in k}.items()
