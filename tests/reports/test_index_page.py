"""The index: what finds a report, and what the last edition of a country changed."""

import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from landscape.inventory import load
from landscape.language import language
from landscape.paths import Project
from landscape.reports.index import fold, write_index
from landscape.reports.snapshots import compare_snapshots, keep_snapshot, read_changes
from landscape.reports.told_changes import describe_changes, list_moved

HEAD = '<html><head><meta name="landscape" content="{}"></head></html>'


def write_report(folder: Path, name: str, **facts: str) -> None:
    """A file that says of itself what a report says."""
    card = {"title": "T", "theme": "", "edition": "", "country": "MD", "language": "en", **facts}
    text = json.dumps({"made_on": "2026-11-01", **card}, ensure_ascii=False)
    escaped = text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    (folder / name).write_text(HEAD.format(escaped), encoding="utf-8")


@pytest.fixture
def changed(starter_tables: Project, tmp_path: Path) -> Path:
    """A folder with two editions of Moldova; between them four things changed."""
    processed = tmp_path / "processed"
    shutil.copytree(starter_tables.processed / "MD", processed / "MD")
    keep_snapshot(load("MD", processed), tmp_path, date(2026, 9, 1))
    indicators = pd.read_parquet(processed / "MD" / "indicators.parquet")
    rows = indicators["level"].eq("county") & indicators["low"].notna()
    moved, within = indicators.index[rows][:2]
    width = indicators.at[moved, "high"] - indicators.at[moved, "low"]
    for column in ("value", "low", "high"):
        indicators.at[moved, column] += 10 * width
    indicators.at[within, "value"] = indicators.at[within, "high"]
    indicators.to_parquet(processed / "MD" / "indicators.parquet", index=False)
    services = pd.read_parquet(processed / "MD" / "services.parquet")
    fresh = services.head(2).assign(service_id=["fresh/1", "fresh/2"])
    pd.concat([services.iloc[3:], fresh]).to_parquet(processed / "MD" / "services.parquet")
    manifest = json.loads((processed / "MD" / "manifest.json").read_text("utf-8"))
    new = {**manifest["sources"][0], "source_id": "md/fresh"}
    new["title"] = dict.fromkeys(new["title"], "Fresh <register>")
    manifest["sources"].append(new)
    (processed / "MD" / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    keep_snapshot(load("MD", processed), tmp_path, date(2026, 11, 1))
    return tmp_path


def test_an_edition_that_says_the_same_is_kept_once(
    starter_tables: Project, tmp_path: Path
) -> None:
    inventory = load("MD", starter_tables.processed)
    first = keep_snapshot(inventory, tmp_path, date(2026, 9, 1))
    assert keep_snapshot(inventory, tmp_path, date(2026, 11, 1)) is None
    assert read_changes(tmp_path, "MD") is None
    assert [path.name for path in (tmp_path / "editions").iterdir()] == [first.name]
    assert sum(path.stat().st_size for path in first.iterdir()) < 100_000
    still = compare_snapshots(first, first)
    assert still.moved.empty and still.compared > 100
    assert (still.opened, still.closed, still.sources, still.renewed) == ({}, {}, [], [])


def test_what_changed_is_told(changed: Path) -> None:
    changes = read_changes(changed, "MD")
    assert changes.since == date(2026, 9, 1)
    assert len(changes.moved) == 1
    assert sum(changes.opened.values()) == 2
    assert sum(changes.closed.values()) == 3
    assert [title["en"] for title in changes.sources] == ["Fresh <register>"]
    told = " ".join(describe_changes(changes, language("en")))
    assert f"1 of {changes.compared:,}" in told
    assert "Newly listed: 2. Closed or no longer listed: 3." in told
    french = language("fr")
    table = list_moved(changes.moved, french)
    assert list(table.columns) == [
        french.text(word) for word in ("Indicator", "Area", "Before", "Now")
    ]
    assert list(table.columns)[2:] == ["Avant", "Maintenant"]
    assert " à " in table.iloc[0, 2]


def test_the_index_tells_what_changed(changed: Path) -> None:
    write_report(changed, "inventory_MD_en.html", theme="Country inventory")
    html = write_index(changed, tables=changed / "processed").read_text("utf-8")
    assert "What changed since the edition of 1 September 2026" in html
    assert "Fresh &lt;register&gt;" in html
    assert "<register>" not in html


def test_an_unfinished_snapshot_is_not_read(changed: Path) -> None:
    last = sorted((changed / "editions").iterdir())[-1]
    (last / "edition.json").unlink()
    assert read_changes(changed, "MD") is None


def test_a_report_is_found_by_country_theme_language_edition_and_date(tmp_path: Path) -> None:
    write_report(tmp_path, "a_MD_en.html", theme="Country inventory", title="Moldova")
    write_report(tmp_path, "a_MD_fr.html", theme="État des lieux du pays", language="fr")
    write_report(tmp_path, "b_RO_1017_en.html", country="RO", title="Țara Șoimului",
                 form="brief", made_on="2026-10-01")  # fmt: skip
    html = write_index(tmp_path, tables=tmp_path / "none").read_text("utf-8")
    assert 'data-languages="en fr"' in html
    assert 'data-form="brief"' in html
    assert 'data-days="2026-10-01"' in html
    assert "tara soimului" in html
    assert "румъния" in html
    for name in ("country", "languages", "form", "days"):
        assert f'data-by="{name}"' in html


def test_a_theme_in_another_language_is_the_same_theme(tmp_path: Path) -> None:
    french = language("fr").text("Data quality")
    write_report(tmp_path, "q_MD_fr.html", theme=french, language="fr")
    write_report(tmp_path, "q_RO_en.html", theme="Data quality", country="RO")
    html = write_index(tmp_path, tables=tmp_path / "none").read_text("utf-8")
    assert html.count('data-theme="Data quality"') == 2


def test_search_is_blind_to_accents_and_capitals() -> None:
    assert fold("Țărnă Évreux СОФИЯ") == "tarna evreux софия"
