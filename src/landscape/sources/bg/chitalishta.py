"""The register of community centres, chitalishta (Ministry of Culture, 2023)."""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.sheets import read_csv
from landscape.errors import SourceError
from landscape.matching import match_names
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, load_mapping
from landscape.sources.figures import require_shapes

YEAR = 2023
LOCAL_TYPE = "chitalishte"
COLUMNS = {
    "Рег. №": "number",
    "Статус": "state",
    "Име на читалище": "name",
    "Област": "county",
    "Община": "municipality",
    "Булстат": "identifier",
}
AT_WORK, CLOSED, INACTIVE = "Действащо", "Закрито", "Неработещо"
TRIAL_NAMES = ("тест", "test")


def read(raw: RawFolder) -> pd.DataFrame:
    """One row a centre. Persons, addresses and contacts stay behind.

    The identifier of the organisation has nine digits; anything else typed
    there (in one row a telephone number too) is cut off.
    """
    frame = read_csv(raw.file(), COLUMNS)
    nine = frame["identifier"].str.replace(" ", "").str.extract(r"^(\d{9})(?!\d)")[0]
    return frame.assign(identifier=nine.fillna(""))


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Services: the centres at work, one row each, in the municipality that they name.

    A chitalishte is an association under a law of its own: its members govern
    it, the State and the municipality support it. It offers a library,
    courses and meetings to everybody, so its function is general (NA); what a
    single centre offers is not in the register. No coordinates are known.
    """
    ledger = Ledger(context, frame)
    require_shapes(frame, {"number": r"\d+", "identifier": r"(\d{9})?"}, context)
    frame = _at_work(frame, context, ledger)
    found = match_names(frame["municipality"], context.gazetteer, counties=frame["county"])
    frame = frame.assign(area_id=found["area_id"].where(found["match_status"] == "matched"))
    where = frame["municipality"] + " (" + frame["county"] + "): " + found["reason"]
    frame = ledger.reject(
        frame, found["match_status"] == "ambiguous", "ambiguous_area", where, severity="error"
    )
    frame = ledger.reject(frame, frame["area_id"].isna(), "unknown_area", where, severity="error")
    frame = _without_duplicates(frame, ledger)
    return ledger.close(services=_services(frame, context))


def _at_work(frame: pd.DataFrame, context: Context, ledger: Ledger) -> pd.DataFrame:
    """The centres at work; trial entries, closed and inactive ones are rejected."""
    unknown = sorted(set(frame["state"]) - {AT_WORK, CLOSED, INACTIVE})
    if unknown:
        raise SourceError(f"{context.source_id}: unknown state {', '.join(map(repr, unknown))}")
    is_trial = frame["name"].str.strip().str.lower().isin(TRIAL_NAMES)
    frame = ledger.reject(frame, is_trial, "test_record", "name " + frame["name"])
    state = frame["name"] + ": " + frame["state"]
    return ledger.reject(frame, frame["state"] != AT_WORK, "service_closed", state, severity="note")


def _without_duplicates(frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Centres entered twice: same identifier, municipality and name (year and place apart).

    The entry with the highest number is kept. Entries that share an
    identifier but not the name may be a slip of the pen: both are kept.
    """
    letters = frame["name"].str.lower().str.replace(r"[^а-яa-z]+", " ", regex=True).str.strip()
    frame = frame.assign(letters=letters, order=pd.to_numeric(frame["number"]))
    shared = frame[frame["identifier"] != ""].sort_values("order", ascending=False)
    shared = shared[shared.duplicated(["identifier", "area_id"], keep=False)]
    newest = shared.groupby(["identifier", "area_id"])["letters"].transform("first")
    same = pd.Series(
        [_same_name(name, other) for name, other in zip(shared["letters"], newest, strict=True)],
        index=shared.index,
        dtype=bool,
    )
    is_first = ~shared.duplicated(["identifier", "area_id"])
    differs = shared[~same]
    ledger.note(
        differs,
        "shared_identifier",
        differs["name"] + ", identifier " + differs["identifier"],
        severity="warning",
    )
    twice = (same & ~is_first).reindex(frame.index, fill_value=False)
    message = frame["name"] + ", identifier " + frame["identifier"]
    frame = ledger.reject(frame, twice, "duplicate_record", message)
    return frame.drop(columns=["letters", "order"])


def _same_name(one: str, other: str) -> bool:
    """Whether one name is the other, or its beginning (``Просвета``, ``Просвета с. Пасарел``)."""
    return one.startswith(other) or other.startswith(one)


def _services(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    kind = load_mapping(__file__, context, "local_type").loc[LOCAL_TYPE]
    return pd.DataFrame(
        {
            "service_id": context.source_id + "/" + frame["number"],
            "count": 1,
            "name": frame["name"],
            "function": kind["function"] or pd.NA,
            "setting": kind["setting"],
            "local_type": LOCAL_TYPE,
            "provider_name": frame["name"],
            "provider_type": kind["provider_type"],
            "delivery": kind["delivery"],
            "position": "municipality",
            "area_id": frame["area_id"],
            "year": YEAR,
            "record": frame["record"],
        }
    )
