"""The crosswalk table: what the registers and the cited files of changes say together."""

from pathlib import Path

import pandas as pd
import pytest

from landscape.errors import SourceError
from landscape.schemas import check_table, empty_table
from landscape.sources import changes
from landscape.sources.changes import COLUMNS, build_crosswalk
from landscape.sources.registry import countries

HEADER = ",".join(COLUMNS)
CITED = """
2014-01-07,renamed,R1,R2,,a decree
2015-01-01,creation,V,S,,a law
2015-01-01,creation,V,V,,what is left
2016-01-01,merger,M1,M,,a decree
2018-12-31,transfer,V,M,0.01,a census
2018-12-31,transfer,V,V,0.99,what is left
2019-01-01,merger,X1,X,,of an area that the extract lacks
"""
FILES = [
    p for c in countries() for p in changes.SOURCE_MODULES.glob(f"{c.lower()}/country.changes.csv")
]


@pytest.fixture
def cited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a country XX with changes."""
    monkeypatch.setattr(changes, "SOURCE_MODULES", tmp_path)
    (tmp_path / "xx").mkdir()
    path = tmp_path / "xx" / "country.changes.csv"
    path.write_text(HEADER + CITED, encoding="utf-8")
    return path


def areas(**people: float) -> pd.DataFrame:
    rows = {"area_id": [f"XX_{code}" for code in people], "code": list(people), "name": "a name"}
    rows |= {"country": "XX", "level": "municipality", "population": list(people.values())}
    return check_table("areas", pd.DataFrame(rows))


def places(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["code", "area_id", "valid_to"])
    frame = frame.assign(name="n", kind="former_area", source_id="xx/register", record="item 1")
    return check_table("places", frame)


def built(former: pd.DataFrame | None = None) -> pd.DataFrame:
    known = areas(R2=10, V=300, S=100, M=50)
    table = build_crosswalk(
        "XX", "xx/register", known, empty_table("places") if former is None else former
    )
    return table.set_index(["area_id_from", "area_id_to"])


def test_a_whole_area_goes_with_a_share_of_one(cited: Path) -> None:
    row = built().loc[("XX_R1", "XX_R2")]
    assert (row["date"], row["share"], row["status"]) == ("2014-01-07", 1, "A")
    assert row["record"] == "country.changes.csv line 2: a decree"


def test_a_part_has_the_share_of_its_population_unless_one_is_given(cited: Path) -> None:
    table = built().set_index("date", append=True)
    assert table.loc[("XX_V", "XX_S", "2015-01-01"), ["share", "status"]].tolist() == [0.25, "E"]
    assert table.loc[("XX_V", "XX_M", "2018-12-31"), ["share", "status"]].tolist() == [0.01, "E"]


def test_changes_of_areas_that_an_extract_lacks_are_left_out(cited: Path) -> None:
    assert not built().index.get_level_values("area_id_from").isin(["XX_X1"]).any()


def test_a_former_area_without_date_is_told_where_no_dated_change_does(cited: Path) -> None:
    table = built(places(("M1", "XX_M", None), ("older", "XX_M", None)))
    assert table.loc[("XX_M1", "XX_M"), "date"] == "2016-01-01"
    assert pd.isna(table.loc[("XX_older", "XX_M"), "date"])


def test_a_former_area_with_a_last_day_falls_apart_on_the_next(cited: Path) -> None:
    table = built(places(("M", "XX_M", "2019-12-31"), ("M", "XX_R2", "2019-12-31")))
    row = table.loc[("XX_M", "XX_R2")]
    assert (row["date"], row["kind"], row["status"]) == ("2020-01-01", "split", "E")
    assert row["share"] == pytest.approx(10 / 60)


@pytest.mark.parametrize(
    "line",
    ["2014,renamed,R1,R2,,why", "2014-01-07,moved,R1,R2,,why", "2014-01-07,renamed,R1,R2,,"],
)
def test_a_line_that_is_not_clear_stops(cited: Path, line: str) -> None:
    cited.write_text(f"{HEADER}\n{line}\n", encoding="utf-8")
    with pytest.raises(SourceError, match="line 2: date, kind, codes or reference"):
        built()


def test_a_file_with_other_columns_stops(cited: Path) -> None:
    cited.write_text("date,code\n", encoding="utf-8")
    with pytest.raises(SourceError, match="the columns must be date, kind"):
        built()


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.parent.name)
def test_shares_given_add_up_and_no_line_stands_twice(path: Path) -> None:
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert not table.duplicated(["date", "code_from", "code_to"]).any()
    given = table[table["share"] != ""].astype({"share": float})
    assert (
        given.groupby(["date", "code_from"])["share"].sum() - 1
    ).abs().max() <= 1e-6 or given.empty
    whole = table["kind"].isin(["merger", "renamed"])
    assert not table[whole].duplicated(["date", "code_from"]).any()
    assert (table.loc[whole, "code_from"] != table.loc[whole, "code_to"]).all()
