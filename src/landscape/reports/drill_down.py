"""The page inside the frame of a map to look into: folium's, with Leaflet written into it.

The page holds no data and no name: those are laid beside it as JSON, which its
script shows as text. Folium's own tooltips, popups and layer names are not used;
they would run what a name contains.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from landscape.figures.figure import Figure as Drawing
from landscape.reports.assets import read_script, read_style
from landscape.reports.blocks import json_element
from landscape.reports.policy import content_policy

PARTS = Path(__file__).parent / "template" / "landscape"
#: Where the data are laid into the page.
DATA = "<!--data-->"
MAP_HEIGHT_PX = 440
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# It would forbid readers to enlarge the page.
_VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')
_SERVER = re.compile(r"https://(?:\{s\}\.)?([a-z0-9.-]+)/[^\s\"'<>\\]*", re.IGNORECASE)


@dataclass(frozen=True)
class BaseMap:
    """Tiles below the areas, fetched from the network: for the desk, never in a report.

    url: of the tiles, with ``{z}``, ``{x}``, ``{y}``. credit: whom the map is to name.
    Raises ValueError where the url is not one of https.
    """

    url: str
    credit: str

    def __post_init__(self) -> None:
        if not _SERVER.fullmatch(self.url):
            raise ValueError(f"a base map needs an address of https tiles, not {self.url!r}")

    @property
    def server(self) -> str:
        """What the policy of the page lets pictures come from."""
        found = _SERVER.fullmatch(self.url)
        host = found.group(1) if found else ""
        return f"https://*.{host}" if "{s}" in self.url else f"https://{host}"


class _Explorer(MacroElement):
    """Hands folium's map to the script that draws the data."""

    _template = Template(
        "{% macro script(this, kwargs) %}explore({{ this._parent.get_name() }});{% endmacro %}"
    )


@lru_cache
def frame_page(base_map: BaseMap | None = None) -> str:
    """The HTML of the frame, the same for every map, with the place for its data.

    Raises AssetError where Leaflet is not installed or not the recorded one.
    """
    above, below = _read("drill_down.html").split("<!--map-->")
    root = Figure()
    root.html.add_child(Element("{% raw %}" + above + "{% endraw %}"))
    root.add_child(_map(base_map))
    html = _VIEWPORT.sub("", root.render())
    html = html.replace("</body>", f"{below}{DATA}</body>", 1)
    style = f"<style>{read_style('leaflet_style')}</style><style>{_read('drill_down.css')}</style>"
    scripts = f"<script>{read_script('leaflet')}</script><script>{_read('drill_down.js')}</script>"
    html = html.replace("</head>", f"{style}{scripts}</head>", 1)
    pictures = f"data: {base_map.server}" if base_map else "data:"
    policy = content_policy(_SCRIPT.findall(html), pictures=pictures)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace("<head>", f"<head>{meta}", 1)


def frame_scripts() -> list[str]:
    """The scripts of the frame, which the policy of the page around it has to allow too."""
    return _SCRIPT.findall(frame_page())


def fill_frame(data: dict[str, Any], base_map: BaseMap | None = None) -> str:
    """The page with the data of one map in it."""
    return frame_page(base_map).replace(DATA, str(data_element(data)))


def data_element(data: dict[str, Any]) -> str:
    """The data as the element that the script of the page reads."""
    element = str(json_element(data, json.JSONEncoder))
    return element.replace("<script ", '<script id="data" ', 1)


def _map(base_map: BaseMap | None) -> folium.Map:
    """folium's map, the same on every run, which moves without animation."""
    drawn = folium.Map(
        tiles=None,
        height=MAP_HEIGHT_PX,
        zoom_control=False,
        zoom_start=4,
        attribution_control=base_map is not None,
        zoom_animation=False,
        fade_animation=False,
        marker_zoom_animation=False,
        scroll_wheel_zoom=False,
        zoom_snap=0.25,
        zoom_delta=0.5,
    )
    drawn._id = "drawn"
    # The addresses of scripts and styles: what is needed of them is written into the page.
    drawn.default_js, drawn.default_css = [], []
    if base_map is not None:
        folium.TileLayer(base_map.url, attr=escape(base_map.credit), name="").add_to(drawn)
    drawn.add_child(_Explorer())  # type: ignore[no-untyped-call]
    return drawn


def _read(name: str) -> str:
    return (PARTS / name).read_text(encoding="utf-8")


class ExplorableMap:
    """A map to look into as a notebook shows it; ``save`` writes it as one HTML file."""

    def __init__(self, figure: Drawing, base_map: BaseMap | None = None) -> None:
        if figure.drill_down is None:
            raise ValueError("the figure is no map to look into")
        self.figure = figure
        self.base_map = base_map

    def __repr__(self) -> str:
        return repr(self.figure)

    def html(self) -> str:
        """The whole page of the map."""
        return fill_frame(self.figure.drill_down or {}, self.base_map)

    def _repr_html_(self) -> str:
        return (
            f'<iframe sandbox="allow-scripts" title="{escape(self.figure.title)}" '
            f'srcdoc="{escape(self.html())}" style="width:100%;height:760px;border:0"></iframe>'
        )

    def save(self, path: str | Path) -> Path:
        """Writes the map as one file that opens without the network."""
        target = Path(path)
        target.write_text(self.html(), encoding="utf-8")
        return target
