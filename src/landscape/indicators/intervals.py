"""95 % intervals for shares and rates."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import chi2, norm

LEVEL = 0.95


def wilson_interval(cases: pd.Series, total: pd.Series) -> pd.DataFrame:
    """Wilson's score interval of a share (Wilson 1927; Newcombe 1998, method 3).

    ``cases`` of ``total``, both counts with the same index. Returns ``low``
    and ``high`` between 0 and 1; NA where either is missing, the total is 0
    or there are more cases than the total.

    >>> wilson_interval(pd.Series([5.0]), pd.Series([10.0])).round(4).to_dict("records")
    [{'low': 0.2366, 'high': 0.7634}]
    """
    k, n = _plain(cases), _plain(total)
    n = n.where((n > 0) & (k <= n))
    z = norm.ppf(0.5 + LEVEL / 2)
    share = k / n
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # At 0 and at 1 rounding would put the share a hair outside its own interval.
    low, high = np.minimum(centre - half, share), np.maximum(centre + half, share)
    return pd.DataFrame({"low": low, "high": high}).clip(0, 1).astype("Float64")


def poisson_interval(cases: pd.Series) -> pd.DataFrame:
    """The exact interval of a Poisson count (Garwood 1936).

    Returns ``low`` and ``high`` counts; low is 0 where there are no cases, NA
    where the count is missing.

    >>> poisson_interval(pd.Series([0.0, 10.0])).round(4).to_dict("records")
    [{'low': 0.0, 'high': 3.6889}, {'low': 4.7954, 'high': 18.3904}]
    """
    k = _plain(cases)
    tail = (1 - LEVEL) / 2
    low = pd.Series(chi2.ppf(tail, 2 * k) / 2, index=k.index).where(k > 0, 0.0)
    high = pd.Series(chi2.ppf(1 - tail, 2 * k + 2) / 2, index=k.index)
    return pd.DataFrame({"low": low.where(k.notna()), "high": high}).astype("Float64")


def _plain(values: pd.Series) -> pd.Series:
    return values.astype("Float64").astype("float64")
