"""What a workbook is sent out with: an authority, and what the registers know of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from landscape.workbook.questionnaire import Question, load_questionnaire

#: Columns of a service that the workbook shows, by the question that they answer.
SERVICE_COLUMNS = {
    "name": "name",
    "function": "function",
    "setting": "setting",
    "provider_name": "provider_name",
    "provider_type": "provider_type",
    "delivery": "delivery",
    "places": "capacity",
}


@dataclass(frozen=True)
class Known:
    """What a register says: a value, its year and the title of the source."""

    value: str | float
    year: int | None = None
    source: str = ""


@dataclass(frozen=True)
class Authority:
    """One authority that a workbook goes to.

    ``facts`` are keyed by question; ``services`` are rows of the services
    table (``service_id`` and the columns of ``SERVICE_COLUMNS``) that stand in
    the area itself.
    """

    area_id: str
    name: str
    facts: Mapping[str, Known] = field(default_factory=dict)
    services: pd.DataFrame = field(default_factory=pd.DataFrame)
    fictive: bool = False


def prefill(
    area_id: str,
    areas: pd.DataFrame,
    observations: pd.DataFrame,
    services: pd.DataFrame,
    titles: Mapping[str, str],
) -> Authority:
    """The authority of an area with what the tables of its country know of it.

    ``observations`` are the needs and resources together, ``titles`` the
    titles of sources in the workbook's language. Services of unknown
    municipality are not those of the county: only rows placed in the area
    itself and not closed are listed, one by one (rows that count several are
    left out, as they cannot be confirmed). KeyError where the area is unknown.
    """
    area = areas.set_index("area_id").loc[area_id]
    facts = {
        "name": Known(str(area["name"])),
        "tier": Known(str(area["level"])),
        **({"kind": Known(str(area["kind"]))} if pd.notna(area["kind"]) else {}),
    }
    own = observations[(observations["area_id"] == area_id) & observations["value"].notna()]
    for sheet in load_questionnaire().values():
        for question in sheet.questions.values():
            found = _latest(own, question, titles)
            if found is not None:
                facts[question.name] = found
    listed = services[
        (services["area_id"] == area_id)
        & (services["count"] == 1)
        & services["closed"].isna()
        & (services["position"] != "none")
        & services["name"].notna()
    ]
    columns = ["service_id", *SERVICE_COLUMNS.values()]
    return Authority(area_id, str(area["name"]), facts, listed[columns].reset_index(drop=True))


def _latest(own: pd.DataFrame, question: Question, titles: Mapping[str, str]) -> Known | None:
    """The newest figure of the first register's variable that the area has one of."""
    for variable in question.known:
        rows = own[own["variable"] == variable].sort_values("year")
        if len(rows):
            last = rows.iloc[-1]
            source = titles.get(str(last["source_id"]), str(last["source_id"]))
            return Known(float(last["value"]), int(last["year"]), source)
    return None
