"""Needs beside services, theme by theme, without an index over both."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from landscape.compare.composites import compute_gap, load_themes
from landscape.compare.spread import values_at_level
from landscape.indicators.catalogue import load_catalogue


def list_pairs(indicators: pd.DataFrame) -> list[tuple[str, str]]:
    """Pairs (need, service) of one theme that a country both has figures for, in catalogue order.

    One pair a theme: the first need and the first provision that the
    catalogue lists. Empty where a country lacks either side.
    """
    present = set(indicators.loc[indicators["value"].notna(), "indicator"].unique())
    needs: dict[str, str] = {}
    provisions: dict[str, str] = {}
    for indicator in load_catalogue().values():
        if indicator.name not in present or indicator.theme == "general":
            continue
        if indicator.direction == "more_need":
            needs.setdefault(indicator.theme, indicator.name)
        elif indicator.direction == "more_provision":
            provisions.setdefault(indicator.theme, indicator.name)
    return [(needs[theme], provisions[theme]) for theme in needs if theme in provisions]


def compare_need_and_service(
    indicators: pd.DataFrame, areas: pd.DataFrame, need: str, service: str, level: str = "county"
) -> pd.DataFrame:
    """Both values of each area of a level: ``area_id``, ``name``, ``need``, ``service``.

    With their years (``need_year``, ``service_year``); missing stays missing.
    """
    chosen = areas.loc[areas["level"] == level, ["area_id", "name"]].set_index("area_id")
    left = values_at_level(indicators, need, level)
    right = values_at_level(indicators, service, level)
    return chosen.assign(
        need=left["value"], need_year=left["year"],
        service=right["value"], service_year=right["year"],
    ).reset_index()  # fmt: skip


def compare_sides(
    indicators: pd.DataFrame, areas: pd.DataFrame, theme: str, level: str = "county",
    only: Collection[str] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Need, means and services of each area side by side on one theme, with the gaps.

    The columns of ``compute_gap`` with ``name`` and ``theme`` before them, in
    the order of ``areas``. Tables of one country; sides of two themes are never
    added up. ``only`` asks for these areas alone. Raises KeyError for what is no ESSPROS function.
    """
    gaps = compute_gap(indicators, areas, load_themes()[theme], level=level, only=only)
    names = areas.drop_duplicates("area_id").set_index("area_id")["name"]
    gaps.insert(1, "name", gaps["area_id"].map(names))
    gaps.insert(2, "theme", theme)
    return gaps
