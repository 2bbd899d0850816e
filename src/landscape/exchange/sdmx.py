"""Indicators as SDMX-CSV 2.0, with the structure beside it as SDMX-JSON 2.0.

``sdmx.yml`` lists the components. Interval, numerator, denominator, coverage,
grade of comparability and sources are attributes of each observation.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from landscape import __version__
from landscape.exchange.sharing import Edition
from landscape.exchange.writing import Left, write_csv, write_json
from landscape.indicators.catalogue import load_catalogue
from landscape.yaml_files import read_mapping

AGENCY, VERSION = "LANDSCAPE", "1.0"
STRUCTURE, FLOW, CONCEPTS = "INDICATORS", "DF_INDICATORS", "CS_INDICATORS"
URN = "urn:sdmx:org.sdmx.infomodel"
SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/develop/"
    "structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json"
)
#: What the numbers and years are called in SDMX; other components without codes are text.
KINDS = {"measure": "Double", "time": "GregorianYear"}
NUMBERS = ("low", "high", "numerator", "denominator", "coverage")


def write_sdmx(edition: Edition, folder: Path) -> list[Left]:
    """Write ``indicators.csv`` (SDMX-CSV 2.0) and ``structure.json``; nothing is left out."""
    rows = _worded(edition)
    flow = f"{AGENCY}:{FLOW}({VERSION})"
    table = pd.DataFrame(
        {"STRUCTURE": "dataflow", "STRUCTURE_ID": flow, "ACTION": "I"}, index=rows.index
    )
    for name, spec in _layout()["components"].items():
        table[name] = rows[spec["column"]] if spec["column"] else spec["value"]
    write_csv(folder / "indicators.csv", table)
    write_json(folder / "structure.json", structure_message(edition, rows))
    return []


@lru_cache
def _layout() -> dict[str, Any]:
    return read_mapping(Path(__file__).with_suffix(".yml"))


def _worded(edition: Edition) -> pd.DataFrame:
    """The indicators with statuses, units and grades as SDMX codes."""
    rows, catalogue = edition.indicators, load_catalogue()
    units = {name: unit_code(entry.unit["en"]) for name, entry in catalogue.items()}
    told = {name: entry.countries.get(edition.code) for name, entry in catalogue.items()}
    grades = {name: where.grade for name, where in told.items() if where is not None}
    return rows.assign(
        unit=rows["indicator"].map(units),
        grade=rows["indicator"].map(grades),
        obs_status=rows["status"].map(_layout()["obs_status"]),
        conf_status=rows["status"].map(_layout()["conf_status"]),
    )


def unit_code(unit: str) -> str:
    """A unit as an SDMX identifier.

    >>> unit_code("per 10,000 residents"), unit_code("% of residents")
    ('PER_10000_RESIDENTS', 'PCT_OF_RESIDENTS')
    """
    plain = unit.replace("%", "PCT ").replace(",", "").replace("²", "2").upper()
    return re.sub(r"[^A-Z0-9]+", "_", plain).strip("_")


def structure_message(edition: Edition, rows: pd.DataFrame) -> dict[str, Any]:
    """The structure message: code lists, concepts, the data structure and its dataflow."""
    components = _layout()["components"]
    concepts = [{"id": name, "name": spec["name"]} for name, spec in components.items()]
    title = {"name": f"Indicators of local social policy: {edition.inventory.country.name['en']}"}
    structure = f"{URN}.datastructure.DataStructure={AGENCY}:{STRUCTURE}({VERSION})"
    return {
        "meta": {
            "id": f"landscape-{edition.code}-{__version__.replace('.', '_')}",
            "prepared": _prepared(edition),
            "sender": {"id": AGENCY},
            "schema": SCHEMA,
        },
        "data": {
            "codelists": _code_lists(edition, rows),
            "conceptSchemes": [
                _artefact(CONCEPTS, {"name": "Concepts of the indicators"}, concepts=concepts)
            ],
            "dataStructures": [
                _artefact(STRUCTURE, title, dataStructureComponents=_lists(components))
            ],
            "dataflows": [_artefact(FLOW, title, structure=structure)],
        },
    }


def _prepared(edition: Edition) -> str:
    """The day on which the newest source was retrieved: the same edition gives the same file."""
    days = [card.retrieved_on for card in edition.inventory.sources.values()]
    return f"{max(days).isoformat()}T00:00:00Z"


def _artefact(name: str, title: dict[str, Any], **content: Any) -> dict[str, Any]:
    return {"id": name, "agencyID": AGENCY, "version": VERSION, **title, **content}


def _lists(components: dict[str, Any]) -> dict[str, Any]:
    """The components by their role."""
    parts = {name: _component(name, spec) for name, spec in components.items()}
    of = {
        role: [parts[name] for name, spec in components.items() if spec["role"] == role]
        for role in ("dimension", "time", "measure", "attribute")
    }
    related: dict[str, Any] = {"attributeRelationship": {"observation": {}}}
    return {
        "dimensionList": {"dimensions": of["dimension"], "timeDimension": of["time"][0]},
        "measureList": {"measures": of["measure"]},
        "attributeList": {"attributes": [{**part, **related} for part in of["attribute"]]},
    }


def _component(name: str, spec: dict[str, Any]) -> dict[str, Any]:
    concept = f"{URN}.conceptscheme.Concept={AGENCY}:{CONCEPTS}({VERSION}).{name}"
    if "codes" in spec or name in ("REF_AREA", "INDICATOR", "UNIT_MEASURE"):
        codes = f"{URN}.codelist.Codelist={AGENCY}:CL_{name}({VERSION})"
        told: dict[str, Any] = {"enumeration": codes}
    else:
        number = "Double" if spec["column"] in NUMBERS else "String"
        told = {"format": {"dataType": KINDS.get(spec["role"], number)}}
    usage = {"usage": "optional"} if spec["role"] in ("measure", "attribute") else {}
    return {"id": name, "conceptIdentity": concept, "localRepresentation": told, **usage}


def _code_lists(edition: Edition, rows: pd.DataFrame) -> list[dict[str, Any]]:
    catalogue = load_catalogue()
    indicators = {name: catalogue[name] for name in rows["indicator"].unique()}
    units = {unit_code(entry.unit["en"]): entry.unit for entry in indicators.values()}
    lists = {
        "REF_AREA": ("Areas", _areas(edition)),
        "INDICATOR": ("Indicators", [_indicator(each, edition) for each in indicators.values()]),
        "UNIT_MEASURE": ("Units", [_named(code, words) for code, words in units.items()]),
    }
    for name, spec in _layout()["components"].items():
        if "codes" in spec:
            codes = [{"id": code, "name": word} for code, word in spec["codes"].items()]
            lists[name] = (spec["name"], codes)
    return [
        _artefact(f"CL_{name}", {"name": title}, codes=codes)
        for name, (title, codes) in lists.items()
    ]


def _areas(edition: Edition) -> list[dict[str, Any]]:
    columns = edition.areas[["area_id", "name", "parent_id"]].astype("object")
    return [
        {"id": code, "name": name, **({"parent": parent} if isinstance(parent, str) else {})}
        for code, name, parent in columns.itertuples(index=False, name=None)
    ]


def _named(code: str, words: dict[str, str]) -> dict[str, Any]:
    return {"id": code, "name": words["en"], "names": words}


def _indicator(entry: Any, edition: Edition) -> dict[str, Any]:
    """The code of an indicator; what is counted in the country is an annotation."""
    counted = entry.countries.get(edition.code)
    if counted is None:
        return _named(entry.name, entry.title)
    note = {"id": "COUNTED", "text": counted.counted["en"], "texts": counted.counted}
    return {**_named(entry.name, entry.title), "annotations": [note]}
