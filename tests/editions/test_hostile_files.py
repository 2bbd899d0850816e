"""Files made to do harm: refused in one line, in bounded memory, with exit code 1.

Each runs in a process of its own that may take 3 GB and no more; its peak is
measured besides. `landscape check` is held to the same by its own tests.
"""

import io
import lzma
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
import yaml

from landscape.cleaning.delimited import read_bytes
from landscape.cleaning.sheets import read_sheet
from landscape.paths import Project, project
from landscape.provenance import sha256_of
from landscape.sources.registry import country, source_names

#: The workbooks and links stay in the default tests; the others take seconds each.
slow = pytest.mark.slow

LIMIT, PEAK = 3 * 2**30, 1200
MEGABYTE = 2**20
Refused = Callable[..., str]

READ_SHEET = """
import sys
from pathlib import Path
from landscape.cleaning.sheets import read_sheet
from landscape.errors import LandscapeError
try:
    read_sheet(Path(sys.argv[1]))
except LandscapeError as error:
    sys.exit(f"landscape: {error}")
"""


#: Starts a command and writes down its peak. A process is born as a copy of the one that
#: starts it, and its peak is never told lower: so it is started by a small one.
LAUNCHER = """
import os, resource, subprocess, sys
limit, told, *command = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_AS, (int(limit), int(limit)))
process = subprocess.Popen(command)
_, status, usage = os.wait4(process.pid, 0)
open(told, "w").write(str(usage.ru_maxrss))
os._exit(os.waitstatus_to_exitcode(status))
"""


def run(words: list[str], home: Path) -> tuple[int, str, float]:
    """Exit code, what stderr says, and the peak of memory in MB."""
    settings = {"LANDSCAPE_HOME": str(home), "NO_COLOR": "1", "OMP_NUM_THREADS": "1"}
    told = home / "peak.txt"
    command = [str(LIMIT), str(told), sys.executable, *words]
    done = subprocess.run(
        [sys.executable, "-S", "-c", LAUNCHER, *command],
        env={**os.environ, **settings},
        cwd=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    return done.returncode, done.stderr.decode("utf-8"), int(told.read_text()) / 1024


def test_the_peak_is_that_of_the_command_alone(tmp_path: Path) -> None:
    """Not that of the tests, however large they have grown."""
    _, _, little = run(["-S", "-c", "pass"], tmp_path)
    _, _, much = run(["-S", "-c", "x = bytearray(400 * 2**20)"], tmp_path)
    assert little < 100
    assert 400 < much < 500


@pytest.fixture
def refused(home: Project) -> Refused:
    """Runs a command that must refuse; returns its one line."""

    def call(*words: str | Path, script: str = "", most: float = PEAK) -> str:
        start = ["-c", script] if script else ["-m", "landscape"]
        code, said, peak = run([*start, *map(str, words)], home.root)
        assert code == 1, said
        assert "Traceback" not in said
        lines = [line for line in said.splitlines() if line.startswith("landscape: ")]
        assert len(lines) == 1 and len(lines[0]) < 600, said
        assert peak < most, f"{peak:.0f} MB"
        return lines[0]

    return call


def official_folder(home: Project, code: str, content: bytes, *, link: bool = False) -> Path:
    """A raw folder in which every official file is this one, its checksum accepted."""
    raw = home.root / "official"
    kept = home.root / "content"
    kept.write_bytes(content)
    for name in source_names(code):
        folder = raw / code.lower() / name
        folder.mkdir(parents=True)
        card = yaml.safe_load(
            (project().raw / code.lower() / name / "source.yml").read_text(encoding="utf-8")
        )
        for file in card["files"]:
            if link:
                (folder / file).symlink_to(kept)
            else:
                (folder / file).hardlink_to(kept)
        card["files"] = dict.fromkeys(card["files"], sha256_of(kept))
        (folder / "source.yml").write_text(yaml.safe_dump(card), encoding="utf-8")
    return raw


def wide(columns: int) -> bytes:
    return b",".join([b"a"] * columns) + b"\n" + b",".join([b"1"] * columns) + b"\n"


def deep(brackets: int) -> bytes:
    return b'{"features": ' + b"[" * brackets


FIRST = {code: source_names(code)[0] for code in ("RO", "BG", "MD")}
OFFICIAL = {
    "10 million columns": ("RO", wide(10_000_000), "a line has more than 20,000 cells"),
    "cell of 50 MB": ("RO", b"SIRUTA\n" + b"x" * 50 * MEGABYTE + b"\n", "field larger than"),
    "text of 200 MB": ("RO", b"SIRUTA\n" + b"1\n" * 100 * MEGABYTE, "larger than 150 MB"),
    "no text": ("RO", b"\x7fELF" + b"\0\1\2" * 999, "not a text file"),
    "deep geojson": ("MD", deep(1_000_000), "not readable as JSON"),
    "geojson of 70 MB": ("MD", deep(1) + b"1," * 35 * MEGABYTE, "larger than 64 MB"),
    "geojson of empty lists": ("MD", deep(1) + b"[]," * MEGABYTE + b"1]}", "properties or shape"),
    "json of one long text": ("BG", b'["' + b"x" * 50 * MEGABYTE + b'"]', "is not a list of"),
    "json with a number of a million digits": ("BG", b"[" + b"9" * 10**6 + b"]", "as JSON"),
}


@slow
@pytest.mark.parametrize("case", OFFICIAL)
def test_official_files_made_to_do_harm(home: Project, refused: Refused, case: str) -> None:
    code, content, says = OFFICIAL[case]
    line = refused("tables", "--country", code, "--raw", official_folder(home, code, content))
    assert says in line
    assert f"/{country(code).code.lower()}/{FIRST[code]}/" in line


@slow
def test_a_packed_bomb(home: Project, refused: Refused) -> None:
    """50 kB of xz that unpack to 400 MB."""
    path = home.root / "bomb.csv.xz"
    packer = lzma.LZMACompressor()
    with path.open("wb") as file:
        for _ in range(400):
            file.write(packer.compress(b"0" * MEGABYTE))
        file.write(packer.flush())
    assert path.stat().st_size < MEGABYTE
    with pytest.raises(ValueError, match="larger than 1 MB; not read"):
        read_bytes(path, MEGABYTE)
    script = READ_SHEET.replace("read_sheet", "read_json")
    assert "larger than 64 MB" in refused(path, script=script)


@slow
def test_links_in_the_place_of_official_files(home: Project, refused: Refused) -> None:
    raw = official_folder(home, "MD", b"{}", link=True)
    assert "is a link or a folder" in refused("tables", "--country", "MD", "--raw", raw)


@slow
@pytest.mark.parametrize("name", ["../../x", "/etc/hostname", "a/b.csv", "..", ".hidden"])
def test_a_card_that_names_a_path(home: Project, refused: Refused, name: str) -> None:
    path = home.raw / "md" / source_names("MD")[0] / "source.yml"
    card = yaml.safe_load(path.read_text(encoding="utf-8"))
    card["files"] = {name: "0" * 64}
    path.write_text(yaml.safe_dump(card), encoding="utf-8")
    for command in (("tables",), ("fetch", "--mirror", home.root)):
        assert "is not a plain file name" in refused(*command, "--country", "MD")


@pytest.mark.parametrize("place", ["mirror", "target", "part"])
def test_fetch_follows_no_link(home: Project, refused: Refused, place: str) -> None:
    """A link planted in data/raw would let a file of the mirror overwrite another one."""
    source = home.raw / "md" / source_names("MD")[0]
    name = next(iter(yaml.safe_load((source / "source.yml").read_text(encoding="utf-8"))["files"]))
    mine = home.root / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    mirror = home.root / "mirror" / "md" / source.name
    mirror.mkdir(parents=True)
    (mirror / name).write_bytes(b"{}")
    links = {"mirror": mirror / name, "target": source / name, "part": source / f".{name}.part"}
    links[place].unlink(missing_ok=True)
    links[place].symlink_to(mine)
    assert "is a link" in refused("fetch", "--country", "MD", "--mirror", home.root / "mirror")
    assert mine.read_text(encoding="utf-8") == "mine"


NAMES = {
    "10 million columns": (wide(10_000_000), "a line has more than 20,000 cells"),
    "cell of 50 MB": (b"name\n" + b"x" * 50 * MEGABYTE + b"\n", "field larger than"),
    "list of 101 MB": (b"name\n" + b"x\n" * 53 * MEGABYTE, "larger than 100 MB"),
    "no text": (b"\x7fELF" + b"\0\1\2" * 999, "not a text file"),
    "open quote": (b'name\n"' + b"x\n" * 999, "unexpected end of data"),
}


@pytest.fixture(scope="session")
def with_tables(starter_tables: Project) -> Project:
    return starter_tables


@slow
@pytest.mark.parametrize("case", NAMES)
def test_lists_of_names_made_to_do_harm(with_tables: Project, tmp_path: Path, case: str) -> None:
    content, says = NAMES[case]
    names, out = tmp_path / "names.csv", tmp_path / "out.csv"
    names.write_bytes(content)
    words = ["match", str(names), "--country", "MD", "--name", "name", "--out", str(out)]
    code, said, peak = run(["-m", "landscape", *words], with_tables.root)
    assert code == 1, said
    assert said.startswith("landscape: ") and says in said and said.count("\n") == 1
    assert peak < PEAK and not out.exists()


@slow
def test_a_device_is_no_list_of_names(with_tables: Project, tmp_path: Path) -> None:
    words = ["match", "/dev/zero", "--country", "MD", "--out", str(tmp_path / "out.csv")]
    code, said, _ = run(["-m", "landscape", *words], with_tables.root)
    assert (code, said) == (1, "landscape: /dev/zero: is no file\n")


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


@slow
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


@slow
def test_the_hostile_file_stays_where_it_is(home: Project) -> None:
    """Refusing changes nothing: the processed folder is not made."""
    shutil.rmtree(home.processed, ignore_errors=True)
    raw = official_folder(home, "MD", b"[")
    code, _, _ = run(["-m", "landscape", "tables", "--country", "MD", "--raw", str(raw)], home.root)
    assert code == 1
    assert not home.processed.exists() or not list(home.processed.iterdir())
