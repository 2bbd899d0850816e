"""Files made to do harm: refused in one line, in bounded memory, with exit code 1.

Each runs in a process of its own that may take 3 GB and no more; its peak is
measured besides. `landscape check` is held to the same by its own tests.
"""

import lzma
import shutil
from pathlib import Path

import pytest
import yaml
from bounded_command import MEGABYTE, PEAK, READ_SHEET, Refused, run

from landscape.cleaning.delimited import read_bytes
from landscape.paths import Project, project
from landscape.provenance import sha256_of
from landscape.sources.registry import country, source_names

#: The workbooks and links stay in the default tests; the others take seconds each.
slow = pytest.mark.slow


def test_the_peak_is_that_of_the_command_alone(tmp_path: Path) -> None:
    """Not that of the tests, however large they have grown."""
    _, _, little = run(["-S", "-c", "pass"], tmp_path)
    _, _, much = run(["-S", "-c", "x = bytearray(400 * 2**20)"], tmp_path)
    assert little < 100
    assert 400 < much < 500


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


@slow
def test_the_hostile_file_stays_where_it_is(home: Project) -> None:
    """Refusing changes nothing: the processed folder is not made."""
    shutil.rmtree(home.processed, ignore_errors=True)
    raw = official_folder(home, "MD", b"[")
    code, _, _ = run(["-m", "landscape", "tables", "--country", "MD", "--raw", str(raw)], home.root)
    assert code == 1
    assert not home.processed.exists() or not list(home.processed.iterdir())
