"""Needs, resources and services of local social policy, per municipality."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

#: What ``landscape.<name>`` offers, loaded when first used: importing stays light.
_OFFERED = {"load": "landscape.inventory", "trace": "landscape.tracing"}


def __getattr__(name: str) -> Any:
    if name not in _OFFERED:
        raise AttributeError(f"module 'landscape' has no attribute {name!r}")
    return getattr(import_module(_OFFERED[name]), name)


def __dir__() -> list[str]:
    return [*_OFFERED, "__version__"]
