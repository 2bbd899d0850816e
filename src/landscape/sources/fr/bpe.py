"""Social facilities by commune (INSEE, Base permanente des équipements 2013)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from landscape.cleaning.carried import carry_along
from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.sheets import read_sheet_table
from landscape.errors import SourceError
from landscape.provenance import RawFolder
from landscape.sources.changes import trace_codes
from landscape.sources.contract import Cleaned, Context, Ledger, load_mapping
from landscape.sources.fr._codes import largest_parts, reject_unknown, tell_carried

YEAR, BOUNDARIES = 2013, "2014-01-01"


def read(raw: RawFolder) -> pd.DataFrame:
    """The columns of ``bpe.csv``, named by INSEE's code of the type; the others are not read."""
    types = pd.read_csv(Path(__file__).with_suffix(".csv"), dtype=str)
    columns = dict(zip(types["header"], types["local_type"], strict=True))
    return read_sheet_table(raw.file(), {"depcom": "code", **columns})


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Services: one row per commune of today and type, with how many there are.

    A blank is a zero and makes no row. The file does not say who runs a
    facility nor how many places it has. Home services stand at their seat. What stood
    in a commune that was split since goes to the largest of its parts.
    """
    ledger = Ledger(context, frame)
    mapping = load_mapping(__file__, context, "local_type")
    types = [str(column) for column in frame if column not in ("code", "record")]
    unknown = sorted(set(types) ^ set(mapping.index))
    if unknown:
        raise SourceError(f"{context.source_id}: not in both the file and the mapping: {unknown}")
    frame = reject_unknown(frame, context, ledger, on=BOUNDARIES)
    communes = context.areas[context.areas["level"] == "municipality"]
    counts = frame[["code", "record"]].assign(**_counts(frame[types], context))
    links = largest_parts(trace_codes(frame["code"], context, on=BOUNDARIES))
    carried, used = carry_along(counts, links, counts=types)
    tell_carried(frame, used, context, ledger)
    long = carried.melt(["area_id", "record"], types, "local_type", "count")
    points = communes.set_index("area_id")
    services = long[long["count"] > 0].assign(
        service_id=context.source_id + "/" + long["area_id"] + "/" + long["local_type"],
        function=lambda rows: rows["local_type"].map(mapping["function"]).replace("", pd.NA),
        setting=lambda rows: rows["local_type"].map(mapping["setting"]),
        provider_type="unknown",
        delivery="unknown",
        lon=lambda rows: rows["area_id"].map(points["lon"]),
        lat=lambda rows: rows["area_id"].map(points["lat"]),
        position="municipality",
        year=YEAR,
    )
    return ledger.close(services=services, used=used)


def _counts(cells: pd.DataFrame, context: Context) -> dict[str, pd.Series]:
    counts = {}
    for column in cells:
        text = cells[column]
        figures = parse_numbers(text.where(text != "", "0"))
        if figures["value"].isna().any():
            strange = text[figures["value"].isna()].unique()[:5]
            raise SourceError(f"{context.source_id}: {column}: not a count: {', '.join(strange)}")
        counts[str(column)] = figures["value"]
    return counts
