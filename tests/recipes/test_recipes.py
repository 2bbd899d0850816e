"""The recipes of CONTRIBUTING.md, followed in a copy of the project, with the files they touch."""

import importlib.util
import inspect
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jupytext
import nbformat
import pytest
from project_copy import HERE, Copy, touched

from landscape.paths import project

Country = tuple[Copy, set[str], set[str]]
#: What an analyst asks of the new tables, printed as JSON.
ASK = """
import json, landscape
inventory = landscape.load("XA")
areas = inventory.areas
figures = {figures}
print(json.dumps({{
    "areas": areas["level"].value_counts().to_dict(),
    "people": areas.set_index("area_id")["population"].astype(object).where(
        areas.set_index("area_id")["population"].notna(), None).to_dict(),
    "services": len(inventory.services),
    "rejected": inventory.findings.query("action == 'rejected'")["record"].tolist(),
    "figures": figures,
}}, default=float))
"""
FIGURES = """json.loads(
    landscape.indicator("day_centres_per_1000", country="XA")["value"].to_json())"""


def ask(copy: Copy, figures: str = "{}") -> dict:
    answer = copy.run("-c", ASK.format(figures=figures))
    assert answer.code == 0, answer.err
    return json.loads(answer.out)


def test_a_new_country_is_one_folder_of_modules_and_one_of_files(with_country: Country) -> None:
    copy, new, changed = with_country
    assert changed == set()
    assert len(new) == 6
    places = {name.rpartition("/")[0] for name in new}
    assert places == {"src/landscape/sources/xa", "data/raw/xa/register"}
    made = copy.run("tables", "--country", "XA")
    assert made.code == 0, made.err
    assert "XA: full edition, 5 municipalities, 2 counties" in made.out.replace("\n", " ")
    told = ask(copy)
    assert told["areas"] == {"municipality": 5, "county": 2, "country": 1}
    assert told["people"]["XA_0101"] == 2000
    assert told["people"]["XA_0202"] is None, "a blank cell is not known, and not zero"
    assert copy.run("sources", "--country", "QQ").err.count("XA") == 1


def test_a_new_source_is_four_files_and_a_test(with_country: Country) -> None:
    copy, _, _ = with_country
    before = copy.files()
    written = copy.run("new", "source", "day_centres", "--country", "XA")
    assert written.code == 0, written.err
    new, changed = touched(before, copy.files())
    assert changed == set()
    assert new == {
        "src/landscape/sources/xa/day_centres.py",
        "src/landscape/sources/xa/day_centres.csv",
        "data/raw/xa/day_centres/source.yml",
        "tests/sources/xa/fixtures/day_centres/day_centres.csv",
        "tests/sources/xa/test_day_centres.py",
    }
    assert "source.yml" in written.out and "landscape tables --country XA" in written.out
    again = copy.run("new", "source", "day_centres", "--country", "XA")
    assert again.code == 1 and "is there already" in again.err
    unfilled = copy.run("sources", "--country", "XA")
    assert unfilled.code == 1 and "source.yml" in unfilled.err
    examples = HERE / "new_source"
    module = copy.root / "src/landscape/sources/xa"
    raw = copy.root / "data/raw/xa/day_centres"
    shutil.copy(examples / "source.yml", raw)
    shutil.copy(examples / "fixture.csv", raw / "day_centres.csv")
    unwritten = copy.run("tables", "--country", "XA")
    assert unwritten.code == 1 and "COLUMNS is empty" in unwritten.err
    shutil.copy(examples / "day_centres.py", module)
    unmapped = copy.run("tables", "--country", "XA")
    assert unmapped.code == 1 and "not in the mapping: 'For the disabled'" in unmapped.err
    shutil.copy(examples / "day_centres.csv", module)
    made = copy.run("tables", "--country", "XA")
    assert made.code == 0, made.err
    told = ask(copy)
    assert told["services"] == 3 and len(told["rejected"]) == 1


def fill_source(copy: Copy) -> None:
    """The new source, filled in, where the recipe for it has not been followed in this copy."""
    module, raw = copy.root / "src/landscape/sources/xa", copy.root / "data/raw/xa/day_centres"
    if raw.exists():
        return
    assert copy.run("new", "source", "day_centres", "--country", "XA").code == 0
    examples = HERE / "new_source"
    shutil.copy(examples / "source.yml", raw)
    shutil.copy(examples / "fixture.csv", raw / "day_centres.csv")
    for name in ("day_centres.py", "day_centres.csv"):
        shutil.copy(examples / name, module)


def test_a_new_indicator_is_an_entry_and_a_function(with_country: Country) -> None:
    copy, _, _ = with_country
    fill_source(copy)
    before = copy.files()
    words = ["new", "indicator", "day_centres_per_1000", "--layer", "services", "--country", "XA"]
    written = copy.run(*words)
    assert written.code == 0, written.err
    new, changed = touched(before, copy.files())
    folder = copy.root / "src/landscape/indicators"
    assert new == set()
    assert changed == {
        "src/landscape/indicators/catalogue.yml",
        "src/landscape/indicators/services.py",
    }
    unfilled = copy.run("tables", "--country", "XA")
    assert unfilled.code == 1 and "day_centres_per_1000" in unfilled.err
    fill(folder / "catalogue.yml", "\nday_centres_per_1000:", "new_indicator/entry.yml")
    empty = copy.run(
        "-c", "from landscape.indicators.services import day_centres_per_1000 as f\nf(1, 2)"
    )
    assert empty.code == 99 and "choose estimates" in empty.err
    fill(folder / "services.py", "\ndef day_centres_per_1000(", "new_indicator/function.txt")
    assert copy.run(*words).code == 1
    made = copy.run("tables", "--country", "XA")
    assert made.code == 0, made.err
    figures = ask(copy, FIGURES)["figures"]
    assert figures["XA_0101"] == pytest.approx(2 / 2000 * 1000)
    assert figures["XA_0102"] == 0, (
        "the register is complete: a parish that it does not list has none"
    )
    assert figures["XA_0202"] is None, "no residents known, no rate"


@pytest.fixture
def new_notebook(with_country: Country) -> Iterator[Path]:
    """A notebook written as plain Python and paired; gone again after the test."""
    copy, _, _ = with_country
    twin = copy.root / "notebooks/plain/first_look.py"
    twin.parent.mkdir(exist_ok=True)
    shutil.copy(HERE / "new_notebook/first_look.py", twin)
    notebook = copy.root / "notebooks/first_look.ipynb"
    jupytext.write(jupytext.read(twin), notebook)
    yield notebook
    notebook.unlink()
    twin.unlink()


def test_a_new_notebook_is_one_file_with_its_twin(new_notebook: Path) -> None:
    keeps_the_habits(new_notebook)


def test_a_new_notebook_makes_a_report_at_once_and_touches_nothing_else(
    with_country: Country, new_notebook: Path
) -> None:
    copy, _, _ = with_country
    before = copy.files()
    assert copy.run("tables", "--country", "XA").code == 0
    made = copy.run("report", "first_look", "-p", "country", "XA", "--out", "reports_made")
    assert made.code == 0, made.err
    page = copy.root / made.out.strip()  # an absolute path stays what it is
    assert "Little Marsh" in page.read_text(encoding="utf-8")
    assert touched(before, copy.files()) == (set(), set())


def keeps_the_habits(path: Path) -> None:
    """What every notebook of the project is held to."""
    place = HERE.parent / "notebooks" / "test_habits.py"
    spec = importlib.util.spec_from_file_location("habits_of_notebooks", place)
    assert spec is not None and spec.loader is not None
    habits = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(habits)
    notebook = nbformat.read(path, as_version=4)
    asked = [each for name, each in vars(habits).items() if name.startswith("test_it")]
    asked += [habits.test_nothing_that_it_showed_is_stored]
    assert len(asked) >= 7
    for each in asked:
        given = {"path": path, "notebook": notebook}
        each(**{wanted: given[wanted] for wanted in inspect.signature(each).parameters})


def test_a_new_language_is_one_word_one_catalogue_and_the_words_in_yaml(copy: Copy) -> None:
    before = copy.files()
    module = copy.root / "src/landscape/language.py"
    text = module.read_text(encoding="utf-8")
    known = 'LANGUAGES = ("en", "fr", "ro", "bg")'
    assert known in text
    module.write_text(text.replace(known, known.replace(")", ', "it")')), encoding="utf-8")
    messages = "from landscape.reports.messages import main\nraise SystemExit(main({words}))"
    assert copy.run("-c", messages.format(words=["update"])).code == 0
    lacking = copy.run("-c", messages.format(words=["check", "it"]))
    assert lacking.code == 1
    told = lacking.out.splitlines()
    assert sum("not translated" in line for line in told) > 500
    assert any("not in catalogue.yml" in line for line in told)
    done = copy.run("-c", (HERE / "new_language" / "translate.py").read_text(encoding="utf-8"))
    assert done.code == 0, done.err
    still = copy.run("-c", messages.format(words=["check", "it"]))
    assert (still.code, still.out) == (0, ""), still.out[:400] + still.err
    new, changed = touched(before, copy.files())
    assert new == {"src/landscape/locales/it.po"}
    in_yaml = [line.partition("not in ")[2] for line in told if "not in " in line]
    with_words = {line.partition(": ")[0] for line in in_yaml}
    of_words = {f"{Path(name).name} of {Path(name).parent.name}" for name in changed}
    assert of_words == with_words | {"language.py of landscape"}
    numbers = "from landscape.language import language\nprint(language('it').number(1234567.5, 1))"
    assert copy.run("-c", numbers).out.strip() == "1.234.567,5"
    assert copy.run("sources", "--country", "RO").code == 0


def fill(path: Path, beginning: str, example: str) -> None:
    """What an author does: the skeleton at the end of a file becomes the real thing."""
    before, found, _ = path.read_text(encoding="utf-8").rpartition(beginning)
    assert found
    text = (HERE / example).read_text(encoding="utf-8")
    path.write_text(f"{before}\n{text}", encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["source", "Day-Centres", "--country", "XA"], "cannot be a name"),
        (["source", "class", "--country", "XA"], "cannot be a name"),
        (["source", "../../x", "--country", "XA"], "cannot be a name"),
        (["source", "x__y", "--country", "XA"], "cannot be a name"),
        (["source", "day_care", "--country", "QQ"], "unknown country"),
        (["indicator", "more", "--layer", "service", "--country", "XA"], "did you mean 'services'"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, list) else "",
)
def test_a_wrong_name_is_refused_and_nothing_is_written(
    with_country: Country, words: list[str], told: str
) -> None:
    copy, _, _ = with_country
    before = copy.files()
    answer = copy.run("new", *words)
    assert answer.code == 2 and told in answer.err
    assert copy.files() == before


def test_skeletons_and_examples_pass_the_linter(copy: Copy, tmp_path: Path) -> None:
    copy.run("new", "source", "fresh", "--country", "RO")
    copy.run("new", "indicator", "fresh_ones", "--layer", "resources", "--country", "RO")
    package = copy.root / "src/landscape"
    files = [
        package / "sources/ro/fresh.py", package / "indicators/resources.py",
        copy.root / "tests/sources/ro/test_fresh.py", HERE / "new_source/day_centres.py",
        HERE / "fifth_country/src/landscape/sources/xa/register.py",
    ]  # fmt: skip
    for order in (["check"], ["format", "--check"]):
        settings = ["--no-cache", "--config", str(project().root / "pyproject.toml")]
        command = [sys.executable, "-m", "ruff", *order, *settings, *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_skeletons_are_typed(copy: Copy) -> None:
    copy.run("new", "source", "typed", "--country", "RO")
    copy.run("new", "indicator", "typed_ones", "--layer", "resources", "--country", "RO")
    package = copy.root / "src/landscape"
    files = [package / "sources/ro/typed.py", package / "indicators/resources.py"]
    command = [sys.executable, "-m", "mypy", "--strict", "--ignore-missing-imports"]
    done = subprocess.run(
        [*command, "--cache-dir", str(copy.root / ".cache"), *map(str, files)],
        capture_output=True, text=True, check=False, cwd=copy.root,
    )  # fmt: skip
    ours = [line for line in done.stdout.splitlines() if line.startswith(tuple(map(str, files)))]
    assert [line for line in ours if "typed" in line or "resources" in line] == []
