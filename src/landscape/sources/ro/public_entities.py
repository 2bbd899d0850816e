"""Public social institutions of Romania, out of the register of public entities (2025).

The register says of each entity its fiscal code (CIF), its name, the locality of its
seat and the fiscal codes of up to two entities above it. What an institution does
stands in its name alone, in capitals and without diacritics: ``public_entities.csv``
has one pattern a type, and the first that fits decides. Patterns ask for whole
words (``CRESE`` are crèches, ``CRESTEREA`` is the rearing of cattle) and for the word
that opens the name (``CAMIN`` opens a home, ``COMUNA CAMIN`` is a commune, and a
``CAMIN CULTURAL`` holds dances).

Who runs it is read from the names of the entities above, found by their codes
(``public_entities.authorities.csv``). Schools have the ministry above them and the
town hall: the nearer to the people counts. The institution stands in the
municipality of its seat, which the register names by type, name and county: a
county's institutions stand all over the county, and three of the towns' own stand in
a neighbouring commune. Where the seat finds no municipality, that of the town hall
above it is taken.

Addresses are not read.
"""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.providers import classify_providers
from landscape.cleaning.sheets import read_csv
from landscape.errors import SourceError
from landscape.matching import match_names
from landscape.paths import SOURCE_MODULES
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, load_mapping
from landscape.sources.figures import require_shapes

YEAR = 2025
COLUMNS = {
    "JUDET": "county",
    "CIF": "code",
    "ENTITATE": "name",
    "UAT": "seat",
    "PARENT1": "above_1",
    "PARENT2": "above_2",
}
ABOVE = ("above_1", "above_2")
#: Of several entities above one, the nearest to the people runs it.
NEARNESS = ("municipality", "county", "state")


def read(raw: RawFolder) -> pd.DataFrame:
    """One row an entity, with the codes of those above it."""
    return read_csv(raw.file(), COLUMNS)


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Services: the institutions whose names tell a social task, at their seats."""
    ledger = Ledger(context, frame)
    require_shapes(frame, {"code": r"\d{2,10}", "above_1": r"\d*", "above_2": r"\d*"}, context)
    mapping = load_mapping(__file__, context, "local_type")
    names = frame["name"].str.upper().str.split().str.join(" ")
    frame = frame.assign(name=names, local_type=_types(names, mapping["pattern"]))
    entities = frame
    untold = frame["local_type"] == ""
    frame = ledger.reject(frame, untold, "outside_scope", frame["name"], severity="note")
    frame = _with_provider(frame, entities, context)
    frame = _place(frame, context, ledger)
    frame = frame.assign(
        service_id=context.source_id + "/" + frame["code"],
        count=1,
        function=frame["local_type"].map(mapping["function"]).replace("", pd.NA),
        setting=frame["local_type"].map(mapping["setting"]),
        delivery=frame["provider_type"].map({"unknown": "unknown"}).fillna("in_house"),
        position="municipality",
        year=YEAR,
    )
    columns = ["service_id", "count", "name", "function", "setting", "local_type"]
    columns += ["provider_name", "provider_type", "delivery", "position", "area_id", "year"]
    return ledger.close(services=frame[[*columns, "record"]])


def _types(names: pd.Series, patterns: pd.Series) -> pd.Series:
    """The type whose pattern fits first, in the order of the mapping; "" where none does."""
    types = pd.Series("", index=names.index)
    for local_type, pattern in patterns.items():
        types = types.mask((types == "") & names.str.contains(pattern), str(local_type))
    return types


def _with_provider(frame: pd.DataFrame, entities: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The frame with ``provider_name`` and ``provider_type``, and ``authority``, its code.

    Unknown where no entity above is on the list; SourceError where one is, and its
    name does not tell what it is.
    """
    twice = entities["code"][entities["code"].duplicated()]
    if len(twice):
        raise SourceError(f"{context.source_id}: listed twice: {', '.join(twice.unique()[:3])}")
    above = entities.set_index("code")["name"]
    rules = pd.read_csv(SOURCE_MODULES / "ro" / "public_entities.authorities.csv", dtype=str)
    ranks = pd.DataFrame(index=frame.index)
    for column in ABOVE:
        names = frame[column].map(above).astype("str").fillna("")
        types = classify_providers(names, rules)
        untold = (names != "") & (types == "unknown")
        if untold.any():
            shown = ", ".join(map(repr, names[untold].unique()[:3]))
            raise SourceError(f"{context.source_id}: authority not known: {shown}")
        ranks[column] = types.map({name: place for place, name in enumerate(NEARNESS)})
    nearest = ranks.min(axis=1)
    first = (ranks["above_1"] == nearest) | nearest.isna()
    authority = frame["above_1"].where(first, frame["above_2"])
    return frame.assign(
        authority=authority,
        provider_name=authority.map(above).astype("str"),
        provider_type=nearest.map(dict(enumerate(NEARNESS))).fillna("unknown"),
    )


def _place(frame: pd.DataFrame, context: Context, ledger: Ledger) -> pd.DataFrame:
    """The frame with ``area_id``: the municipality of the seat, else of the town hall above."""
    municipalities = context.area_ids("municipality")
    found = match_names(frame["seat"], context.gazetteer, counties=frame["county"])
    seat = found["area_id"].where(found["area_id"].isin(municipalities))
    of_town = frame["provider_name"].where(frame["provider_type"] == "municipality", "")
    town_hall = match_names(of_town, context.gazetteer, counties=frame["county"])["area_id"]
    town_hall = town_hall.where(town_hall.isin(municipalities))
    frame = frame.assign(area_id=seat.fillna(town_hall))
    told = frame["seat"].replace("", "not told")
    said = frame["name"] + ": seat " + told + ", run by " + frame["provider_name"]
    differs = seat.notna() & town_hall.notna() & (seat != town_hall)
    ledger.note(frame[differs], "stands_elsewhere", said)
    by_authority = seat.isna() & town_hall.notna()
    ledger.note(frame[by_authority], "placed_by_authority", said)
    where = frame["name"] + ": " + told + ", county " + frame["county"]
    return ledger.reject(frame, frame["area_id"].isna(), "unknown_area", where, severity="error")
