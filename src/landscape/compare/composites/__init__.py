"""Indicators of one theme brought together: composites, how sure they are, and gaps."""

from landscape.compare.composites.composite import compute_composite
from landscape.compare.composites.gaps import compute_gap, compute_gap_of, gather_sides
from landscape.compare.composites.sensitivity import compute_sensitivity
from landscape.compare.composites.themes import Side, Theme, load_themes, word_gap

__all__ = [
    "Side",
    "Theme",
    "compute_composite",
    "compute_gap",
    "compute_gap_of",
    "compute_sensitivity",
    "gather_sides",
    "load_themes",
    "word_gap",
]
