"""Editions: Moldova's starter edition is the smallest whole one, so it stands for all."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from bounded_command import PEAK, Refused, run
from producer_server import Producer, serve
from published_source import FILE, FIXTURE, QUICK, SOURCE, Fetch

from forked_command import run_command
from landscape.fetch import Outcome, fetch_live
from landscape.fetch.download import Limits
from landscape.fetch.live import Wish
from landscape.paths import Project, project
from landscape.provenance import sha256_of
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


@pytest.fixture
def producer(tmp_path: Path) -> Iterator[Producer]:
    (tmp_path / "published").mkdir()
    shutil.copy(FIXTURE, tmp_path / "published" / FILE)
    with serve(tmp_path / "published") as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path, producer: Producer) -> Path:
    """A raw folder of one source whose card describes what the producer publishes."""
    folder = tmp_path / "home" / "data" / "raw" / "ro" / SOURCE
    folder.mkdir(parents=True)
    (tmp_path / "home" / "notebooks").mkdir()
    card = yaml.safe_load((project().raw / "ro" / SOURCE / "source.yml").read_text("utf-8"))
    del card["starter"]
    rows = FIXTURE.read_text("utf-8").strip().count("\n")
    card |= {"files": {FILE: sha256_of(FIXTURE)}, "rows": rows, "page": "https://portal.example"}
    card["downloads"] = {FILE: {"url": producer.url(FILE)}}
    text = yaml.safe_dump(card, allow_unicode=True, sort_keys=False)
    (folder / "source.yml").write_text(f"# A remark that must stay.\n{text}", encoding="utf-8")
    return folder


@pytest.fixture
def fetch(tmp_path: Path, folder: Path) -> Fetch:
    """Fetches the source; what became of its one file."""

    def run(limits: Limits = QUICK, **asked: object) -> Outcome:
        wish = Wish(limits=limits, **asked)
        raw, cache = folder.parents[1], tmp_path / "cache"
        (outcome,) = fetch_live("RO", raw, source=SOURCE, cache=cache, wish=wish)
        return outcome

    return run


@pytest.fixture
def refused(home: Project) -> Refused:
    """Runs a command that must refuse; returns its one line."""

    def call(*words: str | Path, script: str = "", most: float = PEAK) -> str:
        start = ["-c", script] if script else ["-m", "landscape"]
        code, said, peak = run([*start, *map(str, words)], home.root)
        assert code == 1, said
        assert "Traceback" not in said
        lines = [line for line in said.splitlines() if line.startswith("landscape: ")]
        assert len(lines) == 1 and len(lines[0]) < 600, said
        assert peak < most, f"{peak:.0f} MB"
        return lines[0]

    return call
