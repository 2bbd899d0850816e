"""The profile of one area, in sentences, tables and figures."""

from landscape.reports.story.profile.access import describe_access, show_access
from landscape.reports.story.profile.closing import (
    describe_sources_here,
    list_not_known_here,
    list_sources,
    show_services,
)
from landscape.reports.story.profile.gaps import describe_gaps, show_gaps
from landscape.reports.story.profile.layers import (
    describe_layer_here,
    describe_portrait,
    show_layer_here,
)
from landscape.reports.story.profile.opening import (
    findings_of_profile,
    map_around,
    open_profile,
)
from landscape.reports.story.profile.peers import describe_peers, show_context, show_peers
from landscape.reports.story.profile.points import describe_points, show_points

__all__ = [
    "describe_access",
    "describe_gaps",
    "describe_layer_here",
    "describe_peers",
    "describe_points",
    "describe_portrait",
    "describe_sources_here",
    "findings_of_profile",
    "list_not_known_here",
    "list_sources",
    "map_around",
    "open_profile",
    "show_access",
    "show_context",
    "show_gaps",
    "show_layer_here",
    "show_peers",
    "show_points",
    "show_services",
]
