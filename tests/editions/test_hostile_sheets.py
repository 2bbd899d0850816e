"""Workbooks made to do harm: refused in one line, in bounded memory, with exit code 1."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from bounded_command import MEGABYTE, PEAK, READ_SHEET, Refused, run

from landscape.cleaning.sheets import read_sheet
from landscape.paths import Project

SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FAR = f'{HEAD}<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'  # noqa: E501
ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="A"><table:table-row table:number-rows-repeated="99999">
<table:table-cell table:number-columns-repeated="1000" office:value-type="string">
<text:p>x</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>
</office:document-content>""".replace(">\n", ">")


def packed(path: Path, files: dict[str, str], zeros: int = 0) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        if zeros:
            with archive.open("xl/zeros.xml", "w", force_zip64=True) as file:
                for _ in range(zeros):
                    file.write(b"0" * MEGABYTE)
    return path


def book(sheet: str) -> dict[str, str]:
    """The files of a workbook whose one sheet is replaced."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as whole:
        whole.add_worksheet("A").write(0, 0, 1)
    with zipfile.ZipFile(held) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    return files | {SHEET: sheet}


@pytest.mark.slow
def test_a_zip_bomb_is_not_opened(home: Project, refused: Refused) -> None:
    for name in ("bomb.xlsx", "bomb.ods"):
        path = packed(home.root / name, book(f"{HEAD}</sheetData></worksheet>"), 401)
        assert path.stat().st_size < MEGABYTE
        assert "unzips to 401 MB, more than 400 MB; not opened" in refused(path, script=READ_SHEET)


def test_a_cell_at_the_far_end_of_a_sheet(home: Project, refused: Refused) -> None:
    path = packed(home.root / "far.xlsx", book(FAR))
    # The reader's own process is filled up to its limit, and ends.
    said = refused(path, script=READ_SHEET, most=2100)
    assert "cannot be read: its cells would fill" in said


def test_a_cell_repeated_a_hundred_million_times(home: Project, refused: Refused) -> None:
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/>'
        "</manifest:manifest>"
    )
    files = {"mimetype": mimetype, "content.xml": ODS, "META-INF/manifest.xml": manifest}
    path = packed(home.root / "repeated.ods", files)
    # The reader's own process is filled up to its limit, and ends.
    said = refused(path, script=READ_SHEET, most=2100)
    assert "cannot be read: its cells would fill" in said


def test_entries_of_a_zip_that_climb_out_are_written_nowhere(home: Project) -> None:
    rows = f'{HEAD}<row r="1"><c r="A1"><v>7</v></c></row></sheetData></worksheet>'
    path = packed(home.root / "climbs.xlsx", book(rows) | {"../../../climbed": "x"})
    before = sorted(home.root.parent.rglob("climbed"))
    code, said, _ = run(["-c", READ_SHEET, str(path)], home.root)
    assert (code, said) == (0, "")
    assert sorted(home.root.parent.rglob("climbed")) == before == []


def test_a_formula_is_read_as_its_value_and_an_entity_is_not_expanded(
    home: Project, refused: Refused
) -> None:
    rows = f'{HEAD}<row r="1"><c r="A1"><f>HYPERLINK("http://x")</f><v>7</v></c></row></sheetData></worksheet>'
    path = packed(home.root / "formula.xlsx", book(rows))
    assert read_sheet(path).loc[1, 0] == "7"
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' + rows
    path = packed(home.root / "laughs.xlsx", book(laughs.replace("7", "&b;")))
    code, said, peak = run(["-c", READ_SHEET, str(path)], home.root)
    assert code in (0, 1) and "Traceback" not in said and peak < PEAK
