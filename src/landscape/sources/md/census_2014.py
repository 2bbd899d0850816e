"""Census of Moldova of 2014 (BNS): residents by commune and age, and persons abroad by raion.

Two workbooks with trilingual headers of several lines:

- ``population_by_commune_age.xls``, sheet 1: the country, then each raion-level
  unit with its communes and towns below. Nothing but the order tells a raion from
  a commune (Dondușeni is a raion, a town and a village; the raion of Hîncești
  comes long after the village of that name). A row is a raion when the
  residents of the one before are used up by the rows below it, which
  they are to the last person in the whole file.
- ``abroad_by_raion.xls``, sheet 2: for each raion one block of 16 rows, the
  total and 15 age groups. Its raions make 291,369 persons, 8,460 more than the
  total that the same workbook prints for the country on its other sheets (282,909);
  each block adds up in itself, so nothing says where the difference lies.

``-`` stands only in the second and means none: the note below the table reads
*evenimentul nu a existat*, the event did not occur. It is zero. Four communes
where no census was taken have the words *recensământ neefectuat*: missing. Rows
marked with asterisks were counted in part, see ``PARTLY``.
"""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.numbers import parse_numbers
from landscape.errors import SourceError
from landscape.matching import match_counties, match_names
from landscape.provenance import RawFolder
from landscape.sources.contract import Cleaned, Context, Ledger, observations
from landscape.sources.md._census_layout import (
    ABROAD,
    AGES,
    POPULATION,
    read_abroad,
    read_residents,
)

YEAR = 2014
NOT_TAKEN = "recensământ neefectuat"
#: What the notes below the table say of the marks after a name.
PARTLY = {
    "**": "not all residents were counted; the office estimates 532,513",
    "***": "the census was not taken in the village of Roghi",
}
AGE_GROUPS = ("aged_0_17", "aged_18_64", "aged_65_over")
FIGURES = ("total", "men", "women", *AGE_GROUPS)
BY_COMMUNE = {
    "total": "population",
    "with_known_age": "population_with_known_age",
    **{name: f"population_{name}" for name in FIGURES[1:]},
}
#: Of the raions' own rows only what the boundary file does not give.
BY_RAION = {name: BY_COMMUNE[name] for name in ("men", "women", "aged_0_17", "aged_18_64")}
BY_LEVEL = {"country": BY_COMMUNE, "county": BY_RAION, "municipality": BY_COMMUNE}
GONE = ("population_abroad", "population_abroad_men", "population_abroad_women")
TOWNS = ("oraș", "municipiu")
TOWN_MARK = r"^(?:Or|Mun)\.\s*"


def read(raw: RawFolder) -> pd.DataFrame:
    """The rows of both tables, each with its level and the raion it stands under."""
    residents = read_residents(raw.file("population_by_commune_age.xls"))
    abroad = read_abroad(raw.file("abroad_by_raion.xls"))
    return pd.concat([residents, abroad], ignore_index=True).fillna("")


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Needs: residents by sex and age at all levels, persons abroad of raions."""
    ledger = Ledger(context, frame)
    raions = _raion_ids(frame["raion"], context)
    frame = frame.assign(area_id=raions.where(frame["level"] != "country", "MD"))
    frame = _with_figures(frame, ledger)
    residents, abroad = frame[frame["table"] == POPULATION], frame[frame["table"] == ABROAD]
    residents = _place_communes(residents, context, ledger)
    _tell_uncounted(residents, ledger)
    needs = [*_residents(residents, context), _abroad(abroad, context)]
    return ledger.close(
        used=pd.concat([residents, abroad])[["record", "area_id"]],
        needs=pd.concat(needs, ignore_index=True),
    )


def _raion_ids(names: pd.Series, context: Context) -> pd.Series:
    """The area of each raion named; SourceError names those that are not known."""
    distinct = pd.Series(sorted(set(names) - {""}), dtype="str")
    found = match_counties(distinct, context.gazetteer)
    lost = distinct[found["match_status"] != "matched"]
    if not lost.empty:
        raise SourceError(f"{context.source_id}: raion not known: {', '.join(lost)}")
    return names.map(dict(zip(distinct, found["area_id"], strict=True)))


def _place_communes(frame: pd.DataFrame, context: Context, ledger: Ledger) -> pd.DataFrame:
    """The rows of residents with the area of each commune; rows that name none are rejected."""
    communes = frame[frame["level"] == "municipality"]
    names = communes["name"].str.rstrip("*")
    is_town = names.str.contains(TOWN_MARK)
    bare = names.str.replace(TOWN_MARK, "", regex=True)
    found = match_names(bare, context.gazetteer, counties=communes["raion"])
    of_type = _candidates_of_type(found["candidates"], is_town, context)
    matched = found["area_id"].where(found["match_status"] == "matched", of_type)
    frame = frame.assign(area_id=frame["area_id"].mask(frame.index.isin(communes.index), matched))
    where = frame["name"] + ", raion " + frame["raion"]
    return ledger.reject(frame, frame["area_id"].isna(), "unknown_area", where, severity="error")


def _candidates_of_type(candidates: pd.Series, is_town: pd.Series, context: Context) -> pd.Series:
    """Of several areas of one name the one town, where the row says town; else the one commune."""
    kinds = context.areas.set_index("area_id")["kind"]

    def choose(ids: object, town: bool) -> str | None:
        if not isinstance(ids, str):
            return None
        fit = [i for i in ids.split("|") if (kinds.get(i) in TOWNS) == town]
        return fit[0] if len(fit) == 1 else None

    chosen = [choose(c, t) for c, t in zip(candidates, is_town, strict=True)]
    return pd.Series(chosen, index=candidates.index, dtype="str")


def _with_figures(frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The figures as numbers: a dash of the second table is zero, no census is missing."""
    of_abroad = frame["table"] == ABROAD
    parsed = {
        name: parse_numbers(
            frame[name].mask(of_abroad & (frame[name] == "-"), "0"), marks={NOT_TAKEN: "M"}
        )
        for name in FIGURES
    }
    unreadable = ~pd.concat([p["readable"] for p in parsed.values()], axis=1).all(axis=1)
    rows = frame[unreadable]
    ledger.note(rows, "value_not_readable", rows["name"], severity="error", action="set_missing")
    frame = frame.assign(**{name: figures["value"] for name, figures in parsed.items()})
    return frame.assign(with_known_age=frame[list(AGE_GROUPS)].sum(axis=1, skipna=False))


def _tell_uncounted(frame: pd.DataFrame, ledger: Ledger) -> None:
    """Findings for communes that were not counted, or (marked with asterisks) in part."""
    none = frame[frame["total"].isna()]
    ledger.note(none, "not_enumerated", none["name"], severity="warning")
    marks = frame["name"].str.extract(r"(\*+)$", expand=False)
    part = frame[marks.isin(PARTLY)]
    message = part["name"].str.rstrip("*") + ": " + marks[part.index].map(PARTLY)
    ledger.note(part, "partly_enumerated", message, severity="warning")


def _residents(frame: pd.DataFrame, context: Context) -> list[pd.DataFrame]:
    return [
        observations(frame[frame["level"] == level], variables, year=YEAR, context=context)
        for level, variables in BY_LEVEL.items()
    ]


def _abroad(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Persons abroad: the heading of each block by sex, its age groups summed to three.

    A group of ages is missing where one of its rows is not there.
    """
    heads = frame[~frame["name"].isin(list(AGES))]
    variables = dict(zip(FIGURES[:3], GONE, strict=True))
    for group in dict.fromkeys(AGES.values()):
        labels = [age for age, wider in AGES.items() if wider == group]
        counts = frame[frame["name"].isin(labels)].groupby("area_id")["total"]
        variable = f"{GONE[0]}_aged_{group}"
        heads = heads.assign(**{variable: heads["area_id"].map(counts.sum(min_count=len(labels)))})
        variables[variable] = variable
    return observations(heads, variables, year=YEAR, context=context)
