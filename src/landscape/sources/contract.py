"""What a source module is given and what it gives back.

A source module has two functions::

    read(raw: RawFolder) -> DataFrame       the official layout, as text
    clean(frame: DataFrame, context: Context) -> Cleaned

``read`` renames the columns that the project keeps (never those about
persons) and adds ``record``, which says where in the file a row stands. All
cells are text, blank cells are ``""``; ``geometry`` alone holds shapes. The
starter edition is such a frame, so both editions go through the same
``clean``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from landscape.answer_schemas import ANSWER_TABLES
from landscape.dictionaries import load_variables
from landscape.errors import SourceError
from landscape.matching import Gazetteer
from landscape.provenance import SourceCard
from landscape.schemas import empty_table

TABLES_OF_A_SOURCE = ("areas", "places", "needs", "resources", "services", *ANSWER_TABLES)


@dataclass(frozen=True)
class Context:
    """What is known before a source is cleaned: its card and the areas so far.

    ``crosswalk`` tells how the areas became those of today; it is empty while
    the sources of areas are cleaned, out of which it is made.
    """

    card: SourceCard
    areas: pd.DataFrame = field(default_factory=lambda: empty_table("areas"))
    places: pd.DataFrame = field(default_factory=lambda: empty_table("places"))
    crosswalk: pd.DataFrame = field(default_factory=lambda: empty_table("crosswalk"))

    @property
    def source_id(self) -> str:
        """Such as ``ro/siruta``."""
        return self.card.source_id

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Names of the areas and of the places that stand for them."""
        return Gazetteer.build(self.areas, self.places)

    def area_ids(self, level: str) -> frozenset[str]:
        """The areas of one level."""
        return self._by_level.get(level, frozenset())

    @cached_property
    def _by_level(self) -> dict[str, frozenset[str]]:
        groups = self.areas.groupby("level")["area_id"]
        return {str(level): frozenset(ids) for level, ids in groups}


@dataclass(frozen=True)
class Cleaned:
    """What one source gives: its tables, what was noticed, and the row accounting.

    ``used`` links every kept record to the areas it ended in (columns
    ``record`` and ``area_id``), also where several records make one row.
    """

    tables: dict[str, pd.DataFrame]
    findings: pd.DataFrame
    used: pd.DataFrame
    rows_read: int
    rows_kept: int
    rows_rejected: int


class Ledger:
    """Keeps account of a source's rows: read = kept + rejected, each rejection a finding."""

    def __init__(self, context: Context, frame: pd.DataFrame):
        if frame["record"].duplicated().any():
            raise SourceError(f"{context.source_id}: records are not unique")
        self.source_id = context.source_id
        self._records = set(frame["record"])
        self._rejected: set[str] = set()
        self._findings: list[pd.DataFrame] = []

    def note(
        self,
        rows: pd.DataFrame,
        rule: str,
        message: str | pd.Series,
        *,
        severity: str = "note",
        action: str = "kept",
    ) -> None:
        """Record a finding for each of the rows (columns record and, if known, area_id).

        ``message`` is one text, or a Series of texts aligned with the rows.
        """
        if rows.empty:
            return
        if isinstance(message, pd.Series):
            message = message.loc[rows.index]
        self._findings.append(
            pd.DataFrame(
                {
                    "source_id": self.source_id,
                    "record": rows["record"],
                    "area_id": rows.get("area_id", pd.NA),
                    "rule": rule,
                    "severity": severity,
                    "message": message,
                    "action": action,
                }
            )
        )

    def reject(
        self,
        frame: pd.DataFrame,
        mask: pd.Series,
        rule: str,
        message: str | pd.Series,
        *,
        severity: str = "warning",
    ) -> pd.DataFrame:
        """The frame without the rows of the mask, each of which becomes a finding."""
        mask = mask.reindex(frame.index)
        rows = frame[mask]
        chosen = message.loc[rows.index] if isinstance(message, pd.Series) else message
        self.note(rows, rule, chosen, severity=severity, action="rejected")
        self._rejected |= set(rows["record"])
        return frame[~mask]

    def close(self, used: pd.DataFrame | None = None, **tables: pd.DataFrame) -> Cleaned:
        """The source's result; SourceError where a record got lost or appeared from nowhere.

        ``used`` is needed where a row of a table stands for several records.
        """
        unknown = set(tables) - set(TABLES_OF_A_SOURCE)
        if unknown:
            raise SourceError(f"{self.source_id}: unknown tables {sorted(unknown)}")
        if used is None:
            parts = [t[["record", "area_id"]] for t in tables.values() if "record" in t]
            used = pd.concat(parts, ignore_index=True)
        used = used.drop_duplicates(ignore_index=True)
        kept = self._records - self._rejected
        lost = kept - set(used["record"])
        invented = (set(used["record"]) - kept) | (self._rejected - self._records)
        if lost or invented:
            example = sorted(lost or invented)[:3]
            what = "neither kept nor rejected" if lost else "used but rejected or never read"
            raise SourceError(f"{self.source_id}: records {what}: {', '.join(example)}")
        findings = pd.concat([empty_table("findings"), *self._findings], ignore_index=True)
        return Cleaned(tables, findings, used, len(self._records), len(kept), len(self._rejected))


def observations(
    frame: pd.DataFrame, variables: dict[str, str], *, year: int | str, context: Context
) -> pd.DataFrame:
    """Wide figures as one observation a row.

    ``frame`` has ``area_id``, ``record`` and, per variable, a numeric column
    named by the keys of ``variables`` (whose values are the variable names);
    a column ``<key>_status`` may give SDMX statuses. ``year`` is a number or
    the name of a column. Missing values get status M.
    """
    units = load_variables()
    parts = []
    for column, variable in variables.items():
        if variable not in units:
            raise SourceError(f"{context.source_id}: variable {variable} is not in variables.yml")
        value = pd.to_numeric(frame[column]).astype("Float64")
        status = frame.get(f"{column}_status", pd.Series("A", index=frame.index)).astype("object")
        status = status.where(value.notna() | status.isin(["M", "C"]), "M")
        parts.append(
            pd.DataFrame(
                {
                    "area_id": frame["area_id"],
                    "variable": variable,
                    "year": frame[year] if isinstance(year, str) else year,
                    "value": value,
                    "unit": units[variable]["unit"],
                    "status": status,
                    "source_id": context.source_id,
                    "record": frame["record"],
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def join_records(records: pd.Series) -> str:
    """The records behind a sum: the first three, and how many there are besides."""
    listed = ", ".join(records.head(3))
    return listed if len(records) <= 3 else f"{listed} and {len(records) - 3} more"


def load_mapping(module_file: str, context: Context, key: str) -> pd.DataFrame:
    """The mapping CSV beside a source module, as text, indexed by its ``key`` column."""
    path = Path(module_file).with_suffix(".csv")
    try:
        mapping = pd.read_csv(path, dtype=str, keep_default_na=False)
    except FileNotFoundError:
        raise SourceError(f"{context.source_id}: mapping {path.name} is missing") from None
    if key not in mapping:
        raise SourceError(f"{context.source_id}: {path.name} has no column {key}")
    if mapping[key].duplicated().any():
        raise SourceError(f"{context.source_id}: {path.name} lists a {key} twice")
    return mapping.set_index(key)


def require_mapped(values: pd.Series, mapping: pd.DataFrame, context: Context) -> None:
    """SourceError naming the values that the mapping does not know. Unknown means stop."""
    unknown = sorted(set(values) - set(mapping.index))
    if unknown:
        raise SourceError(
            f"{context.source_id}: not in the mapping: {', '.join(map(repr, unknown[:5]))}; "
            "add them to the CSV beside the source module"
        )


ReadFunction = Callable[..., pd.DataFrame]
CleanFunction = Callable[[pd.DataFrame, Context], Cleaned]
