"""Corrections are data, and fail once the published file no longer has the error."""

from pathlib import Path

import pandas as pd
import pytest
from test_ledger import CONTEXT

from landscape.errors import SourceError
from landscape.sources.contract import Ledger
from landscape.sources.corrections import COLUMNS, apply_corrections


def module_with(tmp_path: Path, *lines: str) -> str:
    text = "\n".join([",".join(COLUMNS), *lines]) + "\n"
    (tmp_path / "register.corrections.csv").write_text(text, encoding="utf-8")
    return str(tmp_path / "register.py")


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {"record": ["row 1", "row 2"], "code": ["1", "2"], "name": ["Abrud", "Aiudd"]}
    )


def test_a_correction_is_told_as_a_finding(tmp_path: Path, frame: pd.DataFrame) -> None:
    module = module_with(tmp_path, "2,name,Aiudd,Aiud,one letter too many,2026-01-01")
    ledger = Ledger(CONTEXT, frame)
    fixed = apply_corrections(frame, module, ledger, key=["code"])
    assert fixed["name"].tolist() == ["Abrud", "Aiud"]
    assert frame["name"].tolist() == ["Abrud", "Aiudd"]
    findings = ledger.close(used=frame.assign(area_id="XX")[["record", "area_id"]]).findings
    assert findings[["record", "rule", "action"]].to_numpy().tolist() == [
        ["row 2", "figure_corrected", "corrected"]
    ]


@pytest.mark.parametrize("line", ["2,name,Aiud,Aiud,mended,2026", "9,name,Aiudd,Aiud,gone,2026"])
def test_a_correction_without_its_error_raises(
    tmp_path: Path, frame: pd.DataFrame, line: str
) -> None:
    with pytest.raises(SourceError, match=r"line 2: .*stands in 0 rows.*remove the line"):
        apply_corrections(frame, module_with(tmp_path, line), Ledger(CONTEXT, frame), key=["code"])


def test_a_correction_of_no_column_raises(tmp_path: Path, frame: pd.DataFrame) -> None:
    module = module_with(tmp_path, "2,nam,Aiudd,Aiud,one letter too many,2026-01-01")
    with pytest.raises(SourceError, match="line 2: there is no column 'nam'"):
        apply_corrections(frame, module, Ledger(CONTEXT, frame), key=["code"])


def test_a_table_of_another_shape_raises(tmp_path: Path, frame: pd.DataFrame) -> None:
    module = module_with(tmp_path)
    (tmp_path / "register.corrections.csv").write_text("key,old,new\n", encoding="utf-8")
    with pytest.raises(SourceError, match="the columns must be key, column"):
        apply_corrections(frame, module, Ledger(CONTEXT, frame), key=["code"])
