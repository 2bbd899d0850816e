"""Maps and charts: table in, figure out, no arithmetic."""

from landscape.figures.bars import plot_bars_with_intervals
from landscape.figures.distribution import plot_distribution
from landscape.figures.drill_down import MapLayer, plot_drill_down
from landscape.figures.figure import Figure
from landscape.figures.legend import LegendRow
from landscape.figures.maps import plot_choropleth, plot_map_pair
from landscape.figures.matrix import plot_matrix
from landscape.figures.scatter import plot_scatter_need_service
from landscape.figures.shares import plot_share_bars
from landscape.figures.simplify import simplify_for_map
from landscape.figures.symbols import plot_symbols

__all__ = [
    "Figure",
    "LegendRow",
    "MapLayer",
    "plot_bars_with_intervals",
    "plot_choropleth",
    "plot_distribution",
    "plot_drill_down",
    "plot_map_pair",
    "plot_matrix",
    "plot_scatter_need_service",
    "plot_share_bars",
    "plot_symbols",
    "simplify_for_map",
]
