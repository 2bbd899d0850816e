"""Files from their producers' servers: whatever these do, a good file is never lost."""

from __future__ import annotations

import json
import lzma
import shutil
import tarfile
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import yaml
from producer_server import Producer, serve
from published_source import FILE, FIXTURE, QUICK, Fetch, publish

from landscape.fetch import fetch_live
from landscape.fetch.content import check_content
from landscape.fetch.download import Downloader, Limits
from landscape.fetch.live import Wish
from landscape.paths import project
from landscape.provenance import sha256_of


def test_a_file_comes_once_and_whole(fetch: Fetch, folder: Path, producer: Producer) -> None:
    assert fetch().state == "fetched"
    assert (folder / FILE).read_bytes() == FIXTURE.read_bytes()
    assert fetch().state == "there"
    (folder / FILE).unlink()
    assert fetch().state == "fetched"  # out of the cache
    assert len(producer.asked) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["source.yml", FILE]


@pytest.mark.parametrize("fault", ["503", "429@0", "503@1", "500", "cut", "silent", "cut-chunked"])
def test_a_fault_that_passes(fault: str, fetch: Fetch, folder: Path, producer: Producer) -> None:
    producer.faults = [fault]
    assert fetch().state == "fetched"
    assert (folder / FILE).read_bytes() == FIXTURE.read_bytes()
    assert len(producer.asked) == 2


def test_what_came_is_not_asked_for_again(fetch: Fetch, folder: Path, producer: Producer) -> None:
    producer.faults = ["cut", "cut"]
    assert fetch().state == "fetched"
    size = FIXTURE.stat().st_size
    starts = [0, size // 2, size // 2 + (size - size // 2) // 2]
    assert [given for _, given in producer.asked] == ["", *(f"bytes={n}-" for n in starts[1:])]
    assert (folder / FILE).read_bytes() == FIXTURE.read_bytes()


def test_the_next_run_goes_on_where_this_one_stopped(
    fetch: Fetch, folder: Path, producer: Producer
) -> None:
    producer.faults = ["cut"]
    assert fetch(Limits(tries=1)).state == "refused"
    assert not (folder / FILE).exists()
    assert fetch().state == "fetched"
    assert producer.asked[1][1] == f"bytes={FIXTURE.stat().st_size // 2}-"


def test_a_part_of_an_older_state_is_thrown_away(
    fetch: Fetch, folder: Path, producer: Producer
) -> None:
    good = FIXTURE.read_bytes()
    publish(producer, lambda lines: lines[::-1])
    producer.faults = ["cut"]
    fetch(Limits(tries=1))
    (producer.files / FILE).write_bytes(good)
    assert fetch().state == "fetched"
    assert (folder / FILE).read_bytes() == good


def test_a_server_without_a_mark_of_the_state_starts_anew(
    fetch: Fetch, folder: Path, producer: Producer
) -> None:
    def broken(url: str) -> None:
        Downloader(folder / "x.part", Limits(tries=1))(url, folder / "x")

    (folder / "x.part").write_bytes(b"of who knows what")
    producer.faults = ["untagged"]
    broken(producer.url(FILE))
    assert (folder / "x").read_bytes() == FIXTURE.read_bytes()
    assert producer.asked == [(f"/{FILE}", "")]


@pytest.mark.parametrize(
    ("faults", "told"),
    [
        (["503"] * 5, "answers 503 Service Unavailable; tried 5 times"),
        (["429@7200"], "come back after 7200 seconds"),
        (["404"], "answers 404 Not Found"),
        (["403"], "answers 403 Forbidden"),
        (["silent"] * 5, "fell silent; tried"),
        (["html"], "is a web page and not"),
    ],
)
def test_a_fault_that_stays(
    faults: list[str], told: str, fetch: Fetch, folder: Path, producer: Producer
) -> None:
    (folder / FILE).write_bytes(b"of last year")
    producer.faults = faults
    outcome = fetch(Limits(silence=0.1, first_wait=0.01))
    assert outcome.state == "refused"
    assert told in outcome.told, outcome
    assert (folder / FILE).read_bytes() == b"of last year"


def test_a_wait_may_be_a_date(fetch: Fetch, producer: Producer) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    producer.faults = [f"503@{later}"]
    assert "asks to come back after 3" in fetch().told


def test_waits_grow(tmp_path: Path, producer: Producer) -> None:
    waits: list[float] = []
    producer.faults = ["500", "500", "503@7", "500"]
    Downloader(tmp_path / "x.part", Limits(), sleep=waits.append)(
        producer.url(FILE), tmp_path / "x"
    )
    assert waits == [1, 2, 7, 8]


def test_limits_of_time_and_size(fetch: Fetch, folder: Path, producer: Producer) -> None:
    producer.faults = ["trickle"]
    assert "not whole after 0 seconds" in fetch(Limits(whole=0.3)).told
    assert "is larger than 0 MB" in fetch(Limits(largest=100)).told
    producer.faults = ["cut-unsaid"]
    assert "is larger than 0 MB" in fetch(Limits(largest=100)).told
    assert not (folder / FILE).exists()


def test_redirections(fetch: Fetch, folder: Path, producer: Producer) -> None:
    card = folder / "source.yml"
    text = card.read_text("utf-8")
    card.write_text(text.replace(producer.address, f"{producer.address}/moved/round"), "utf-8")
    assert "redirected in a circle" in fetch().told
    card.write_text(text.replace(producer.address, f"{producer.address}/moved"), "utf-8")
    assert fetch().state == "fetched"


def test_no_server_at_all(fetch: Fetch, folder: Path, producer: Producer) -> None:
    card = folder / "source.yml"
    card.write_text(
        card.read_text("utf-8").replace(producer.address, "http://127.0.0.1:9"), "utf-8"
    )
    assert "the server refuses the connection" in fetch().told


def test_a_proxy_of_the_environment_is_used(
    fetch: Fetch, producer: Producer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert fetch().state == "refused"
    assert producer.asked == []


def test_archives_of_the_register_of_communes(tmp_path: Path) -> None:
    """Two files out of one archive, packed again; downloaded once."""
    fixtures = project().root / "tests" / "sources" / "fr" / "fixtures"
    published, raw = tmp_path / "published", tmp_path / "raw"
    published.mkdir()
    shutil.copytree(project().raw / "fr" / "cog", raw / "fr" / "cog")
    with tarfile.open(published / "package.tgz", "w:gz") as archive:
        for name in ("communes", "departements"):
            archive.add(fixtures / f"cog_{name}.json", f"package/data/{name}.json")
    path = raw / "fr" / "cog" / "source.yml"
    card = yaml.safe_load(path.read_text("utf-8"))
    with serve(published) as producer:
        for name, entry in card["downloads"].items():
            entry["url"] = producer.url("package.tgz")
            plain = (fixtures / f"cog_{name.split('_')[0]}.json").read_bytes()
            packed = tmp_path / name
            packed.write_bytes(lzma.compress(plain))
            card["files"][name] = sha256_of(packed)
        path.write_text(yaml.safe_dump(card, allow_unicode=True), encoding="utf-8")
        done = list(fetch_live("FR", raw, source="cog", cache=tmp_path / "cache"))
        assert [each.state for each in done] == ["fetched", "fetched"], done
        assert len(producer.asked) == 1
    packed = raw / "fr" / "cog" / "communes_2026.json.xz"
    assert json.loads(lzma.decompress(packed.read_bytes()))


@pytest.mark.data
def test_official_files_pass_the_check_of_their_content(official: Path) -> None:
    """None that is good is refused: the smallest of each kind."""
    smallest: dict[str, Path] = {}
    for path in sorted(official.glob("*/*/*"), key=lambda path: -path.stat().st_size):
        smallest[path.suffix] = path
    assert {".csv", ".json", ".geojson", ".xlsx", ".xls", ".xz"} <= set(smallest)
    for path in smallest.values():
        check_content(path, path.name, str(path))


@pytest.mark.data
def test_the_mirror_replayed_by_a_server(official: Path, tmp_path: Path) -> None:
    """Official files of every kind, downloaded by their real cards; one source comes broken."""
    chosen = {
        "ro": ["uat_staff", "social_services"],
        "bg": ["ekatte", "infostat"],
        "md": ["census_2014", "raion_boundaries", "unhcr_facilities"],
        "fr": ["departements_boundaries"],
    }
    states: dict[str, str] = {}
    raw = tmp_path / "raw"
    with serve(official) as producer:
        for code, names in chosen.items():
            for name in names:
                path = raw / code / name / "source.yml"
                path.parent.mkdir(parents=True)
                card = yaml.safe_load((project().raw / code / name / path.name).read_text("utf-8"))
                place = f"{code}/{name}"
                card["downloads"] = {
                    f: {"url": producer.url(f"{place}/{f}")} for f in card["files"]
                }
                path.write_text(yaml.safe_dump(card, allow_unicode=True), encoding="utf-8")
                producer.faults = {"raion_boundaries": ["cut"], "uat_staff": ["html"]}.get(name, [])
                for done in fetch_live(
                    code, raw, source=name, cache=tmp_path / "c", wish=Wish(limits=QUICK)
                ):
                    states[done.file] = done.state
    refused = {file for file, state in states.items() if state != "fetched"}
    assert refused == {"ro/uat_staff/uat_staff_2025-09-02.csv"}
    for file in set(states) - refused:
        assert (raw / file).read_bytes() == (official / file).read_bytes()
    assert len(states) == 12
