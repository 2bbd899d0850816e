"""Columns as the fields of a Table Schema: from ``schemas.py``, explained by ``columns.yml``."""

from __future__ import annotations

from typing import Any

import pandera.pandas as pa

from landscape.dictionaries import explain_column
from landscape.schemas import TABLES

TYPES = {"str": "string", "string": "string", "Int64": "integer", "Float64": "number"}
#: Texts may say how they are kept, as in string[pyarrow].
#: The column that names an area of today; those of the crosswalk may be gone by now.
AREA_COLUMN = "area_id"
#: Which tables have one row a value of a column.
KEYS = {"areas": ["area_id"], "services": ["service_id"]}


def table_schema(name: str, columns: list[str]) -> dict[str, Any]:
    """The Table Schema of these columns of a table: types, limits, keys, what each means.

    An empty cell is a missing value, in every column.
    """
    described = TABLES[name].columns
    schema: dict[str, Any] = {
        "fields": [_field(name, column, described[column]) for column in columns],
        "missingValues": [""],
    }
    key = KEYS.get(name) or list(TABLES[name].unique or [])
    # A part of a key must be there: where it may be blank, the rows have no primary key.
    if key and not any(described[column].nullable for column in key):
        schema["primaryKey"] = key
    if name == "areas":
        schema["foreignKeys"] = [_reference("parent_id", "")]
    elif AREA_COLUMN in columns:
        schema["foreignKeys"] = [_reference(AREA_COLUMN, "areas")]
    return schema


def _reference(column: str, resource: str) -> dict[str, Any]:
    """A column that holds ids of areas; a blank resource is the table itself."""
    return {"fields": column, "reference": {"resource": resource, "fields": AREA_COLUMN}}


def _field(name: str, column: str, schema: pa.Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if schema.nullable else {"required": True}
    if schema.unique:
        constraints["unique"] = True
    for check in schema.checks:
        constraints |= _limits(check.statistics or {})
    return {
        "name": column,
        "type": TYPES[str(schema.dtype).partition("[")[0]],
        "description": explain_column(name, column, "en"),
        **({"constraints": constraints} if constraints else {}),
    }


def _limits(statistics: dict[str, Any]) -> dict[str, Any]:
    """What pandera checks, in the words of Table Schema."""
    words = {"min_value": "minimum", "max_value": "maximum", "allowed_values": "enum"}
    found = {words[key]: value for key, value in statistics.items() if key in words}
    if "enum" in found:
        found["enum"] = list(found["enum"])
    return found
