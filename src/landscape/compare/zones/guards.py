"""The guards: what looks like innovation and is made by the register, rule by rule.

Most ask whether a window is still beyond chance (at 5 %) once the
suspected artefact is taken away. ``few_services`` too few to tell;
``register_edge`` it lies at the edge of what the source covers;
``headquarters`` a discovery no longer with each site counted once (services
registered at their provider's seat, a home licensed in parts; search.py);
``single_site`` without its largest site; ``one_institution`` where providers are not
named, an area that is too small to be expected to have one service (a single
institution for people from elsewhere may be all of it), alone or carrying a cluster;
``county_host`` without what county or state run there for everybody (or, where
providers are not told, without the county's most populous municipality);
``one_area_alone`` a cluster without its strongest area.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from landscape.compare.zones.chance import Model
from landscape.compare.zones.context import Context
from landscape.compare.zones.distances import ValueModel
from landscape.compare.zones.measures import Measure, build_measure, build_nearer
from landscape.compare.zones.provision import COUNTY_WIDE, Provision
from landscape.indicators.distance import distance_to_nearest_km

GUARDS = (
    "few_services",
    "register_edge",
    "headquarters",
    "single_site",
    "one_institution",
    "county_host",
    "one_area_alone",
)
STILL = 0.05
FEWEST_IN_ZONE = 3
FEWEST_TRIALS = 5


class Guard:
    """The guards of one measure; the models on what a guard leaves are fitted when first needed."""

    def __init__(self, measure: Measure, provision: Provision, context: Context, seed: int):
        self.measure, self.provision = measure, provision
        self.context, self.seed = context, seed
        self._variants: dict[str, Measure | str] = {}

    def check(self, rows: np.ndarray, steps: int) -> pd.DataFrame:
        """Which guards the windows around these areas pass: a row a window, a column a guard."""
        whole = self.context.windows[steps][rows]
        inside = self.measure.windows[steps][rows]
        passed = {
            "few_services": self._enough(inside),
            "register_edge": whole @ self._edge() == 0,
            "single_site": self._without_largest(inside, steps),
            "one_institution": self._more_than_one(inside, steps),
            "county_host": self._without_county(rows, inside, steps),
            "one_area_alone": self._without_strongest(inside, steps),
        }
        return pd.DataFrame(passed, index=rows)

    def _enough(self, inside: csr_array) -> np.ndarray:
        table = self.provision.table
        model = self.measure.model
        if isinstance(model, Model) and model.trials is not None:
            return np.asarray(inside @ model.trials >= FEWEST_TRIALS)
        return np.asarray(inside @ table["services"].to_numpy() >= FEWEST_IN_ZONE)

    def _edge(self) -> np.ndarray:
        """Areas that the source does not cover, and their neighbours."""
        outside = (~self.provision.inventoried).astype("float64")
        beside = self.context.neighbours @ outside + outside
        return np.asarray((beside > 0).astype("float64"))

    def _still_with(self, variant: str, rows: np.ndarray, steps: int) -> np.ndarray:
        other = self._variant(variant)
        if isinstance(other, str):
            return np.zeros(len(rows), dtype=bool)
        return np.asarray(other.model.test(other.windows[steps][rows], steps) < STILL)

    def _variant(self, variant: str) -> Measure | str:
        if variant not in self._variants:
            self._variants[variant] = self._build(variant)
        return self._variants[variant]

    def _build(self, variant: str) -> Measure | str:
        if self.measure.kind == "nearer":
            kept = self.provision.rows[~self.provision.rows["provider_type"].isin(COUNTY_WIDE)]
            distance = distance_to_nearest_km(self.context.areas, kept)
            values = distance.astype("float64").to_numpy()
            return build_nearer(values, self.provision, self.context)
        return build_measure(self.measure.kind, self.provision, self.context, self.seed, variant)

    def _without_largest(self, inside: csr_array, steps: int) -> np.ndarray:
        model = self.measure.model
        if isinstance(model, ValueModel):
            sites = inside @ self.provision.table["site_services"].to_numpy()
            return np.asarray(sites >= FEWEST_IN_ZONE)
        largest = self.provision.table["largest"].to_numpy() * (model.weight if steps else 1.0)
        most = inside.multiply(largest[None, :]).max(axis=1).toarray().ravel()
        return np.asarray(model.test(inside, steps, without=most) < STILL)

    def _more_than_one(self, inside: csr_array, steps: int) -> np.ndarray:
        """Whether no area that may hold a single institution carries the window.

        Such are areas whose providers are not named and in which less than one service is
        expected. Without its strongest one a cluster must be beyond chance as the
        best of all clusters that this area lies in (Bonferroni).
        """
        model = self.measure.model
        if self.measure.kind != "more" or not isinstance(model, Model):
            return np.ones(inside.shape[0], dtype=bool)
        rows = self.provision.rows
        silent = self.context.areas.index.isin(rows["area_id"][rows["site"].isna()])
        suspect = silent & (model.expected < 1)
        none = np.asarray(inside @ suspect.astype("float64") == 0)
        if steps == 0:
            return none
        rest = drop_strongest(inside, np.where(suspect, model.seen - model.expected, -np.inf))
        clusters = sum(float(each.sum(axis=1).mean()) for each in self.measure.windows[1:])
        return none | (model.test(rest, steps) < STILL / max(clusters, 1.0))

    def _without_county(self, rows: np.ndarray, inside: csr_array, steps: int) -> np.ndarray:
        if self.measure.kind == "associations":
            return np.ones(len(rows), dtype=bool)
        if self.provision.tells_providers and self.measure.kind != "day_outreach":
            return self._still_with("own", rows, steps)
        others = csr_array(inside.multiply((~self.context.seat).astype("float64")[None, :]))
        return np.asarray(self.measure.model.test(others, steps) < STILL)

    def _without_strongest(self, inside: csr_array, steps: int) -> np.ndarray:
        if steps == 0:
            return np.ones(inside.shape[0], dtype=bool)
        model = self.measure.model
        excess = model.residual if isinstance(model, ValueModel) else model.seen - model.expected
        rest = drop_strongest(inside, excess)
        return np.asarray(model.test(rest, steps) < STILL)


def drop_strongest(windows: csr_array, excess: np.ndarray) -> csr_array:
    """The windows, each without its area of the largest excess."""
    windows = windows.copy()
    rows = np.repeat(np.arange(windows.shape[0]), np.diff(windows.indptr))
    order = np.lexsort((np.nan_to_num(excess[windows.indices], nan=-np.inf), rows))
    last = np.diff(rows[order], append=-1) != 0
    windows.data[order[last]] = 0.0
    windows.eliminate_zeros()
    return windows
