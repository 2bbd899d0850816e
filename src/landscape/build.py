"""The tables of one or more countries, cleaned and saved, several countries at once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from landscape.declared_tables import EXAMPLE, example_tables, with_declared
from landscape.errors import LandscapeError, UsageError
from landscape.inventory import save
from landscape.sources.workbook.folder import is_example, read_folder
from landscape.tables import clean_country

Say = Callable[[str], None]
#: The folder of returned inventory workbooks among the raw files.
WORKBOOKS = "workbooks"


def build_country(
    code: str, raw: Path, fallback: Path, out: Path, say: Say, *, workbooks: Path | None = None
) -> str:
    """Clean a country and save its tables below ``out``; gives one line on what is there now.

    ``raw`` and ``fallback`` are folders as ``clean_country`` takes them,
    ``workbooks`` the folder of returned inventory workbooks (by default
    ``workbooks`` in ``raw``, where there is one). Raises
    LandscapeError where the input is wrong; the tables that were there stay.
    """
    returned = workbooks or raw / WORKBOOKS
    sent = read_folder(returned) if workbooks or returned.is_dir() else []
    cleaned = with_declared(clean_country(code, raw, fallback, say), sent, returned)
    place = save(cleaned, out)
    counts = cleaned.tables["areas"]["level"].value_counts()
    return (
        f"{code}: {cleaned.edition} edition, {counts.get('municipality', 0)} municipalities, "
        f"{counts.get('county', 0)} counties, {len(cleaned.tables['findings'])} findings "
        f"-> {place}"
    )


def build_example(folder: Path | None, out: Path) -> Iterator[str]:
    """Save the fictive authorities of the worked example, an edition of their own below ``out``.

    ``folder`` holds their workbooks. Yields one line a country. Raises
    UsageError without a folder, LandscapeError where it holds none of them.
    """
    if folder is None:
        raise UsageError("tables --example needs --workbooks DIR, the folder of its workbooks")
    sent = read_folder(folder)
    if not is_example(sent):
        raise LandscapeError(
            f"{folder}: no workbook of the worked example; make them with: "
            "landscape workbook --example --out DIR"
        )
    for code in sorted({each.returned.marker.country for each in sent}):
        cleaned = example_tables(code, sent, folder)
        place = save(cleaned, out / EXAMPLE)
        answered = cleaned.tables["governance"]["area_id"].nunique()
        yield f"{code}: worked example, {answered} fictive authorities -> {place}"


def build_countries(
    codes: Sequence[str],
    raw: Path,
    fallback: Path,
    out: Path,
    *,
    jobs: int,
    say: Say,
    workbooks: Path | None = None,
) -> Iterator[str]:
    """Build countries with up to ``jobs`` processes; yields each country's line in order.

    No country waits for another, and one that is wrong stops no other: its
    LandscapeError is raised once the rest are saved. ``say`` is called in the
    processes, so it must be a function of a module.
    """
    if jobs <= 1 or len(codes) <= 1:
        calls = [
            lambda code=code: build_country(code, raw, fallback, out, say, workbooks=workbooks)
            for code in codes
        ]
        yield from _each(calls)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(codes)), mp_context=context) as pool:
        futures = [
            pool.submit(build_country, code, raw, fallback, out, say, workbooks=workbooks)
            for code in codes
        ]
        yield from _each([future.result for future in futures])


def _each(calls: Sequence[Callable[[], str]]) -> Iterator[str]:
    """The result of every call; the first error is raised after the last of them."""
    first: LandscapeError | None = None
    for call in calls:
        try:
            yield call()
        except LandscapeError as error:
            first = first or error
    if first is not None:
        raise first
