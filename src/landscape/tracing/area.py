"""The area that a person means."""

from __future__ import annotations

import pandas as pd

from landscape.errors import UsageError
from landscape.inventory import Inventory
from landscape.matching import Gazetteer, match_counties, match_names


def find_area(text: str, inventory: Inventory) -> str:
    """The area_id of an id or a name: a municipality, else a county, else the country.

    Raises UsageError where no area has the name, or several have it: then it
    lists their ids.
    """
    areas = pd.DataFrame(inventory.areas)
    if text in set(areas["area_id"]):
        return text
    gazetteer, names = Gazetteer.build(areas, inventory.places), pd.Series([text])
    found = match_names(names, gazetteer).iloc[0]
    if found["match_status"] != "matched":
        county = match_counties(names, gazetteer).iloc[0]
        found = county if county["match_status"] == "matched" else found
    if found["match_status"] == "matched":
        return str(found["area_id"])
    several = str(found["candidates"]).split("|") if found["match_status"] == "ambiguous" else []
    choice = f"; choose one of {', '.join(several)}" if several else "; see: landscape match --help"
    raise UsageError(f"{text!r} in {inventory.country.code}: {found['reason']}{choice}")
