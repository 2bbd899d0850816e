"""The explorer itself: controls that follow each other, and what they show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import ipywidgets as widgets
from markupsafe import Markup, escape

from landscape.errors import LandscapeError
from landscape.explore import choices
from landscape.explore.state import State
from landscape.explore.view import View
from landscape.indicators.catalogue import load_catalogue
from landscape.reports.of_year import years_known
from landscape.reports.page_table import Columns, table_element
from landscape.reports.reading import Reading
from landscape.sources.registry import countries

WIDE = {"width": "auto"}
#: A drawing takes the width that it is given, so it must be given one.
HALF = {"width": "48%", "min_width": "26em"}
CONTROL = {"width": "34em"}
#: One click marks all of a text to be copied.
COPIED = "user-select: all; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0"


class Explorer:
    """Controls over one view: country, level, theme, indicator, year, area.

    ``view`` is what is shown now, for the cells below, and ``told`` what of
    the wish had to be changed. A control that is
    changed brings the others to what the country can show; what cannot be
    shown is told in words, and the view that was there stays.
    """

    def __init__(self, state: State, told: list[str] | None = None) -> None:
        self.view = View(state)
        self.told: list[str] = []
        self._reading = self.view.reading
        self._is_busy = False
        text = self._reading.language.text
        self.country = self._choose(text("Country"), "country")
        self.level = self._choose(text("Level"), "level")
        self.theme = self._choose(text("Theme"), "theme")
        self.indicator = self._choose(text("Indicator"), "indicator")
        self.year = self._choose(text("Year"), "year")
        self.search = widgets.Text(
            description=text("Search by name"), layout=CONTROL, style=_label_style()
        )
        self.search.observe(self._search, names="value")
        self.found = self._list(text("Area"))
        self.peers = self._list(text("Peers"))
        self.whole = widgets.Button(description=text("No area"))
        self.whole.on_click(lambda _: self._change(area=""))
        names = ("status", "map", "spread", "table", "alike", "python", "command")
        self.parts = {
            name: widgets.HTML(layout=WIDE).add_class(f"explore-{name}") for name in names
        }
        self.box = self._arrange(text)
        self._show(self.view, told or [])

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.box._repr_mimebundle_(**options)

    def __repr__(self) -> str:
        return f"Explorer({self.view.state})"

    def go(self, area: str) -> None:
        """Show another area, also of another country; nothing changes where none is named."""
        if area:
            self._change(country=area.partition("_")[0], area=area)

    def _choose(self, label: str, field: str) -> widgets.Dropdown:
        control = widgets.Dropdown(description=label, layout=CONTROL, style=_label_style())
        control.observe(lambda change: self._change(**{field: change["new"]}), names="value")
        return control

    def _list(self, label: str) -> widgets.Select:
        control = widgets.Select(description=label, rows=5, layout=CONTROL, style=_label_style())
        control.observe(lambda change: self.go(change["new"] or ""), names="value")
        return control

    def _arrange(self, text: Callable[..., str]) -> widgets.VBox:
        controls = [self.country, self.level, self.theme, self.indicator, self.year]
        chosen = widgets.HBox([widgets.VBox([*controls, self.whole]), self._areas()])
        for name in ("map", "spread"):
            self.parts[name].layout = HALF
        drawn = widgets.HBox([self.parts["map"], self.parts["spread"]])
        drawn.layout.flex_flow = "row wrap"
        copied = [
            widgets.HTML(
                str(Markup("<h4>{}</h4>").format(text("The same in Python"))), layout=WIDE
            ),
            self.parts["python"],
            widgets.HTML(
                str(Markup("<h4>{}</h4>").format(text("The same as a report"))), layout=WIDE
            ),
            self.parts["command"],
        ]
        shown = [self.parts["status"], drawn, self.parts["alike"], self.parts["table"], *copied]
        return widgets.VBox([chosen, *shown]).add_class("landscape-explorer")

    def _areas(self) -> widgets.VBox:
        return widgets.VBox([self.search, self.found, self.peers])

    def _change(self, **chosen: Any) -> None:
        """Another state, where a reader and not the explorer itself changed a control."""
        if self._is_busy or not chosen or None in chosen.values():
            return
        old = self.view.state
        if chosen.get("country", old.country) != old.country or "level" in chosen:
            chosen = {"area": "", **chosen}
        wished = replace(old, **chosen)
        try:
            state, told = choices.settle(wished, choices.read(wished))
            self._show(View(state), told)
        except LandscapeError as error:
            self._tell([str(error)])
            self._follow()

    def _show(self, view: View, told: list[str]) -> None:
        """Make every part, then show them: a failure leaves what was there.

        The controls first: who sees the new map must not choose from the lists of the old one.
        """
        if not view.state.indicator:
            text = view.reading.language.text
            raise LandscapeError(text("No area is inventoried."))
        html = {
            "map": _draw(view.map),
            "spread": _draw(view.spread),
            "table": _tabulate(view.listed, view, "table"),
            "alike": _tabulate(view.listed_peers, view, "peers"),
            "python": _copied(view.python),
            "command": _copied(view.command),
        }
        words = [*told, *view.words]
        self.view, self.told, self._reading = view, told, view.reading
        self._follow()
        for name, content in html.items():
            self.parts[name].value = content
        self._tell(words)

    def _tell(self, sentences: list[str]) -> None:
        escaped = Markup(" ").join(escape(each) for each in sentences)
        self.parts["status"].value = str(Markup('<p role="status">{}</p>').format(escaped))

    def _follow(self) -> None:
        """Bring every control to the state that is shown."""
        # Each list is set together with its choice, so no control passes through another state.
        state, reading = self.view.state, self._reading
        text = reading.language.text
        offered = choices.list_indicators(reading, state.level, state.theme)
        years = years_known(reading.inventory, state.indicator, state.level)
        themes = choices.list_themes(reading, state.level)
        with self._busy():
            _offer(
                self.country,
                [(c.name[state.lang], k) for k, c in countries().items()],
                state.country,
            )
            levels = choices.list_levels(reading)
            _offer(self.level, [(reading.level(each), each) for each in levels], state.level)
            _offer(self.theme, [(text("All themes"), ""), *_themes(reading, themes)], state.theme)
            _offer(
                self.indicator, [(reading.title(each), each) for each in offered], state.indicator
            )
            latest = text("The latest: {year}", year=years[0])
            _offer(self.year, [(latest, 0), *((str(y), y) for y in years[1:])], state.year)
            peers = self.view.peers
            rows = [] if peers is None else list(zip(peers["name"], peers.index, strict=True))
            self.peers.options = [(f"{name} · {area}", area) for name, area in rows]
            self.peers.value = None
            self.whole.disabled = not state.area
            self._find(self.search.value)

    def _search(self, change: dict[str, Any]) -> None:
        with self._busy():
            matches = self._find(change["new"])
        if change["new"].strip() and not matches:
            self._tell([self._reading.language.text("No area here has this name.")])
        else:
            self._tell([*self.told, *self.view.words])

    def _find(self, wanted: str) -> int:
        """List the areas of a name, and say how many; the one that is shown stays among them."""
        area = self.view.state.area
        found = matching = choices.find_areas(self._reading, self.view.state.level, wanted)
        if area and area not in [each for _, each in found]:
            found = [(choices.label_of(self._reading, area, self.view.state.level), area), *found]
        self.found.options = found
        self.found.value = area or None
        return len(matching)

    @contextmanager
    def _busy(self) -> Iterator[None]:
        before, self._is_busy = self._is_busy, True
        try:
            yield
        finally:
            self._is_busy = before


def _themes(reading: Reading, themes: list[str]) -> list[tuple[str, str]]:
    general = reading.language.text("General")
    return [(general if t == "general" else reading.term("function", t), t) for t in themes]


def _offer(control: widgets.Dropdown, options: list[tuple[str, Any]], value: Any) -> None:
    """Set choices of which two may be worded alike, and which of them is chosen."""
    labels: dict[str, int] = {}
    told = []
    for label, each in options:
        labels[label] = labels.get(label, 0) + 1
        told.append((label if labels[label] == 1 else f"{label} ({each})", each))
    control.options = told
    control.value = value


def _part(name: str, html: str = "") -> widgets.HTML:
    return widgets.HTML(str(html), layout=WIDE).add_class(name)


def _draw(figure: Any) -> str:
    return "" if figure is None else str(figure._repr_html_())


def _copied(text: str) -> str:
    return str(Markup('<pre style="{}" tabindex="0">{}</pre>').format(COPIED, text))


def _tabulate(columns: Columns | None, view: View, anchor: str) -> str:
    if columns is None:
        return ""
    text, name = view.reading.language.text, view.state.indicator
    caption = text("Why it is listed")
    if anchor == "table":
        caption = f"{view.reading.title(name)} ({view.reading.unit(name)})"
    spec = load_catalogue()[name]
    return str(table_element(columns, caption, view.reading.language, anchor, spec.decimals))


def _label_style() -> dict[str, str]:
    return {"description_width": "10em"}
