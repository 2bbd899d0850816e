"""Needs, resources and services of local social policy, per municipality.

``load(country)`` gives an inventory with its tables; ``indicator``, ``peers``,
``trace``, ``plot_map``, ``plot_spread``, ``explore_map`` and ``plot_compare`` answer the questions
of an analyst.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

#: What ``landscape.<name>`` offers, loaded when first used: importing stays light.
_OFFERED = {
    "load": "landscape.inventory",
    "indicator": "landscape.desk",
    "peers": "landscape.desk",
    "trace": "landscape.tracing",
    "plot_map": "landscape.desk",
    "plot_spread": "landscape.desk",
    "plot_compare": "landscape.desk",
    "explore_map": "landscape.desk",
}


def __getattr__(name: str) -> Any:
    if name not in _OFFERED:
        offered = ", ".join(_OFFERED)
        raise AttributeError(f"module 'landscape' has no attribute {name!r}; it offers {offered}")
    return getattr(import_module(_OFFERED[name]), name)


def __dir__() -> list[str]:
    return [*_OFFERED, "__version__"]
