"""Official layouts become frames of text; what cannot be read says so in one line."""

import json
import lzma
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from landscape.cleaning import sheets
from landscape.errors import SourceError

COLUMNS = {"CODE": "code", "Populație": "persons"}


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def workbook(path: Path, rows: list[list[object]], sheet: str = "Data") -> Path:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return path


def test_a_csv_keeps_only_the_columns_asked_for_as_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "\ufeffname, CODE ,Populație\nx,01001,12\ny,2A004,\n")
    frame = sheets.read_csv(path, COLUMNS)
    assert frame.to_dict("list") == {
        "code": ["01001", "2A004"],
        "persons": ["12", ""],
        "record": ["row 1", "row 2"],
    }


def test_words_that_mean_missing_elsewhere_stay_words(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "CODE,Populație\nNA,nan\nNULL,None\n")
    assert sheets.read_csv(path, COLUMNS)["code"].tolist() == ["NA", "NULL"]


def test_a_csv_with_a_header_of_two_rows_in_any_order_of_columns(tmp_path: Path) -> None:
    columns = {"CODE": "code", "Populație / 2011": "persons"}
    for text in (
        "\ufeffCODE;Populație;Populație\n;2002;2011\n1;4;5\n",
        "Populație;CODE;Populație\n2011;;2002\n5;1;4\n",
    ):
        frame = sheets.read_csv(write(tmp_path / "a.csv", text), columns, header=2)
        assert frame.loc[0, ["code", "persons"]].tolist() == ["1", "5"]


def test_a_csv_packed_with_xz(tmp_path: Path) -> None:
    packed = lzma.compress("CODE,Populație\n1,2\n".encode())
    assert len(sheets.read_csv(write(tmp_path / "a.csv.xz", packed), COLUMNS)) == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", "CODE,Population\n1,2\n", "column.s. 'Populație' are missing"),
        ("a.csv", "CODE,Populaţie\n1,2\n".encode("cp1250"), "not readable as UTF-8 text"),
        ("a.csv", "CODE,Populație\n1,2\n3\n", "line 3: 1 cells, the header has 2"),
        ("a.csv", "CODE,Populație\n1,2,3\n", "line 2: 3 cells, the header has 2"),
        ("a.csv", 'CODE,Populație\n"1,2\n', "line 2: unexpected end of data"),
        ("a.csv", "CODE,Populație,CODE\n1,2,3\n", "'CODE' stand there twice"),
        (
            "a.csv",
            "CODE,Populație\nIași,Brașov\n".encode().decode("cp1252"),
            "letters were lost",
        ),
        ("a.csv", b"", "not readable"),
        ("a.csv.xz", b"no xz at all", "not readable as xz"),
        ("a.csv.xz", lzma.compress(b"CODE\n1\n" * 999)[:60], "not readable as xz"),
    ],
)
def test_a_csv_that_cannot_be_read(
    tmp_path: Path, name: str, content: str | bytes, says: str
) -> None:
    path = write(tmp_path / name, content)
    with pytest.raises(SourceError, match=says) as told:
        sheets.read_csv(path, COLUMNS)
    assert str(path) in str(told.value)


def test_a_sheet_is_text_numbered_like_in_a_spreadsheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Title"], [], ["CODE", "Populație"], [7.0, 1.5]])
    cells = sheets.read_sheet(path)
    assert cells.loc[4].tolist() == ["7", "1.5"]
    assert cells.loc[1].tolist() == ["Title", ""]
    table = sheets.read_sheet_table(path, COLUMNS, sheet="Data", header=3)
    assert table.to_dict("records") == [{"code": "7", "persons": "1.5", "record": "row 4"}]


def test_headers_of_two_rows_are_joined(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["", "Persons"], ["Code", "2011"], ["X", 3]])
    table = sheets.read_sheet_table(
        path, {"Code": "code", "Persons / 2011": "persons"}, header=range(1, 3)
    )
    assert table["persons"].tolist() == ["3"]


@pytest.mark.parametrize("sheet", ["Absent", 5])
def test_a_sheet_that_is_not_there(tmp_path: Path, sheet: str | int) -> None:
    path = workbook(tmp_path / "a.xlsx", [["CODE"]])
    with pytest.raises(SourceError, match=r"a\.xlsx: sheet .* cannot be read"):
        sheets.read_sheet(path, sheet)


def test_broken_workbooks(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        sheets.read_sheet(write(tmp_path / "a.xlsx", b"no workbook"))
    with pytest.raises(SourceError, match="cannot be read"):
        sheets.read_sheet(tmp_path / "absent.xlsx")
    whole = workbook(tmp_path / "b.xlsx", [["CODE"] * 50]).read_bytes()
    cut = whole[: len(whole) // 2] + whole[-22:]
    with pytest.raises(SourceError, match=r"c\.xlsx"):
        sheets.read_sheet(write(tmp_path / "c.xlsx", cut))


def test_a_workbook_that_unzips_to_too_much_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "LARGEST_UNZIPPED", 2**20)
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"0" * 2**22)
    with pytest.raises(SourceError, match="unzips to 4 MB, more than 1 MB; not opened"):
        sheets.read_sheet(path)


def feature(code: object, geometry: object) -> dict[str, object]:
    return {"type": "Feature", "properties": {"CODE": code, "x": 1}, "geometry": geometry}


SQUARE = {"type": "Polygon", "coordinates": [[[0, 0, 9], [1, 0, 9], [1, 1, 9], [0, 0, 9]]]}


def test_features_with_and_without_a_shape(tmp_path: Path) -> None:
    collection = {"features": [feature(1.0, SQUARE), feature(None, None)]}
    path = write(tmp_path / "a.geojson", json.dumps(collection))
    frame = sheets.read_features(path, {"CODE": "code"})
    assert frame["code"].tolist() == ["1", ""]
    assert frame["record"].tolist() == ["feature 1", "feature 2"]
    assert frame.crs.to_epsg() == 4326
    assert not frame.geometry.iloc[0].has_z
    assert frame.geometry.isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[]", "is not a GeoJSON feature collection"),
        ("{", "not readable as JSON"),
        ("[" * 100_000, "not readable as JSON"),
        ('{"features": [{"geometry": null}]}', "a feature lacks its properties"),
        ('{"features": [3]}', "a feature lacks its properties"),
        ('{"features": [{"properties": {"CODE": 1}, "geometry": {"type": "Egg"}}]}', "or shape"),
        ('{"features": [{"properties": {"Code": 1}, "geometry": null}]}', "'CODE' are missing"),
    ],
)
def test_features_that_cannot_be_read(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        sheets.read_features(write(tmp_path / "a.geojson", content), {"CODE": "code"})


def test_json_records(tmp_path: Path) -> None:
    rows = [{"CODE": 1, "tags": ["a"]}, {"CODE": None, "name": "x"}]
    path = write(tmp_path / "a.json", json.dumps({"data": rows}))
    frame = sheets.read_records(path, "data")
    assert frame["CODE"].tolist() == ["1", ""]
    assert frame["record"].tolist() == ["item 1", "item 2"]
    assert "tags" not in frame
    with pytest.raises(SourceError, match="is not a list of records under 'rows'"):
        sheets.read_records(path, "rows")


def test_json_packed_with_xz(tmp_path: Path) -> None:
    packed = lzma.compress(b'{"a": [1, 2, 3]}' + b" " * 5000)
    assert sheets.read_json(write(tmp_path / "a.json.xz", packed)) == {"a": [1, 2, 3]}
    with pytest.raises(SourceError, match="not readable as xz"):
        sheets.read_json(write(tmp_path / "b.json.xz", packed[:40]))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"a": 1, "a": 2}', "field 'a' stands twice in one object"),
        ('["Timi?oara", "Bra?ov"]', "letters were lost"),
        ('["Timi\ufffdoara"]', "letters were lost"),
    ],
)
def test_json_that_lost_something(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        sheets.read_json(write(tmp_path / "a.json", content))


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Populație"><table:table-row>
<table:table-cell office:value-type="string"><text:p>Cod</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Locuitori</text:p></table:table-cell>
</table:table-row><table:table-row>
<table:table-cell office:value-type="string"><text:p>01017</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="71000"><text:p>71.000</text:p>
</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>
</office:document-content>""".replace(">\n", ">")


def test_an_open_document_is_read_by_its_values(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", ODS)
        archive.writestr("META-INF/manifest.xml", manifest)
    found = sheets.read_sheet_table(path, {"Cod": "code", "Locuitori": "people"}, sheet="Populație")
    assert found.to_dict("list") == {"code": ["01017"], "people": ["71000"], "record": ["row 2"]}
