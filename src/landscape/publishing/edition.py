"""One edition as a clean folder: reports, index, data packages, checksums, a manifest."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from landscape import __version__
from landscape.errors import LandscapeError
from landscape.exchange import export
from landscape.inventory import load
from landscape.provenance import sha256_of
from landscape.publishing.shelf import (
    CHECKSUMS,
    DATA,
    MANIFEST,
    content_of,
    list_editions,
    open_shelf,
    write_checksums,
    write_shelf_index,
)
from landscape.reports.files import ReportError
from landscape.reports.fingerprint import hash_code
from landscape.reports.index import Card, read_card, write_index
from landscape.reports.outdated import Task
from landscape.reports.plan import read_plan
from landscape.reports.render import today
from landscape.reports.schedule import Run, list_tasks
from landscape.reports.snapshots import FOLDER as SNAPSHOTS
from landscape.reports.state import Made, open_state
from landscape.sources.registry import countries

_STAGING = ".publishing-"


@dataclass(frozen=True)
class Published:
    """An edition as it was published; ``is_new`` is False where it was there already.

    ``missing`` are its reports that could not be published, each with its reason.
    """

    folder: Path
    reports: int
    missing: dict[str, str]
    is_new: bool


def publish(
    run: Run, shelf: Path, *, incomplete: bool = False, data: bool = True, lang: str = "en"
) -> Published:
    """Publish the reports of an edition below ``shelf``, in a folder of its name and day.

    A folder that is there is never written again: an edition that says
    something else on the same day is numbered, one that says the same is left
    as it is. Everything is written into a folder beside, which then takes its
    name; the index of all editions is written last, from what is there. ``data``
    adds the data package of each country that has a report of its own.
    ``lang`` is the language of the indexes.

    Raises LandscapeError where reports are missing or out of date (not with
    ``incomplete``, if any is there), where ``shelf`` holds other files, and
    where it cannot be written.
    """
    with open_state(run.out) as state:  # no run changes a report meanwhile
        tasks, made = list_tasks(run), state.reports()
        ready, missing = _ready(tasks, run, incomplete)
        open_shelf(shelf)
        _clear(shelf)
        try:
            staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=shelf))
            try:
                _fill(staging, run, ready, made, missing, data=data, lang=lang)
                folder, is_new = _take_place(staging, shelf, _name(run))
            finally:
                shutil.rmtree(staging, ignore_errors=True)
            write_shelf_index(shelf, lang)
        except OSError as error:
            reason = error.strerror or error
            raise LandscapeError(f"{shelf}: cannot be written: {reason}; free some space") from None
    return Published(folder, len(ready), missing, is_new)


def _name(run: Run) -> str:
    return run.edition or next(iter(read_plan(run.notebooks / "reports.yml").editions))


def _ready(tasks: list[Task], run: Run, incomplete: bool) -> tuple[list[Task], dict[str, str]]:
    """The reports to publish, and why the others are not."""
    missing = {task.job.file: task.why for task in tasks if task.why}
    ready = [task for task in tasks if not task.why]
    if missing and (not incomplete or not ready):
        file, why = next(iter(missing.items()))
        raise LandscapeError(
            f"{len(missing)} of {len(tasks)} report(s) cannot be published ({file} {why}); "
            f"run: landscape run --edition {_name(run)}"
        )
    return ready, missing


def _clear(shelf: Path) -> None:
    """Remove what publishing left unfinished, where it was killed."""
    for path in shelf.glob(f"{_STAGING}*"):
        shutil.rmtree(path, ignore_errors=True)


def _fill(
    staging: Path,
    run: Run,
    ready: list[Task],
    made: dict[str, Made],
    missing: dict[str, str],
    *,
    data: bool,
    lang: str,
) -> None:
    """Everything of the edition but its name; the checksums last."""
    for task in ready:
        _copy(run.out / task.job.file, staging, made[task.job.file].sha256)
    cards = [_card(staging / task.job.file) for task in ready]
    if (run.out / SNAPSHOTS).is_dir():  # what the index tells of changes since the last edition
        shutil.copytree(run.out / SNAPSHOTS, staging / SNAPSHOTS)
    write_index(staging, lang, run.tables)
    shutil.rmtree(staging / SNAPSHOTS, ignore_errors=True)
    codes = sorted({card.country for card in cards} & set(countries())) if data else []
    for code in codes:
        export([load(code, run.tables)], "datapackage", staging / DATA)
    used = {name.partition("/")[0] for task in ready for name in made[task.job.file].tables}
    manifest = _manifest(run, cards, codes, sorted(used & set(countries())), missing)
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (staging / MANIFEST).write_text(f"{text}\n", encoding="utf-8")
    write_checksums(staging)


def _copy(report: Path, staging: Path, checksum: str) -> None:
    """Copy a report; what is passed on is what a run made, byte for byte."""
    copied = staging / report.name
    shutil.copyfile(report, copied)
    if checksum and sha256_of(copied) != checksum:
        raise ReportError(f"{report}: is damaged; delete it, then run: landscape run")


def _card(path: Path) -> Card:
    card = read_card(path)
    if card is None:
        raise ReportError(f"{path.name}: is no report; delete it, then run: landscape run")
    return card


def _manifest(
    run: Run, cards: list[Card], data: list[str], used: Iterable[str], missing: dict[str, str]
) -> dict[str, Any]:
    """Versions, reports and sources of an edition; ``used`` are the countries it rests on."""
    return {
        "edition": _name(run),
        "published_on": today().isoformat(),
        "published_at": datetime.now(UTC).isoformat(timespec="microseconds"),
        "landscape": __version__,
        "code": hash_code(),
        "checksums": CHECKSUMS,
        "reports": [
            {
                "file": card.file,
                "title": card.title,
                "theme": card.theme,
                "country": card.country,
                "language": card.language,
                "made_on": card.made_on.isoformat(),
            }
            for card in cards
        ],
        "missing": missing,
        "data": {code: f"{DATA}/{code}/datapackage" for code in data},
        "tables": [_tables(code, run) for code in used],
    }


def _tables(code: str, run: Run) -> dict[str, Any]:
    """Which edition of a country's tables the reports rest on, and its sources."""
    inventory = load(code, run.tables)
    cards = [card.model_dump(mode="json") for card in inventory.sources.values()]
    told = ("source_id", "title", "producer", "url", "licence", "reference_period", "retrieved_on")
    return {
        "country": code,
        "edition": inventory.edition,
        "landscape": inventory.manifest.get("landscape"),
        "sources": [{key: card[key] for key in (*told, "citation", "files")} for card in cards],
    }


def _take_place(staging: Path, shelf: Path, edition: str) -> tuple[Path, bool]:
    """The folder of an edition; ``staging`` becomes it unless its last one says the same."""
    last = next((e for e in list_editions(shelf) if e.manifest["edition"] == edition), None)
    if last and content_of(last.folder) == content_of(staging):
        return last.folder, False
    _flush(staging)
    name = f"{edition}-{today().isoformat()}"
    numbered = (name if number == 1 else f"{name}-{number}" for number in count(1))
    place = next(shelf / each for each in numbered if not (shelf / each).exists())
    staging.chmod(0o755)
    staging.rename(place)
    return place, True


def _flush(folder: Path) -> None:
    """See that all is on the disk before the folder has its name: a stick is pulled out early."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
