"""Where things are: the one place that knows the layout of the project folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from landscape.errors import LandscapeError

PACKAGE = Path(__file__).parent
SOURCE_MODULES = PACKAGE / "sources"


@dataclass(frozen=True)
class Project:
    """The folders of one checkout."""

    root: Path

    @property
    def raw(self) -> Path:
        """Untouched files and starter extracts, ``<country>/<source>/``."""
        return self.root / "data" / "raw"

    @property
    def processed(self) -> Path:
        """Generated parquet, one folder a country."""
        return self.root / "data" / "processed"

    @property
    def notebooks(self) -> Path:
        """Notebooks and ``reports.yml``."""
        return self.root / "notebooks"

    @property
    def reports(self) -> Path:
        """Generated HTML."""
        return self.root / "reports"

    @property
    def exports(self) -> Path:
        """Generated files in open standards, ``<country>/<form>/``."""
        return self.root / "exports"


def project() -> Project:
    """The checkout around the working folder, else the one this package is installed from.

    ``LANDSCAPE_HOME`` overrides both. Raises LandscapeError where none is found.
    """
    named = os.environ.get("LANDSCAPE_HOME")
    if named:
        if not Path(named).is_dir():
            raise LandscapeError(f"{named}: LANDSCAPE_HOME names no folder")
        return Project(Path(named).resolve())
    here = Path.cwd().resolve()
    for folder in (here, *here.parents, *PACKAGE.parents):
        if (folder / "data" / "raw").is_dir() and (folder / "notebooks").is_dir():
            return Project(folder)
    raise LandscapeError(
        f"no landscape project around {here}: run from a checkout or set LANDSCAPE_HOME"
    )


def cache_folder() -> Path | None:
    """Where downloads are kept between runs, if ``LANDSCAPE_CACHE`` names a folder."""
    named = os.environ.get("LANDSCAPE_CACHE")
    return Path(named) if named else None
