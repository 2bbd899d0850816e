"""Points on the globe as points in space, so that a k-d tree finds what is near.

On the unit sphere the straight chord between two points grows with the
great-circle distance, so the nearest by chord is the nearest on the ground.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

EARTH_RADIUS_KM = 6371.0088


def on_unit_sphere(lon: pd.Series, lat: pd.Series) -> np.ndarray:
    """Degrees of longitude and latitude as an array of n x 3 coordinates; NaN stays NaN."""
    east = np.radians(lon.astype("Float64").to_numpy(dtype=float, na_value=np.nan))
    north = np.radians(lat.astype("Float64").to_numpy(dtype=float, na_value=np.nan))
    return np.column_stack(
        [np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)]
    )


def km_of_chord(chord: np.ndarray) -> np.ndarray:
    """Great-circle kilometres of a chord of the unit sphere."""
    km: np.ndarray = 2 * EARTH_RADIUS_KM * np.arcsin(np.clip(chord / 2, 0, 1))
    return km


def chord_of_km(km: float) -> float:
    """The chord of the unit sphere under so many great-circle kilometres, half the globe at most.

    >>> round(chord_of_km(20015.114), 6)
    2.0
    """
    return float(2 * np.sin(min(km / (2 * EARTH_RADIUS_KM), np.pi / 2)))
