"""What the reports say, computed again from the parquet tables without the project's own code."""

import re
from datetime import date
from typing import NamedTuple

import pandas as pd
import pytest
import yaml
from report_read import DrawnFigure, Visit

from landscape.dictionaries import load_topics
from landscape.indicators.catalogue import load_catalogue
from landscape.language import language
from landscape.paths import PACKAGE, Project

pytestmark = pytest.mark.browser

NUMBER = re.compile(r"-?\d[\d.,\u00a0\u202f]*")
SAMPLED = 3


class Told(NamedTuple):
    """Numbers that the tables tell together: of an indicator, of a year."""

    numbers: tuple[float, ...]
    years: frozenset[int]


def read_numbers(text: str, code: str) -> tuple[float, ...]:
    """The numbers in a text, as its language writes them."""
    text = text.replace("\u2212", "-")
    if code == "fr":
        text = re.sub(r"(?<=\d)[\u00a0\u202f](?=\d)", "", text).replace(",", ".")
    else:
        text = text.replace(",", "")
    return tuple(float(found.rstrip(".")) for found in NUMBER.findall(text))


def what_tables_tell(indicators: pd.DataFrame) -> list[Told]:
    """Every pair or single number that a finding of the first screen may show."""
    catalogue = load_catalogue()
    known = indicators.dropna(subset=["value"])
    local = known[known["level"] != "country"]
    topics = {catalogue[name].topic for name in local["indicator"].unique()}
    newest = known.groupby("indicator")["year"].max()
    told = [
        Told((len(topics), len(load_topics())), frozenset({date.today().year})),
        Told((float(newest.min()),), frozenset({int(newest.min())})),
    ]
    for (name, level), rows in known.groupby(["indicator", "level"]):
        places = catalogue[name].decimals
        values = rows["value"].astype(float)
        years = frozenset(pd.concat([rows["year"], rows["denominator_year"]]).dropna().astype(int))
        if level == "country":
            told.append(Told((round(values.iloc[0], places),), years))
        else:
            none = Told(((values == 0).sum(), len(values)), years)
            half = Told(tuple(round(values.quantile(q), places) for q in (0.25, 0.75)), years)
            told += [none, half]
    return told


@pytest.fixture
def indicators(visit: Visit, starter_tables: Project) -> pd.DataFrame:
    return pd.read_parquet(starter_tables.processed / visit.country / "indicators.parquet")


def test_the_numbers_of_the_first_screen_stand_in_the_tables(
    visit: Visit, indicators: pd.DataFrame
) -> None:
    told = what_tables_tell(indicators)
    assert len(visit.findings) == 3
    for finding in visit.findings:
        numbers = read_numbers(finding["figure"], visit.language)
        same = [each for each in told if close(each.numbers, numbers)]
        assert same, finding
        year = int(re.match(r"\d{4}", finding["sureness"]).group())
        mentioned = {int(y) for y in re.findall(r"\b20[012]\d\b", finding["sentence"])}
        years = frozenset().union(*(each.years for each in same))
        assert year in years, finding
        assert mentioned <= years | years_of_sources(visit), finding


def close(expected: tuple[float, ...], shown: tuple[float, ...]) -> bool:
    """The same numbers; halves may be rounded either way."""
    return len(expected) == len(shown) and all(
        abs(left - right) <= 0.0101 * max(1, abs(left)) if left % 1 else left == right
        for left, right in zip(expected, shown, strict=True)
    )


def years_of_sources(visit: Visit) -> set[int]:
    """Years that a source bears in its title."""
    cards = (PACKAGE.parents[1] / "data" / "raw" / visit.country.lower()).glob("*/source.yml")
    titles = [yaml.safe_load(card.read_text(encoding="utf-8"))["title"] for card in cards]
    return {int(y) for title in titles for y in re.findall(r"\b20\d\d\b", title[visit.language])}


def figures_with_gaps(
    visit: Visit, indicators: pd.DataFrame
) -> list[tuple[DrawnFigure, pd.DataFrame]]:
    """Each figure of an indicator with the areas of its level that have no value."""
    found = []
    for (name, _), rows in indicators.groupby(["indicator", "level"], sort=False):
        title = load_catalogue()[name].title[visit.language]
        gaps = rows[rows["value"].isna()].set_index("area_id")
        for figure in visit.figures:
            codes = {row[1] for row in figure.saved()[1:]} if len(gaps) else set()
            if figure.title.startswith(f"{title},") and codes >= set(gaps.index) and codes:
                found.append((figure, gaps))
    return found


def test_what_is_not_inventoried_is_never_drawn_as_zero(
    visit: Visit, indicators: pd.DataFrame
) -> None:
    reader = language(visit.language)
    words = (reader.text("not inventoried"), reader.text("confidential"))
    gaps = figures_with_gaps(visit, indicators)
    for figure, missing in gaps:
        saved = {row[1]: row[2:] for row in figure.saved()[1:]}
        assert all(saved[area][0] == "" for area in missing.index), figure.title
        shown = {row[1]: row[2:] for row in figure.rows}
        for area in [a for a in missing.index if a in shown][:SAMPLED]:
            assert words[0] in shown[area], (figure.title, area)
        drawn = {name.partition(":")[0].strip(): (name, fill) for name, fill in figure.areas}
        names = {row[1]: row[0] for row in figure.rows}
        for area in [a for a in missing.index if names.get(a) in drawn][:SAMPLED]:
            said, fill = drawn[names[area]]
            assert any(word in said for word in words), said
            assert fill is None or fill.startswith("url("), said
        secret = int((missing["status"] == "C").sum())
        counts = {words[0]: len(missing) - secret, words[1]: secret}
        if any(word in " ".join(figure.legend) for word in words):
            for word, count in counts.items():
                lines = [line for line in figure.legend if line.startswith(word)]
                told = [n for line in lines for n in read_numbers(line, visit.language)]
                assert told == ([float(count)] if count else []), (figure.title, word)


def test_gaps_are_met_at_all(visit: Visit, indicators: pd.DataFrame) -> None:
    """The test above has something to look at in every country."""
    assert figures_with_gaps(visit, indicators)
