"""Newer vintages: told before they are taken, and no bad one is ever taken."""

from __future__ import annotations

import lzma
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from producer_server import Producer
from published_source import FILE, FIXTURE, SOURCE, Fetch, one_more, publish

from landscape.cli import main
from landscape.errors import SourceError, UsageError
from landscape.fetch import fetch_live
from landscape.fetch.content import check_content
from landscape.paths import project
from landscape.provenance import load_source_card, sha256_of


def test_a_new_vintage_is_told_and_waits(fetch: Fetch, folder: Path, producer: Producer) -> None:
    fetch()
    new = publish(producer, one_more)
    assert fetch().state == "there"  # nobody asked for news
    before = (folder / "source.yml").read_bytes()
    outcome = fetch(newer=True)
    assert outcome.state == "changed"
    assert "(+1); the same columns; 1 code gained ('888888')" in outcome.told
    assert "--country RO --source population_2021 --accept" in outcome.told
    assert (folder / FILE).read_bytes() == FIXTURE.read_bytes()
    assert (folder / "source.yml").read_bytes() == before

    accepted = fetch(accept=True, period="2027-12-01")
    assert accepted.state == "accepted" and "1 code gained" in accepted.told
    assert (folder / FILE).read_bytes() == new
    card = load_source_card(folder / "source.yml", f"ro/{SOURCE}")
    assert card.files == {FILE: sha256_of(folder / FILE)}
    assert card.reference_period == "2027-12-01"
    assert card.retrieved_on == datetime.now(UTC).date()
    assert card.rows == new.decode().strip().count("\n")
    assert (folder / "source.yml").read_text("utf-8").startswith("# A remark that must stay.\n")
    assert fetch().state == "there"


def test_columns_gained_and_rows_lost(fetch: Fetch, producer: Producer) -> None:
    fetch()
    publish(
        producer, lambda lines: [f"{x.rstrip()},{n or 'extra'}\n" for n, x in enumerate(lines)][:-1]
    )
    told = fetch(newer=True).told
    assert "(-1)" in told and "1 column gained ('extra')" in told and "1 code lost" in told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda lines: lines[: len(lines) // 3], "it seems cut short"),
        (lambda lines: [*lines[:-1], lines[-1][:4]], "the file is damaged"),
        (lambda lines: [lines[0].replace("pop,", "people,", 1), *lines[1:]], "column"),
        (lambda _: ["<html>\n"], "is a web page"),
        (lambda _: [], "is empty"),
        (lambda _: ["PK\x03\x04 and so on"], "is not text"),
    ],
)
def test_a_bad_vintage_cannot_be_accepted(
    change: Callable[[list[str]], list[str]],
    told: str,
    fetch: Fetch,
    folder: Path,
    producer: Producer,
) -> None:
    fetch()
    publish(producer, change)
    for accept in (False, True):
        outcome = fetch(newer=True, accept=accept)
        assert outcome.state == "refused" and told in outcome.told, outcome
    assert (folder / FILE).read_bytes() == FIXTURE.read_bytes()


def test_what_a_person_downloaded_is_judged_alike(
    fetch: Fetch, folder: Path, producer: Producer, tmp_path: Path
) -> None:
    card = folder / "source.yml"
    fetch()
    content = yaml.safe_load(card.read_text("utf-8")) | {"downloads": "none known"}
    card.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    assert "find it on https://portal.example" in fetch(newer=True).told
    by_hand = tmp_path / "mirror" / "ro" / SOURCE / FILE
    by_hand.parent.mkdir(parents=True)
    by_hand.write_bytes(publish(producer, one_more))
    assert "1 code gained" in fetch(newer=True, mirror=tmp_path / "mirror").told
    assert fetch(accept=True, mirror=tmp_path / "mirror").state == "accepted"
    assert (folder / FILE).read_bytes() == by_hand.read_bytes()


def test_the_command_tells_a_line_a_file_and_ends_with_1(
    folder: Path,
    producer: Producer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LANDSCAPE_HOME", str(folder.parents[3]))
    monkeypatch.setenv("LANDSCAPE_CACHE", str(tmp_path / "cache"))

    def run(*words: str) -> tuple[int | str | None, str, str]:
        here = ["landscape", "fetch", "--country", "RO", "--source", SOURCE]
        monkeypatch.setattr("sys.argv", [*here, *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return (ended.value.code, *capsys.readouterr())

    assert run() == (0, f"ro/{SOURCE}/{FILE}: fetched\n", f"downloading ro/{SOURCE}/{FILE}\n")
    publish(producer, one_more)
    code, out, err = run("--newer")
    assert code == 1 and out.count("\n") == 1 and "1 changed: see above" in err
    code, out, _ = run("--accept")
    assert code == 0 and "reference period left at 2021-12-01 (--period sets it)" in out
    assert run("--period", "2030")[0] == 2


def test_unknown_source() -> None:
    with pytest.raises(UsageError, match="did you mean 'siruta'"):
        next(fetch_live("RO", project().raw, source="sirutta"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"PK\x03\x04 cut"),
        ("a.xls", b"text"),
        ("a.json.xz", lzma.compress(b"[]")[:-4]),
        ("a.json", b'[{"a": 1}, {"a'),
        ("a.geojson", b"\xef\xbb\xbf <HTML>"),
        ("a.csv", b"\xfd7zXZ\x00 packed"),
        ("a.csv", b""),
    ],
)
def test_content_that_is_not_what_its_name_says(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"^https://office\.example: "):
        check_content(path, name, "https://office.example")


def test_every_source_names_its_download_or_says_that_none_is_known() -> None:
    for path in sorted(project().raw.glob("*/*/source.yml")):
        stated = yaml.safe_load(path.read_text("utf-8"))
        card = load_source_card(path, "")
        assert stated.get("downloads") == "none known" or set(card.downloads) == set(card.files)
        assert (card.page or card.url).startswith("https://"), path
