"""How many Romanian associations find their municipality by the locality as typed.

Run as ``python benchmarks/associations.py``. Two measures: the share of the
140,663 active associations and foundations of the register (March 2026) whose
spelling of county and locality leads to one area, by reason for the others;
and 400 spellings labelled with the county and the list of settlements in hand
(``tests/data/associations_labelled.csv``: house and street replaced), of which
none may find a wrong area.
"""

from __future__ import annotations

import sys

import pandas as pd
from official_tables import SHARED, area_tables

from landscape.matching import Gazetteer, match_names
from landscape.paths import project

LABELLED = project().root / "tests" / "data" / "associations_labelled.csv"


def main() -> None:
    """Print both measures."""
    areas, places, _ = area_tables("RO")
    gazetteer = Gazetteer.build(areas, places)
    register = pd.read_csv(SHARED / "ro/associations/ong_by_locality_2026-03.csv", dtype=str)
    found = match_names(
        register["localitate"], gazetteer, counties=register["judet"], listed="settlements"
    )
    weight = register["total_active"].astype(int)
    shares = weight.groupby(found["match_status"]).sum() / weight.sum()
    sys.stdout.write(f"{len(register)} spellings of {weight.sum()} associations\n")
    sys.stdout.write(shares.map("{:.2%}".format).to_string(header=False) + "\n\n")
    sample = pd.read_csv(LABELLED, dtype=str)
    told = match_names(sample["name"], gazetteer, counties=sample["county"], listed="settlements")
    placed = sample["expected"].str.startswith("RO_")
    right = told["area_id"] == sample["expected"]
    wrong = told["area_id"].notna() & ~right
    sys.stdout.write(
        f"labelled: {len(sample)} spellings, {right.sum()} of the {placed.sum()} that name an "
        f"area find it, {wrong.sum()} another; of the {(~placed).sum()} that name none "
        f"{(told['area_id'].isna() & ~placed).sum()} stay open\n"
    )


if __name__ == "__main__":
    main()
