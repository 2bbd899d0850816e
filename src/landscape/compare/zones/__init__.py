"""Zones of innovation: areas and clusters of areas that are worth a closer look."""

from landscape.compare.zones.find import ZoneSearch, find_zones
from landscape.compare.zones.words import Card, describe_zone, word_guard, word_missing

__all__ = ["Card", "ZoneSearch", "describe_zone", "find_zones", "word_guard", "word_missing"]
