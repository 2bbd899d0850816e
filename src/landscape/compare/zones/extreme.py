"""The most extreme cluster of a country: it must not widen what is called chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array

from landscape.compare.zones.chance import Model
from landscape.compare.zones.draws import draw_deviations

#: Overdispersion is raised to so many times what the other areas show, at most.
MOST_RAISED = 2.0


def mark_farthest(
    model: Model, windows: Sequence[csr_array], sample: np.ndarray, above: np.ndarray
) -> np.ndarray:
    """1 for the areas of the cluster that lies farthest out, and those beside it.

    A column a draw of ``above``, weighted deviations with a row an area; farthest in
    standard deviations of areas that are independent. ``sample`` are the rows that count
    as windows.
    """
    draws = above.shape[1]
    best, marks = np.full(draws, -np.inf), np.zeros(above.shape)
    for window in windows[1:]:
        each = csr_array(window[sample])
        variance = each @ (model.weight**2 * model.variance)
        away = (each @ above) / np.sqrt(np.maximum(variance, 1e-12))[:, None]
        row = away.argmax(axis=0)
        value = away[row, np.arange(draws)]
        better = value > best
        best = np.maximum(best, value)
        marks[:, better] = each[row[better]].toarray().T
    return np.asarray(windows[1].T @ marks > 0).astype("float64") if len(windows) > 1 else marks


def restore_spread(
    model: Model, windows: Sequence[csr_array], sample: np.ndarray, rng: np.random.Generator
) -> Model:
    """The model with the overdispersion of all areas, by what the calm ones show.

    Areas outside of the cluster that lies farthest out differ less than all do: in simulated
    countries both are known, by moments, and so is how many times the one is the other.
    """
    above = draw_deviations(model, rng)
    calm = 1 - mark_farthest(model, windows, sample, model.weight[:, None] * above)
    scale, most = _excess(model)
    beyond = (above**2 - scale[:, None]) / np.maximum(most, 1e-12)[:, None]
    # Each area by what it tells: little where chance alone spreads it.
    told = (most > 1e-12) * (most / np.maximum(scale + model.spread * most, 1e-12)) ** 2
    whole = (told @ beyond).sum() / (told.sum() * above.shape[1])
    rest = (told @ (beyond * calm)).sum() / max(float((told @ calm).sum()), 1e-12)
    raised = np.clip(whole / max(rest, whole / MOST_RAISED, 1e-12), 1.0, MOST_RAISED)
    return replace(model, spread=float(model.spread * raised))


def _excess(model: Model) -> tuple[np.ndarray, np.ndarray]:
    """The variance of each area without overdispersion, and what a unit of it adds."""
    if model.trials is None:
        return model.expected, model.expected**2
    share = np.divide(
        model.expected, model.trials, out=np.zeros(len(model.seen)), where=model.trials > 0
    )
    plain = model.expected * (1 - share)
    return plain, plain * np.maximum(model.trials - 1, 0)
