"""The site: its code runs and answers, its pages are made whole and ask the network for nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
import yaml

from landscape.paths import PACKAGE, SOURCE_MODULES, Project
from landscape.provenance import STARTER

ROOT = PACKAGE.parents[1]
DOCS = ROOT / "docs"


def making(name: str) -> ModuleType:
    """A module of docs/making."""
    spec = util.spec_from_file_location(name, DOCS / "making" / f"{name}.py")
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(page: str) -> tuple[str, dict[str, Any]]:
    return making("blocks").run_page((DOCS / page).read_text("utf-8"), page)


@pytest.fixture
def at_home(starter_tables: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("LANDSCAPE_HOME", str(starter_tables.root))
    return starter_tables


@pytest.fixture
def centres(at_home: Project) -> pd.DataFrame:
    """Day centres for disabled people of the register, found without the project's code."""
    mapping = pd.read_csv(SOURCE_MODULES / "ro" / "social_services.csv")
    types = mapping.loc[mapping["function"] == "disability", "local_type"]
    rows = pd.read_csv(at_home.raw / "ro" / "social_services" / STARTER, dtype=str)
    rows = rows[rows["local_type"].isin(types) & rows["local_type"].str.contains("CZ-")]
    places = pd.to_numeric(rows["capacity"], errors="coerce")
    county = rows["county"].str.upper().str.replace("Ţ|Ț", "T", regex=True)
    return rows.assign(places=places, county=county)


def test_the_tutorial_answers_its_question(centres: pd.DataFrame) -> None:
    """Which counties, how sure, which municipalities, where from: as counted from the register."""
    shown, found = run("tutorial.md")
    counties = found["counties"].set_index("name")
    for name, county in {"Neamț": "NEAMT", "Bacău": "BACĂU", "Sibiu": "SIBIU"}.items():
        own = centres.loc[centres["county"] == county, "places"]
        assert own.notna().all() and len(own)
        assert counties.loc[name, "numerator"] == own.sum(), name
        value = own.sum() / counties.loc[name, "denominator"] * 10_000
        assert counties.loc[name, "value"] == pytest.approx(value)
    assert counties["value"].dropna().is_monotonic_decreasing
    assert counties.index[0] == "Neamț"
    # How sure: no county is first for certain, and one that is not inventoried is not ranked.
    ranks = found["ranks"]
    assert (ranks["rank_low"] == 1).sum() > 1
    assert ranks["rank_low"].isna().sum() == counties["value"].isna().sum() == 1
    # Which municipalities: one town holds nearly all of the first county's places.
    assert found["carrying"]["name"].iloc[0] == "Piatra-Neamț"
    assert found["share"].iloc[0] > 0.9
    # Where from: every record of the county's centres, its file, its licence.
    neamt = centres[centres["county"] == "NEAMT"]
    assert set(found["rows"]["record"]) == set(neamt["record"])
    sources = found["trace"].sources.set_index("source_id")
    assert sources.loc["ro/social_services", "licence"] == "OGL-ROU 1.0"
    assert found["without"] < counties["value"].median() * 2
    assert shown.count("```text") >= 8 and "<svg" in shown


@pytest.mark.parametrize("page", ["howto/doubt.md", "howto/compare.md", "gallery.md"])
def test_other_pages_with_code_run(page: str, at_home: Project) -> None:
    shown, _ = run(page)
    text = (DOCS / page).read_text("utf-8")
    assert "run: true" in text
    assert shown.count("```text") + shown.count("<figure>") >= text.count("```python")
    assert shown.count("<figure>") == text.count("landscape.plot_") - text.count("try:")


def test_a_page_shows_what_its_code_gives() -> None:
    blocks = making("blocks")
    shown, names = blocks.run_page("A\n```python\nx = 2\nprint(x)\nx * 21\n```\nB", "page")
    assert shown == "A\n```python\nx = 2\nprint(x)\nx * 21\n```\n\n```text\n2\n42\n```\n\nB"
    assert names["x"] == 2
    with pytest.raises(ZeroDivisionError):
        blocks.run_page("```python\n1 / 0\n```", "page")


def test_examples_of_docstrings_become_blocks_of_code() -> None:
    fence = making("examples").fence_examples
    text = "Says.\n\n>>> f(1)\n2\n>>> f(2)\n4\n\nMore words."
    assert fence(text) == ("Says.\n\n```pycon\n>>> f(1)\n2\n>>> f(2)\n4\n```\n\nMore words.")
    assert fence("No example.") == "No example."


def test_the_navigation_names_pages_that_there_are() -> None:
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    listed = set(re.findall(r"[\w/-]+\.md", str(yaml.safe_load(text)["nav"])))
    written = {str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md")}
    made = {"indicators.md", "decisions.md", "glossary.md", "howto/recipes.md", "sources/index.md"}
    assert made <= listed <= written | made
    assert {"tutorial.md", "gallery.md", "methods.md", "exports.md"} <= listed


class Loaded(HTMLParser):
    """Addresses that a browser would load with a page, without a click."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"script", "img", "iframe", "source", "video", "embed"} or (
            tag == "link" and given.get("rel") not in {"canonical", "next", "prev", "alternate"}
        ):
            self.addresses += [given.get("src") or given.get("href") or ""]


def test_the_site_builds_without_a_warning_and_loads_nothing(
    starter_tables: Project, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(tmp_path / "site")],
        cwd=ROOT,
        env={**os.environ, "LANDSCAPE_HOME": str(starter_tables.root), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "WARNING" not in done.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 40
    for page in pages:
        parser = Loaded()
        text = page.read_text("utf-8")
        parser.feed(text)
        assert not [a for a in parser.addresses if re.match(r"(https?:)?//", a)], page
        assert "<blockquote>" not in text or "reference" not in page.parts, page
    for style in (tmp_path / "site").rglob("*.css"):
        assert not re.search(r"(url\(|@import )['\"]?(https?:)?//", style.read_text("utf-8")), style
    glossary = (tmp_path / "site" / "glossary.html").read_text("utf-8")
    assert all(word in glossary for word in ("état des lieux", "nevoi", "потребности"))
    sheet = (tmp_path / "site" / "sources" / "ro-social_services.html").read_text("utf-8")
    assert "2,186 records read" in sheet and "Day centre for disabled adults" in sheet
