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
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml

from landscape.paths import Project, project
from landscape.provenance import STARTER

COUNTRIES = ("RO", "BG", "MD", "FR")
LANGUAGES = ("en", "fr")


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
    """A project with the committed extracts and the notebooks, and a plan of eight reports."""
    for extract in project().raw.glob(f"*/*/{STARTER}"):
        place = home.raw / extract.parent.relative_to(project().raw)
        place.mkdir(parents=True)
        for name in ("source.yml", STARTER):
            shutil.copy(extract.with_name(name), place / name)
    home.notebooks.mkdir()
    for notebook in project().notebooks.glob("*.ipynb"):
        shutil.copy(notebook, home.notebooks)
    entry = {
        "notebook": "country_inventory",
        "each": {"country": list(COUNTRIES)},
        "languages": list(LANGUAGES),
    }
    plan = yaml.safe_dump({"editions": {"technical": [entry]}})
    (home.notebooks / "reports.yml").write_text(plan, encoding="utf-8")


def run_landscape(home: Project, *words: str) -> str:
    """Runs the real command in the project; its output, or RuntimeError with what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "landscape", *words],
        env={**os.environ, "LANDSCAPE_HOME": str(home.root), "NO_COLOR": "1"},
        cwd=home.root,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
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
