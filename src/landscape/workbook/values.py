"""One cell, one answer: what was meant, or what to write instead.

Returns of every parser are ``(answer, problem)``: the answer is a code, a
text, a number or an ISO date; the problem names an entry of ``words.yml``
with its placeholders. One of the two is always None.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from landscape.cleaning.text import comma_below, one_alphabet, tidy
from landscape.language import LANGUAGES, language
from landscape.workbook.questionnaire import Question, choice_word, load_choices

Answer = str | float | int
FIRST_YEAR, LAST_YEAR = 1950, 2060
LONGEST = 1000
#: No authority has more of anything than this; larger figures are typing errors.
LARGEST = 1e12
_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 60_000)  # dates from 1954 to 2064 as spreadsheets number them
_BLANKS = re.compile(r"[\s\u00a0\u202f']")
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*")
_YEAR = re.compile(r"(\d{4})(?:\s*(?:г\.?|год\.?|година))?")
_DATE = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})(?:\s*(?:г\.?|год\.?))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w")
_TELEPHONE = re.compile(r"(?<![\d.,])(?:\+|00?)\d(?:[ .()/-]?\d){7,13}(?!\d)")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell: an entry of ``words.yml`` and its placeholders."""

    rule: str
    values: Mapping[str, object] = field(default_factory=dict)


Parsed = tuple[Answer | None, Fault | None]


def parse_answer(question: Question, cell: object, reader: str) -> Parsed:
    """The answer in a cell that is not blank; ``reader`` is the workbook's language."""
    if question.kind == "choice":
        return parse_choice(str(question.choices), cell, reader)
    if question.kind in ("count", "number", "money"):
        return parse_number(cell, reader, whole=question.kind == "count")
    if question.kind == "year":
        return parse_year(cell)
    return parse_date(cell) if question.kind == "date" else parse_text(cell)


def fold(text: str) -> str:
    """A word without marks, case and outer punctuation, for comparing with a list.

    >>> fold(" Oui, adoptée. ")
    'oui, adoptee'
    """
    plain = unicodedata.normalize("NFKD", comma_below(one_alphabet(tidy(text))).casefold())
    # A breve tells й from и: only the marks of Latin letters are dropped.
    kept = "".join(c for c in plain if not unicodedata.combining(c) or c == "\u0306")
    return kept.replace("’", "'").strip(" .;:'\"„“”«»")


def parse_choice(choices: str, cell: object, reader: str) -> Parsed:
    """The code of a word of the list, in any of the four languages."""
    if isinstance(cell, bool):
        cell = "yes" if cell else "no"
    found = _codes(choices).get(fold(show(cell)))
    if found is not None:
        return found, None
    words = ", ".join(choice_word(choices, code, reader) for code in load_choices()[choices])
    return None, Fault("not_a_choice", {"value": shorten(cell), "choices": words})


@lru_cache
def _codes(choices: str) -> dict[str, str]:
    """Every word of a list and its code; a word that means two things means neither."""
    codes: dict[str, str] = {}
    doubtful = set()
    for code, words in load_choices()[choices].items():
        for word in {fold(code), *(fold(words[name]) for name in LANGUAGES)}:
            if codes.setdefault(word, code) != code:
                doubtful.add(word)
    return {word: code for word, code in codes.items() if word not in doubtful}


def parse_number(cell: object, reader: str, *, whole: bool) -> Parsed:
    """A figure of zero or more, typed as a number or as text with separators."""
    if isinstance(cell, (bool, date, timedelta)):
        return None, Fault("not_a_number", {"value": shorten(cell), "example": _example(whole)})
    if isinstance(cell, (int, float)):
        return _checked(float(cell), reader, whole)
    text = _BLANKS.sub("", show(cell)).replace("\N{MINUS SIGN}", "-")
    grouped = _GROUPED.fullmatch(text)
    if grouped:
        mark = grouped.group(1)
        if not whole and text.count(mark) == 1:
            ways = {"one": text.replace(mark, ""), "other": text.replace(mark, _decimal(reader))}
            return None, Fault("ambiguous_number", {"value": shorten(cell), **ways})
        return _checked(float(text.replace(mark, "")), reader, whole)
    plain = _without_groups(text)
    if not re.fullmatch(r"-?\d+(\.\d+)?", plain):
        digits = re.findall(r"\d+", text)
        example = digits[0] if len(digits) == 1 else _example(whole)
        return None, Fault("not_a_number", {"value": shorten(cell), "example": example})
    return _checked(float(plain), reader, whole)


def _without_groups(text: str) -> str:
    """Where a text has two kinds of separators, the last one is the decimal mark."""
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return text
    head, tail = text[:last], text[last + 1 :]
    other = "," if text[last] == "." else "."
    groups = head.replace("-", "").split(other)
    regular = len(groups) == 1 or all(len(group) == 3 for group in groups[1:])
    return f"{head.replace(other, '')}.{tail}" if regular else text


def _checked(value: float, reader: str, whole: bool) -> Parsed:
    words = language(reader)
    if value != value or value > LARGEST:  # noqa: PLR0124
        return None, Fault("too_large", {"value": f"{value:.0f}"})
    if value < 0:
        return None, Fault("negative", {"value": words.number(value, 0 if value % 1 == 0 else 1)})
    if whole and value % 1:
        ways = {"one": int(value), "other": int(value) + 1}
        return None, Fault("not_whole", {"value": words.number(value, 2), **ways})
    return value, None


def parse_year(cell: object) -> Parsed:
    """A year in four digits, or the year of a date."""
    year: int | None = None
    if isinstance(cell, date):
        year = cell.year
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell % 1 == 0:
        year = int(cell)
    elif isinstance(cell, str):
        found = _YEAR.fullmatch(tidy(cell))
        parsed, _ = parse_date(cell) if found is None else (None, None)
        year = int(found[1]) if found else int(str(parsed)[:4]) if parsed else None
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        limits = {"low": FIRST_YEAR, "high": LAST_YEAR}
        return None, Fault("not_a_year", {"value": shorten(cell), **limits})
    return year, None


def parse_date(cell: object) -> Parsed:
    """A day as ISO text, from a date cell, its serial number or day.month.year in text."""
    day: date | None = None
    if isinstance(cell, datetime):
        day = cell.date()
    elif isinstance(cell, date):
        day = cell
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
        day = _EPOCH + timedelta(days=int(cell)) if int(cell) in _SERIALS else None
    elif isinstance(cell, str):
        day = _day_of(tidy(cell))
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None, Fault("not_a_date", {"value": shorten(cell)})
    return day.isoformat(), None


def _day_of(text: str) -> date | None:
    iso, written = _ISO.fullmatch(text), _DATE.fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        return date(int(written[3]), int(written[2]), int(written[1])) if written else None
    except ValueError:
        return None


def parse_text(cell: object) -> Parsed:
    """A text in tidy form; refused where it is too long or holds a way to reach a person."""
    # The no-break spaces of French stay: tidy alone would make them plain.
    parts = re.split("([\u00a0\u202f])", show(cell))
    kept = [part if part in ("\u00a0", "\u202f") else tidy(part) for part in parts]
    text = comma_below("".join(kept).strip())
    if len(text) > LONGEST:
        return None, Fault("too_long", {"length": len(text), "most": LONGEST})
    if holds_contact(text):
        return None, Fault("personal")
    return text, None


def holds_contact(text: str) -> bool:
    """Whether a text holds an e-mail address or a telephone number.

    >>> holds_contact("tel. 0264 123 456"), holds_contact("between 2014 and 2020")
    (True, False)
    """
    return bool(_EMAIL.search(text) or _TELEPHONE.search(text))


def is_blank(cell: object) -> bool:
    """Whether a cell holds nothing that can be seen."""
    return cell is None or (isinstance(cell, str) and not tidy(cell))


def show(cell: object) -> str:
    """A cell as text: whole numbers without ``.0``, days as ISO."""
    if isinstance(cell, float) and cell % 1 == 0 and abs(cell) < LARGEST:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def shorten(cell: object, longest: int = 60) -> str:
    """The cell for a message: one line, cut where it is long, contacts left out."""
    text = tidy(show(cell))
    if holds_contact(text):
        return "…@…"
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _decimal(reader: str) -> str:
    return "." if reader == "en" else ","


def _example(whole: bool) -> str:
    return "25" if whole else "1250"
