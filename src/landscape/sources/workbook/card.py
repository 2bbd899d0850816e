"""The source card of a round: what the sources chapter says of declared answers."""

from __future__ import annotations

from landscape.provenance import SourceCard, sha256_of
from landscape.sources.registry import CountryCard
from landscape.sources.workbook.folder import Sent, latest
from landscape.workbook.questionnaire import load_words

NAME = "workbook"


def source_id(code: str) -> str:
    """The id of a country's workbooks, such as ``ro/workbook``."""
    return f"{code.lower()}/{NAME}"


def source_card(card: CountryCard, sent: list[Sent]) -> SourceCard:
    """What is known of a round: how many workbooks, of when, with the checksum of each.

    Files bear the area's id, as the names under which they were sent may hold
    a person's name.
    """
    days = sorted(each.day for each in latest(sent).values())
    fictive = any(each.returned.marker.fictive for each in sent)
    words = load_words()
    files: dict[str, str] = {}
    for each in sent:
        name = f"{each.area_id}_{sum(n.startswith(f'{each.area_id}_') for n in files) + 1}.xlsx"
        files[name] = sha256_of(each.returned.path)
    return SourceCard(
        source_id=source_id(card.code),
        title=words["source_fictive" if fictive else "source"],
        producer="Local authorities that answered the inventory workbook",
        url="landscape workbook",
        licence="Declared by the authorities for this inventory",
        reference_period=days[0] if days[0] == days[-1] else f"{days[0]}/{days[-1]}",
        retrieved_on=days[-1],
        files=files,
        is_exhaustive=False,
        citation=f"Inventory workbooks of {len(latest(sent))} authorities, {card.name['en']}",
    )
