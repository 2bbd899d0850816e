"""Whatever leaves the project for a spreadsheet carries no live formula. All exporters are here."""

import ast
import csv
import io
from pathlib import Path

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from landscape.cleaning.formulas import safe_cell
from landscape.language import language
from landscape.matching.csv_text import Sheet
from landscape.matching.files import _write
from landscape.paths import PACKAGE
from landscape.reports.spreadsheet import write_csv

#: Modules that write tables, and what keeps formulas out of them.
EXPORTERS = {
    "matching/files.py": "safe_cell",
    "reports/spreadsheet.py": "safe_cell",
    "workbook/write.py": '"strings_to_formulas": False',
    "exchange/writing.py": "safe_cell",
    "exchange/spreadsheet.py": '"strings_to_formulas": False',
    "starter.py": "",  # read back by the project alone, packed by xz
}
WRITERS = {"writer", "to_excel", "DictWriter", "Workbook"}
HOSTILE = st.one_of(
    st.text(),
    st.builds(
        lambda *parts: "".join(parts),
        st.sampled_from(["", " ", "\u00a0", "\t", "\r", "\n"]),
        st.sampled_from(["=", "+", "-", "@", "＝", "＋"]),
        st.text(max_size=12),
    ),
)


def writes_tables(path: Path) -> bool:
    """Whether a module makes a CSV or workbook: `to_csv()` without a place is only a text."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = call.func.attr if isinstance(call, ast.Call) and hasattr(call.func, "attr") else ""
        if name in WRITERS or (name == "to_csv" and call.args):
            return True
    return False


def test_every_exporter_is_known_and_guarded() -> None:
    found = {str(p.relative_to(PACKAGE)) for p in PACKAGE.rglob("*.py") if writes_tables(p)}
    assert found == set(EXPORTERS)
    for name, guard in EXPORTERS.items():
        assert guard in (PACKAGE / name).read_text(encoding="utf-8")


def is_live(cell: str) -> bool:
    """Whether a spreadsheet would run it: a sign or = first, and no number behind it."""
    start = cell.strip()
    if cell[:1] in ("\t", "\r", "\n") or start[:1] in ("=", "@", "＝", "＋", "－", "＠"):
        return True
    rest = start.lstrip("+- ")
    return start[:1] in ("+", "-") and bool(rest) and not rest.rstrip("% ")[-1:].isdecimal()


@given(HOSTILE)
def test_no_cell_is_live(text: str) -> None:
    guarded = safe_cell(text)
    assert not is_live(guarded)
    assert guarded in (text, f"'{text}")


@given(HOSTILE)
def test_no_csv_of_a_report_is_live(text: str) -> None:
    for code in ("en", "fr"):
        written = write_csv(pd.DataFrame({text: [text], "n": [-1.5]}), language(code))
        rows = csv.reader(io.StringIO(written, newline=""), delimiter="," if code == "en" else ";")
        assert not any(is_live(cell) for row in rows for cell in row)


def test_no_match_file_is_live(tmp_path: Path) -> None:
    found = pd.DataFrame(
        {
            "area_id": ["=1+1"],
            "score": [0.0],
            "match_status": ["unmatched"],
            "reason": ["@SUM(1)"],
            "candidates": [None],
        }
    )
    sheet = Sheet(["=name", "b"], [["=HYPERLINK(1)", "\t+2+3"]], ",")
    _write(tmp_path / "out.csv", sheet, found)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert not any(is_live(cell) for row in csv.reader(file) for cell in row)
