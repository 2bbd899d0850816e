"""The classifiers of mapclassify that maps use, without what only its others need.

mapclassify imports scikit-learn for k-means and matplotlib for drawings of its
own: together a quarter of what a report's imports cost. Both are kept away
while it is imported. k-means imports scikit-learn when it is called.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

_DRAWING = "matplotlib.pyplot"
_CLUSTERS = ("sklearn", "sklearn.cluster")


class _KMeans:
    """Stands for scikit-learn's until somebody calls it."""

    def __new__(cls, *arguments: Any, **options: Any) -> Any:
        return import_module("sklearn.cluster").KMeans(*arguments, **options)


@contextmanager
def _lightly() -> Iterator[None]:
    """What is not imported yet stays so."""
    away: dict[str, ModuleType | None] = {}
    if "sklearn" not in sys.modules:
        away |= {name: ModuleType(name) for name in _CLUSTERS}
        vars(away["sklearn.cluster"])["KMeans"] = _KMeans
    if _DRAWING not in sys.modules:
        away[_DRAWING] = None
    sys.modules.update(away)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in away:
            del sys.modules[name]


with _lightly():
    from mapclassify import EqualInterval, FisherJenks, Quantiles

__all__ = ["EqualInterval", "FisherJenks", "Quantiles"]
