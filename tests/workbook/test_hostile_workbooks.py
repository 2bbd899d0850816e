"""Files that are no workbook, or made to do harm: refused in one line, without filling memory."""

import resource
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from landscape.errors import LandscapeError
from landscape.workbook.read import read_workbook
from returned_workbook import Hand

Damage = Callable[[Path], object]


def rewrite(path: Path, change: Callable[[str, bytes], bytes]) -> None:
    """Write the archive again with its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(name, content))


def text_called_xlsx(path: Path) -> None:
    path.write_text("area_id;answer\nFR_EX1;oui\n", encoding="utf-8")


def empty_file(path: Path) -> None:
    path.write_bytes(b"")


def half_of_the_file(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def archive_cut_inside(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:4000] + bytes(2000) + whole[6000:])


def other_workbook(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Budget").write_column(0, 0, ["2024", "2025"])


def zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/large.bin", bytes(130 * 2**20))


def archive_of_something_else(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")


def cell_at_the_end_of_the_sheet(path: Path) -> None:
    hand = Hand(path)
    hand.sheet("framework")["XFD1048576"] = "x"
    hand.save()


def folder_in_its_place(path: Path) -> None:
    path.unlink()
    path.mkdir()


def no_file(path: Path) -> None:
    path.unlink()


def repeated_cells(path: Path) -> None:
    cell = (
        '<table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
        "<text:p>x</text:p></table:table-cell>"
    )
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="a">{row}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (text_called_xlsx, "cannot be opened as a workbook"),
        (empty_file, "the file is empty"),
        (half_of_the_file, "cannot be opened as a workbook"),
        (archive_cut_inside, "cannot be opened as a workbook"),
        (other_workbook, "not an inventory workbook"),
        (zip_bomb, "unzips to"),
        (archive_of_something_else, "cannot be opened as a workbook"),
        (cell_at_the_end_of_the_sheet, "cell XFD1048576 lies far outside the table"),
        (folder_in_its_place, "no such file"),
        (no_file, "no such file"),
        (repeated_cells, "a cell is repeated"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_it_is_refused_in_one_line(damage: Damage, says: str, hand: Hand) -> None:
    damage(hand.path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(LandscapeError) as told:
        read_workbook(hand.path)
    line = str(told.value)
    assert says in line and "\n" not in line
    assert line.startswith(str(hand.path))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400 * 1024


def test_entities_are_not_expanded(hand: Hand) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "%s"><!ENTITY c "%s">]>' % (b"x" * 9000, b"&b;" * 9000)

    def change(name: str, content: bytes) -> bytes:
        if name != "xl/sharedStrings.xml":
            return content
        end = content.index(b"?>") + 2
        return content[:end] + bomb + content[end:].replace(b"CCAS", b"&c;")

    rewrite(hand.save(), change)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        returned = read_workbook(hand.path)
    except LandscapeError as error:
        assert "\n" not in str(error)
    else:
        assert all(len(str(a)) < 2000 for row in returned.rows for a in row.answers.values())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 * 1024


def test_markup_and_formulas_in_answers_stay_text(hand: Hand) -> None:
    hostile = "<script>alert(1)</script> {question} %s"
    hand.put("practices", 1, hostile, "changed")
    returned = read_workbook(hand.save())
    (row,) = returned.of_sheet("practices")
    assert row.answers["changed"] == hostile
    assert returned.problems == []
