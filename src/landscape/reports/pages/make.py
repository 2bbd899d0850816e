"""The pages of all areas of a level: what is missing or out of date, by several processes.

Processes are forked from one that has gathered what all pages share. Each
makes the areas of a county at a time, writes them beside and renames them when
they are on the disk; the run alone records what is there and writes the index.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from math import ceil
from multiprocessing.connection import wait
from pathlib import Path

from landscape.errors import LandscapeError
from landscape.language import language
from landscape.reports.atlas import Atlas
from landscape.reports.files import ReportError, write_whole
from landscape.reports.fingerprint import hash_code, hash_inputs
from landscape.reports.pages.compact import SHARED, STYLE, make_page, read_style
from landscape.reports.pages.find import write_indexes
from landscape.reports.pages.story import Story, read_story
from landscape.reports.portrait import read_portraits
from landscape.reports.render import today
from landscape.reports.state import FOLDER, Page, open_state

PARTS = "parts"
#: The folder of areas that lie in no county.
NOWHERE = "other"
#: At most so many areas are made at a time: then they are recorded.
BLOCK = 400
_OPENING = 16_000


@dataclass(frozen=True)
class Wish:
    """Which pages, and where: ``out`` is the folder of one country and language."""

    country: str
    level: str
    language: str
    notebook: Path
    out: Path
    jobs: int = 1


@dataclass(frozen=True)
class Outcome:
    """How many pages were made, how many were up to date, and why some could not be made."""

    made: int
    unchanged: int
    failed: dict[str, str]
    index: Path
    seconds: float


@dataclass(frozen=True)
class Batch:
    """What a process has made: the pages that are in their places, and failures by area."""

    pages: dict[str, Page] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Shared:
    """What the processes find in memory when they are forked."""

    wish: Wish
    atlas: Atlas
    story: Story


def make_pages(
    wish: Wish, atlas: Atlas, say: Callable[[int, int], None] = lambda done, asked: None
) -> Outcome:
    """Make the pages that are missing or out of date, then the index.

    ``say`` is told how many are done of how many. A page that fails stops no
    other. Raises LandscapeError where another run is at work in the folder or
    it cannot be written, and where the level has no areas.
    """
    started = time.perf_counter()
    areas = atlas.tier(wish.country, wish.level).areas
    if areas.empty:
        raise LandscapeError(f"{wish.country}: no areas at the level {wish.level}")
    with open_state(wish.out) as state:
        shutil.rmtree(wish.out / FOLDER / PARTS, ignore_errors=True)
        made_from = _hash(wish, atlas)
        places = _list_places(wish, atlas)
        known = state.pages(made_from)
        asked = [
            area for area, file in places.items() if not _is_there(wish.out / file, known.get(file))
        ]
        (wish.out / SHARED).mkdir(exist_ok=True)
        write_whole(wish.out / SHARED / STYLE, read_style())
        failed: dict[str, str] = {}
        done = 0
        for batch, number in _batches(wish, atlas, asked, places):
            state.record_pages(batch.pages, made_from)
            failed |= batch.failed
            done += number
            say(done, len(asked))
        there = {area: file for area, file in places.items() if area not in failed}
        write_indexes(wish.out, there, atlas, (wish.country, wish.level), language(wish.language))
        _sweep_maps(wish.out)
    return Outcome(
        len(asked) - len(failed), len(places) - len(asked), failed,
        wish.out / "index.html", time.perf_counter() - started,
    )  # fmt: skip


def _hash(wish: Wish, atlas: Atlas) -> str:
    """What every page is made from: code, notebook, language and tables."""
    stamps = [wish.level, wish.language]
    folders = [inventory.folder for inventory in atlas.inventories.values()]
    return hash_inputs(hash_code(), wish.notebook, stamps, folders)


def _list_places(wish: Wish, atlas: Atlas) -> dict[str, str]:
    """The file of each area, relative to the folder, county by county."""
    tier = atlas.tier(wish.country, wish.level)
    folders = {area: tier.parents.get(area, NOWHERE) for area in tier.areas.index}
    return {
        area: f"{folders[area]}/{area}.html"
        for area in sorted(folders, key=lambda a: (folders[a], a))
    }


def _is_there(path: Path, known: Page | None) -> bool:
    """Whether a page stands as it was recorded."""
    try:
        found = path.stat()
    except OSError:
        return False
    return known is not None and (found.st_size, found.st_mtime_ns) == (known.size, known.mtime_ns)


def _batches(
    wish: Wish, atlas: Atlas, asked: Sequence[str], places: dict[str, str]
) -> Iterator[tuple[Batch, int]]:
    """What the processes have made, as they end, with how many areas each was asked for."""
    blocks = _cut(asked, wish.jobs)
    if not blocks:
        return
    _prepare(wish, atlas)
    shared = _Shared(wish, atlas, read_story(wish.notebook))
    make = partial(_make_block, places=places)
    pool = ProcessPoolExecutor(
        min(wish.jobs, len(blocks)),
        mp_context=multiprocessing.get_context("fork"),
        initializer=_begin,
        initargs=(shared,),
    )
    futures: dict[Future[Batch], list[str]] = {}
    try:
        futures = {pool.submit(make, block): block for block in blocks}
        for future in as_completed(futures):
            reason = future.exception()
            if isinstance(reason, LandscapeError):
                raise reason
            block = futures[future]
            lost = dict.fromkeys(block, f"its process ended: {reason}")
            yield (Batch(failed=lost) if reason else future.result()), len(block)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _cut(asked: Sequence[str], jobs: int) -> list[list[str]]:
    """The areas in the order of counties, in blocks of about one size, one a process at least."""
    number = max(jobs, ceil(len(asked) / BLOCK)) if asked else 0
    cuts = [len(asked) * at // number for at in range(number + 1)] if number else []
    return [list(asked[start:end]) for start, end in pairwise(cuts) if end > start]


def _prepare(wish: Wish, atlas: Atlas) -> None:
    """Gather before the fork what every process would gather again."""
    tier = atlas.tier(wish.country, wish.level)
    atlas.context(wish.level).prepare()
    tier.prepare()
    for reading in atlas.readings(language(wish.language)).values():
        reading.prepare(wish.level)
    # The collector would write to every object and so copy what the processes share.
    gc.collect()
    gc.freeze()


_SHARED: list[_Shared] = []


def _begin(shared: _Shared) -> None:
    _SHARED[:] = [shared]
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Where the run is killed, its processes end too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _make_block(area_ids: list[str], places: dict[str, str]) -> Batch:
    """The pages of some areas, written into their places."""
    (shared,) = _SHARED
    wish, batch = shared.wish, Batch()
    reader = language(wish.language)
    parts = wish.out / FOLDER / PARTS / str(os.getpid())
    texts: dict[str, str] = {}
    portraits = read_portraits(shared.atlas, wish.country, wish.level, area_ids, reader)
    for portrait in portraits:
        try:
            made = make_page(shared.story.tell(portrait), reader, today())
        except Exception as error:
            batch.failed[portrait.area_id] = " ".join(f"{type(error).__name__}: {error}".split())
            continue
        texts[places[portrait.area_id]] = made.html
        texts |= {f"{SHARED}/{name}.svg": svg for name, svg in made.drawings.items()}
    try:
        _write_all(wish.out, parts, texts)
    except OSError as error:
        raise ReportError(f"{wish.out} cannot be written: {error.strerror}") from error
    for file in texts:
        if not file.startswith(f"{SHARED}/"):
            found = (wish.out / file).stat()
            batch.pages[file] = Page(found.st_size, found.st_mtime_ns)
    return batch


def _write_all(out: Path, parts: Path, texts: dict[str, str]) -> None:
    """Write files beside, and rename them when all are on the disk; drawings before pages."""
    shutil.rmtree(parts, ignore_errors=True)
    files = sorted(texts, key=lambda file: not file.startswith(f"{SHARED}/"))
    for file in files:
        part = parts / file
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(texts[file], encoding="utf-8")
    # One call for some hundred files: one for each would take longer than making them.
    os.sync()
    for file in files:
        (out / file).parent.mkdir(exist_ok=True)
        (parts / file).replace(out / file)
    shutil.rmtree(parts, ignore_errors=True)


def _sweep_maps(out: Path) -> None:
    """Remove the drawings that no page shows any more."""
    shown: set[str] = set()
    for county in (path for path in out.iterdir() if path.is_dir() and path.name != SHARED):
        for page in county.glob("*_*.html"):
            with page.open(encoding="utf-8") as file:
                # The map stands in the opening.
                found = file.read(_OPENING).partition(f'<img src="../{SHARED}/')[2]
            shown.add(found.partition('"')[0])
    for drawing in (out / SHARED).glob("*.svg"):
        if drawing.name not in shown:
            drawing.unlink()
