"""What the report on quality measures, each thing once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from landscape.indicators.catalogue import LAYERS
from landscape.quality.accounting import count_findings, count_outcomes
from landscape.quality.coverage import cover_counties, cover_municipalities
from landscape.quality.freshness import measure_freshness
from landscape.quality.overlap import compare_lists
from landscape.quality.overlaps import Overlap, load_overlaps
from landscape.quality.placing import count_ways
from landscape.reports.reading import Reading
from landscape.tracing import Trace, trace

#: A figure that rests on so many services can be followed record by record on a page.
FEW, SEVERAL = 3, 8


@dataclass(frozen=True)
class Quality:
    """An inventory as one reader meets it, and what can be measured of its data."""

    reading: Reading

    @cached_property
    def titles(self) -> pd.Series:
        """The title of each source in the reader's language, by source id."""
        cards = self.reading.inventory.sources
        return pd.Series({i: c.title[self.reading.language.code] for i, c in cards.items()})

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """Rows by what became of them, one row a source."""
        inventory = self.reading.inventory
        return count_outcomes(inventory.accounting, inventory.findings)

    @cached_property
    def findings(self) -> pd.DataFrame:
        """Findings by source, rule, severity and action."""
        return count_findings(self.reading.inventory.findings)

    @cached_property
    def known(self) -> pd.DataFrame:
        """Which indicators each municipality has a value for, one of each family."""
        inventory, order = self.reading.inventory, self.reading.known_indicators
        known = cover_municipalities(inventory.indicators, inventory.areas)
        names = [name for layer in LAYERS for name in order(layer) if name in known.columns]
        return known[[n for n in names if self.reading.indicator(n).function == n]]

    @cached_property
    def covered(self) -> pd.DataFrame:
        """The share of each county's residents for whose municipality each indicator is known."""
        return cover_counties(self.known, self.reading.inventory.areas)

    @cached_property
    def freshness(self) -> pd.DataFrame:
        """The age of each source on the day of the report."""
        return measure_freshness(self.reading.inventory.sources.values(), date.today())

    @cached_property
    def ways(self) -> pd.DataFrame:
        """Records by the way in which they found their area, one row a source."""
        inventory = self.reading.inventory
        code = inventory.country.code.lower()
        by_name = [f"{code}/{name}" for name in inventory.country.placed_by_name]
        return count_ways(inventory.accounting, inventory.findings, by_name)

    @cached_property
    def overlaps(self) -> list[tuple[Overlap, pd.DataFrame]]:
        """Pairs of lists of the same things, side by side."""
        inventory = self.reading.inventory
        found = load_overlaps(inventory.country.code).values()
        present = [each for each in found if set(each.lists) <= set(inventory.sources)]
        return [(each, compare_lists(inventory.services, each)) for each in present]

    @cached_property
    def example(self) -> Trace | None:
        """A figure whose way back fits a page; None where the country has no figure.

        Of the first indicator of services, else of resources or needs, the
        municipality of the most residents that a few records make up.
        """
        inventory = self.reading.inventory
        people = inventory.areas.set_index("area_id")["population"]
        for layer in ("services", "resources", "needs"):
            for name in self.reading.known_indicators(layer):
                rows = self.reading.values(name, "municipality").dropna(subset=["value"])
                if layer == "services":
                    rows = rows[rows["numerator"].between(FEW, SEVERAL).fillna(False).astype(bool)]
                if len(rows):
                    largest = people.reindex(rows.index).fillna(0).idxmax()
                    return trace(str(largest), name, inventory)
        return None
