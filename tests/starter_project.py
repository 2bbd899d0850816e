"""The starter edition of the four countries, built once for a whole run of tests.

Under pytest-xdist every worker has its own session: the first to come builds,
the others wait at a lock (see "making session-scoped fixtures execute only
once" in the documentation of pytest-xdist).
"""

import fcntl
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml

from forked_command import run_command
from landscape.language import LANGUAGES as EVERY_LANGUAGE
from landscape.paths import Project, project
from landscape.provenance import STARTER

COUNTRIES = ("RO", "BG", "MD", "FR")
#: In which tests look into figures and findings, word for word.
LANGUAGES = ("en", "fr")
#: Whose digests are made.
MEMBERS = {
    "RO": ["RO_1017", "RO_10"],
    "BG": ["BG_BLG03", "BG_VAR06", "BG_BLG"],
    "MD": ["MD_41", "MD_2330"],
    "FR": ["FR_73065", "FR_73"],
}
#: A Romanian town, a Bulgarian municipality, a raion and a French commune.
AREAS = ("RO_1017", "BG_BLG03", "MD_41", "FR_73065")


def entry(notebook: str, *languages: str, **parameters: object) -> dict[str, object]:
    """One line of a plan of reports, in all languages where none is named.

    The parameters stand in the order of the notebook, as in the name of the file.
    """
    codes = list(languages or EVERY_LANGUAGE)
    return {"notebook": notebook, "parameters": parameters, "languages": codes}


#: All reports: every notebook, country, edition and language.
PLAN = [
    *(entry("country_inventory", country=country) for country in COUNTRIES),
    *(entry("country_inventory", country=country, edition="brief") for country in COUNTRIES),
    *(
        entry("country_inventory", country=country, members=MEMBERS[country], edition="digest")
        for country in COUNTRIES
    ),
    *(entry("data_quality", country=country) for country in COUNTRIES),
    *(entry("innovation_zones", country=country) for country in COUNTRIES),
    entry("comparison", countries=["BG", "MD"], theme="family_children"),
    entry("comparison", countries=[*COUNTRIES], theme="old_age"),
    *(entry("municipality_profile", area=area) for area in AREAS),
    entry("municipality_profile", "ro", area="RO_10"),
    entry("governance", tables="example"),
    entry("explore", country="RO", level="county"),
    entry("explore", "bg", country="BG", level="county"),
    entry("explore", "ro", country="MD", level="county"),
    entry("explore", "fr", country="FR", level="county"),
]


def name_file(notebook: object, parameters: dict[str, object], code: str) -> str:
    """What the file of a report is called, without its ending."""
    values = ["-".join(each) if isinstance(each, list) else each for each in parameters.values()]
    return "_".join(map(str, [notebook, *values, code]))


def name_plan() -> dict[str, bool]:
    """The files of the plan, and whether they are read at a desk too.

    All are read on a phone; each notebook and edition at a desk as well, in turns of languages.
    """
    at_a_desk: dict[tuple[object, object], str] = {}
    for line in PLAN:
        turn = EVERY_LANGUAGE[len(at_a_desk) % len(EVERY_LANGUAGE)]
        name = name_file(line["notebook"], line["parameters"], turn)
        at_a_desk.setdefault((line["notebook"], line["parameters"].get("edition")), name)
    names = [
        name_file(line["notebook"], line["parameters"], code)
        for line in PLAN
        for code in line["languages"]
    ]
    return {name: name in at_a_desk.values() for name in names}


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of the whole run, the same for every worker."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def make_once(folder: Path, name: str, make: Callable[[], object]) -> None:
    """Calls ``make`` in the first worker that comes here; a failure is everybody's failure."""
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        outcome = folder / f"{name}.outcome"
        if not outcome.exists():
            try:
                make()
                outcome.write_text("")
            except Exception as error:
                outcome.write_text(f"{type(error).__name__}: {error}")
    if reason := outcome.read_text():
        pytest.fail(f"the {name} could not be made: {reason}")


def copy_starter_files(home: Project) -> None:
    """A project with the committed extracts and the notebooks, and a plan of reports."""
    for extract in project().raw.glob(f"*/*/{STARTER}"):
        place = home.raw / extract.parent.relative_to(project().raw)
        place.mkdir(parents=True)
        for name in ("source.yml", STARTER):
            shutil.copy(extract.with_name(name), place / name)
    home.notebooks.mkdir()
    for notebook in project().notebooks.glob("*.ipynb"):
        shutil.copy(notebook, home.notebooks)
    plan = yaml.safe_dump({"editions": {"technical": PLAN}})
    (home.notebooks / "reports.yml").write_text(plan, encoding="utf-8")


def run_landscape(home: Project, *words: str) -> str:
    """Runs the command in the project; its output, or RuntimeError with what it said.

    ``run`` has an interpreter of its own, as it forks others; so has what is asked of two threads.
    """
    variables = {"LANDSCAPE_HOME": str(home.root), "NO_COLOR": "1"}
    if words[0] == "run" or threading.current_thread() is not threading.main_thread():
        done = subprocess.run(
            [sys.executable, "-m", "landscape", *words],
            env={**os.environ, **variables},
            cwd=home.root,
            capture_output=True,
            text=True,
            timeout=3600,
            check=False,
        )
    else:
        done = run_command(words, home.root, variables)
    if done.returncode:
        raise RuntimeError(f"landscape {' '.join(words)}: {done.stderr[-600:]}")
    return done.stdout


def build_tables(home: Project) -> None:
    """The tables of the four countries, on two processors: France takes as long as the others."""

    def build(countries: Iterable[str]) -> None:
        for country in countries:
            run_landscape(home, "tables", "--country", country)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(build, [("FR",), ("RO", "BG", "MD")]))


def make_reports(home: Project) -> None:
    """The worked example's tables, and the reports of the plan."""
    run_landscape(home, "workbook", "--example", "--filled", "--out", "round")
    run_landscape(home, "tables", "--example", "--workbooks", "round")
    run_landscape(home, "run", "--jobs", "2")
