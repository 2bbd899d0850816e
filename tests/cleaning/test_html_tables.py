"""Tables of web pages: every cell in its place, no figure made of two, no endless page."""

import contextlib
import doctest
import html
import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscape.cleaning import html_tables
from landscape.cleaning.html_tables import parse_tables, read_html_table, read_html_tables
from landscape.errors import SourceError

CELL = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zs"]), max_size=8)
GRIDS = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=1, max_size=6)
)
PAGE = """<!DOCTYPE html><html><head><meta charset="windows-1251"><style>td{a:b}</style></head>
<body><!-- <table><tr><td>no</table> --><table><thead>
<tr><th rowspan=2>Област<th rowspan="2">Код<th colspan=2>Население
<tr><th>2019<th>2020</thead>
<tr><td rowspan=2>Видин<td>VID09<td>53 604<sup>1</sup><td>52&nbsp;300
<tr><td>VID01<td><span style="display: none">000999</span>6 301<script>x("<td>")</script><td>:
</table></body></html>"""
COLUMNS = {"Област": "county", "Код": "code", "Население / 2019": "p2019"}


def written(tmp_path: Path, page: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "table.html"
    path.write_bytes(page.encode(encoding))
    return path


def test_examples() -> None:
    found = doctest.testmod(html_tables)
    assert found.attempted and not found.failed


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_a_page_as_offices_publish_it(tmp_path: Path, encoding: str) -> None:
    found = read_html_table(written(tmp_path, PAGE, encoding), COLUMNS, header=2)
    assert found.to_dict("list") == {
        "county": ["Видин", "Видин"],
        "code": ["VID09", "VID01"],
        "p2019": ["53 604", "6 301"],
        "record": ["row 3", "row 4"],
    }


def rows_of(page: str) -> list[list[str]]:
    return parse_tables(page)[0].cells.to_numpy().tolist()


@given(GRIDS)
def test_plain_tables_come_back_as_they_were(grid: list[list[str]]) -> None:
    rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in grid)
    page = "".join(f"<tr>{row}</tr>\n" for row in rows)
    assert rows_of(f"<TABLE>{page}</TABLE>") == grid


@given(st.data())
def test_any_merging_fills_the_whole_grid_once(data: st.DataObject) -> None:
    """Rectangles laid out by chance: every place shows the cell that covers it."""
    high, wide = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 5))
    owner: dict[tuple[int, int], str] = {}
    page = ""
    for row in range(high):
        page += "<tr>"
        for column in range(wide):
            if (row, column) in owner:
                continue
            free = next((c for c in range(column, wide) if (row, c) in owner), wide)
            columns = data.draw(st.integers(1, free - column))
            rows = data.draw(st.integers(1, high - row))
            name = f"{row},{column}"
            page += f"<td colspan={columns} rowspan={rows}>{name}"
            places = [(r, c) for r in range(row, row + rows) for c in range(column, column + columns)]  # fmt: skip  # noqa: E501
            owner |= dict.fromkeys(places, name)
    expected = [[owner[row, column] for column in range(wide)] for row in range(high)]
    assert rows_of(f"<table>{page}</table>") == expected


@settings(max_examples=200)
@given(st.lists(st.sampled_from(["<table>", "</table>", "<tr>", "<td>", "</td>", "<td colspan=3>", "<td rowspan=9>", "1", "<sup>", "<b>", "</b>", "<!--", "-->", "<", ">", "<script>"]), max_size=30))  # fmt: skip  # noqa: E501
def test_any_heap_of_tags_is_read_or_refused_in_words(tags: list[str]) -> None:
    try:
        tables = parse_tables("".join(tags))
    except ValueError as error:
        assert str(error)
    else:
        assert all(table.cells.shape == table.merged.shape for table in tables)


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    inner = "<table><tr><td>1</table>"
    outer, found = parse_tables(f"<table><tr><td>a{inner}<td>b</table>")
    assert outer.cells.to_numpy().tolist() == [["a", "b"]]
    assert found.cells.to_numpy().tolist() == [["1"]]


def test_a_figure_in_a_merged_cell_is_refused(tmp_path: Path) -> None:
    page = "<table><tr><th>A<th>B<tr><td>x<td rowspan=2>12<tr><td>y</table>"
    with pytest.raises(SourceError, match=r"row 2: b: the figure '12' is in a merged cell"):
        read_html_table(written(tmp_path, page), {"A": "a", "B": "b"})


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("<table><tr><td>1</table", "ends inside a tag"),
        ("<table><tr><td <td>1</table>", "a tag that does not end"),
        ("<table><!-- <tr><td>1</table>", "<!-- is never closed"),
        ("<table><script>x</table>", "<script is never closed"),
        ("<table>" * 1001, "more than 1,000 tables"),
        ("<table>" + "<tr><td colspan=1000>x" * 1001 + "</table>", "more than 1,000,000 cells"),
    ],
)
def test_pages_that_are_cut_or_endless_are_refused(tmp_path: Path, page: str, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        read_html_tables(written(tmp_path, page))


@pytest.mark.parametrize(
    "part",
    ["<!--", "<![CDATA[", "<a ", "<", "</", "<?", "<!", "<a <a >", "<![CDATA[>", "</ >", "<td a='>",
     "<td a=\"", "<a'>", "<!-- >", "<script>", "&#", "<td rowspan=65534>"],
)  # fmt: skip
def test_what_never_closes_takes_no_time(part: str) -> None:
    for end in ("", ">"):
        started = time.process_time()
        with contextlib.suppress(ValueError):
            parse_tables("<table><tr>" + part * 10_000 + end)
        assert time.process_time() - started < 2


def test_letters_of_an_unknown_encoding_are_refused(tmp_path: Path) -> None:
    page = "<table><tr><td>Велико Търново</table>"
    path = written(tmp_path, page, "cp1251")
    with pytest.raises(SourceError, match="encoding is not sure"):
        read_html_tables(path)
    assert read_html_tables(path, "bg")[0].cells.loc[1, 0] == "Велико Търново"


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="'Y' are missing"):
        read_html_table(written(tmp_path, "<table><tr><td>X</table>"), {"Y": "y"})
    with pytest.raises(SourceError, match="no table number 1"):
        read_html_table(written(tmp_path, "<table><tr><td>X</table>"), {"X": "x"}, table=1)


def test_rows_shorter_than_the_widest_end_in_blanks() -> None:
    (table,) = parse_tables("<table><tr><td>a<tr><td>b<td>c</table>")
    expected = pd.DataFrame([["a", ""], ["b", "c"]], index=pd.RangeIndex(1, 3), dtype="object")
    pd.testing.assert_frame_equal(table.cells, expected, check_column_type=False)
