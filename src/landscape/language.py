"""The reader's language: messages by gettext, numbers and dates by CLDR."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache
from gettext import NullTranslations, c2py
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = ("en", "fr", "ro", "bg")
CYRILLIC = ("bg",)
# The English of the reports is that of Europe: 3 November 2026.
REGIONS = {"en": "en_GB"}
LOCALES = Path(__file__).parent / "locales"
_ROUNDING = Context(prec=400, rounding=ROUND_HALF_EVEN)


class Language:
    """Words, numbers and dates in one language.

    Messages are written in English in the code and translated by the
    catalogue ``locales/<code>.po``; a message that the catalogue lacks stays
    English. Placeholders are named: ``text("of {total}", total="3")``.
    """

    def __init__(self, code: str, messages: Mapping[str, str | tuple[str, ...]], rule: object):
        self.code = code
        self.locale = Locale.parse(REGIONS.get(code, code))
        self._messages = messages
        self._plural_index = rule

    def __repr__(self) -> str:
        return f"Language({self.code!r})"

    def text(self, message: str, **values: object) -> str:
        """The message in this language, with its named placeholders filled."""
        found = self._messages.get(message, message)
        translated = found if isinstance(found, str) else found[0]
        return translated.format(**values) if values else translated

    def message_of(self, text: str) -> str | None:
        """The message that this language words so; None where there is none."""
        return next((message for message, own in self._messages.items() if own == text), None)

    def plural(self, singular: str, plural: str, number: int, **values: object) -> str:
        """The form that this language uses for the number; ``{number}`` is filled in too."""
        forms = self._messages.get(singular)
        if isinstance(forms, tuple) and callable(self._plural_index):
            chosen = forms[int(self._plural_index(number))]
        else:
            chosen = singular if number == 1 else plural
        return chosen.format(**{"number": self.number(number), **values})

    def number(self, value: float, decimals: int = 0) -> str:
        """The number rounded to so many decimals, with this language's separators."""
        # 0.0 is added so that minus zero, which equals it, is not written in its place.
        return _write_number(value + 0.0, decimals, REGIONS.get(self.code, self.code))

    def pair(self, name: str, value: str) -> str:
        """``name: value``, with the space that the language sets before a colon."""
        return self.text("{name}: {value}", name=name, value=value)

    def join(self, parts: Iterable[str]) -> str:
        """The parts in a row, with the space that the language sets before a semicolon."""
        return self.text("; ").join(parts)

    def amount(self, value: float, unit: str, decimals: int = 0) -> str:
        """A number with its unit, on one line where the language asks it.

        Residents are counted in the form that goes with the number (Romanian
        ``20 de locuitori``); the unit "number" goes without saying.
        """
        number = self.number(value, decimals)
        if unit == self.text("number"):
            return number
        if unit == self.text("residents"):
            return self.plural("{number} resident", "{number} residents", round(value))
        return self.text("{value} {unit}", value=number, unit=unit)

    @property
    def reads_latin(self) -> bool:
        """Whether the language is written in Latin letters."""
        return self.code not in CYRILLIC

    def sort_key(self, name: str) -> str:
        """A key that sorts names as a reader expects: letters with marks beside those without."""
        parts = unicodedata.normalize("NFKD", name.casefold())
        return "".join(letter for letter in parts if not unicodedata.combining(letter))

    def date(self, day: date) -> str:
        """The day in words."""
        text = format_date(day, format="long", locale=self.locale)
        return text.replace("1 ", "1er ", 1) if self.code == "fr" and day.day == 1 else text

    def period(self, text: str) -> str:
        """A reference period in words: ``2016-12`` is December 2016, ``2012/2026`` 2012–2026.

        A slash stands between first and last (a hyphen will do between years), a
        comma between periods apart; what is neither a year, a month nor a day is
        given as it is.
        """
        return ", ".join(self._span(part) for part in text.split(", "))

    def _span(self, text: str) -> str:
        years = re.fullmatch(r"(\d{4})-(\d{4})", text)
        ends = list(years.groups()) if years else [self._moment(each) for each in text.split("/")]
        return (" – " if any(" " in end for end in ends) else "–").join(ends)

    def _moment(self, text: str) -> str:
        try:
            if re.fullmatch(r"\d{4}-\d{2}", text):
                return format_skeleton(
                    "yMMMM", date.fromisoformat(f"{text}-01"), locale=self.locale
                )
            return self.date(date.fromisoformat(text)) if len(text) == 10 else text
        except ValueError:
            return text


@lru_cache(maxsize=200_000)
def _write_number(value: float, decimals: int, locale: str) -> str:
    """A number as CLDR writes it; remembered, since thousands of pages hold the same."""
    exact = Decimal(str(value))
    if exact.is_finite():
        exact = exact.quantize(Decimal(1).scaleb(-decimals), context=_ROUNDING)
    return _write_rounded(str(exact), decimals, locale)


@lru_cache(maxsize=100_000)
def _write_rounded(rounded: str, decimals: int, locale: str) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(Decimal(rounded), format=pattern, locale=locale)
    return text.replace("-", "\N{MINUS SIGN}")


@lru_cache
def language(code: str) -> Language:
    """The language of that code; ValueError names the choices."""
    if code not in LANGUAGES:
        raise ValueError(f"unknown language {code!r}: choose one of {', '.join(LANGUAGES)}")
    path = LOCALES / f"{code}.po"
    if not path.exists():
        return Language(code, {}, NullTranslations)
    with path.open("rb") as file:
        catalog = read_po(file, locale=code)
    messages: dict[str, str | tuple[str, ...]] = {}
    for entry in catalog:
        if not entry.id or entry.fuzzy:
            continue
        key = entry.id[0] if isinstance(entry.id, (list, tuple)) else entry.id
        found = entry.string
        forms = tuple(found) if isinstance(found, (list, tuple)) else (found or "",)
        if all(forms):
            messages[key] = forms if len(forms) > 1 else forms[0]
    return Language(code, messages, c2py(catalog.plural_expr))
