"""The tables, column by column: what every source fills and every report reads."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError, SchemaErrors

from landscape.answer_schemas import EVIDENCE, answer_tables
from landscape.errors import TableError

LEVELS = ("country", "region", "county", "municipality")
FUNCTIONS = (
    "sickness",
    "disability",
    "old_age",
    "survivors",
    "family_children",
    "unemployment",
    "housing",
    "social_exclusion",
)
SETTINGS = ("residential", "day_outreach", "desk")
PROVIDERS = ("municipality", "county", "state", "association", "church", "company", "unknown")
DELIVERIES = ("in_house", "delegated", "independent", "unknown")
POSITIONS = ("exact", "settlement", "municipality", "none")
STATUSES = ("A", "E", "M", "C", "B")
SEVERITIES = ("error", "warning", "note")
ACTIONS = ("kept", "corrected", "set_missing", "rejected")
PLACE_KINDS = ("settlement", "former_name", "former_area", "alias")
CHANGES = ("merger", "split", "creation", "transfer", "renamed")


def _text(nullable: bool = False, among: tuple[str, ...] = (), **more: Any) -> pa.Column:
    checks = [pa.Check.isin(among)] if among else []
    return pa.Column("str", checks, nullable=nullable, **more)


def _word(**more: Any) -> pa.Column:
    """Text that must say something: a code, a name."""
    return pa.Column("str", pa.Check.str_matches(r"^\s*\S"), **more)


def _number(
    nullable: bool = True, low: float | None = None, high: float | None = None
) -> pa.Column:
    checks = [] if low is None else [pa.Check.ge(low)]
    checks += [] if high is None else [pa.Check.le(high)]
    return pa.Column("Float64", checks, nullable=nullable)


def _degrees(most: int) -> pa.Column:
    return _number(low=-most, high=most)


def _year(nullable: bool = False) -> pa.Column:
    return pa.Column("Int64", pa.Check.in_range(1900, 2100), nullable=nullable)


#: One row an area: code, name, place in the hierarchy, size.
AREAS = pa.DataFrameSchema(
    {
        "area_id": _word(unique=True),  # GISCO_ID form: RO_1017, BG_VAR06, FR_73065, MD_2918
        "country": _text(),  # ISO 3166 two letters
        "level": _text(among=LEVELS),
        "code": _word(),  # the country's own code, as text
        "name": _word(),  # official spelling
        "name_latin": _text(nullable=True),  # where the official script is not Latin
        "parent_id": _text(nullable=True),  # area_id of the county, or of the country
        "kind": _text(nullable=True),  # the country's own type: oraș, comună, град, commune
        "nuts3": _text(nullable=True),
        "population": _number(low=0),  # residents, latest count
        "population_year": _year(nullable=True),
        "area_km2": _number(low=0),  # computed in EPSG:3035
        "lon": _degrees(180),  # a point inside the area, EPSG:4326
        "lat": _degrees(90),
        "geometry": pa.Column(object, nullable=True, required=False, coerce=False),
        "boundary_year": _year(nullable=True),
        "valid_from": _text(nullable=True),  # ISO date
        "valid_to": _text(nullable=True),
    },
    strict=True,
    coerce=True,
    name="areas",
)

#: Names that stand for an area: its settlements, former names and merged areas.
PLACES = pa.DataFrameSchema(
    {
        "area_id": _text(),
        "name": _word(),
        "kind": _text(among=PLACE_KINDS),
        "code": _text(nullable=True),  # the settlement's or former area's own code
        "lon": _degrees(180),
        "lat": _degrees(90),
        "valid_from": _text(nullable=True),  # ISO dates between which it stood for the area;
        "valid_to": _text(nullable=True),  # blank where it always did or the dates do not matter
        "source_id": _text(),
        "record": _text(),
    },
    strict=True,
    coerce=True,
    name="places",
)

#: How areas became other areas, one row a change and pair of areas.
CROSSWALK = pa.DataFrameSchema(
    {
        "area_id_from": _text(),  # in the same form as area_id; it may be gone by now
        "area_id_to": _text(),  # the same id where a part keeps it
        "date": _text(nullable=True),  # ISO, the first day on the new territory; blank: not known
        "kind": _text(among=CHANGES),
        "share": pa.Column("Float64", pa.Check.in_range(0, 1), nullable=True),  # of what it was
        "status": _text(among=("A", "E", "M")),  # E: share by population, M: share not known
        "source_id": _text(),
        "record": _text(),  # where in the file, and the reference
    },
    unique=["area_id_from", "area_id_to", "date"],
    strict=True,
    coerce=True,
    name="crosswalk",
)


def _evidence() -> pa.Column:
    """Whether a register or the authority itself says it; set when an edition is put together."""
    return _text(among=EVIDENCE, required=False)


def _observations(name: str) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(
        {
            "area_id": _text(),
            "variable": _text(),  # a name of variables.yml
            "year": _year(),
            "value": _number(low=0),  # no variable of the dictionary can be negative
            "unit": _text(),
            "status": _text(among=STATUSES),  # SDMX: A normal, E estimated, M missing, ...
            "source_id": _text(),
            "record": _text(),  # where in the raw file
            "evidence": _evidence(),
        },
        checks=[
            pa.Check(
                lambda rows: rows["value"].notna() | rows["status"].isin(["M", "C"]),
                error="a value is missing but its status is not M or C",
            ),
        ],
        unique=["area_id", "variable", "year", "source_id"],
        strict=True,
        coerce=True,
        name=name,
    )


#: One observation a row: what people need, and the context they live in.
NEEDS = _observations("needs")
#: One observation a row: posts, money, associations.
RESOURCES = _observations("resources")

#: One service a row, or one row per area and type where the source publishes counts.
SERVICES = pa.DataFrameSchema(
    {
        "service_id": _word(unique=True),
        "count": pa.Column("Int64", pa.Check.ge(1)),
        "name": _text(nullable=True),
        "function": _text(nullable=True, among=FUNCTIONS),  # ESSPROS; NA = general
        "setting": _text(among=SETTINGS),  # NACE 87, NACE 88, desk
        "local_type": _word(),  # the source's own code of the type
        "provider_name": _text(nullable=True),
        "provider_type": _text(among=PROVIDERS),
        "delivery": _text(among=DELIVERIES),
        "capacity": _number(low=0),  # places
        "lon": _degrees(180),
        "lat": _degrees(90),
        "position": _text(among=POSITIONS),
        "area_id": _text(),  # municipality; county where the municipality is not known
        "opened": _text(nullable=True),  # ISO date
        "closed": _text(nullable=True),
        "year": _year(),  # the year that the source speaks of
        "source_id": _text(),
        "record": _text(),
        "evidence": _evidence(),
    },
    strict=True,
    coerce=True,
    name="services",
)

#: What cleaning noticed.
FINDINGS = pa.DataFrameSchema(
    {
        "source_id": _text(),
        "record": _text(),
        "area_id": _text(nullable=True),
        "rule": _text(),  # a name of rules.yml
        "severity": _text(among=SEVERITIES),
        "message": _text(),
        "action": _text(among=ACTIONS),
    },
    strict=True,
    coerce=True,
    name="findings",
)

#: One value per area, indicator and year, with what is needed to judge it.
INDICATORS = pa.DataFrameSchema(
    {
        "area_id": _text(),
        "level": _text(among=LEVELS),  # of the area
        "indicator": _text(),  # a name of catalogue.yml
        "year": _year(),
        "value": _number(),
        "low": _number(),  # 95 % interval
        "high": _number(),
        "numerator": _number(),
        "denominator": _number(),
        "denominator_year": _year(nullable=True),
        "coverage": pa.Column("Float64", pa.Check.in_range(0, 1), nullable=True),
        "status": _text(among=STATUSES),
        "source_ids": _text(),  # joined by a blank
    },
    unique=["area_id", "indicator", "year"],
    strict=True,
    coerce=True,
    name="indicators",
)

TABLES = {
    "areas": AREAS,
    "places": PLACES,
    "crosswalk": CROSSWALK,
    "needs": NEEDS,
    "resources": RESOURCES,
    "services": SERVICES,
    "findings": FINDINGS,
    "indicators": INDICATORS,
    **answer_tables(FUNCTIONS),  # what authorities declare in the inventory workbook
}


def check_table(name: str, rows: pd.DataFrame, origin: str = "") -> pd.DataFrame:
    """The rows in the table's column order and types; TableError says what breaks the schema.

    Columns that may be missing are added empty. ``origin`` (a source id) is
    named in the error.
    """
    schema = TABLES[name]
    wanted = [c for c, column in schema.columns.items() if column.required or c in rows]
    where = f"{origin}: " if origin else ""
    unknown = [str(column) for column in rows if column not in schema.columns]
    if unknown:
        raise TableError(f"{where}table {name}: unknown column(s) {', '.join(unknown)}")
    absent = [c for c in wanted if c not in rows and schema.columns[c].nullable]
    rows = rows.reindex(columns=[*rows.columns, *absent])
    try:
        checked = schema.validate(rows)
    except (SchemaError, SchemaErrors) as error:
        fault = " ".join(_fault(error, rows).split())
        raise TableError(f"{where}table {name}: {fault}") from None
    return checked[wanted]


def _fault(error: SchemaError | SchemaErrors, rows: pd.DataFrame) -> str:
    """Which column breaks the schema, how, and in which records."""
    cases = getattr(error, "failure_cases", None)
    check = getattr(error, "check", None)
    if not isinstance(cases, pd.DataFrame) or "index" not in cases or check is None:
        return str(error)
    column = getattr(error.schema, "name", "")
    told = getattr(check, "error", None) or check
    at = cases["index"].dropna().drop_duplicates().head(3)
    named = "record" if "record" in rows else "area_id"
    where = [str(rows[named].get(place, place)) for place in at] if named in rows else list(at)
    values = cases["failure_case"].head(3).tolist() if column in rows else []
    return f"{column}: {told}: {values or ''} in {', '.join(map(str, where))}"


def empty_table(name: str) -> pd.DataFrame:
    """A table of that name with no rows."""
    columns = [c for c, column in TABLES[name].columns.items() if column.required]
    return check_table(name, pd.DataFrame({c: pd.Series(dtype="object") for c in columns}))
