"""Whether a file is what its name says: refused where it is a web page, empty, cut or packed."""

from __future__ import annotations

import io
import lzma
import tarfile
import zipfile
from pathlib import Path

from landscape.cleaning.sheets import read_json
from landscape.errors import SourceError
from landscape.provenance import Download

ZIP, OLE, XZ = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xfd7zXZ\x00"
#: The first bytes of a file, by the end of its name. None: text.
SIGNS: dict[str, tuple[bytes, str] | None] = {
    ".xlsx": (ZIP, "an Excel workbook"),
    ".ods": (ZIP, "a workbook"),
    ".zip": (ZIP, "a ZIP archive"),
    ".xls": (OLE, "an Excel workbook"),
    ".xz": (XZ, "a file packed by xz"),
    ".csv": None,
    ".json": None,
    ".geojson": None,
}
LARGEST_MEMBER = 500 * 2**20


def check_content(path: Path, name: str, origin: str) -> None:
    """SourceError where the bytes at ``path`` cannot be the file called ``name``.

    Looks at the first bytes, unpacks what is packed and reads JSON to its end.
    Whether the columns are there is for the source module to say.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    sign = SIGNS.get(Path(name).suffix)
    if not head:
        raise SourceError(f"{origin}: the file is empty")
    if _is_web_page(head):
        raise SourceError(f"{origin}: is a web page and not {name}; its address may have changed")
    if sign and not head.startswith(sign[0]):
        raise SourceError(f"{origin}: is not {sign[1]}, as {name} must be")
    if sign is None and (
        head.startswith((ZIP, OLE, XZ)) or b"\0" in head.lstrip(b"\xff\xfe")[:64:2]
    ):
        raise SourceError(f"{origin}: is not text, as {name} must be")
    try:
        _check_end(path, name)
    except (lzma.LZMAError, zipfile.BadZipFile, EOFError, ValueError, SourceError) as error:
        reason = str(error).removeprefix(f"{path}: ")
        raise SourceError(f"{origin}: is damaged or cut short: {reason}") from None


def _is_web_page(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:512].lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script"))


def _check_end(path: Path, name: str) -> None:
    if name.endswith(".xz"):
        with lzma.open(path) as file:
            size = 0
            while block := file.read(2**20):
                size += len(block)
                if size > LARGEST_MEMBER:
                    raise ValueError("it unpacks to too much")
    elif name.endswith((".xlsx", ".ods", ".zip")):
        with zipfile.ZipFile(path) as archive:
            broken = archive.testzip() if _unzipped(archive) <= LARGEST_MEMBER else "its size"
        if broken:
            raise ValueError(f"{broken} is wrong")
    elif name.endswith((".json", ".geojson")):
        read_json(path)


def _unzipped(archive: zipfile.ZipFile) -> int:
    return sum(each.file_size for each in archive.infolist())


def take_out(path: Path, wanted: Download, target: Path) -> None:
    """The file itself out of what was downloaded: a member of an archive, packed again if asked.

    Raises SourceError where the archive is none, lacks the member or holds too much.
    """
    content = _member(path, wanted) if wanted.member else path.read_bytes()
    if wanted.pack == "xz":
        content = lzma.compress(content)
    target.write_bytes(content)


def _member(path: Path, wanted: Download) -> bytes:
    with path.open("rb") as file:
        head = file.read(4096)
    if not head or _is_web_page(head):
        raise SourceError(f"{wanted.url}: is a web page or empty and not an archive")
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive, archive.open(wanted.member) as member:
                content = member.read(LARGEST_MEMBER + 1)
        else:
            with tarfile.open(path) as packed:
                found = packed.extractfile(wanted.member)
                content = (found or io.BytesIO()).read(LARGEST_MEMBER + 1)
    except KeyError:
        raise SourceError(f"{wanted.url}: holds no {wanted.member}") from None
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, OSError) as error:
        raise SourceError(f"{wanted.url}: is damaged or cut short: {error}") from None
    if len(content) > LARGEST_MEMBER:
        raise SourceError(f"{wanted.url}: {wanted.member} unpacks to too much")
    return content
