"""The official geographical code (INSEE COG 2026): communes, départements, former communes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from landscape.cleaning.codes import area_ids
from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.sheets import read_json, rename_columns
from landscape.errors import SourceError
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, observations
from landscape.sources.figures import require_shapes

COMMUNES, DEPARTEMENTS = "communes_2026.json.xz", "departements_2026.json.xz"
COLUMNS = {
    "code": "code",
    "nom": "name",
    "type": "type",
    "zone": "zone",
    "departement": "departement",
    "chefLieu": "chef_lieu",
    "commune": "commune",
    "anciensCodes": "former_codes",
    "population": "population",
}
CURRENT, DEPARTEMENT = "commune-actuelle", "departement"
ARRONDISSEMENT = "arrondissement-municipal"
#: Former communes that live on inside a commune, and the arrondissements of Paris, Lyon, Marseille.
PARTS = ("commune-deleguee", "commune-associee", ARRONDISSEMENT)
INSEE, DEP = r"\d[\dAB]\d{3}", r"\d[\dAB]\d?"
#: How codes are written: those of départements, those of communes.
SHAPES = {
    True: {"code": DEP},
    False: {
        "code": INSEE,
        "departement": DEP,
        "chef_lieu": f"({INSEE})?",
        "commune": f"({INSEE})?",
        "former_codes": f"({INSEE}( {INSEE})*)?",
    },
}
#: Overseas collectivities: no département, hence outside the 101.
COLLECTIVITY = "com"
#: Municipal population of 1 January 2023, in force in 2026; in Mayotte that of the 2017 census.
YEAR, MAYOTTE, MAYOTTE_YEAR = 2023, "976", 2017


def read(raw: RawFolder) -> pd.DataFrame:
    """Communes of all kinds, then départements, whose population is the sum of their communes'.

    The sum is taken here so that an extract with few communes still knows the
    population of every département.
    """
    communes = _as_text(raw.file(COMMUNES), "commune item ", list(COLUMNS))
    departements = _as_text(raw.file(DEPARTEMENTS), "département item ", ["code", "nom", "zone"])
    current = communes[communes["type"] == CURRENT]
    people = pd.to_numeric(current["population"].replace("", None))
    sums = people.groupby(current["departement"]).sum(min_count=1).round().astype("Int64")
    departements = departements.assign(
        type=DEPARTEMENT,
        departement=departements["code"],
        population=departements["code"].map(sums).astype("str").fillna(""),
    )
    return pd.concat([communes, departements], ignore_index=True)


def _as_text(path: Path, record: str, expected: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(read_json(path))
    rename_columns(frame, dict(zip(expected, expected, strict=True)), path)
    frame = frame.reindex(columns=frame.columns.union(list(COLUMNS), sort=False))
    frame = rename_columns(frame, COLUMNS, path)
    frame["former_codes"] = [
        " ".join(codes) if isinstance(codes, list) else "" for codes in frame["former_codes"]
    ]
    people = pd.to_numeric(frame["population"]).astype("Int64").astype("str")
    frame = frame.assign(population=people).astype("object")
    frame = frame.where(frame.notna(), "").astype("str")
    return frame.assign(record=record + pd.Series(range(1, len(frame) + 1)).astype("str"))


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Areas: the communes and départements; places: former communes and arrondissements.

    Needs: the population in force. The collectivities beyond the seas that
    are no départements are left out, with what belongs to them.
    """
    ledger = Ledger(context, frame)
    _require_known_types(frame, context)
    for is_departement, shapes in SHAPES.items():
        require_shapes(frame[(frame["type"] == DEPARTEMENT) == is_departement], shapes, context)
    outside = frame["zone"] == COLLECTIVITY
    message = "overseas collectivity " + frame["departement"]
    frame = ledger.reject(frame, outside, "outside_scope", message, severity="note")
    people = parse_numbers(frame["population"])["value"]
    year = frame["departement"].eq(MAYOTTE).map({True: MAYOTTE_YEAR, False: YEAR})
    is_area = frame["type"].isin([CURRENT, DEPARTEMENT])
    areas = frame.assign(population=people, population_year=year)[is_area]
    areas = areas.assign(area_id=area_ids("FR", areas["code"]), country="FR")
    county = areas["type"] == DEPARTEMENT
    areas = areas.assign(
        level=county.map({True: "county", False: "municipality"}),
        kind=county.map({True: "département", False: "commune"}),
        parent_id=area_ids("FR", areas["departement"]).mask(county, "FR"),
        boundary_year=context.card.boundary_year,
    )
    ledger.note(areas[areas["population"].isna()], "value_missing", "population")
    needs = observations(
        areas, {"population": "population"}, year="population_year", context=context
    )
    kept = ["area_id", "country", "level", "code", "name", "parent_id", "kind", "population"]
    places = _places(frame[frame["type"] != DEPARTEMENT])
    used = pd.concat([areas[["record", "area_id"]], places[["record", "area_id"]]])
    return ledger.close(
        areas=areas[[*kept, "population_year", "boundary_year", "record"]],
        places=places,
        needs=pd.concat([needs, _of_the_country(areas[county], context)], ignore_index=True),
        used=used,
    )


def _of_the_country(departements: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The population of the country: an estimate, because Mayotte's is of an older year."""
    whole = pd.DataFrame(
        {
            "area_id": ["FR"],
            "record": f"{len(departements)} départements",
            "people": departements["population"].sum(),
            "people_status": "E",
        }
    )
    return observations(whole, {"people": "population"}, year=YEAR, context=context)


def _require_known_types(frame: pd.DataFrame, context: Context) -> None:
    unknown = set(frame["type"]) - {CURRENT, DEPARTEMENT, *PARTS}
    if unknown:
        raise SourceError(f"{context.source_id}: unknown types of commune: {sorted(unknown)}")


def _places(communes: pd.DataFrame) -> pd.DataFrame:
    """Old codes and names, each with the commune that it belongs to today.

    Arrondissements are settlements of their city. Of former communes, a part
    that stands in the register decides; one that is only listed among the
    former codes of a commune has its name from ``cog.former_communes.csv``
    (its code where that lacks it).
    """
    parts = communes[communes["type"].isin(PARTS)]
    owner = parts["chef_lieu"].where(parts["chef_lieu"] != "", parts["commune"])
    kind = (parts["type"] == ARRONDISSEMENT).map({True: "settlement", False: "former_area"})
    named = parts.assign(owner=owner, kind=kind)[["owner", "code", "name", "kind", "record"]]
    current = communes[communes["type"] == CURRENT]
    listed = current.assign(owner=current["code"], code=current["former_codes"].str.split())
    listed = listed.explode("code").dropna(subset=["code"])
    listed = listed[~listed["code"].isin(named["code"])].assign(kind="former_area")
    listed["name"] = listed["code"].map(_names_of_former_communes()).fillna(listed["code"])
    listed = listed[named.columns]
    places = pd.concat([named, listed, _splits(current), _former_names(current)], ignore_index=True)
    return places.assign(area_id=area_ids("FR", places["owner"])).drop(columns="owner")


def _names_of_former_communes() -> pd.Series:
    """Names by code; INSEE, history of communes since 1943 (Etalab)."""
    table = pd.read_csv(Path(__file__).with_suffix(".former_communes.csv"), dtype=str)
    return table.set_index("former_code")["former_name"]


def _splits(current: pd.DataFrame) -> pd.DataFrame:
    """The communes that were split again, from ``cog.splits.csv``: the register does not tell."""
    table = pd.read_csv(Path(__file__).with_suffix(".splits.csv"), dtype=str)
    table = table.merge(current[["code", "record"]], on="code")
    return pd.DataFrame(
        {
            "owner": table["code"],
            "code": table["former_code"],
            "name": table["former_name"],
            "kind": "former_area",
            "record": table["record"],
            "valid_from": table["valid_from"],
            "valid_to": table["valid_to"],
        }
    )


def _former_names(current: pd.DataFrame) -> pd.DataFrame:
    """Names that communes of today bore in older files, from ``cog.former_names.csv``.

    The register gives a commune's present name only; without ``Louhans``, the
    name before Louhans-Châteaurenaud, that town would be taken for Bouhans.
    """
    table = pd.read_csv(Path(__file__).with_suffix(".former_names.csv"), dtype=str)
    table = table.merge(current[["code", "record"]], on="code")
    return pd.DataFrame(
        {
            "owner": table["code"],
            "name": table["former_name"],
            "kind": "former_name",
            "record": table["record"],
        }
    )
