"""Reading an export of data.inclusion (schema v1): services with their structures.

Names, e-mail addresses and telephones of contacts, streets and free
descriptions are left behind. What the coded fields say is kept as ``terms``
and given its meaning by the mapping of the source.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from landscape.cleaning.sheets import read_json
from landscape.errors import SourceError
from landscape.provenance import RawFolder
from landscape.sources.exchanged.terms import write_terms

#: The register that code_insee takes its codes from.
CODE_LIST = "INSEE COG"
SERVICE_WORDS = ("type", "thematiques", "publics", "modes_accueil")
STRUCTURE_WORDS = ("reseaux_porteurs",)


def read(raw: RawFolder) -> pd.DataFrame:
    """One row a service, as text, in the columns that `services.clean_services` takes.

    ``source.yml`` names two files, one of structures and one of services. A
    service that bears the name of its structure names no provider. Raises
    SourceError where a file, an id or a name is missing.
    """
    services = _objects(raw, "services", ("id", "structure_id", "nom"))
    listed = {each["id"]: each for each in _objects(raw, "structures", ("id", "nom"))}
    structures = [listed.get(each["structure_id"], {}) for each in services]
    frame = pd.DataFrame(
        {
            "record": [f"item {number}" for number in range(1, len(services) + 1)],
            "id": _texts(services, "id"),
            "name": _texts(services, "nom"),
            "provider_name": _texts(structures, "nom"),
            "place": _either(services, structures, "commune"),
            "county": "",
            "code": _either(services, structures, "code_insee"),
            "lat": _either(services, structures, "latitude"),
            "lon": _either(services, structures, "longitude"),
        },
        dtype="str",
    )
    same = frame["provider_name"] == frame["name"]
    return frame.assign(
        provider_name=frame["provider_name"].mask(same, ""),
        code_list=(frame["code"] == "").map({True: "", False: CODE_LIST}),
        terms=_terms(services, structures),
    )


def _objects(raw: RawFolder, what: str, needed: tuple[str, ...]) -> list[dict[str, Any]]:
    names = [name for name in raw.card.files if what in name]
    if len(names) != 1:
        raise SourceError(f"{raw.card.source_id}: source.yml must list one file of {what}")
    path = raw.file(names[0])
    content = read_json(path)
    if not isinstance(content, list) or not all(isinstance(each, dict) for each in content):
        raise SourceError(f"{path}: is not a list of {what}")
    for number, each in enumerate(content, start=1):
        lacking = [field for field in needed if not each.get(field)]
        if lacking:
            raise SourceError(f"{path}: item {number} has no {', '.join(lacking)}")
    return content


def _texts(objects: list[dict[str, Any]], field: str) -> list[str]:
    return ["" if each.get(field) is None else str(each[field]).strip() for each in objects]


def _either(
    services: list[dict[str, Any]], structures: list[dict[str, Any]], field: str
) -> list[str]:
    """What the service says, else its structure."""
    own, theirs = _texts(services, field), _texts(structures, field)
    return [one or other for one, other in zip(own, theirs, strict=True)]


def _terms(services: list[dict[str, Any]], structures: list[dict[str, Any]]) -> pd.Series:
    """The coded words of services and structures, the field as the taxonomy."""
    rows = [
        {"row": number, "taxonomy": field, "code": word, "value": ""}
        for objects, fields in ((services, SERVICE_WORDS), (structures, STRUCTURE_WORDS))
        for number, each in enumerate(objects)
        for field in fields
        for word in _words(each.get(field))
    ]
    columns = ["row", "taxonomy", "code", "value"]
    return write_terms(pd.DataFrame(rows, columns=columns), pd.RangeIndex(len(services)))


def _words(told: Any) -> list[str]:
    """A list of words, one word or none; ``famille--garde-denfants`` stays whole."""
    if told is None:
        return []
    return [str(word) for word in told] if isinstance(told, list) else [str(told)]
