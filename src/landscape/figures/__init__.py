"""Maps and charts: table in, figure out, no arithmetic."""

from landscape.figures.figure import Figure
from landscape.figures.legend import LegendRow
from landscape.figures.maps import plot_choropleth, plot_map_pair
from landscape.figures.simplify import simplify_for_map
from landscape.figures.symbols import plot_symbols

__all__ = [
    "Figure",
    "LegendRow",
    "plot_choropleth",
    "plot_map_pair",
    "plot_symbols",
    "simplify_for_map",
]
