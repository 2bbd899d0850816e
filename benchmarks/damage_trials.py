"""Every source's fixture, damaged and cleaned again: did anybody notice?

Sources are found through the registry; a country's fixtures are laid out by
``lay_out`` of its ``tests/sources/<country>/conftest.py``. The checksum of the
damaged file is accepted, as by somebody who records a new one without
looking, so that what stands behind this first guard is what is measured.
"""

from __future__ import annotations

import importlib.util
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import shapely
from damaged_files import damage, kinds_for

from landscape.errors import LandscapeError
from landscape.provenance import RawFolder, open_raw_folder, sha256_of
from landscape.schemas import check_table
from landscape.sources.contract import Cleaned, Context
from landscape.sources.reading import read_rows
from landscape.sources.registry import source_module, source_names
from landscape.tables import check_hierarchy, clean_country

ROOT = Path(__file__).resolve().parents[1]
#: How a trial ends. Only ``silent`` is a fault of the reading, ``crash`` one of the program.
OUTCOMES = ("right", "words", "missing", "finding", "error", "crash", "silent")
#: Columns of words: a letter more or less there makes no wrong figure.
WORDS = ["name", "name_latin", "provider_name"]
OBSERVED = ["area_id", "variable", "year"]


@dataclass(frozen=True)
class Trial:
    """One damaged file: which, how, and how it ended."""

    source_id: str
    file: str
    kind: str
    seed: int
    same_kind: bool
    outcome: str
    told: str


@dataclass(frozen=True)
class Fixture:
    """A source's fixture as it is cleaned when it is whole."""

    name: str
    folder: RawFolder
    context: Context
    whole: Cleaned
    tables: dict[str, pd.DataFrame]


@lru_cache
def fixtures(code: str) -> dict[str, Fixture]:
    """The sources of a country, each with its fixture, context and whole tables."""
    layout = _conftest(code).lay_out
    raw = layout(Path(tempfile.mkdtemp(prefix="fixtures-")) / "raw")
    seen: dict[str, Context] = {}
    originals = {name: source_module(code, name).clean for name in source_names(code)}
    for name, clean in originals.items():
        source_module(code, name).clean = _remember(clean, seen, name)
    try:
        clean_country(code, raw)
    finally:
        for name, clean in originals.items():
            source_module(code, name).clean = clean
    found = {}
    for name, context in seen.items():
        folder = open_raw_folder(raw, f"{code.lower()}/{name}")
        module = source_module(code, name)
        frame = read_rows(module, folder)
        promised = folder.card.model_copy(update={"rows": len(frame)})
        whole = module.clean(frame, context)
        folder = replace(folder, card=promised)
        found[name] = Fixture(name, folder, context, whole, checked_tables(whole, context))
    return found


def _conftest(code: str) -> Any:
    path = ROOT / "tests" / "sources" / code.lower() / "conftest.py"
    spec = importlib.util.spec_from_file_location(f"fixtures_of_{code.lower()}", path)
    assert spec is not None and spec.loader is not None
    # What the fixtures of several countries share stands one folder above.
    if (tests := str(ROOT / "tests")) not in sys.path:
        sys.path.append(tests)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _remember(clean: Callable[..., Cleaned], seen: dict[str, Context], name: str) -> Any:
    def remember(frame: pd.DataFrame, context: Context) -> Cleaned:
        seen[name] = context
        return clean(frame, context)

    return remember


def checked_tables(cleaned: Cleaned, context: Context) -> dict[str, pd.DataFrame]:
    """The tables of one source after the checks that a whole run makes of them."""
    tables: dict[str, pd.DataFrame] = {}
    if "areas" in cleaned.tables and "parent_id" in cleaned.tables["areas"]:
        above = context.areas[["area_id", "parent_id", "name", "code"]]
        areas = pd.concat([above, cleaned.tables["areas"][[*above.columns]]])
        check_hierarchy(areas, cleaned.tables.get("places", context.places))
        checked = cleaned.tables["areas"].drop(columns="record", errors="ignore")
        check_table("areas", pd.DataFrame(checked).assign(country=code_of(context)))
    own = cleaned.tables.get("areas", pd.DataFrame({"area_id": []}))["area_id"]
    known = {*context.areas["area_id"], *own}
    for name, rows in cleaned.tables.items():
        if name == "areas":
            if rows["area_id"].duplicated().any():
                raise LandscapeError("areas given twice by one source")
            tables[name] = pd.DataFrame(rows).drop(columns="record", errors="ignore")
            continue
        tables[name] = check_table(name, rows.assign(source_id=context.source_id))
        if name != "places":
            lost = ~tables[name]["area_id"].isin(known)
            if lost.any():
                raise LandscapeError(f"area {tables[name].loc[lost, 'area_id'].iloc[0]} unknown")
    return tables


def code_of(context: Context) -> str:
    """The country of a source, as in ``RO``."""
    return context.source_id.partition("/")[0].upper()


def files_of(code: str) -> Iterator[tuple[Fixture, Path]]:
    """Every file of every fixture of a country."""
    for fixture in fixtures(code).values():
        for name in fixture.folder.card.files:
            yield fixture, fixture.folder.path / name


def try_damage(code: str, fixture: Fixture, path: Path, kind: str, seed: int) -> Trial | None:
    """One trial; None where the file has nothing to damage in this way or it changed nothing."""
    rng = random.Random(f"{fixture.folder.card.source_id}/{path.name}/{kind}/{seed}")
    try:
        raw, same_kind = damage(kind, path, rng)
    except LookupError:
        return None
    if raw == path.read_bytes():
        return None
    outcome, told = _outcome(code, fixture, path.name, raw)
    source_id = fixture.folder.card.source_id
    return Trial(source_id, path.name, kind, seed, same_kind, outcome, told)


#: Damages that leave a file as it might have been published, and why.
UNDETECTABLE = {("fr/bpe", "cell emptied"): "INSEE prints a zero as a blank there"}


def is_fault(trial: Trial) -> bool:
    """Whether the damage ended as none may: in a crash, or in wrong figures that nobody tells."""
    if trial.outcome == "crash":
        return True
    known = trial.same_kind or (trial.source_id, trial.kind) in UNDETECTABLE
    return trial.outcome == "silent" and not known


def _outcome(code: str, fixture: Fixture, name: str, raw: bytes) -> tuple[str, str]:
    module = source_module(code, fixture.name)
    with tempfile.TemporaryDirectory(prefix="damaged-") as place:
        folder = _with_file(fixture.folder, Path(place), name, raw)
        try:
            cleaned = module.clean(read_rows(module, folder), fixture.context)
            tables = checked_tables(cleaned, fixture.context)
        except LandscapeError as error:
            return "error", str(error)
        except Exception as error:
            return "crash", f"{type(error).__name__}: {error}"
    differences = compare(fixture.tables, tables)
    if not differences:
        return "right", ""
    new = Counter(_told(cleaned.findings)) - Counter(_told(fixture.whole.findings))
    if new:
        return "finding", str(next(iter(new)))
    silent = [d for d in differences if not d.startswith("missing")]
    if silent:
        figures = [d for d in compare(fixture.tables, tables, WORDS) if not d.startswith("missing")]
        return ("silent", "; ".join(figures[:3])) if figures else ("words", silent[0])
    return "missing", differences[0]


def _with_file(folder: RawFolder, place: Path, name: str, raw: bytes) -> RawFolder:
    """The folder with one file replaced and its checksum accepted."""
    for other in folder.card.files:
        if other != name:
            (place / other).symlink_to(folder.path / other)
            (place / other).unlink()
            (place / other).hardlink_to(folder.path / other)
    (place / name).write_bytes(raw)
    files = {**folder.card.files, name: sha256_of(place / name)}
    return RawFolder(place, folder.card.model_copy(update={"files": files}))


def _told(findings: pd.DataFrame) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in
            findings[["rule", "severity", "action", "message"]].to_numpy()]  # fmt: skip


def compare(
    whole: dict[str, pd.DataFrame], found: dict[str, pd.DataFrame], without: Sequence[str] = ()
) -> list[str]:
    """What differs, row by row, the places in the files left out; [] where nothing does.

    An observation that is not there is missing, like one without a value: an
    area without a row is not inventoried.
    """
    differences = []
    for name in sorted(whole.keys() | found.keys()):
        one, other = whole.get(name), found.get(name)
        if one is None or other is None:
            differences.append(f"{name}: table there once")
        elif {"variable", "value"} <= set(one.columns):
            differences += _observations(one, other)
        else:
            lines = Counter(_lines(one, without)), Counter(_lines(other, without))
            differences += [f"{name} - {line}" for line in lines[0] - lines[1]]
            differences += [f"{name} + {line}" for line in lines[1] - lines[0]]
    return differences


def _observations(one: pd.DataFrame, other: pd.DataFrame) -> list[str]:
    was, now = (t.set_index(OBSERVED)[["value", "status"]].to_dict("index") for t in (one, other))
    differences = []
    for key in was.keys() | now.keys():
        before, after = was.get(key), now.get(key)
        if after is None and before is not None and pd.isna(before["value"]):
            continue
        if after is None:
            differences.append(f"missing {key}")
        elif pd.isna(after["value"]):
            if before is None or not pd.isna(before["value"]):
                differences.append(f"missing {key}")
        elif before is None or pd.isna(before["value"]):
            differences.append(f"new {key} {after['value']}")
        elif abs(before["value"] - after["value"]) > 1e-9 or before["status"] != after["status"]:
            differences.append(f"wrong {key} {before['value']} -> {after['value']}")
    return sorted(differences)


def _lines(rows: pd.DataFrame, without: Sequence[str]) -> list[str]:
    rows = pd.DataFrame(rows).drop(columns=["record", "source_id", *without], errors="ignore")
    if "geometry" in rows:
        shapes = [None if g is None or pd.isna(g) else shapely.normalize(g).wkb_hex
                  for g in rows["geometry"]]  # fmt: skip
        rows = rows.assign(geometry=shapes)
    columns = sorted(rows.columns)
    return ["|".join("" if pd.isna(c) else str(c) for c in row) for row in rows[columns].to_numpy()]


def all_trials(code: str, seeds: range, *, promised: bool = True) -> Iterator[Trial]:
    """Every file of a country, in every kind of damage, once a seed.

    Where the number of rows is not ``promised``, it is accepted like the checksum.
    """
    for whole, path in files_of(code):
        fixture = whole if promised else _without_promise(whole)
        for kind in kinds_for(path):
            for seed in seeds:
                trial = try_damage(code, fixture, path, kind, seed)
                if trial is not None:
                    yield trial


def _without_promise(fixture: Fixture) -> Fixture:
    card = fixture.folder.card.model_copy(update={"rows": None})
    return replace(fixture, folder=replace(fixture.folder, card=card))
