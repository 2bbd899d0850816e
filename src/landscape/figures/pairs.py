"""Two values of the same areas: need and service."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landscape.figures.axis import Axis, nice_axis
from landscape.figures.inputs import AreaValues


@dataclass(frozen=True, eq=False)
class Pairs:
    """Both values of each area; known where neither is missing."""

    need: AreaValues
    service: AreaValues
    names: tuple[str, str]
    marked: NDArray[np.bool_]

    @property
    def xy(self) -> NDArray[np.float64]:
        columns = [self.need.numbers.to_numpy(), self.service.numbers.to_numpy()]
        return np.stack(columns, axis=1).astype(np.float64)

    @property
    def known(self) -> NDArray[np.bool_]:
        return np.asarray(~np.isnan(self.xy).any(axis=1))

    @property
    def medians(self) -> tuple[float, float]:
        x, y = np.median(self.xy[self.known], axis=0).tolist()
        return x, y

    @property
    def axes(self) -> tuple[Axis, Axis]:
        known = self.xy[self.known]
        return nice_axis(known[:, 0].tolist()), nice_axis(known[:, 1].tolist())

    def titles(self) -> tuple[str, str]:
        """Both names with their units."""
        return (
            f"{self.names[0]} ({self.need.unit})",
            f"{self.names[1]} ({self.service.unit})",
        )

    def tips(self) -> list[str]:
        """The name and both values of every area."""
        first, second = self.need.said(), self.service.said()
        areas = self.need.names.tolist()
        return [f"{name}: {a}; {b}" for name, a, b in zip(areas, first, second, strict=True)]
