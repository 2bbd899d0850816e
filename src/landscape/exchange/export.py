"""One edition in one form: the folder, the files, the manifest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from landscape.errors import UsageError, did_you_mean
from landscape.exchange.data_inclusion import write_data_inclusion
from landscape.exchange.datapackage import write_datapackage
from landscape.exchange.dcat import write_catalogue
from landscape.exchange.geography import write_geopackage, write_geoparquet
from landscape.exchange.hsds import write_hsds
from landscape.exchange.hxl import write_hxl
from landscape.exchange.sdmx import write_sdmx
from landscape.exchange.sharing import Edition
from landscape.exchange.spreadsheet import write_spreadsheet
from landscape.exchange.writing import Left, replacing, write_manifest
from landscape.inventory import Inventory

Write = Callable[[Edition, Path], list[Left]]

#: What writes the files of a form into a folder; each returns what it left out.
WRITERS: dict[str, Write] = {
    "datapackage": write_datapackage,
    "hsds": write_hsds,
    "data-inclusion": write_data_inclusion,
    "sdmx": write_sdmx,
    "hxl": write_hxl,
    "geopackage": write_geopackage,
    "geoparquet": write_geoparquet,
    "xlsx": write_spreadsheet,
}
#: The forms; the catalogue describes what the others wrote.
FORMS = (*WRITERS, "dcat")


def export(
    inventories: list[Inventory],
    form: str,
    out: Path,
    *,
    lang: str = "en",
    publisher: str = "",
    contact: str = "",
) -> list[Path]:
    """Write editions in a form below ``out``; returns the folders ``<out>/<country>/<form>``.

    The catalogue (``dcat``) is one file, ``<out>/catalogue.jsonld``, of all
    countries given; for a country of which nothing was exported it writes
    the Data Package first. Raises UsageError for an unknown form and
    LandscapeError where something cannot be written.
    """
    if form not in FORMS:
        raise UsageError(f"unknown form {form!r}{did_you_mean(form, FORMS)}")
    editions = [Edition(inventory, lang) for inventory in inventories]
    if form != "dcat":
        return [_write(edition, form, out) for edition in editions]
    for edition in editions:
        if not any((out / edition.code / known).is_dir() for known in WRITERS):
            _write(edition, "datapackage", out)
    return [write_catalogue(editions, out, list(WRITERS), publisher, contact)]


def _write(edition: Edition, form: str, out: Path) -> Path:
    place = out / edition.code / form
    with replacing(place) as folder:
        left = WRITERS[form](edition, folder)
        write_manifest(folder, form, edition, left)
    return place
