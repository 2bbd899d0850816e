"""The ASEM sustainable connectivity index as COINr publishes it, from its raw data."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from landscape.compare.composites.normalise import reference
from landscape.compare.composites.outliers import has_outliers, treat_outliers
from landscape.compare.composites.tree import Node, aggregate_tree

pytestmark = pytest.mark.data

PUBLISHED = {
    "CHE": (68.33, 62.18, 74.48),
    "DNK": (64.47, 56.05, 72.90),
    "NLD": (64.46, 61.32, 67.60),
}


@pytest.fixture(scope="module")
def asem(official: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    folder = official.parent / "vectors"
    if not folder.is_dir():
        pytest.skip("published answers are not beside the project")
    values = pd.read_csv(folder / "coinr_ASEM_iData.csv").set_index("uCode")
    return values, pd.read_csv(folder / "coinr_ASEM_iMeta.csv")


@pytest.fixture(scope="module")
def treated(asem: tuple[pd.DataFrame, pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Indicators over their denominators, countries with 90 % of them, outliers treated."""
    values, meta = asem
    leaves = meta[meta["Type"] == "Indicator"].set_index("iCode")
    table = values[leaves.index].astype("float64").copy()
    for name, denominator in leaves["Denominator"].dropna().items():
        table[name] /= values[denominator].astype("float64")
    table = table[table.notna().mean(axis=1) >= 0.9]
    return table, table.apply(
        lambda column: pd.Series(treat_outliers(column.to_numpy()), table.index)
    )


def test_only_countries_with_nine_tenths_of_the_indicators_stay(
    treated: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    assert len(treated[0]) == 46


def test_no_indicator_has_outliers_after_treatment_and_none_changes_its_order(
    treated: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    before, after = treated
    assert sum(has_outliers(before[name].to_numpy()) for name in before) > 5
    for name in before:
        assert not has_outliers(after[name].to_numpy())
        order = np.argsort(before[name].dropna().to_numpy(), kind="stable")
        assert (np.diff(after[name].dropna().to_numpy()[order]) >= 0).all()


@pytest.mark.parametrize("country", PUBLISHED)
def test_the_index_has_the_digits_published(
    country: str,
    asem: tuple[pd.DataFrame, pd.DataFrame],
    treated: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    meta = asem[1][asem[1]["Type"].isin(["Indicator", "Aggregate"])]
    direction = meta.set_index("iCode")["Direction"]
    placed = treated[1].apply(
        lambda column: pd.Series(
            reference(column.to_numpy(), direction[column.name]).place(
                column.to_numpy(), "min_max"
            ),
            column.index,
        )
    )
    nodes = [
        Node(row.iCode, row.Parent if isinstance(row.Parent, str) else None, row.Weight)
        for row in meta.itertuples()
    ]
    found = aggregate_tree(placed, nodes).loc[country, ["Index", "Conn", "Sust"]]
    assert tuple(found.round(2)) == PUBLISHED[country]
