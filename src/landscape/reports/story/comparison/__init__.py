"""Countries side by side on one theme: strong points first, few comparisons, no index."""

from landscape.reports.story.comparison.across import describe_across, show_across
from landscape.reports.story.comparison.closing import (
    describe_sources_compared,
    list_not_comparable,
    list_sources_compared,
)
from landscape.reports.story.comparison.compared import Compared, read_countries
from landscape.reports.story.comparison.inside import describe_inside, show_inside
from landscape.reports.story.comparison.opening import (
    describe_known,
    findings_of_comparison,
    open_comparison,
    show_known,
)
from landscape.reports.story.comparison.strong import describe_strong, show_strong

__all__ = [
    "Compared",
    "describe_across",
    "describe_inside",
    "describe_known",
    "describe_sources_compared",
    "describe_strong",
    "findings_of_comparison",
    "list_not_comparable",
    "list_sources_compared",
    "open_comparison",
    "read_countries",
    "show_across",
    "show_inside",
    "show_known",
    "show_strong",
]
