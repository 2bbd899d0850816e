"""Make the starter edition out of the official files: ``make starter``.

    python -m landscape.starter_edition MIRROR

writes ``starter.csv.xz`` and its checksum into every folder of ``data/raw``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pandas as pd

from landscape.paths import project
from landscape.provenance import STARTER, open_raw_folder, sha256_of
from landscape.sources.registry import countries, country, source_module
from landscape.starter import write_starter
from landscape.tables import CountryTables, clean_country

DEFAULT_TOLERANCE = 200.0


def make_starter(code: str, mirror: Path, raw: Path) -> None:
    """Write the starter extracts of one country's sources."""
    cleaned = clean_country(code, mirror, raw)
    card = country(code)
    for source in cleaned.sources:
        source_id = source.card.source_id
        name = source_id.split("/")[1]
        frame = source_module(code, name).read(open_raw_folder(mirror, source_id, raw))
        if "geometry" in frame and card.starter.shapes_in:
            frame = _without_shapes_elsewhere(frame, cleaned, source_id)
        tolerance = card.starter.tolerance.get(name, DEFAULT_TOLERANCE)
        write_starter(frame, raw / source_id, tolerance)
        _record_checksum(raw / source_id)
        size = (raw / source_id / STARTER).stat().st_size
        sys.stdout.write(f"{source_id}: {len(frame)} rows, {size / 1000:.0f} kB\n")


def _without_shapes_elsewhere(
    frame: pd.DataFrame, cleaned: CountryTables, source_id: str
) -> pd.DataFrame:
    """The frame without the shapes of municipalities outside the counties chosen."""
    areas = cleaned.tables["areas"].set_index("area_id")
    used = cleaned.used[cleaned.used["source_id"] == source_id]
    area_id = frame["record"].map(dict(zip(used["record"], used["area_id"], strict=True)))
    outside = area_id.map(areas["level"]).eq("municipality") & ~area_id.map(
        areas["parent_id"]
    ).isin(cleaned.card.starter.shapes_in)
    kept = frame["geometry"].where(~(outside | area_id.isna()), None)
    return pd.DataFrame(frame).assign(geometry=kept)


def _record_checksum(folder: Path) -> None:
    card = folder / "source.yml"
    text = re.sub(r"^starter: .*\n", "", card.read_text(encoding="utf-8"), flags=re.MULTILINE)
    card.write_text(f"{text}starter: {sha256_of(folder / STARTER)}\n", encoding="utf-8")


if __name__ == "__main__":
    for each in sys.argv[2:] or countries():
        make_starter(each, Path(sys.argv[1]), project().raw)
