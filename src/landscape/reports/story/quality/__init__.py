"""The quality of a country's data, in sentences, tables and figures."""

from landscape.reports.story.quality.coverage import (
    describe_coverage,
    opening_map,
    show_coverage,
)
from landscape.reports.story.quality.lists import describe_overlaps, show_overlaps
from landscape.reports.story.quality.measures import Quality
from landscape.reports.story.quality.opening import list_not_known, open_page, three_findings
from landscape.reports.story.quality.rows import (
    describe_findings,
    describe_rows,
    show_findings,
    show_rows,
)
from landscape.reports.story.quality.sources import (
    describe_freshness,
    describe_placing,
    show_freshness,
    show_placing,
)
from landscape.reports.story.quality.traced import describe_trace, show_trace

__all__ = [
    "Quality",
    "describe_coverage",
    "describe_findings",
    "describe_freshness",
    "describe_overlaps",
    "describe_placing",
    "describe_rows",
    "describe_trace",
    "list_not_known",
    "open_page",
    "opening_map",
    "show_coverage",
    "show_findings",
    "show_freshness",
    "show_overlaps",
    "show_placing",
    "show_rows",
    "show_trace",
    "three_findings",
]
