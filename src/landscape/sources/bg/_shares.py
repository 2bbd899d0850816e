"""Counts of persons recovered from shares that were printed with all their digits.

A share printed with fifteen digits is a fraction of two whole numbers, and only
one fraction with so small a denominator comes so near. Several shares of the
same persons give their common denominator, or a divisor of it; bounds and
further shares, printed with eight digits, tell which multiple it is.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

#: How far a share may be from what was printed: half a unit of its last digit, and a little.
OF_FIFTEEN_DIGITS, OF_EIGHT_DIGITS = 1e-15, 6e-8
#: What floating point may add to a count.
SLACK = 1e-7


def recover_denominator(
    exact: list[str], rounded: list[str], *, low: int, high: int, expected: float
) -> int | None:
    """The number of persons that the shares refer to, None where no number fits.

    ``exact`` are shares with fifteen digits, ``rounded`` with eight, as printed.
    The number lies between ``low`` and ``high``; where several fit, the one
    nearest to ``expected`` is taken.

    >>> recover_denominator(["0.333333333333333"], ["0.16666667"], low=50, high=70, expected=61)
    60
    """
    step = lcm(*(Fraction(share).limit_denominator(high).denominator for share in exact))
    first = -(-low // step) * step
    fitting = [
        persons
        for persons in range(first, high + 1, step)
        if all(_is_whole(float(share) * persons, OF_FIFTEEN_DIGITS * persons) for share in exact)
        and all(_is_whole(float(share) * persons, OF_EIGHT_DIGITS * persons) for share in rounded)
    ]
    return min(fitting, key=lambda persons: abs(persons - expected), default=None)


def _is_whole(count: float, tolerance: float) -> bool:
    return abs(count - round(count)) <= SLACK + tolerance
