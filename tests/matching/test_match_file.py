"""The file command: any office's CSV in, the same rows out."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from small_country import areas_of, places_of

from landscape.cleaning.formulas import safe_cell
from landscape.matching import NamesFileError, match_file

ROWS = [("Floreşti", "CLUJ"), ("TOTAL", ""), ("Recea", ""), ("Câmpeni", "Alba")]


def run(path: Path, name: str | None = None, county: str | None = None) -> list[list[str]]:
    out = path.with_name("out.csv")
    match_file(path, "RO", name, county, out, areas_of("RO"), places_of("RO"))
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";" if b";" in path.read_bytes() else ","))


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "names.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_rows_stay_and_four_columns_come(tmp_path: Path) -> None:
    path = write(tmp_path, "nr,uat,judet\n1,Floreşti,CLUJ\n2,TOTAL,\n3,Recea,\n4,Câmpeni,Alba\n")
    rows = run(path, "uat", "judet")
    assert rows[0] == ["nr", "uat", "judet", "area_id", "score", "match_status", "reason"]
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4"]
    assert [row[3] for row in rows[1:]] == ["RO_57706", "", "", "RO_4008"]
    assert [row[5] for row in rows[1:]] == ["matched", "unmatched", "ambiguous", "matched"]
    assert rows[3][6] == "2 areas of this name (exact name): RO_5001|RO_5002"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250", "iso8859_2", "iso8859_16"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = ["localitate;judet", *(";".join(row) for row in ROWS), "Bărăşti;Alba"]
    text = "\r\n".join(lines).replace(";", delimiter)
    if encoding == "iso8859_16":
        text = text.replace("ş", "ș")
    path = write(tmp_path, text, encoding)
    out = tmp_path / "out.csv"
    found = match_file(path, "RO", None, None, out, areas_of("RO"), places_of("RO"))
    assert found["area_id"].fillna("").tolist() == ["RO_57706", "", "", "RO_4008", "RO_2130"]
    written = out.read_text("utf-8").splitlines()
    assert written[0].startswith(f"localitate{delimiter}judet{delimiter}area_id")
    assert written[1][:8] in ("Floreşti", "Florești")


def test_one_column_may_hold_commas(tmp_path: Path) -> None:
    rows = run(write(tmp_path, "localitate\nBucureşti, sector 2\n\nFloreşti\n"))
    assert [row[:2] for row in rows[1:]] == [
        ["Bucureşti, sector 2", "RO_179150"],
        ["Floreşti", "RO_57706"],
    ]


def test_quoted_cells_keep_their_line_breaks(tmp_path: Path) -> None:
    rows = run(write(tmp_path, 'uat,note\nAlbac,"two\nlines: ""so"""\n'), "uat")
    assert rows[1][:3] == ["Albac", 'two\nlines: "so"', "RO_2130"]


def test_no_live_formula_leaves(tmp_path: Path) -> None:
    rows = run(write(tmp_path, "uat,note\n=HYPERLINK(1),-5\nAlbac,@SUM(A1)\n-,+40 21 1\n"), "uat")
    assert [row[:2] for row in rows[1:]] == [
        ["'=HYPERLINK(1)", "-5"],
        ["Albac", "'@SUM(A1)"],
        ["-", "+40 21 1"],
    ]
    assert safe_cell("\t=1") == "'\t=1"


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ("", None, "names.csv: the file is empty"),
        ("uat,judet\nAlbac\n", "uat", "names.csv: line 2: 1 cells, the header has 2"),
        ("uat,judet\nAlbac,Alba\n", "town", "no column 'town'; there are uat, judet"),
        ("a,b\nAlbac,Alba\n", None, "which column holds the names? --name a, b"),
        ("uat,uat\nAlbac,Alba\n", "uat", "2 columns are called 'uat'"),
        ("uat,score\nAlbac,1\n", "uat", "already has a column 'score'"),
        ('uat,x\n"Albac,1\n', "uat", "line 2: unexpected end of data"),
        ("uat\0,x\n", None, "not a text file"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    tmp_path: Path, text: str, name: str | None, message: str
) -> None:
    with pytest.raises(NamesFileError) as error:
        run(write(tmp_path, text), name)
    assert message in str(error.value)
    assert "\n" not in str(error.value)
    assert not (tmp_path / "out.csv").exists()


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(NamesFileError, match=r"nothing\.csv: No such file"):
        run(tmp_path / "nothing.csv")
    path = write(tmp_path, "uat\nAlbac\n")
    for out in (tmp_path / "none" / "out.csv", path):
        with pytest.raises(ValueError, match=r"No such file|would overwrite"):
            match_file(path, "RO", None, None, out, areas_of("RO"))
    assert path.read_text() == "uat\nAlbac\n"


def test_areas_of_other_countries_are_not_looked_at(tmp_path: Path) -> None:
    path = write(tmp_path, "uat\nБяла\n")
    found = match_file(path, "RO", None, None, tmp_path / "out.csv", areas_of("RO"))
    assert found["match_status"].tolist() == ["unmatched"]
    with pytest.raises(ValueError, match="these areas hold no country"):
        match_file(path, "BG", None, None, tmp_path / "out.csv", areas_of("RO"))
