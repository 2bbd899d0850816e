"""Access to services: what people can reach, and what is left of it when all reach for it."""

from landscape.compare.access.areas import compare_access
from landscape.compare.access.catchments import (
    count_within,
    find_nearest,
    spatial_availability,
    three_step_access,
    two_step_access,
)
from landscape.compare.access.decay import Decay, exponential, gaussian, inverse, steps
from landscape.compare.access.reach import Reach, reach_by_table, reach_within_km

__all__ = [
    "Decay",
    "Reach",
    "compare_access",
    "count_within",
    "exponential",
    "find_nearest",
    "gaussian",
    "inverse",
    "reach_by_table",
    "reach_within_km",
    "spatial_availability",
    "steps",
    "three_step_access",
    "two_step_access",
]
