"""Social mediation posts by département."""

from collections.abc import Callable

import pandas as pd
import pytest

from landscape.errors import SourceError
from landscape.sources.contract import Context
from landscape.sources.fr import adulte_relais
from landscape.tables import CountryTables

Frame = Callable[[str], pd.DataFrame]


def test_golden(
    france: CountryTables, compare_with_golden: Callable[[pd.DataFrame, str], None]
) -> None:
    resources = france.tables["resources"]
    rows = resources[resources["source_id"] == "fr/adulte_relais"]
    compare_with_golden(rows, "adulte_relais.resources")


def test_another_year_stops(frame: Frame, context: Callable[[str], Context]) -> None:
    with pytest.raises(SourceError, match="2024"):
        adulte_relais.clean(frame("adulte_relais").assign(year="2024"), context("adulte_relais"))


@pytest.mark.data
def test_official_posts(official_france: CountryTables) -> None:
    resources = official_france.tables["resources"].query("source_id == 'fr/adulte_relais'")
    posts = resources.query("variable == 'social_mediation_posts'").set_index("area_id")["value"]
    # 5,416 rows, of which 23 of Saint-Martin and 4 that name a second employer.
    assert posts.sum() == 5_416 - 23 - 4
    assert len(posts) == 101
    assert set(posts.index[posts == 0]) == {"FR_46", "FR_48"}
    money = resources.query("variable == 'social_mediation_grants'")["value"].sum()
    assert money == pytest.approx(5_389 * 22_555.73)
