"""What a state shows: its table, map, spread and peers, by the functions of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from landscape import desk
from landscape.errors import LandscapeError
from landscape.explore.choices import label_of, read
from landscape.explore.state import State, write_command, write_python
from landscape.figures.figure import Figure
from landscape.reports.page_table import Columns
from landscape.reports.reading import Reading

#: Rows listed where an area is chosen: itself, its peers, then others by name.
MOST_LISTED = 50


@dataclass(frozen=True)
class View:
    """A state with its inventory read; each part is made when first asked for.

    Where a part cannot be shown it is None, and ``words`` says why.
    """

    state: State

    @cached_property
    def reading(self) -> Reading:
        """The inventory of the state's country, in the reader's language."""
        return read(self.state)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """What ``landscape.indicator`` gives."""
        state = self.state
        return desk.indicator(
            state.indicator, country=state.country, level=state.level, year=state.year or None
        )

    @cached_property
    def map(self) -> Figure | None:
        """What ``landscape.plot_map`` gives; None where nothing can be drawn."""
        try:
            return desk.plot_map(self.state.indicator, **self._drawing)
        except LandscapeError:
            return None

    @cached_property
    def spread(self) -> Figure | None:
        """What ``landscape.plot_spread`` gives; None where no area has a value."""
        try:
            return desk.plot_spread(self.state.indicator, **self._drawing)
        except LandscapeError:
            return None

    @cached_property
    def peers(self) -> pd.DataFrame | None:
        """What ``landscape.peers`` gives; None without an area, or where none is alike."""
        if not self.state.area:
            return None
        found = desk.peers(self.state.area, lang=self.state.lang)
        return found if found["distance"].notna().any() else None

    @property
    def python(self) -> str:
        """Three lines that give the same."""
        return write_python(self.state, drawn=self.map is not None)

    @property
    def command(self) -> str:
        """The command that makes a report of it."""
        return write_command(self.state)

    @property
    def words(self) -> list[str]:
        """How much is known, what is counted, and what cannot be shown, a sentence each."""
        text, number = self.reading.language.text, self.reading.language.number
        reading = self.reading
        known, total = int(self.figures["value"].notna().sum()), len(self.figures)
        told = [
            reading.counted(self.state.indicator),
            text("Known for {known} of {total}.", known=number(known), total=number(total)),
        ]
        if known < total:
            told.append(text("Not inventoried is not zero."))
        if known and self.map is None:
            told.append(
                text("No map: these areas have no shapes at hand, or are too many for one drawing.")
            )
        if not self.state.area:
            told.append(text("An area that is chosen is pointed out and has its peers listed."))
        elif self.peers is None:
            told.append(text("Too little is known of this area to call any other its peer."))
        return told

    @property
    def listed(self) -> Columns:
        """The table of a page: the area and its peers in the country first, then others by name."""
        text, name = self.reading.language.text, self.state.indicator
        rows = self.figures.loc[self._order()]
        spec = self.reading.indicator(name)
        numbers = rows[["value", "low", "high"]].round(spec.decimals).astype("object")
        numbers = numbers.where(numbers.notna(), None)
        return {
            text("Area"): [label_of(self.reading, area, self.state.level) for area in rows.index],
            text("Value"): numbers["value"].tolist(),
            text("95 % interval from"): numbers["low"].tolist(),
            text("95 % interval to"): numbers["high"].tolist(),
            text("Year"): [None if pd.isna(year) else str(year) for year in rows["year"]],
        }

    @property
    def listed_peers(self) -> Columns | None:
        """The table of peers: name, country, why it is listed."""
        if self.peers is None:
            return None
        text = self.reading.language.text
        return {
            text("Area"): self.peers["name"].tolist(),
            text("Country"): self.peers["country"].tolist(),
            text("Why it is listed"): self.peers["why"].tolist(),
        }

    @property
    def _drawing(self) -> dict[str, Any]:
        state = self.state
        return {
            "country": state.country,
            "level": state.level,
            "year": state.year or None,
            "highlight": [state.area] if state.area else [],
            "lang": state.lang,
        }

    def _order(self) -> list[str]:
        key = self.reading.language.sort_key
        names = self.reading.names.reindex(self.figures.index).map(key)
        first = [self.state.area] if self.state.area else []
        first += [] if self.peers is None else list(self.peers.index)
        here = [area for area in first if area in self.figures.index]
        others = names.drop(here).sort_values(kind="stable").index
        return [*here, *others][:MOST_LISTED]
