"""Where a source comes from: ``source.yml``, checksums and the files it names."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from landscape.errors import SourceError
from landscape.language import LANGUAGES
from landscape.yaml_files import read_mapping

STARTER = "starter.csv.xz"
#: In the place of ``downloads``: the producer gives a page and no lasting address of the file.
NONE_KNOWN = "none known"


class Download(BaseModel):
    """Where the producer keeps one official file.

    ``member`` names it inside an archive (ZIP or tar); ``pack`` says that it is
    kept here packed again, as the published file would be too large.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(pattern=r"^https?://[^\s]+$")
    member: str = ""
    pack: Literal["", "xz"] = ""


class SourceCard(BaseModel):
    """The content of a ``source.yml``.

    ``files`` maps the official file names to their SHA-256; ``starter`` is the
    SHA-256 of the committed extract, where there is one. ``rows`` is how many
    records the official files hold, so that a file cut between two of them is
    noticed. ``is_exhaustive`` says whether an area that the source does not
    list may be read as zero. ``downloads`` maps files to where they can be had
    (in YAML ``none known`` where only the producer's page is), ``page`` is the
    page on which a person finds them, where that is not ``url``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    source_id: str = ""
    title: dict[str, str]
    producer: str = Field(min_length=2)
    url: str = Field(min_length=4)
    licence: str = Field(min_length=2)
    reference_period: str = Field(min_length=4)
    retrieved_on: date
    files: dict[str, str] = Field(min_length=1)
    rows: int | None = Field(default=None, gt=0)
    is_exhaustive: bool
    dropped_columns: list[str] = []
    citation: str = Field(min_length=4)
    boundary_year: int | None = None
    notes: str = ""
    starter: str | None = None
    page: str = ""
    downloads: dict[str, Download] = {}

    @field_validator("downloads", mode="before")
    @classmethod
    def _none_known(cls, downloads: object) -> object:
        return {} if downloads == NONE_KNOWN else downloads

    @model_validator(mode="after")
    def _downloads_of_its_files(self) -> SourceCard:
        strange = sorted(set(self.downloads) - set(self.files))
        if strange:
            raise ValueError(f"downloads name {', '.join(strange)}, which files does not")
        return self

    @field_validator("title")
    @classmethod
    def _title_in_every_language(cls, title: dict[str, str]) -> dict[str, str]:
        lacking = [code for code in LANGUAGES if not title.get(code)]
        if lacking:
            raise ValueError(f"title lacks {', '.join(lacking)}")
        return title

    @field_validator("files")
    @classmethod
    def _plain_names_and_checksums(cls, files: dict[str, str]) -> dict[str, str]:
        for name, checksum in files.items():
            if Path(name).name != name or name.startswith("."):
                raise ValueError(f"{name!r} is not a plain file name")
            if not re.fullmatch(r"[0-9a-f]{64}", checksum):
                raise ValueError(f"{name}: {checksum[:12]!r} is not a SHA-256")
        return files

    @field_validator("reference_period", mode="before")
    @classmethod
    def _period_as_text(cls, period: object) -> str:
        return str(period)


@dataclass(frozen=True)
class RawFolder:
    """The folder of one source, and what its ``source.yml`` promises of it."""

    path: Path
    card: SourceCard

    @property
    def is_complete(self) -> bool:
        """Whether every official file is there."""
        return all((self.path / name).exists() for name in self.card.files)

    @property
    def has_starter(self) -> bool:
        """Whether the committed extract is there."""
        return self.card.starter is not None and (self.path / STARTER).exists()

    def file(self, name: str = "") -> Path:
        """The path of an official file (of the only one, where no name is given), checked.

        Raises SourceError when the file is absent, not declared or changed.
        """
        if not name:
            (name,) = self.card.files
        if name not in self.card.files:
            raise SourceError(f"{self.card.source_id}: {name} is not listed in source.yml")
        return self._checked(name, self.card.files[name])

    def starter(self) -> Path:
        """The path of the starter extract, checked like an official file."""
        if self.card.starter is None:
            raise SourceError(f"{self.card.source_id}: source.yml names no starter extract")
        return self._checked(STARTER, self.card.starter)

    def _checked(self, name: str, expected: str) -> Path:
        path = self.path / name
        if not path.exists():
            raise SourceError(f"{path}: the file is missing; run: landscape fetch")
        if path.is_symlink() or not path.is_file():
            raise SourceError(f"{path}: is a link or a folder; put the file itself there")
        found = sha256_of(path)
        if found != expected:
            raise SourceError(
                f"{path}: the checksum changed (source.yml {expected[:12]}, file {found[:12]}); "
                "fetch the file again, or check the new vintage and record its sha256"
            )
        return path


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load_source_card(path: Path, source_id: str) -> SourceCard:
    """Read and check a ``source.yml``; SourceError names the file and the field."""
    try:
        content = read_mapping(path)
    except FileNotFoundError:
        raise SourceError(
            f"{path}: every source needs a source.yml; copy one and fill it in"
        ) from None
    try:
        return SourceCard(**{**content, "source_id": source_id})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise SourceError(f"{path}: {field}: {first['msg'].lower()}") from None


def open_raw_folder(raw: Path, source_id: str, fallback: Path | None = None) -> RawFolder:
    """The raw folder of a source such as ``ro/siruta``.

    Where the folder holds no ``source.yml`` of its own, the one below
    ``fallback`` (the project's ``data/raw``) stands for it, so that a mirror
    of bare files can be read.
    """
    if not (raw / source_id).is_dir():
        raise SourceError(
            f"{raw / source_id}: no such folder; raw files lie in <country>/<source>/"
        )
    card = raw / source_id / "source.yml"
    if not card.exists() and fallback is not None:
        card = fallback / source_id / "source.yml"
    return RawFolder(raw / source_id, load_source_card(card, source_id))
