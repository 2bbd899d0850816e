"""A trace in words, for a terminal and for a notebook."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from landscape.figures.svg import mark_unsafe

if TYPE_CHECKING:
    from landscape.tracing.trace import Trace

MOST_ROWS = 12


def tell(trace: Trace, most: int = MOST_ROWS) -> str:
    """The figure, its inputs, the first records, what was noticed, the sources: plain lines."""
    parts = [_figure(trace), _table("Inputs", trace.inputs, most)]
    columns = ["input", "area", "source_id", "record", "year", "value", "weight"]
    shown = trace.observations.reindex(columns=columns)
    parts.append(_table("Observations", shown, most))
    parts.append(f"Records of the raw files behind them: {len(trace.records):,}")
    noticed = trace.findings[["source_id", "record", "rule", "action", "message"]]
    parts.append(_table("What cleaning noticed", noticed, most))
    parts += [_source(row) for row in trace.sources.to_dict("records")]
    return mark_unsafe("\n\n".join(parts))


def tell_in_html(trace: Trace) -> str:
    """The same with HTML tables; every text is escaped."""
    parts = [Markup("<p>{}</p>").format(line) for line in _figure(trace).splitlines()]
    for title, table in (
        ("Inputs", trace.inputs),
        ("Observations", trace.observations.head(MOST_ROWS)),
        ("What cleaning noticed", trace.findings.head(MOST_ROWS)),
        ("Sources", trace.sources),
    ):
        html = Markup(table.to_html(index=False, escape=True, na_rep="missing"))
        parts.append(Markup("<h4>{}</h4>{}").format(title, html))
    return mark_unsafe(str(Markup("").join(parts)))


def _figure(trace: Trace) -> str:
    row, entry = trace.figure, trace.indicator
    value = "confidential" if trace.is_confidential else "not known"
    if pd.notna(row["value"]):
        value = f"{row['value']:,.{entry.decimals}f} {entry.unit['en']}"
    if pd.notna(row["low"]):
        low, high = (f"{row[side]:,.{entry.decimals}f}" for side in ("low", "high"))
        value += f" (95 % interval {low} to {high})"
    coverage = "" if pd.isna(row["coverage"]) else f", {100 * row['coverage']:.0f} % covered"
    lines = [
        f"{trace.area['name']} ({trace.area.name}, {row['level']}), {entry.title['en']}, "
        f"{row['year']}: {value}; status {row['status']}{coverage}",
        f"Counted: {entry.countries[trace.inventory.country.code].counted['en']}",
    ]
    if trace.recomputed is not None:
        lines.append("Computed again from the observations below: the same value.")
    return "\n".join(lines)


def _table(title: str, table: pd.DataFrame, most: int) -> str:
    if table.empty:
        return f"{title}: none"
    text = table.head(most).to_string(
        index=False, na_rep="missing", max_colwidth=60, float_format=lambda number: f"{number:,.6g}"
    )
    more = len(table) - most
    rest = f"\n... and {more:,} more" if more > 0 else ""
    return f"{title} ({len(table):,}):\n{text}{rest}"


def _source(row: dict[Hashable, Any]) -> str:
    return (
        f"{row['source_id']}: {row['title']}\n"
        f"  {row['producer']}; period {row['reference_period']}; licence {row['licence']}\n"
        f"  {row['files']}; {row['url']}; retrieved on {row['retrieved_on']}\n"
        f"  rows read {row['rows_read']:,}, kept {row['rows_kept']:,}, "
        f"left out {row['rows_rejected']:,}"
    )
