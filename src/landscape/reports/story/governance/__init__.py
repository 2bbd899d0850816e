"""What authorities declare in the inventory workbook: pages on governance and participation."""

from landscape.reports.story.governance.answers import describe_declared, has_answers
from landscape.reports.story.governance.cards import show_practices, show_questions
from landscape.reports.story.governance.chapter import (
    describe_programme,
    list_declared_sources,
    open_governance,
    open_readings,
    show_all_competences,
    show_declared,
    show_shares,
    show_side_by_side,
)

__all__ = [
    "describe_declared",
    "describe_programme",
    "has_answers",
    "list_declared_sources",
    "open_governance",
    "open_readings",
    "show_all_competences",
    "show_declared",
    "show_practices",
    "show_questions",
    "show_shares",
    "show_side_by_side",
]
