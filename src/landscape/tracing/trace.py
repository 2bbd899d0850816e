"""The way back: from an area's figure to what it was made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from landscape.errors import LandscapeError, UsageError, did_you_mean
from landscape.indicators.catalogue import Indicator, find_indicator
from landscape.indicators.compute import estimate_indicator
from landscape.indicators.evidence import COLUMNS, Evidence, list_evidence
from landscape.inventory import Inventory, load
from landscape.tracing.raw import read_rows
from landscape.tracing.records import list_records
from landscape.tracing.telling import tell, tell_in_html


@dataclass(frozen=True, repr=False)
class Trace:
    """What stands behind one figure.

    ``figure``: the row of the indicators table. ``observations``: the rows of
    needs, resources and services that it is made of, as
    ``indicators.evidence.list_evidence`` says, with ``area`` (name);
    ``records``: the single records of the raw files. Value times weight of the
    observations, summed by input, gives the indicator's inputs. Values of a
    confidential figure (status C) are not given.
    """

    inventory: Inventory
    indicator: Indicator
    area: pd.Series
    figure: pd.Series
    evidence: Evidence | None

    @property
    def is_confidential(self) -> bool:
        """Whether the figure rests on too few persons to be shown."""
        return str(self.figure["status"]) == "C"

    @cached_property
    def observations(self) -> pd.DataFrame:
        """What was added up: input, area_id, area, source_id, record, year, value, weight."""
        if self.evidence is None:
            return pd.DataFrame(columns=["input", "area_id", "area", *COLUMNS[2:]])
        rows = self.evidence.rows
        names = self.inventory.areas.set_index("area_id")["name"]
        rows = rows.assign(area=rows["area_id"].map(names))
        if self.is_confidential:
            rows["value"] = pd.NA
        return rows[["input", "area_id", "area", *COLUMNS[2:]]]

    @cached_property
    def records(self) -> pd.DataFrame:
        """The records of the raw files: source_id, record, area_id (where the record was put)."""
        if self.observations.empty:
            return self.observations[["source_id", "record", "area_id"]]
        return list_records(self.observations, self.inventory.used)

    @cached_property
    def inputs(self) -> pd.DataFrame:
        """Each input: its year, its value, how many observations and sources it rests on."""
        if self.evidence is None:
            return pd.DataFrame(columns=["input", "year", "value", "observations", "sources"])
        groups, sums = self.observations.groupby("input"), self.evidence.sums()
        sources = groups["source_id"].unique().map(lambda ids: " ".join(sorted(ids)))
        table = pd.DataFrame({"year": self.evidence.years, "value": sums}).rename_axis("input")
        if self.is_confidential:
            table["value"] = pd.NA
        table["observations"] = groups.size().reindex(table.index, fill_value=0)
        table["sources"] = sources.reindex(table.index).fillna(str(self.figure["source_ids"]))
        return table.reset_index()

    @cached_property
    def findings(self) -> pd.DataFrame:
        """What cleaning noticed of these records; what changed a value comes first.

        Records of the same sources that name one of these areas and were left
        out are among them.
        """
        found = self.inventory.findings
        keys = pd.MultiIndex.from_frame(self.records[["source_id", "record"]].astype("str"))
        of_record = pd.MultiIndex.from_frame(found[["source_id", "record"]]).isin(keys)
        areas = {*self.observations["area_id"], self.area.name}
        left_out = found["area_id"].isin(areas) & (found["action"] == "rejected")
        left_out &= found["source_id"].isin(self.sources["source_id"])
        noticed = found[of_record | left_out]
        return noticed.sort_values("action", key=_by_weight, kind="stable", ignore_index=True)

    @cached_property
    def corrections(self) -> pd.DataFrame:
        """The findings that changed a value or set it to missing."""
        changed = self.findings["action"].isin(["corrected", "set_missing"])
        return self.findings[changed].reset_index(drop=True)

    @cached_property
    def sources(self) -> pd.DataFrame:
        """Producer, licence, period, files with checksums and row accounting of each source."""
        ids = sorted({*self.observations["source_id"], *str(self.figure["source_ids"]).split()})
        cards = [self.inventory.sources[each] for each in ids]
        table = pd.DataFrame(
            [
                {
                    "source_id": card.source_id,
                    "title": card.title["en"],
                    "producer": card.producer,
                    "licence": card.licence,
                    "reference_period": card.reference_period,
                    "retrieved_on": card.retrieved_on.isoformat(),
                    "url": card.url,
                    "files": ", ".join(f"{n} (sha256 {s[:12]})" for n, s in card.files.items()),
                }
                for card in cards
            ]
        )
        return table.merge(self.inventory.accounting, on="source_id", how="left")

    @cached_property
    def recomputed(self) -> float | None:
        """The indicator's value, computed again from the observations listed; None if it has none.

        Raises LandscapeError where it is not the figure: the trace would be wrong.
        """
        if self.evidence is None or pd.isna(self.figure["value"]):
            return None
        sums = self.evidence.sums()
        arguments = {n: pd.Series([v], dtype="Float64") for n, v in sums.items()}
        years = list(self.evidence.years.values())
        estimate = estimate_indicator(self.indicator, arguments, years)
        again = float("nan") if estimate is None else float(estimate["value"].iloc[0])
        if not abs(again - self.figure["value"]) <= 1e-6 * max(1.0, abs(again)):
            raise LandscapeError(
                f"{self.area.name} {self.indicator.name}: {again} from the records, "
                f"{self.figure['value']} in the tables; run: landscape tables"
            )
        return again

    def read_rows(self, source_id: str, most: int = 20, raw: Path | None = None) -> pd.DataFrame:
        """The first of these records as they stand in the raw file of one source.

        ``raw`` is the folder of raw files, by default the project's. Raises
        LandscapeError where the figure is confidential, or where the file is
        not there or has changed.
        """
        if self.is_confidential:
            raise LandscapeError("the figure is confidential; its records are not shown")
        wanted = self.records.loc[self.records["source_id"] == source_id, "record"].head(most)
        return read_rows(source_id, self.inventory.edition, wanted, raw)

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain lists and texts, for ``--json``."""
        figure = {**self.figure.to_dict(), "name": self.area["name"]}
        tables = ("inputs", "observations", "records", "findings", "sources")
        return {
            "figure": {key: None if pd.isna(value) else value for key, value in figure.items()},
            "title": self.indicator.title["en"],
            "unit": self.indicator.unit["en"],
            "counted": self.indicator.countries[self.inventory.country.code].counted["en"],
            "recomputed": self.recomputed,
            **{name: _plain(getattr(self, name)) for name in tables},
        }

    def __repr__(self) -> str:
        return tell(self)

    def _repr_html_(self) -> str:
        return tell_in_html(self)


def trace(area_id: str, indicator: str, inventory: Inventory | None = None) -> Trace:
    """What one figure is made of, such as ``trace("RO_1017", "services_per_10000")``.

    Works for municipalities, counties and countries (``trace("RO", ...)``).
    ``inventory`` is by default that of the area's country. Raises UsageError
    for an unknown area or indicator, LandscapeError where the figure is not
    inventoried at the area's level.
    """
    entry = find_indicator(indicator)
    inventory = inventory or load(area_id.partition("_")[0])
    areas = pd.DataFrame(inventory.areas).set_index("area_id")
    if area_id not in areas.index:
        raise UsageError(f"unknown area {area_id!r}{did_you_mean(area_id, areas.index)}")
    area = areas.loc[[area_id]].iloc[0]
    rows = inventory.indicators[inventory.indicators["indicator"] == indicator]
    figure = rows[rows["area_id"] == area_id]
    if figure.empty:
        levels = ", ".join(rows["level"].unique()) or "no level"
        raise LandscapeError(
            f"{indicator} is not inventoried for {area_id} ({area['level']}); "
            f"in {inventory.country.code} it is known at: {levels}"
        )
    evidence = list_evidence(entry, inventory.country_data, area_id)
    return Trace(inventory, entry, area, figure.iloc[0], evidence)


def _by_weight(actions: pd.Series) -> pd.Series:
    """Corrections first, then what is missing, left out, and only noted."""
    return actions.map({"corrected": 0, "set_missing": 1, "rejected": 2, "kept": 3})


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    rows = table.astype("object").where(table.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in rows.to_dict("records")]
