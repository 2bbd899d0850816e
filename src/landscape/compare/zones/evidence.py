"""The evidence behind each zone: which services, how many, run by whom, against what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from landscape.compare.zones.context import Context
from landscape.compare.zones.guards import GUARDS
from landscape.compare.zones.measures import Measure
from landscape.compare.zones.provision import Provision
from landscape.compare.zones.resampling import resample_estimate

#: Ends of intervals are told with so many decimals.
DECIMALS = 1
#: One row a zone: column -> what it says.
COLUMNS = {
    "zone_id": "theme, kind and the area_id in its middle: stable between editions of one finding",
    "country": "two letters",
    "theme": "ESSPROS function",
    "kind": "more, associations, day_outreach or nearer",
    "unit": "area, or cluster of neighbours",
    "area_id": "the area in the middle",
    "area_ids": "tuple of the areas, the one in the middle first",
    "areas": "how many",
    "population": "residents of these areas; those without a figure left out",
    "services": "services of the theme in them",
    "sites": "sites that they stand on, as far as the source tells",
    "provider_types": "dict provider type -> services",
    "settings": "dict setting -> services",
    "local_types": "dict the source's own type -> services",
    "observed": "services of the kind; for nearer km to the nearest (geometric mean)",
    "expected": "the same, of authorities with the same size, needs and resources",
    "estimate": "more: times as many, the mean of its areas weighed by what they tell; shares: "
    "points of per cent more; nearer: (1+km) by expected",
    "low": "its 95 % interval by resampling",
    "high": "its 95 % interval by resampling",
    "p": "one-sided, with the overdispersion of the country",
    "q": "p adjusted for false discoveries over the theme",
    "year": "of the services",
    "source_id": "of the services",
    "guards_passed": "tuple of the guards of guards.GUARDS, and interval (stands_clear)",
    "guards_failed": "tuple; empty for a zone",
}


def list_zones(
    found: pd.DataFrame, measures: Mapping[str, Measure], provision: Provision,
    context: Context, seed: int,
) -> pd.DataFrame:  # fmt: skip
    """The rows of ``choose_zones`` with their evidence, in the columns of ``COLUMNS``."""
    rows = [
        _tell_zone(row, measures[row["kind"]], provision, context, seed=seed)
        for row in (
            dict(zip(found.columns, each, strict=True)) for each in found.itertuples(index=False)
        )
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _tell_zone(
    row: Mapping[str, Any], measure: Measure, provision: Provision, context: Context, *, seed: int
) -> dict[str, Any]:  # fmt: skip
    core, members = int(row["core"]), list(row["members"])
    ordered = [core, *sorted(set(members) - {core})]
    ids = context.areas.index[ordered]
    population = context.areas["population"].iloc[ordered].astype("float64")
    figure = resample_estimate(measure, context, ordered, seed)
    passed = [guard for guard in GUARDS if row[guard]]
    passed += ["interval"] if stands_clear(str(row["kind"]), figure) else []
    return {
        "zone_id": f"{provision.theme}-{row['kind']}-{ids[0]}",
        "country": context.areas["country"].iloc[core],
        "theme": provision.theme,
        "kind": row["kind"],
        "unit": "area" if row["steps"] == 0 else "cluster",
        "area_id": ids[0],
        "area_ids": tuple(ids),
        "areas": len(ids),
        "population": float(np.nansum(population)),
        **_tell_services(provision, list(ids)),
        **figure,
        "p": row["p"],
        "q": row["q"],
        "year": provision.year,
        "source_id": provision.source_id,
        "guards_passed": tuple(passed),
        "guards_failed": tuple(g for g in (*GUARDS, "interval") if g not in passed),
    }


def stands_clear(kind: str, figure: Mapping[str, float]) -> bool:
    """Whether the interval as it is told leaves out what is expected.

    1 of a multiple, 0 of a difference: nobody reads "1.0 to 3.2" as clearly more.
    """
    if kind == "nearer":
        return round(figure["high"], DECIMALS) < 1
    return round(figure["low"], DECIMALS) > (1 if kind == "more" else 0)


def _tell_services(provision: Provision, ids: list[str]) -> dict[str, Any]:
    rows = provision.rows[provision.rows["area_id"].isin(ids)]
    table = provision.table.loc[ids]

    def by(column: str) -> dict[str, int]:
        counts = rows.groupby(column)["count"].sum().sort_values(ascending=False, kind="stable")
        return {str(name): int(count) for name, count in counts.items()}

    return {
        "services": int(table["services"].sum()),
        "sites": int(table["site_services"].sum()),
        "provider_types": by("provider_type"),
        "settings": by("setting"),
        "local_types": by("local_type"),
    }
