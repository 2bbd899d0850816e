"""Tables on the page and as CSV."""

import base64
import csv
import gzip
import io
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.cleaning.formulas import safe_cell
from landscape.language import language
from landscape.reports.page_table import column_texts, table_element
from landscape.reports.spreadsheet import MOST_ROWS, csv_link, write_csv

EN, FR = language("en"), language("fr")


def test_headings_have_a_scope_and_the_first_column_names_the_row() -> None:
    table = pd.DataFrame({"Municipality": ["Abrud"], "Places": [1200]})
    html = table_element(table, "Places", EN, "t")
    assert '<th scope="col">Municipality</th><th scope="col" class="number">Places</th>' in html
    assert '<th scope="row">Abrud</th><td class="number">1,200</td>' in html
    assert 'role="group" tabindex="0" aria-labelledby="t-caption"' in html
    assert '<caption id="t-caption"><span>Places</span></caption>' in html


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, pd.NaT])
def test_missing_is_not_inventoried_and_not_zero(missing: object) -> None:
    table = pd.DataFrame({"Municipality": ["Abrud"], "Places": pd.Series([missing], dtype=object)})
    html = table_element(table, "Places", EN, "t")
    assert '<td class="missing">not inventoried</td>' in html
    assert write_csv(table, EN) == "Municipality,Places\r\nAbrud,\r\n"


def test_a_named_index_becomes_the_first_column() -> None:
    table = pd.DataFrame({"Places": [1]}, index=pd.Index(["Abrud"], name="Municipality"))
    assert '<th scope="row">Abrud</th>' in table_element(table, "Places", EN, "t")


def test_the_place_of_a_row_in_another_table_is_not_shown() -> None:
    rows = pd.DataFrame({"Municipality": ["Abrud", "Aiud"], "Places": [1, 2]}).sort_values(
        "Places", ascending=False
    )
    html = table_element(rows, "Places", EN, "t")
    assert ">index<" not in html
    assert '<th scope="row">Aiud</th>' in html


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([1.0, 2.0], ["1", "2"]),
        ([1.25, 20.0], ["1.2", "20.0"]),
        ([0.125, 0.5], ["0.12", "0.50"]),
        ([1234.5, 1500.0], ["1,234", "1,500"]),
        ([True, False], ["yes", "no"]),
        ([1, None], ["1", None]),
    ],
)
def test_a_column_has_the_decimals_it_needs(values: list[object], shown: list[str]) -> None:
    assert column_texts(pd.Series(values, name="Places"), EN) == shown


def test_years_have_no_separator() -> None:
    assert column_texts(pd.Series([2016, None], name="Year"), EN) == ["2016", None]


def test_a_long_table_says_how_many_rows_it_leaves_out() -> None:
    html = table_element(pd.DataFrame({"a": range(3186)}), "Long", EN, "t")
    assert html.count("<tr>") == 121
    assert "The first 120 of 3,186 rows." in html


def test_two_columns_of_the_same_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        table_element(pd.DataFrame([[1, 2]], columns=["a", "a"]), "Twice", EN, "t")


@pytest.mark.parametrize(
    "text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", " =1", "=HYPERLINK(1)", "-1+2"]
)
def test_a_formula_is_disarmed(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-3.5", "+40", "-3,5", "Abrud", "", "a=b", "12 %"])
def test_plain_text_and_numbers_stay(text: str) -> None:
    assert safe_cell(text) == text


@given(st.lists(st.text(), min_size=1))
def test_no_cell_of_a_csv_is_a_live_formula(texts: list[str]) -> None:
    written = write_csv(pd.DataFrame({"name": texts}), EN)
    cells = [row[0] if row else "" for row in csv.reader(io.StringIO(written, newline=""))][1:]
    for cell in cells:
        alive = cell.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        assert not alive or re.fullmatch(r"[+-]?\d+([.,]\d+)?", cell)


def test_csv_is_what_a_spreadsheet_of_the_language_opens() -> None:
    table = pd.DataFrame({"Municipality": ["Câmpeni; oraș"], "Places": [-1.5]})
    assert write_csv(table, EN) == "Municipality,Places\r\nCâmpeni; oraș,-1.5\r\n"
    assert write_csv(table, FR) == 'Municipality;Places\r\n"Câmpeni; oraș";-1,5\r\n'


def test_the_link_carries_the_whole_table() -> None:
    html = csv_link(pd.DataFrame({"name": ["Blaj"] * 200}), EN, "places.csv")
    content = re.search(r'href="data:text/csv;charset=utf-8;base64,([^"]+)', html)[1]
    text = base64.b64decode(content).decode("utf-8-sig")
    assert text.count("Blaj") == 200
    assert 'download="places.csv"' in html
    assert "200 rows" in html


def test_a_long_table_is_carried_compressed() -> None:
    html = csv_link(pd.DataFrame({"name": ["Blaj"] * 3186}), EN, "places.csv")
    packed = re.search(r'hidden data-packed="([^"]+)"', html)[1]
    assert gzip.decompress(base64.b64decode(packed)).decode("utf-8-sig").count("Blaj") == 3186
    assert len(html) < 1000


def test_a_table_too_long_for_the_page_says_so() -> None:
    html = csv_link(pd.DataFrame({"a": range(MOST_ROWS + 1)}), EN, "a.csv")
    assert "<a" not in html
    assert "5,001 rows" in html
