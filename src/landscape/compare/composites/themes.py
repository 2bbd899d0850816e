"""What composites are made of, as declared: theme, side, indicators and weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from landscape.errors import LandscapeError
from landscape.indicators.catalogue import Indicator, load_catalogue
from landscape.yaml_files import read_mapping

THEMES = Path(__file__).with_name("themes.yml")
Side = Literal["need", "resource", "service"]
SIDES: tuple[Side, ...] = ("need", "resource", "service")
LAYERS: dict[Side, tuple[str, ...]] = {
    "need": ("needs",),
    "resource": ("resources",),
    "service": ("services",),
}
#: What a higher value of an indicator says; on the side of means neutral ones count as more.
DIRECTIONS = {"more_need": 1.0, "less_need": -1.0, "more_provision": 1.0, "neutral": 1.0}


@dataclass(frozen=True)
class Theme:
    """A theme with its sides: indicator -> weight."""

    name: str
    need: Mapping[str, float]
    resource: Mapping[str, float]
    service: Mapping[str, float]

    def side(self, side: Side) -> Mapping[str, float]:
        """The weights of one side."""
        weights: Mapping[str, float] = getattr(self, side)
        return weights

    def reweight(self, side: Side, weights: Mapping[str, float]) -> Theme:
        """The theme with other weights on one side; LandscapeError as in ``check_side``."""
        check_side(self.name, side, weights)
        return Theme(**{**vars(self), side: dict(weights)})


@lru_cache
def load_themes(path: Path = THEMES) -> dict[str, Theme]:
    """``themes.yml``, theme by theme; LandscapeError names what is wrong there."""
    found = {}
    for name, sides in _section(path, "themes").items():
        theme = Theme(name, **{side: dict(sides[side]) for side in SIDES})
        for side in SIDES:
            check_side(name, side, theme.side(side))
        found[name] = theme
    return found


@lru_cache
def load_sides(path: Path = THEMES) -> dict[str, dict[str, str]]:
    """The words for the sides: side -> language -> words."""
    return _section(path, "sides")


def word_gap(status: str, side: Side, code: str) -> str:
    """What a ``gap_<side>_status`` of ``compute_gap`` says, in a language.

    >>> word_gap("service_not_known", "service", "en")
    'Services are not inventoried; the gap is not known.'
    """
    words: str = _section(THEMES, "statuses")[status.removeprefix(f"{side}_")][side][code]
    return words


def check_side(theme: str, side: Side, weights: Mapping[str, float]) -> None:
    """Refuse what may not be added up: another theme, another layer, a weight below 0.

    There is no index across themes: more beds for the elderly do not make up
    for fewer places for children.
    """
    for name, weight in weights.items():
        indicator = load_catalogue().get(name)
        if indicator is None:
            raise LandscapeError(f"composite {theme}: no indicator {name}; see catalogue.yml")
        if not _belongs(indicator, theme, side):
            raise LandscapeError(
                f"composite {theme}: {name} is of theme {indicator.theme}; "
                "no index is made across themes, look at them side by side"
            )
        if indicator.layer not in LAYERS[side] or (
            side != "resource" and indicator.direction == "neutral"
        ):
            raise LandscapeError(f"composite {theme}: {name} does not tell more or less {side}")
        if not weight >= 0:
            raise LandscapeError(f"composite {theme}: the weight of {name} must be 0 or more")


def _belongs(indicator: Indicator, theme: str, side: Side) -> bool:
    return indicator.theme == theme or (side == "resource" and indicator.theme == "general")


@lru_cache
def _section(path: Path, name: str) -> dict[str, Any]:
    section = read_mapping(path).get(name)
    if not isinstance(section, dict):
        raise LandscapeError(f"{path.name}: {name}: must hold fields, each with a name and a colon")
    return section
