"""From services in a common format to the services table: placing, meaning, accounting."""

from __future__ import annotations

import re

import pandas as pd

from landscape.cleaning.geometry import locate_points
from landscape.cleaning.numbers import parse_numbers
from landscape.errors import SourceError
from landscape.sources.contract import Cleaned, Context, Ledger
from landscape.sources.exchanged.terms import load_meanings, tell_columns
from landscape.sources.figures import read_figures, require_shapes
from landscape.sources.placing import place_records
from landscape.sources.registry import country
from landscape.workbook.values import holds_contact

UNTYPED = "untyped"
DAY = r"(\d{4}-\d{2}-\d{2})?"


def clean_services(frame: pd.DataFrame, context: Context, module_file: str) -> Cleaned:
    """The services table of a package; ``module_file`` is the country's module.

    ``frame`` is text: ``record``, ``id``, ``name``, ``provider_name``,
    ``place``, ``county``, ``code`` with its ``code_list``, ``lat``, ``lon`` and
    ``terms``. A row whose code is one of the country's register is placed by
    it, the others by name and point as `place_records` does. Without a setting
    a row is rejected, as what is closed without a day of closing is. A blank capacity
    stays missing. Names that hold a telephone number or e-mail address are
    left out and told. Raises SourceError for terms that the mapping lacks.
    """
    ledger = Ledger(context, frame)
    told = tell_columns(frame["terms"], load_meanings(module_file, context), context)
    frame = pd.concat([frame.drop(columns="terms"), told.drop(columns="provider_name")], axis=1)
    withheld = told["provider_name"].notna() | (frame["provider_name"] == "")
    frame["provider_name"] = frame["provider_name"].mask(withheld)
    frame = _in_scope(frame, ledger)
    require_shapes(frame, {"opened": DAY, "closed": DAY}, context)
    frame = _placed(_without_contacts(frame, ledger), context, ledger)
    repeated = frame.groupby("id").cumcount()
    place = ("@" + (repeated + 1).astype("str")).where(repeated > 0, "")
    services = pd.DataFrame(
        {
            "service_id": context.source_id + "/" + frame["id"] + place,
            "count": 1,
            "capacity": read_figures(frame, frame["capacity"].fillna(""), "capacity", ledger),
            "local_type": frame["local_type"].fillna(UNTYPED),
            "provider_type": frame["provider_type"].fillna("unknown"),
            "delivery": frame["delivery"].fillna("unknown"),
            "year": _years(frame["year"], context),
        }
    )
    same = ["name", "function", "setting", "provider_name", "lon", "lat", "position"]
    more = ["area_id", "opened", "closed", "record"]
    return ledger.close(services=services.join(frame[[*same, *more]]))


def _in_scope(frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The rows that are a service of a known setting that has not closed, or told when."""
    gone = (frame["state"] == "closed") & frame["closed"].isna()
    frame = ledger.reject(frame, gone, "service_closed", "no day of closing", severity="note")
    missing = frame["setting"].isna()
    return ledger.reject(frame, missing, "outside_scope", "no setting is told", severity="note")


def _without_contacts(frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The names without those that hold an e-mail address or telephone number."""
    for column in ("name", "provider_name"):
        text = frame[column].fillna("")
        held = text.map(holds_contact)
        ledger.note(frame[held], "contact_left_out", column, action="set_missing")
        frame = frame.assign(**{column: frame[column].mask(held | (text == ""))})
    return frame


def _years(told: pd.Series, context: Context) -> pd.Series:
    """The year told, else the last of the period that ``source.yml`` gives."""
    years = re.findall(r"\d{4}", context.card.reference_period)
    if not years:
        raise SourceError(f"{context.source_id}: reference_period tells no year")
    return pd.to_numeric(told.fillna(years[-1])).astype("Int64")


def _placed(frame: pd.DataFrame, context: Context, ledger: Ledger) -> pd.DataFrame:
    """With ``area_id``, ``position`` and coordinates; rows without an area are rejected."""
    frame = frame.assign(
        lon=parse_numbers(frame["lon"], signed=True)["value"],
        lat=parse_numbers(frame["lat"], signed=True)["value"],
        area_id=_area_of_code(frame, context),
    )
    by_code = frame["area_id"].notna()
    coded, others = frame[by_code], frame[~by_code]
    if others.empty:
        return _positioned(coded, context)
    municipalities = context.areas[context.areas["level"] == "municipality"]
    others = others.assign(
        point_area_id=locate_points(others["lon"], others["lat"], municipalities),
        position=others["position"].fillna("exact"),
    )
    named = place_records(others, context, ledger).drop(columns="point_area_id")
    return pd.concat([_positioned(coded, context), named]).sort_index()


def _area_of_code(frame: pd.DataFrame, context: Context) -> pd.Series:
    """The area that bears the code, where the code is of the country's own register."""
    card = country(context.source_id.partition("/")[0])
    areas = context.areas[context.areas["level"].isin(["municipality", "county"])]
    areas = areas.drop_duplicates("code", keep=False)
    found = frame["code"].map(dict(zip(areas["code"], areas["area_id"], strict=True)))
    is_ours = (frame["code_list"] == card.code_list) & (card.code_list != "")
    return found.where(is_ours).astype("str")


def _positioned(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    """How exact the point is, where the source does not tell it."""
    no_point = frame["lon"].isna() | frame["lat"].isna()
    is_county = frame["area_id"].isin(context.area_ids("county"))
    seen = no_point.map({True: "municipality", False: "exact"}).mask(is_county, "none")
    return frame.assign(position=frame["position"].fillna(seen))
