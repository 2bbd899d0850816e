"""Charts: the drawing, its twin and its words come from the same numbers."""

import json
import re
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from territory import HOSTILE

from landscape.figures import (
    plot_bars_with_intervals,
    plot_distribution,
    plot_matrix,
    plot_scatter_need_service,
    plot_share_bars,
)
from landscape.figures.axis import nice_axis
from landscape.figures.chart import plotly_text
from landscape.figures.palette import CATEGORIES, ink_on, lightness, sequential
from landscape.figures.shares import say_percent
from landscape.language import LANGUAGES, language

SVG = "{http://www.w3.org/2000/svg}"
WORDS = {"title": "Places", "unit": "per 1,000", "source": "Ministry, 2016"}


def make_areas(names):
    return pd.DataFrame({"area_id": [f"XX_{n}" for n in range(len(names))], "name": names})


def with_intervals(names, values):
    table = make_areas(names)
    table["value"] = values
    table["low"], table["high"] = table["value"] * 0.8, table["value"] * 1.2
    return table


def words_in(figure):
    root = ElementTree.fromstring(figure.svg)
    return [node.text for node in root.iter(f"{SVG}text")]


def tips_in(figure):
    return [node.text for node in ElementTree.fromstring(figure.svg).iter(f"{SVG}title")][1:]


def all_charts(names, lang):
    """Every kind of chart with these names; the second value is always missing."""
    numbers = [1.0, np.nan, *range(3, len(names) + 1)]
    areas = make_areas(names)
    values = pd.Series(numbers, index=areas["area_id"])
    share = pd.DataFrame({names[0]: [0.4] * len(names), names[1]: 0.3}, index=names)
    return [
        plot_bars_with_intervals(with_intervals(names, numbers), language=lang, **WORDS),
        plot_distribution(areas, values, language=lang, highlight=["XX_0"], **WORDS),
        plot_matrix(share, language=lang, **WORDS),
        plot_share_bars(share, language=lang, **WORDS),
        plot_scatter_need_service(
            areas,
            values,
            values * 2,
            names=(names[0], names[1]),
            language=lang,
            highlight=["XX_0"],
            **WORDS | {"unit": ("%", names[2])},
        ),
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_hostile_names_are_text_in_drawing_and_twin(code):
    for figure in all_charts(list(HOSTILE), language(code)):
        root = ElementTree.fromstring(figure.svg)
        tags = {node.tag.removeprefix(SVG) for node in root.iter()}
        assert not tags & {"script", "a", "foreignObject", "image", "use"}
        assert "\u202e" not in figure.svg + figure.alt
        if figure.plotly is not None:
            # the only markup is our own: where the title of an axis goes on in the next line
            assert not re.search(r"[<>$]", json.dumps(figure.plotly).replace("<br>", ""))


def test_twins_use_the_basic_traces_and_are_valid_plotly(english):
    figures = all_charts(["A", "B", "C", "D"], english)
    assert [figure.plotly is not None for figure in figures] == [True, True, False, False, True]
    for figure in figures:
        if figure.plotly is not None:
            assert {trace["type"] for trace in figure.plotly["data"]} <= {"scatter", "bar", "pie"}
            assert figure.plotly["config"]["displayModeBar"] is False
            go.Figure({"data": figure.plotly["data"], "layout": figure.plotly["layout"]})


def test_charts_are_the_same_twice_and_say_the_missing(english):
    for first, second in zip(
        all_charts(["A", "B", "C", "D"], english),
        all_charts(["A", "B", "C", "D"], english),
        strict=True,
    ):
        assert first.svg == second.svg
        assert first.plotly == second.plotly


def test_text_keeps_its_size_since_positions_are_shares_of_the_width(english):
    for figure in all_charts(["A", "B", "C", "D"], english):
        root = ElementTree.fromstring(figure.svg)
        assert root.get("viewBox") is None
        assert root.get("width") == "100%"


def test_bars_say_value_interval_and_missing(english):
    table = with_intervals(["Alba", "Arad", "Iași"], [10.0, np.nan, 5.0])
    figure = plot_bars_with_intervals(table, language=english, reference=("Romania", 7.0), **WORDS)
    assert "Alba: 10.0 per 1,000 (between 8.0 and 12.0)" in tips_in(figure)
    assert "not inventoried" in words_in(figure)
    assert "Highest: 10.0 per 1,000 (Alba)." in figure.alt
    assert "1 of 3 areas is not inventoried." in figure.alt
    assert figure.legend[-1].label == "Romania: 7.0"
    assert len(figure.plotly["data"][0]["x"]) == 2


def test_bars_keep_the_order_given_and_equal_names_apart(english):
    table = with_intervals(["Бяла", "Алфа", "Бяла"], [1.0, 3.0, 2.0])
    figure = plot_bars_with_intervals(table, language=english, **WORDS)
    assert [word for word in words_in(figure) if word in ("Бяла", "Алфа")] == [
        "Бяла",
        "Алфа",
        "Бяла",
    ]
    assert figure.plotly["data"][0]["y"] == [0, 1, 2]


def test_an_interval_that_does_not_hold_its_value_is_refused(english):
    table = with_intervals(["A", "B"], [1.0, 2.0]).assign(high=[1.5, 1.9])
    with pytest.raises(ValueError, match="value of XX_1"):
        plot_bars_with_intervals(table, language=english, **WORDS)
    with pytest.raises(ValueError, match="lack the column low"):
        plot_bars_with_intervals(table.drop(columns="low"), language=english, **WORDS)


@pytest.mark.parametrize("number", [40, 500])
def test_distribution_counts_every_known_area(english, number):
    areas = make_areas([f"A{n}" for n in range(number)])
    values = pd.Series(np.linspace(-3, 9, number), index=areas["area_id"])
    values.iloc[:5] = np.nan
    figure = plot_distribution(areas, values, language=english, **WORDS)
    assert sum(figure.plotly["data"][0]["y"]) == number - 5
    assert figure.legend[-1].count == 5
    assert f"5 of {number} areas are not inventoried." in figure.alt


def test_distribution_of_nothing_says_so(english):
    figure = plot_distribution(
        make_areas(["A", "B"]), pd.Series(dtype=float), language=english, **WORDS
    )
    assert words_in(figure) == ["not inventoried"]
    assert figure.plotly is None


def test_matrix_tells_absent_from_none(english):
    coverage = pd.DataFrame({"2011": [1.0, 0.0], "2021": [0.4, np.nan]}, index=["Staff", "Needs"])
    figure = plot_matrix(coverage, language=english, **WORDS)
    assert tips_in(figure) == [
        "Staff, 2011: 100 %",
        "Staff, 2021: 40 %",
        "Needs, 2011: 0 %",
        "Needs, 2021: not inventoried",
    ]
    assert sum(row.count for row in figure.legend) == 4
    with pytest.raises(ValueError, match="0 to 1"):
        plot_matrix(coverage * 100, language=english, **WORDS)


def test_share_bars_hatch_what_is_not_accounted_for(english):
    shares = pd.DataFrame(
        {"Town": [0.5, np.nan, 0.6], "Association": [0.25, np.nan, 0.4]},
        index=["Old age", "Disability", "Family"],
    )
    figure = plot_share_bars(shares, language=english, **WORDS)
    tips = tips_in(figure)
    assert "Old age, not inventoried: 25 %" in tips
    assert "Disability, not inventoried: 100 %" in tips
    assert not [tip for tip in tips if tip.startswith("Family, not")]
    assert figure.table["not inventoried"].tolist() == [25.0, 100.0, 0.0]
    with pytest.raises(ValueError, match="add up to 1"):
        plot_share_bars(shares * 2, language=english, **WORDS)


def test_a_row_without_answers_is_not_said_to_be_nought(english):
    shares = pd.DataFrame({"yes": [0.0, 0.25], "no": [0.0, 0.0]}, index=["Romania", "France"])
    figure = plot_share_bars(shares, rest="not answered", language=english, **WORDS)
    assert "Romania: not answered." in figure.alt
    assert "France: yes 25 %, not answered 75 %." in figure.alt
    assert "0 %" not in figure.alt.replace("100 %", "")
    assert figure.table["not answered"].tolist() == [100.0, 75.0]
    assert [row.label for row in figure.legend] == ["yes", "no", "not answered"]


def test_scatter_fields_and_unknown_add_up_to_the_areas(english):
    areas = make_areas([f"A{n}" for n in range(9)])
    rng = np.random.default_rng(5)
    need = pd.Series(rng.normal(size=9), index=areas["area_id"])
    service = pd.Series(rng.normal(size=9), index=areas["area_id"])
    need.iloc[0], service.iloc[1] = np.nan, np.nan
    figure = plot_scatter_need_service(
        areas,
        need,
        service,
        names=("Need", "Service"),
        language=english,
        **WORDS | {"unit": ("%", "per 1,000")},
    )
    assert sum(row.count for row in figure.legend) == 9
    assert figure.legend[-1].label == "not inventoried"
    assert len(figure.plotly["data"][0]["x"]) == 7


def test_a_scatter_of_many_areas_stays_small(english):
    number = 5000
    areas = make_areas([f"A{n}" for n in range(number)])
    rng = np.random.default_rng(5)
    values = pd.Series(rng.normal(size=number), index=areas["area_id"])
    figure = plot_scatter_need_service(
        areas,
        values,
        values[::-1],
        names=("Need", "Service"),
        language=english,
        highlight=["XX_7"],
        **WORDS | {"unit": ("%", "%")},
    )
    assert len(figure.svg) < 80_000
    assert "A7" in words_in(figure)
    assert figure.plotly is None


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0 %"), (0.001, "under 1 %"), (0.996, "over 99 %"), (1, "100 %"), (0.5, "50 %")],
)
def test_some_is_never_said_as_none_or_all(english, share, said):
    assert say_percent(share, english) == said


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [([3, 9], 0, 10), ([-37, 22], -40, 40), ([1000, 1010], 1000, 1010), ([5, 5], 4, 6)],
)
def test_axes_are_round_and_hold_the_values(values, low, high):
    axis = nice_axis(values)
    assert axis.low <= min(values)
    assert axis.high >= max(values)
    assert (axis.low, axis.high) == (low, high)


def test_plotly_reads_no_markup():
    assert plotly_text("<b>A & B</b> $x$") == "&lt;b&gt;A &amp; B&lt;/b&gt; &#36;x&#36;"


def test_numbers_on_colours_can_be_read():
    for colour in (*CATEGORIES, *sequential(5)):
        light, dark = sorted((lightness(colour), lightness(ink_on(colour))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5
