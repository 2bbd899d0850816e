"""The source.yml of a fixture: the project's own, with the checksums of the fixture's files."""

from collections.abc import Iterable
from pathlib import Path

import yaml

from landscape.paths import project
from landscape.provenance import sha256_of


def write_card(folder: Path, files: Iterable[str] | None = None) -> None:
    """Writes ``<country>/<source>/source.yml`` beside the files of a fixture.

    The checksums are those of ``files``, by default of all files that the
    project's card names. What describes the starter extract is left out.
    """
    card = project().raw / folder.parent.name / folder.name / "source.yml"
    content = yaml.safe_load(card.read_text(encoding="utf-8"))
    content.pop("starter", None)
    content.pop("rows", None)
    names = content["files"] if files is None else sorted(files)
    content["files"] = {name: sha256_of(folder / name) for name in names}
    (folder / "source.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
