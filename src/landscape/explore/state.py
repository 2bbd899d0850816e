"""What is looked at, and the same said in Python and as a command."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass

NOTEBOOK = "explore"


@dataclass(frozen=True)
class State:
    """Everything that is chosen.

    ``year`` 0 is the latest; ``theme`` (an ESSPROS function, general, or
    empty for all) only narrows the list of indicators; ``area`` is an area_id
    of the country and level, or empty for none.
    """

    country: str
    level: str
    indicator: str
    year: int = 0
    theme: str = ""
    area: str = ""
    lang: str = "en"


def write_python(state: State, *, drawn: bool = True) -> str:
    """Three lines of Python that give the figures of a state.

    ``figures`` is the table, ``shown`` the map (left out where none can be
    ``drawn``), the spread and, where an area is chosen, its peers.

    >>> print(write_python(State("RO", "county", "net_wage", area="RO_10"), drawn=False))
    import landscape
    figures = landscape.indicator("net_wage", country="RO", level="county")
    shown = [landscape.plot_spread("net_wage", country="RO", level="county", highlight=["RO_10"]), landscape.peers("RO_10")]
    """  # noqa: E501
    what = [_quote(state.indicator), f"country={_quote(state.country)}"]
    what.append(f"level={_quote(state.level)}")
    if state.year:
        what.append(f"year={state.year}")
    drawing = [*what, f"highlight=[{_quote(state.area)}]"] if state.area else list(what)
    if state.lang != "en":
        drawing.append(f"lang={_quote(state.lang)}")
    names = ["plot_map", "plot_spread"] if drawn else ["plot_spread"]
    shown = [f"landscape.{name}({', '.join(drawing)})" for name in names]
    if state.area:
        reader = "" if state.lang == "en" else f", lang={_quote(state.lang)}"
        shown.append(f"landscape.peers({_quote(state.area)}{reader})")
    lines = ["import landscape", f"figures = landscape.indicator({', '.join(what)})"]
    return "\n".join([*lines, f"shown = [{', '.join(shown)}]"])


def write_command(state: State) -> str:
    """The command that makes a report of a state.

    >>> write_command(State("RO", "county", "net_wage", year=2020))
    'landscape report explore -p country RO -p level county -p indicator net_wage -p year 2020 --lang en'
    """  # noqa: E501
    values = {
        "country": state.country,
        "level": state.level,
        "indicator": state.indicator,
        "year": str(state.year or ""),
        "theme": state.theme,
        "area": state.area,
    }
    chosen = [word for name, value in values.items() if value for word in ("-p", name, value)]
    return shlex.join(["landscape", "report", NOTEBOOK, *chosen, "--lang", state.lang])


def _quote(text: str) -> str:
    """A literal of Python in double quotes, whatever the text holds: JSON's are."""
    return json.dumps(text, ensure_ascii=False)
