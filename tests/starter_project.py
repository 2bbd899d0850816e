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
from landscape.paths import Project, project
from landscape.provenance import STARTER

COUNTRIES = ("RO", "BG", "MD", "FR")
LANGUAGES = ("en", "fr")
#: Whose digest is made.
MEMBERS = ["BG_BLG03", "BG_VAR06", "BG_BLG"]


def entry(notebook: str, *languages: str, **parameters: object) -> dict[str, object]:
    """One line of a plan of reports."""
    return {"notebook": notebook, "parameters": parameters, "languages": list(languages)}


#: Every notebook and every edition at least once, countries and languages as readers mix them.
PLAN = [
    *(entry("country_inventory", *LANGUAGES, country=country) for country in COUNTRIES),
    entry("country_inventory", "ro", country="RO", edition="brief"),
    entry("country_inventory", "fr", country="FR", edition="brief"),
    entry("country_inventory", "bg", country="BG", edition="digest", members=MEMBERS),
    entry("data_quality", "fr", country="RO"),
    entry("data_quality", "bg", country="BG"),
    entry("data_quality", "ro", country="MD"),
    entry("data_quality", "en", country="FR"),
    entry("comparison", "bg", countries=["BG", "MD"]),
    entry("comparison", "fr", theme="old_age"),
    entry("innovation_zones", "ro", country="MD"),
    entry("municipality_profile", "en", area="BG_BLG03"),
    entry("governance", "fr", tables="example"),
]


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
