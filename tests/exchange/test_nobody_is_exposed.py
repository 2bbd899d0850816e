"""What must not leave: live formulas, contacts, small counts of persons, invented figures."""

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from landscape.exchange.sharing import Edition, counts_persons
from landscape.indicators.catalogue import load_catalogue
from landscape.inventory import Inventory

TELEPHONE = "0264 123 456"
LIVE = ("=", "@")


def cells(path: Path) -> set[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {cell for row in csv.reader(file) for cell in row}


def test_no_cell_of_a_csv_is_live(exported: Path) -> None:
    found = [cell for path in exported.rglob("*.csv") for cell in cells(path)]
    assert any(cell.startswith("'=HYPERLINK") for cell in found)
    assert not [cell for cell in found if cell.lstrip().startswith(LIVE)]


def test_no_telephone_number_gets_out(exported: Path, read_json_of: Callable) -> None:
    for path in exported.rglob("*"):
        if path.suffix in {".csv", ".json", ".jsonld"}:
            assert TELEPHONE not in path.read_text("utf-8"), path
    withheld = read_json_of("hsds/export.json")["withheld"]
    assert withheld["services.name: holds an address or telephone number"] == 1


def test_fewer_than_ten_persons_are_withheld_and_zero_is_not(exported: Path) -> None:
    needs = pd.read_csv(exported / "RO/datapackage/needs.csv", dtype=str)
    few, none, unknown = needs[needs["variable"] == "unemployed_15_64"].itertuples()
    assert pd.isna(few.value) and few.status == "C"
    assert none.value == "0" and none.status == "A"
    assert pd.isna(unknown.value) and unknown.status == "M"


def test_small_numerators_are_withheld_with_their_denominator(small_edition: Inventory) -> None:
    name = next(name for name, entry in load_catalogue().items() if counts_persons(entry))
    rows = small_edition.indicators.head(2).assign(
        indicator=name, numerator=[4.0, 10.0], denominator=100.0
    )
    edition = Edition(_WithIndicators(rows))
    assert edition.indicators["numerator"].isna().tolist() == [True, False]
    assert edition.indicators["denominator"].isna().tolist() == [True, False]
    assert list(edition.withheld.values()) == [1]


class _WithIndicators:
    """Stands for an inventory of which only the indicators are asked."""

    def __init__(self, rows: pd.DataFrame):
        self.indicators = rows


def test_a_capacity_that_is_not_known_is_absent_and_zero_is_zero(read_json_of: Callable) -> None:
    services = {each["id"]: each for each in read_json_of("data-inclusion/services.json")}
    assert "places" not in services["trap/unnamed"]["description"]
    assert "0 places" in services["trap/zero"]["description"]


def test_what_publishes_counts_is_left_out_and_told(exported: Path, read_json_of: Callable) -> None:
    for form in ("hsds", "data-inclusion"):
        left = {
            each["what"]: each["rows"] for each in read_json_of(f"{form}/export.json")["left_out"]
        }
        assert left["services.count"] == 2
    assert "counted/" not in (exported / "RO/data-inclusion/services.json").read_text("utf-8")


@pytest.fixture(scope="session")
def book(exported: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(exported / "RO/xlsx/landscape_RO.xlsx")


def test_the_spreadsheet_opens_with_texts_numbers_and_no_formula(book: openpyxl.Workbook) -> None:
    assert book.sheetnames[0] == "Explanations"
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        assert "f" not in kinds
    services = book["services"]
    names = [cell.value for cell in services[1]]
    by_id = {
        row[0].value: dict(zip(names, row, strict=True)) for row in services.iter_rows(min_row=2)
    }
    assert by_id["trap/hostile"]["name"].value.startswith("=HYPERLINK")
    assert by_id["trap/hostile"]["name"].data_type == "s"
    assert by_id["trap/zero"]["capacity"].value == 0
    assert by_id["trap/unnamed"]["capacity"].value is None
    heads = [cell.value for cell in book["areas"][1]]
    for row in book["areas"].iter_rows(min_row=2):
        cells_of = dict(zip(heads, row, strict=True))
        assert cells_of["code"].data_type == "s"  # leading zeros belong to codes
        assert cells_of["population"].data_type == "n"


def test_the_first_sheet_explains_every_column_and_source(
    book: openpyxl.Workbook, small_edition: Inventory
) -> None:
    lines = [[cell.value for cell in row] for row in book["Explanations"].iter_rows()]
    told = {(line[0], line[1]) for line in lines if line[1]}
    for sheet in book.worksheets[1:]:
        assert {(sheet.title, cell.value) for cell in sheet[1]} <= told
    assert {line[0] for line in lines} >= set(small_edition.sources)
