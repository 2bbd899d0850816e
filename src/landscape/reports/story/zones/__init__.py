"""The zones of innovation of one country: a map, a card a zone, and what was not looked at."""

from landscape.reports.story.zones.cards import describe_found, show_cards
from landscape.reports.story.zones.closing import (
    describe_aside,
    describe_not_looked_at,
    describe_sources_of_zones,
    list_limits,
    list_sources_of_zones,
    show_aside,
    show_not_looked_at,
)
from landscape.reports.story.zones.looking import Looked, look_for_zones
from landscape.reports.story.zones.opening import (
    describe_search,
    findings_of_zones,
    list_not_seen,
    map_zones,
    open_zones,
    show_compared_on,
)

__all__ = [
    "Looked",
    "describe_aside",
    "describe_found",
    "describe_not_looked_at",
    "describe_search",
    "describe_sources_of_zones",
    "findings_of_zones",
    "list_limits",
    "list_not_seen",
    "list_sources_of_zones",
    "look_for_zones",
    "map_zones",
    "open_zones",
    "show_aside",
    "show_cards",
    "show_compared_on",
    "show_not_looked_at",
]
