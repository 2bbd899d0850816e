"""The shorter editions of a country inventory: two pages, and a union across its members."""

import pytest

from landscape.errors import UsageError
from landscape.inventory import load
from landscape.language import language
from landscape.paths import Project
from landscape.reports import story
from landscape.reports.blocks import BLOCK_TYPE
from landscape.reports.export import read_outputs
from landscape.reports.reading import Reading
from landscape.reports.story.editions import list_members, list_to_discuss
from landscape.reports.story.opening import find_findings

MEMBERS = ["MD_2330", "MD_98"]


@pytest.fixture
def moldova(starter_tables: Project) -> Reading:
    return Reading(load("MD", starter_tables.processed), language("en"))


def test_which_edition_it_is(moldova: Reading) -> None:
    assert story.form_of(moldova, "technical", []) == "technical"
    assert story.form_of(moldova, "french", []) == "technical"
    assert story.form_of(moldova, "brief", []) == "brief"
    assert story.form_of(moldova, "digest", MEMBERS) == "digest"
    for edition, members in (("digest", []), ("brief", MEMBERS), ("technical", MEMBERS)):
        with pytest.raises(UsageError, match="digest goes with members"):
            story.form_of(moldova, edition, members)
    with pytest.raises(UsageError, match=r"no municipality or county of MD: RO_1017, MD$"):
        story.form_of(moldova, "digest", ["RO_1017", "MD", *MEMBERS])


def test_a_brief_has_questions_and_the_technical_edition_does_not(moldova: Reading) -> None:
    brief, technical = (story.open_page(moldova, "x", form) for form in ("brief", "technical"))
    blocks = story.show_edition(brief, moldova, [])
    assert [block.kind for block in blocks] == ["chapter", "points", "figure"]
    assert story.show_edition(technical, moldova, []) == []
    assert 2 <= len(list_to_discuss(moldova)) <= 5
    assert all(each.endswith("?") for each in list_to_discuss(moldova))
    assert find_findings(moldova, 3) == find_findings(moldova, 5)[:3]


def test_a_digest_lists_its_members_and_what_is_missing(moldova: Reading) -> None:
    table = list_members(moldova, MEMBERS)
    known = table.set_index("Area")
    assert len(table) == 2
    assert list(table["Area"]) == sorted(table["Area"])
    assert known.loc[moldova.names["MD_98"]].isna().all()
    indicators = moldova.inventory.indicators.set_index(["indicator", "area_id"])
    columns = {
        f"{moldova.title(n)} ({moldova.unit(n)})": n for n in moldova.known_indicators("needs")
    }
    column = table.columns[1]
    name = columns[column]
    value = indicators.loc[(name, "MD_2330"), "value"]
    shown = known.loc[moldova.names["MD_2330"], column]
    assert shown.startswith(f"{moldova.number(name, value)} (")
    assert shown.endswith(", 2014")


def test_what_stands_in_other_chapters_is_left_out() -> None:
    def shown(kind: str, **facts: object) -> dict[str, object]:
        data = {"text/html": f"<p>{facts.get('id', kind)}</p>", BLOCK_TYPE: {"kind": kind, **facts}}
        return {"output_type": "display_data", "data": data}

    page = {"title": "T", "language": "en", "form": "brief", "chapters": ["discuss"]}
    blocks = [
        shown("page", **page), shown("findings"), shown("chapter", id="discuss"),
        shown("points"), shown("chapter", id="needs"), shown("figure", interactive=True),
    ]  # fmt: skip
    outputs = read_outputs({"cells": [{"outputs": blocks}]})
    assert [str(part) for part in outputs.body] == [
        "<p>findings</p>", "<p>discuss</p>", "<p>points</p>",
    ]  # fmt: skip
    assert not outputs.interactive
    assert [chapter["id"] for chapter in outputs.chapters] == ["discuss"]
