"""Work-integration structures (DGEFP and ASP, July 2019)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from landscape.cleaning.sheets import read_csv
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, load_mapping, require_mapped
from landscape.sources.figures import require_shapes
from landscape.sources.placing import place_records

YEAR = 2019
COLUMNS = {
    "MESURE": "local_type",
    "CODE_DEPARTEMENT": "listed_in",
    "CODE_POSTAL": "postcode",
    "COMMUNE": "place",
    "NATURE_JURIDIQUE": "legal_form",
    "SIRET": "siret",
    "DENOMINATION_SOCIALE": "provider_name",
}
LEGAL_FORMS = Path(__file__).with_name("siae_legal_forms.csv")
#: Saint-Martin, Saint-Barthélemy, Saint-Pierre-et-Miquelon and the Pacific are no départements.
OUTSIDE = r"97150|97133|975\d\d|98\d{3}"
DELIVERY = {"municipality": "in_house", "county": "in_house", "state": "in_house"}


def read(raw: RawFolder) -> pd.DataFrame:
    """One row a structure, without street, telephone and mail.

    The name and number of a sole trader are those of a person and are left
    behind, too; so are they where the legal form is not known.
    """
    frame = read_csv(raw.file(), COLUMNS)
    frame["legal_form"] = frame["legal_form"].str.strip()
    forms = pd.read_csv(LEGAL_FORMS, dtype=str)
    bodies = forms.loc[forms["is_person"] == "no", "legal_form"]
    is_body = frame["legal_form"].isin(bodies)
    return frame.assign(
        siret=frame["siret"].where(is_body, ""),
        provider_name=frame["provider_name"].str.strip().where(is_body, ""),
    )


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Services: one row an establishment and type, in the commune of its postal address.

    The département of the address is told by the postcode: the one that lists
    a structure may be a neighbour where it works, too (Rennes under 022).
    Places (posts) are not in the file.
    """
    ledger = Ledger(context, frame)
    require_shapes(frame, {"postcode": r"\d{5}", "siret": r"(\d{14})?"}, context)
    types = load_mapping(__file__, context, "local_type")
    require_mapped(frame["local_type"], types, context)
    forms = load_mapping(str(LEGAL_FORMS), context, "legal_form")
    require_mapped(frame["legal_form"], forms, context)
    where = frame["place"] + " " + frame["postcode"]
    outside = frame["postcode"].str.fullmatch(OUTSIDE)
    frame = ledger.reject(frame, outside, "outside_scope", where, severity="note")
    frame = _once(frame, ledger)
    frame = frame.assign(
        county=_departement(frame["postcode"]),
        point_area_id=pd.Series(pd.NA, index=frame.index, dtype="str"),
        position="municipality",
        **dict.fromkeys(("lon", "lat"), pd.Series(pd.NA, index=frame.index, dtype="Float64")),
    )
    frame = place_records(frame, context, ledger)
    provider_type = frame["legal_form"].map(forms["provider_type"])
    placed = frame["area_id"].where(frame["position"] != "none")
    points = context.areas.set_index("area_id")
    services = frame.assign(
        service_id=context.source_id + "/" + frame["local_type"] + "-" + frame["key"],
        count=1,
        function=frame["local_type"].map(types["function"]),
        setting=frame["local_type"].map(types["setting"]),
        provider_name=frame["provider_name"].replace("", pd.NA),
        provider_type=provider_type,
        delivery=provider_type.map(DELIVERY).fillna("unknown"),
        lon=placed.map(points["lon"]),
        lat=placed.map(points["lat"]),
        year=YEAR,
    )
    extra = ["listed_in", "postcode", "place", "legal_form", "siret", "county", "key"]
    return ledger.close(services=services.drop(columns=[*extra, "point_area_id"]))


def _once(frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """One row an establishment (SIRET) and type, with its ``key``.

    A structure stands once for each département that has an agreement with
    it, and sometimes once for each of its workshops.
    """
    frame = frame.assign(key=frame["siret"].where(frame["siret"] != "", frame["record"]))
    frame["key"] = frame["key"].str.replace(" ", "-")
    again = frame.duplicated(["key", "local_type"])
    message = frame["local_type"] + " listed again in " + frame["listed_in"]
    message = message + ": " + frame["provider_name"]
    return ledger.reject(frame, again, "duplicate_record", message, severity="note")


def _departement(postcode: pd.Series) -> pd.Series:
    """The code of the département that a postcode belongs to.

    >>> _departement(pd.Series(["01500", "20137", "20200", "97119"])).tolist()
    ['01', '2A', '2B', '971']
    """
    code = postcode.str[:2].mask(postcode.str.startswith("97"), postcode.str[:3])
    code = code.mask(postcode.str.match("20[01]"), "2A")
    return code.mask(postcode.str.match("20[2-9]"), "2B")
