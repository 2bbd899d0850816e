"""How old the sources are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import pandas as pd

from landscape.errors import SourceError
from landscape.provenance import SourceCard


def measure_freshness(cards: Iterable[SourceCard], on: date) -> pd.DataFrame:
    """The age of each source on a day: source_id, ``newest``, ``oldest``, ``age``.

    ``newest`` is the last year that the source speaks of; ``oldest`` the last
    year of its oldest part, where it has parts apart ("2011-02-01, 2019" is a
    census and later figures; "2002/2017" is one series). ``age`` in whole
    years of the calendar, as the reports count it. SourceError for a period
    that is not understood.
    """
    rows = []
    for card in cards:
        ends = [_last_year(part, card) for part in card.reference_period.split(", ")]
        newest = max(ends)
        age = max(0, on.year - newest)
        rows.append(
            {
                "source_id": card.source_id,
                "newest": newest,
                "oldest": min(ends),
                "age": age,
            }
        )
    return pd.DataFrame(rows, columns=["source_id", "newest", "oldest", "age"])


def _last_year(part: str, card: SourceCard) -> int:
    """The year in which a period ends: "2002/2017", "2021-2025", "2016-12", "2021-12-23"."""
    end = part.rpartition("/")[2]
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?(?:-\d{2}){0,2}", end)
    if found is None:
        raise SourceError(f"{card.source_id}: source.yml: period {part!r} is not understood")
    return int(found[2] or found[1])
