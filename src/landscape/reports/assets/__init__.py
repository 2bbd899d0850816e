"""JavaScript of the reports: pinned by npm, checked before it is written into a page."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from landscape.errors import LandscapeError

FOLDER = Path(__file__).parent
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_ADDRESS = re.compile(r"url\([^)]*\)")


class AssetError(LandscapeError):
    """A script of the reports is missing or is not the one that was recorded."""


@dataclass(frozen=True)
class Asset:
    """One recorded script: its package, licence, file and SHA-256."""

    name: str
    package: str
    version: str
    licence: str
    file: str
    sha256: str

    @property
    def path(self) -> Path:
        """Where npm installs the file."""
        return FOLDER / "node_modules" / self.file


def read_assets() -> dict[str, Asset]:
    """The scripts recorded in ``assets.yml``, by name."""
    recorded = yaml.safe_load((FOLDER / "assets.yml").read_text(encoding="utf-8"))
    return {name: Asset(name=name, **fields) for name, fields in recorded.items()}


@lru_cache
def read_script(name: str) -> str:
    """The text of a recorded script.

    Raises AssetError if it is not installed, if its checksum differs from the
    recorded one, or if its text could end the element that carries it.
    """
    text = _read_recorded(name)
    if "</script" in text.lower() or "<!--" in text:
        raise AssetError(f"{name} cannot be written inside a page: it ends its own element")
    return _SOURCE_MAP.sub("", text)


@lru_cache
def read_style(name: str) -> str:
    """The text of a recorded style sheet, without the pictures that it would fetch.

    Raises AssetError as ``read_script`` does.
    """
    text = _read_recorded(name)
    if "</style" in text.lower():
        raise AssetError(f"{name} cannot be written inside a page: it ends its own element")
    return _ADDRESS.sub("none", text)


def _read_recorded(name: str) -> str:
    asset = read_assets()[name]
    if not asset.path.is_file():
        raise AssetError(f"{asset.package} {asset.version} is not installed: run `make setup`")
    content = asset.path.read_bytes()
    if hashlib.sha256(content).hexdigest() != asset.sha256:
        raise AssetError(f"{asset.path} differs from its checksum in assets.yml: run `make setup`")
    return content.decode("utf-8").replace("\r\n", "\n")


def missing_assets() -> list[Asset]:
    """The recorded scripts that are absent or have another checksum."""
    return [
        asset
        for asset in read_assets().values()
        if not asset.path.is_file()
        or hashlib.sha256(asset.path.read_bytes()).hexdigest() != asset.sha256
    ]
