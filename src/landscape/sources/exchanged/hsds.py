"""Reading an Open Referral HSDS package (3.x, tabular): services with their places and terms.

Contacts, telephones, e-mail addresses, streets and free descriptions are left
behind. What the attributes say is kept as ``terms`` and given its meaning by
the mapping of the source.
"""

from __future__ import annotations

import pandas as pd

from landscape.provenance import RawFolder
from landscape.sources.exchanged.tables import find_file, read_table
from landscape.sources.exchanged.terms import write_terms

SERVICES = ("services.csv", "service.csv")
ORGANIZATIONS = ("organizations.csv", "organization.csv")
LOCATIONS = ("locations.csv", "location.csv")
PLACES = ("service_at_location.csv", "service_at_locations.csv", "services_at_location.csv")
ADDRESSES = ("addresses.csv", "address.csv")
ATTRIBUTES = ("attributes.csv", "attribute.csv")
TERMS = ("taxonomy_terms.csv", "taxonomy_term.csv")
TAXONOMIES = ("taxonomies.csv", "taxonomy.csv")
LOCATION_COLUMNS = ["latitude", "longitude", "external_identifier", "external_identifier_type"]
#: What stands in a field of its own is told as a term, too.
FIELDS = {"service.status": "status", "organization.legal_status": "legal_status"}


def read(raw: RawFolder) -> pd.DataFrame:
    """One row a service and location (a service without a location is one row), as text.

    Columns as `services.clean_services` takes them. Raises SourceError where
    a file or column of the specification is missing.
    """
    services = read_table(raw, SERVICES, ["id", "organization_id", "name", "status"])
    organizations = read_table(raw, ORGANIZATIONS, ["id", "name"], ["legal_status"])
    rows = services.merge(
        organizations.drop(columns="record").rename(
            columns={"id": "organization_id", "name": "provider_name"}
        ),
        on="organization_id",
        how="left",
    )
    rows = rows.merge(_places(raw), left_on="id", right_on="service_id", how="left").fillna("")
    at = rows["place_record"].where(
        rows["place_record"] == "", ", location " + rows["place_record"]
    )
    frame = pd.DataFrame(
        {
            "record": rows["record"] + at,
            "id": rows["id"],
            "name": rows["name"],
            "provider_name": rows["provider_name"],
            "place": rows["city"],
            "county": rows["state_province"],
            "code": rows["external_identifier"],
            "code_list": rows["external_identifier_type"],
            "lat": rows["latitude"],
            "lon": rows["longitude"],
        }
    )
    return frame.assign(terms=_terms(rows, raw))


def _places(raw: RawFolder) -> pd.DataFrame:
    """Where services stand: coordinates, codes, and town and county of the first address."""
    if find_file(raw, PLACES) is None:
        wanted = ["service_id", "location_id", "place_record", *LOCATION_COLUMNS]
        return pd.DataFrame(columns=[*wanted, "city", "state_province"], dtype="str")
    links = read_table(raw, PLACES, ["service_id", "location_id"])
    links = links.rename(columns={"record": "place_record"})
    locations = read_table(raw, LOCATIONS, ["id"], LOCATION_COLUMNS).drop(columns="record")
    found = links.merge(locations, left_on="location_id", right_on="id", how="left")
    if find_file(raw, ADDRESSES) is None:
        return found.drop(columns="id").assign(city="", state_province="")
    addresses = read_table(raw, ADDRESSES, ["location_id", "city"], ["state_province"])
    addresses = addresses.drop(columns="record").drop_duplicates("location_id")
    return found.drop(columns="id").merge(addresses, on="location_id", how="left")


def _terms(rows: pd.DataFrame, raw: RawFolder) -> pd.Series:
    """What attributes of the service, its organization and its location say, and the fields."""
    parts = [
        pd.DataFrame({"row": rows.index, "taxonomy": name, "code": rows[column], "value": ""})
        for name, column in FIELDS.items()
    ]
    attributes = _attributes(raw)
    for column in ("id", "organization_id", "location_id"):
        linked = rows.reset_index(names="row")[["row", column]]
        found = linked.merge(attributes, left_on=column, right_on="link_id")
        parts.append(found[["row", "taxonomy", "code", "value"]])
    return write_terms(pd.concat(parts, ignore_index=True), rows.index)


def _attributes(raw: RawFolder) -> pd.DataFrame:
    """Attributes with the name of their taxonomy, the code of their term and their value."""
    columns = ["link_id", "taxonomy", "code", "value"]
    if find_file(raw, ATTRIBUTES) is None:
        return pd.DataFrame(columns=columns, dtype="str")
    attributes = read_table(raw, ATTRIBUTES, ["link_id", "taxonomy_term_id"], ["value"])
    terms = read_table(raw, TERMS, ["id", "name"], ["code", "taxonomy", "taxonomy_id"])
    if find_file(raw, TAXONOMIES) is not None:
        names = read_table(raw, TAXONOMIES, ["id", "name"]).set_index("id")["name"]
        named = terms["taxonomy_id"].map(names)
        terms["taxonomy"] = terms["taxonomy"].mask(terms["taxonomy"] == "", named).fillna("")
    terms["code"] = terms["code"].mask(terms["code"] == "", terms["name"])
    terms = terms[["id", "taxonomy", "code"]]
    found = attributes.merge(terms, left_on="taxonomy_term_id", right_on="id", how="left")
    return found.fillna("")[columns]
