"""Editions: Moldova's starter edition is the smallest whole one, so it stands for all."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from forked_command import run_command
from landscape.paths import Project, project
from landscape.tables import CountryTables, clean_country

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def moldova() -> CountryTables:
    """The tables of Moldova's starter edition."""
    return clean_country("MD", project().raw)


@pytest.fixture
def home(tmp_path: Path) -> Project:
    """A project folder of its own, with Moldova's raw files only."""
    shutil.copytree(
        project().raw / "md",
        tmp_path / "data" / "raw" / "md",
        ignore=lambda folder, names: [
            n for n in names if Path(folder).parent.name == "md" and n not in KEPT
        ],
    )
    (tmp_path / "notebooks").mkdir()
    return Project(tmp_path)


KEPT = {"source.yml", "starter.csv.xz"}


@pytest.fixture
def landscape(home: Project) -> Run:
    """Runs the real command in the small project; ``largest`` limits the size of its files."""

    def run(*words: str | Path, largest: int | None = None) -> subprocess.CompletedProcess[str]:
        variables = {"LANDSCAPE_HOME": str(home.root), "NO_COLOR": "1"}
        return run_command([*map(str, words)], home.root, variables, largest)

    return run


@pytest.fixture
def complains(landscape: Run) -> Callable[..., str]:
    """Runs a command that must fail; returns the one line that it says last on stderr."""

    def run(*words: str | Path, code: int = 1, largest: int | None = None) -> str:
        done = landscape(*words, largest=largest)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        said = [line for line in done.stderr.splitlines() if not line.startswith("MD ")]
        assert 1 <= len(said) <= 2, done.stderr
        assert said[0].startswith("landscape: ")
        return " ".join(said)

    return run
