"""The register of licensed social services of Romania (Ministry of Labour, December 2016)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.geometry import locate_points
from landscape.cleaning.numbers import parse_numbers
from landscape.cleaning.providers import classify_providers
from landscape.cleaning.sheets import read_json, read_records, rename_columns
from landscape.cleaning.spelling import use_comma_below
from landscape.paths import SOURCE_MODULES
from landscape.provenance import RawFolder
from landscape.sources.contract import (
    Cleaned,
    Context,
    Ledger,
    load_mapping,
    require_mapped,
)
from landscape.sources.doubles import load_abbreviations, merge_doubles
from landscape.sources.figures import read_figures, require_shapes
from landscape.sources.placing import place_records

YEAR = 2016
COLUMNS = {
    "id": "id",
    "name": "name",
    "furnizor": "provider_name",
    "oras": "place",
    "jud": "county",
    "cod": "local_type",
    "capacitate": "capacity",
    "lat": "lat",
    "lng": "lon",
}
#: Streets that share one point before it is taken for the middle of the town.
STREETS_IN_A_TOWN = 3
#: Groups of persons served, as the register codes them.
CHILDREN, OLDER, MINORS = "B1", "B4", {"B1", "B2"}
OLD_AGE, FAMILY = "old_age", "family_children"
POSITIONS = {"street": "exact", "town": "settlement"}
DELIVERY = {"municipality": "in_house", "county": "in_house", "state": "in_house"}


def read(raw: RawFolder) -> pd.DataFrame:
    """One row a service. Addresses, e-mails and telephones are left behind.

    What stays of the address is ``point``: whether the coordinates are those
    of its street or of the town. ``users`` lists the groups of persons served
    (B1 children, B2 young people, B3 adults, B4 older people, ...).
    """
    path = raw.file()
    records = read_records(path, "providers")
    frame = rename_columns(records, {**COLUMNS, "record": "record"}, path)
    groups = [row["categorie"] for row in read_json(path)["providers"]]
    users = [" ".join(sorted({group[:2] for group in each})) for each in groups]
    return frame.assign(point=_what_points_show(records), users=users)


def _what_points_show(records: pd.DataFrame) -> pd.Series:
    """``town`` where one point stands for several streets or for no address; else ``street``.

    Where the program that turned addresses into coordinates did not find the
    street, it gave the middle of the town.
    """
    words = records["adresa"].str.lower().str.findall(r"[^\W\d_]{3,}")
    street = words.str[-1].fillna("")
    at_point = street.groupby([records["lat"], records["lng"]])
    several = at_point.transform("nunique") >= STREETS_IN_A_TOWN
    is_town = several | (at_point.transform("min") == "")
    return is_town.map({True: "town", False: "street"})


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Services, placed by county and town, then by village, then by point.

    A service that the register lists twice is one row; see ``merge_doubles``.
    """
    ledger = Ledger(context, frame)
    mapping = load_mapping(__file__, context, "local_type")
    require_shapes(frame, {"id": r"\d+", "users": r"(B\d( B\d)*)?"}, context)
    frame = frame.assign(
        local_type=frame["local_type"].replace("", "untyped"),
        place=use_comma_below(frame["place"]),
        name=use_comma_below(frame["name"]),
        provider_name=use_comma_below(frame["provider_name"]),
        lon=parse_numbers(frame["lon"], signed=True)["value"],
        lat=parse_numbers(frame["lat"], signed=True)["value"],
        position=frame["point"].map(POSITIONS),
    )
    require_mapped(frame["local_type"], mapping, context)
    no_point = frame["lon"].isna() | frame["lat"].isna()
    ledger.note(frame[no_point], "value_missing", "coordinates")
    frame["point_area_id"] = locate_points(
        frame["lon"], frame["lat"], context.areas[context.areas["level"] == "municipality"]
    )
    frame = place_records(frame, context, ledger)
    frame = frame.assign(
        service_id=context.source_id + "/" + frame["id"],
        count=1,
        function=_functions(frame, mapping["function"], ledger),
        setting=frame["local_type"].map(mapping["setting"]),
        capacity=_capacity(frame, ledger),
        provider_type=_provider_types(frame["provider_name"]),
        year=YEAR,
    )
    frame["delivery"] = frame["provider_type"].map(DELIVERY).fillna("unknown")
    used = frame[["record", "area_id"]]
    frame["place"] = frame["place"] + " " + frame["county"]
    frame = merge_doubles(frame, ledger, load_abbreviations(SOURCE_MODULES / "ro"), by_street=True)
    extra = ["id", "place", "county", "point", "users", "point_area_id"]
    return ledger.close(used=used, services=frame.drop(columns=extra))


def _functions(frame: pd.DataFrame, by_type: pd.Series, ledger: Ledger) -> pd.Series:
    """What each service is for, by its type, unless the persons served contradict it.

    One in four services that the register types as one for older people
    serves none: most are children's houses, some sheltered flats of disabled
    adults. They are for children where they serve children and young people
    alone, else of no function that is told. A type of children's services
    that serves older people alone is the reverse.
    """
    printed = frame["local_type"].map(by_type).replace("", pd.NA)
    users = frame["users"].str.split()
    without_older = (printed == OLD_AGE) & users.map(lambda u: bool(u) and OLDER not in u)
    for_children = without_older & users.map(lambda u: CHILDREN in u and {*u} <= MINORS)
    older_alone = (printed == FAMILY) & (frame["users"] == OLDER)
    said = "type " + frame["local_type"] + ", persons served " + frame["users"]
    rows = frame[without_older | older_alone]
    ledger.note(rows, "type_and_users_disagree", said, severity="warning", action="corrected")
    function = printed.mask(without_older, pd.NA).mask(for_children, FAMILY)
    return function.mask(older_alone, OLD_AGE)


def _provider_types(names: pd.Series) -> pd.Series:
    rules = pd.read_csv(SOURCE_MODULES / "ro" / "providers.csv", dtype=str)
    return classify_providers(names, rules)


def _capacity(frame: pd.DataFrame, ledger: Ledger) -> pd.Series:
    """Places. ``25 /zi`` counts persons a day, as places do; per month (``/L``) does not."""
    text = frame["capacity"].str.lower().str.replace("/zi", "").str.strip(" _")
    ledger.note(frame[text == ""], "value_missing", "capacity")
    return read_figures(frame, text, "capacity", ledger)
