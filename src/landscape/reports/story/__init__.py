"""What the figures say, in sentences: one fact each, with unit, year and how sure we are.

``describe_*`` gives sentences, ``list_*`` tables, ``show_*`` blocks of a page.
"""

from landscape.reports.story.chapters import (
    describe_coverage,
    describe_layer,
    describe_sources,
    describe_territory,
    list_indicators,
    show_layer,
)
from landscape.reports.story.cleaning import describe_cleaning, show_cleaning
from landscape.reports.story.editions import CHAPTERS, form_of, key_findings, show_edition
from landscape.reports.story.looked_into import show_drill_down
from landscape.reports.story.opening import list_not_known, open_page, three_findings
from landscape.reports.story.strengths import (
    describe_pairs,
    describe_strong_points,
    show_pairs,
    show_providers,
    show_strong_points,
)

__all__ = [
    "CHAPTERS",
    "describe_cleaning",
    "describe_coverage",
    "describe_layer",
    "describe_pairs",
    "describe_sources",
    "describe_strong_points",
    "describe_territory",
    "form_of",
    "key_findings",
    "list_indicators",
    "list_not_known",
    "open_page",
    "show_cleaning",
    "show_drill_down",
    "show_edition",
    "show_layer",
    "show_pairs",
    "show_providers",
    "show_strong_points",
    "three_findings",
]
