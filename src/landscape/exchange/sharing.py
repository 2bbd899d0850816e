"""The tables as they leave the project: registers only, no small count of persons."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from landscape.dictionaries import load_variables
from landscape.indicators.catalogue import Indicator, load_catalogue
from landscape.indicators.estimates import FEWEST_PERSONS
from landscape.inventory import Inventory
from landscape.workbook.values import holds_contact

PERSONS = "persons"


@dataclass
class Edition:
    """The tables of one country as others may have them, and what was held back.

    What authorities declared in workbooks is not among them: it is theirs to
    publish. ``withheld`` counts, by what it is about.
    """

    inventory: Inventory
    lang: str = "en"  # of explanations, where a form has any
    withheld: dict[str, int] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """Of the country."""
        return self.inventory.country.code

    def table(self, name: str) -> pd.DataFrame:
        """A table of the inventory by its name, without what is held back."""
        tables = {
            "areas": self.areas,
            "needs": self.needs,
            "resources": self.resources,
            "services": self.services,
            "indicators": self.indicators,
        }
        if name in tables:
            return tables[name]
        return self._without_evidence(getattr(self.inventory, name))

    @cached_property
    def areas(self) -> pd.DataFrame:
        """The areas without their shapes."""
        return pd.DataFrame(self.inventory.areas.drop(columns="geometry"))

    @cached_property
    def needs(self) -> pd.DataFrame:
        """Observations of needs; counts of fewer than ten persons are withheld, status C."""
        return self._observations("needs")

    @cached_property
    def resources(self) -> pd.DataFrame:
        """Observations of resources, in the same way."""
        return self._observations("resources")

    @cached_property
    def services(self) -> pd.DataFrame:
        """Services; a name that holds an e-mail address or telephone number is withheld."""
        rows = self._without_evidence(self.inventory.services)
        for column in ("name", "provider_name"):
            unique = rows[column].dropna().unique()
            contacts = [text for text in unique if holds_contact(text)]
            found = rows[column].isin(contacts)
            self._withhold(f"services.{column}: holds an address or telephone number", found)
            rows[column] = rows[column].mask(found)
        return rows

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Indicators; numerators of fewer than ten persons are withheld with their denominator."""
        rows = self.inventory.indicators.copy()
        of_persons = {name for name, entry in load_catalogue().items() if counts_persons(entry)}
        small = rows["indicator"].isin(of_persons) & _is_small(rows["numerator"])
        self._withhold("indicators.numerator: fewer than ten persons", small)
        rows[["numerator", "denominator"]] = rows[["numerator", "denominator"]].mask(small)
        return rows

    def _observations(self, name: str) -> pd.DataFrame:
        rows = self._without_evidence(getattr(self.inventory, name))
        shown = set(self.inventory.country.population)  # how many live somewhere is no secret
        is_told = (rows["unit"] != PERSONS) | rows["variable"].isin(shown)
        small = ~is_told & _is_small(rows["value"])
        self._withhold(f"{name}.value: fewer than ten persons", small)
        return rows.assign(value=rows["value"].mask(small), status=rows["status"].mask(small, "C"))

    def _withhold(self, what: str, rows: pd.Series) -> None:
        self.withheld[what] = int(rows.sum())

    @staticmethod
    def _without_evidence(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.drop(columns="evidence", errors="ignore").reset_index(drop=True)


def counts_persons(entry: Indicator) -> bool:
    """Whether the numerator, which is the first input in the catalogue, counts persons."""
    first = next(iter(entry.inputs.values()), None)
    variable = first.variable if first is not None else None
    return variable is not None and load_variables()[variable]["unit"] == PERSONS


def _is_small(values: pd.Series) -> pd.Series:
    """From one to nine: nobody stands behind a zero."""
    return ((values > 0) & (values < FEWEST_PERSONS)).fillna(False).astype(bool)
