"""Enumeration sectors drawn for the census of Moldova of 2024 (BNS, second version).

The file lists the objects of the census' map of the field, from the whole to the
part, each as the point in its middle with one text and nothing else:

- the country, 5 regional census offices (``CRS``), 37 raion-level units, and 982
  towns and communes, each by its name: headings here, without any figure;
- 573 and 3,885 districts of the field staff (``RS012``, ``RS0127``: two letters of
  the raion and a number). Their codes name no commune;
- 7,668 sectors, nine digits. **The first five digits are not the CUATM code** that
  the other files use, though nine in ten of the numbers exist there too. They are
  characters 6 to 10 of ``CODST`` in the list of localities: two for the raion-level
  unit, three for the unit of the first tier. The last four count the sectors of
  the unit from 1. Of the 986 such units (981 and the five sectors of Chișinău, the
  city as a whole has none) every one occurs, numbered without a gap, and all
  points lie in the raion named, or (17) within 300 m of its border.

``census_sectors.csv`` says which municipality each of those units is.

On the left bank, in Tighina and in three communes near it each unit is drawn as one
sector, whatever its size: it was not divided because it was not to be enumerated.
That one says nothing of the unit, and the figure is missing there.
"""

from __future__ import annotations

import pandas as pd

from landscape.cleaning.sheets import read_features
from landscape.errors import SourceError
from landscape.provenance import RawFolder
from landscape.sources.contract import (
    Cleaned,
    Context,
    Ledger,
    join_records,
    load_mapping,
    observations,
    require_mapped,
)

YEAR = 2024
SECTOR = r"(?P<unit>[0-9]{5})(?P<number>[0-9]{4})"
STAFF_DISTRICT = r"[A-Z]{2}[0-9]{3,4}"
HEADING = r"(?:com\.|sat\.|or\.|mun\.|r-nul|UTA|CRS) .+|Republica Moldova"


def read(raw: RawFolder) -> pd.DataFrame:
    """The one text of each object. The points are left behind."""
    return pd.DataFrame(read_features(raw.file(), {"name_obj": "object"})[["object", "record"]])


def clean(frame: pd.DataFrame, context: Context) -> Cleaned:
    """Needs: the number of sectors of each municipality; missing where it was not divided."""
    ledger = Ledger(context, frame)
    _require_known(frame, context)
    heading = frame["object"].str.fullmatch(HEADING)
    said = "heading " + frame["object"]
    frame = ledger.reject(frame, heading, "not_an_area", said, severity="note")
    staff = frame["object"].str.fullmatch(STAFF_DISTRICT)
    said = "district of the field staff " + frame["object"]
    frame = ledger.reject(frame, staff, "not_an_area", said, severity="note")
    frame = frame.join(frame["object"].str.extract(SECTOR))
    mapping = load_mapping(__file__, context, "unit")
    require_mapped(frame["unit"], mapping, context)
    frame = frame.assign(area_id=frame["unit"].map(mapping["area_id"]))
    counts = _count(frame)
    _tell_undivided(counts, ledger)
    return ledger.close(
        used=frame[["record", "area_id"]],
        needs=observations(counts, {"sectors": "census_sectors"}, year=YEAR, context=context),
    )


def _require_known(frame: pd.DataFrame, context: Context) -> None:
    """SourceError where a text has none of the shapes that the docs above tell."""
    shapes = "|".join(["[0-9]{9}", STAFF_DISTRICT, HEADING])
    unknown = frame.loc[~frame["object"].str.fullmatch(shapes), "object"]
    if not unknown.empty:
        shown = ", ".join(map(repr, unknown.unique()[:3]))
        raise SourceError(f"{context.source_id}: object not known: {shown}")


def _count(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a municipality: ``sectors``, missing where the whole is drawn as one."""
    groups = frame.sort_values("object").groupby("area_id")
    counts = groups["record"].agg(sectors="size", record=join_records).reset_index()
    return counts.assign(sectors=counts["sectors"].where(counts["sectors"] > 1))


def _tell_undivided(counts: pd.DataFrame, ledger: Ledger) -> None:
    rows = counts[counts["sectors"].isna()]
    ledger.note(rows, "not_enumerated", "drawn as one sector, not divided")
