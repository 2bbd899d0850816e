"""How complete registers are, where two lists hold the same things."""

from __future__ import annotations

import pandas as pd

from landscape.quality.overlap import FEWEST_ON_BOTH
from landscape.quality.overlaps import Overlap
from landscape.reports.blocks import Block
from landscape.reports.page import Page
from landscape.reports.story.quality.measures import Quality


def describe_overlaps(quality: Quality) -> list[str]:
    """Whether two lists hold the same things, and what may be concluded from that."""
    reading = quality.reading
    text = reading.language.text
    if not quality.overlaps:
        return [
            text(
                "{country}: no two lists at hand hold the same services, so nothing can be said "
                "of how complete a register is.",
                country=reading.country,
            )
        ]
    if not any(overlap.is_closed for overlap, _ in quality.overlaps):
        return [
            text(
                "{country}: two lists hold services of the same kind, but of times too far apart "
                "to estimate how many there are.",
                country=reading.country,
            )
        ]
    return [
        text(
            "Where two lists hold the same services, what stands on one and not on the other "
            "tells how many stand on neither."
        ),
        text(
            "This holds only if being on one list says nothing about being on the other, if "
            "nothing opened or closed between the two, and if the same service is recognised on "
            "both. Where one of these fails, so does the estimate."
        ),
        text(
            "Counted: {areas} with at least one such service run by a public authority. "
            "Chapman’s estimate, with the 95 % interval of Chao; with fewer than {number} on "
            "both lists nothing is estimated.",
            areas=reading.level("municipality"),
            number=FEWEST_ON_BOTH,
        ),
    ]


def show_overlaps(page: Page, quality: Quality) -> list[Block]:
    """Each pair of lists: what stands against the assumptions, and the numbers."""
    blocks: list[Block] = []
    reading = quality.reading
    for overlap, table in quality.overlaps:
        first, second = (quality.titles[source] for source in overlap.lists)
        heading = reading.language.text(
            "{first} (first list) and {second} (second list)", first=first, second=second
        )
        blocks += [
            page.section(heading, overlap.note[reading.language.code]),
            page.table(
                _table(quality, overlap, table),
                reading.language.text(
                    "With such a service, by list: number of {areas}",
                    areas=reading.level("municipality"),
                ),
                source=reading.credit(reading.inventory.sources[i] for i in overlap.lists),
            ),
        ]
    return blocks


def _table(quality: Quality, overlap: Overlap, found: pd.DataFrame) -> pd.DataFrame:
    reading = quality.reading
    language, text = reading.language, reading.language.text
    code = language.code
    table = pd.DataFrame(
        {
            text("Kind of service"): [overlap.kinds[kind].title[code] for kind in found["kind"]],
            text("First list"): found["first"],
            text("Second list"): found["second"],
            text("On both"): found["both"],
            text("On either"): found["either"],
        }
    )
    if overlap.is_closed:
        table[text("Estimated total")] = [
            _interval(quality, row) for row in found.to_dict("records")
        ]
        table[text("Of it on the first list")] = [
            _share(quality, share) for share in found["first_share"]
        ]
        table[text("Of it on the second list")] = [
            _share(quality, share) for share in found["second_share"]
        ]
    return table


def _interval(quality: Quality, row: dict[object, object]) -> str:
    """The interval before the estimate; words where there is none."""
    language = quality.reading.language
    value, low, high = (row[name] for name in ("total", "low", "high"))
    if pd.isna(value):  # type: ignore[call-overload]
        return language.text("too few on both")
    return language.text(
        "between {low} and {high} (about {value})",
        low=language.number(float(str(low))),
        high=language.number(float(str(high))),
        value=language.number(float(str(value))),
    )


def _share(quality: Quality, share: float) -> str:
    language = quality.reading.language
    return "–" if pd.isna(share) else language.text("{share} %", share=language.number(share))
