"""Bytes as text: which encoding a file is in, told by its marks and by its language's letters."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from charset_normalizer import from_bytes

from landscape.cleaning.text import comma_below

#: The encodings that offices of a language have used besides UTF-8, the likeliest first.
ENCODINGS = {
    "ro": ("cp1250", "iso8859_2", "iso8859_16"),
    "bg": ("cp1251", "iso8859_5", "koi8_u"),
    "fr": ("cp1252", "latin_1", "iso8859_15"),
}
#: The letters beyond ASCII that a language writes its own names with.
LETTERS = {
    "ro": frozenset("ăâîșțşţĂÂÎȘȚŞŢ"),
    "bg": frozenset("абвгдежзийклмнопрстуфхцчшщъьюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯ"),
    "fr": frozenset("àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ"),
}
#: Signs that any office prints.
SIGNS = frozenset("«»„“”‘’‚–—…°§№€ºª·•²³\u00a0\u00ad\u202f\u2009")
#: The share of letters proper to the language from which on an encoding may be right.
ENOUGH = 0.8
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_ONE_BYTE = ("cp1252", "latin_1", "cp1250", "iso8859_2", "cp1251")
_LOST = re.compile(r"[^\W\d_]\?+[^\W\d_]")
_ADDRESS = re.compile(r"https?://\S+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LOWER_THEN_UPPER = re.compile(r"[а-я][А-Я]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and whether nothing else could be meant."""

    text: str
    encoding: str
    is_sure: bool


def decode_certain(raw: bytes) -> Decoded | None:
    """The text where its bytes say what they are: a byte order mark, or whole UTF-8.

    UTF-16 without a mark is known by zeros in every other byte alone. None where
    the bytes are in some one-byte encoding. Raises ValueError for bytes that
    begin as Unicode and do not go on so, and for what is no text.

    >>> decode_certain("Iași".encode("utf-16")).encoding
    'utf-16'
    >>> decode_certain("Iaşi".encode("cp1250")) is None
    True
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return Decoded(_decode_wholly(raw, encoding), encoding, True)
    if b"\0" in raw:
        for encoding, high, low in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
            zeros = raw[high::2].count(0)
            if len(raw) % 2 == 0 and zeros > len(raw) / 50 and not raw[low::2].count(0):
                return Decoded(_decode_wholly(raw, encoding), encoding, True)
        raise ValueError("not a text file")
    try:
        return Decoded(raw.decode("utf-8"), "utf-8", True)
    except UnicodeDecodeError:
        return None


def decode_text(raw: bytes, language: str | None = None) -> Decoded:
    """The text of bytes of any usual encoding, and whether it is sure.

    ``language`` (``ro``, ``bg``, ``fr``) gives the encodings that its offices
    use and the letters to expect: the encoding that gives most of its
    letters is taken, and is sure where it gives ``ENOUGH`` of them and
    no other gives as many of a different text. ş and ș count as one letter.
    Without a language, charset-normalizer guesses, which is never sure.
    Raises ValueError where the bytes are no text at all.

    >>> decode_text("Târgu Mureş, Ploieşti".encode("cp1250"), "ro")
    Decoded(text='Târgu Mureş, Ploieşti', encoding='cp1250', is_sure=True)
    >>> decode_text("Велико Търново".encode("cp1251"), "bg").encoding
    'cp1251'
    """
    certain = decode_certain(raw)
    if certain is not None:
        return certain
    if language not in ENCODINGS:
        guess = from_bytes(raw).best()
        if guess is None:
            raise ValueError("the text is in no known encoding; save it as UTF-8")
        return Decoded(str(guess), guess.encoding, False)
    found = []
    for encoding in ENCODINGS[language]:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        found.append((share_of_letters(text, language), text, encoding))
    if not found:
        raise ValueError("the text is in no known encoding; save it as UTF-8")
    share, text, encoding = max(found, key=lambda each: each[0])
    rivals = [s for s, t, _ in found if comma_below(t) != comma_below(text)]
    return Decoded(text, encoding, share >= ENOUGH and all(s < share for s in rivals))


def share_of_letters(text: str, language: str) -> float:
    """Of the characters beyond ASCII, the share that the language writes with; 1 if none.

    Signs of print count half: they stand in every encoding. A Cyrillic capital
    inside a word counts against the text, as it shows the wrong code page.
    """
    counts = Counter(letter for run in _BEYOND_ASCII.findall(text) for letter in run)
    total = counts.total()
    if not total:
        return 1.0
    letters = sum(n for letter, n in counts.items() if letter in LETTERS[language])
    signs = sum(n for letter, n in counts.items() if letter in SIGNS)
    return (letters + signs / 2 - len(_LOWER_THEN_UPPER.findall(text))) / total


def is_twice_encoded(text: str) -> bool:
    """Whether UTF-8 was read as a one-byte encoding and saved again (``IaÅŸi``, ``ĞŸ``).

    Told by the runs of letters beyond ASCII: written back in a one-byte
    encoding, more than a fifth of them are UTF-8, which real text never is.

    >>> is_twice_encoded("Iași, Ploiești".encode().decode("cp1252"))
    True
    >>> is_twice_encoded("Iași, Велико Търново, Évry")
    False
    """
    runs = _BEYOND_ASCII.findall(text)
    if not runs:
        return False
    kinds = Counter(runs)
    return any(
        sum(n for run, n in kinds.items() if _is_utf8_in(run, encoding)) > len(runs) / 5
        for encoding in _ONE_BYTE
    )


def _is_utf8_in(run: str, encoding: str) -> bool:
    try:
        raw = run.encode(encoding)
        return len(raw.decode("utf-8")) < len(raw)
    except UnicodeError:
        return False


def _decode_wholly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise ValueError(f"begins as {encoding} and does not go on so") from None


def has_lost_letters(text: str) -> bool:
    """Whether letters beyond ASCII became ``?`` or U+FFFD in another program.

    Told by question marks inside words (addresses of the web apart): more than
    one to twenty of the letters that are left; a few typing errors are no loss.
    Told also by any control character, which no office prints.

    >>> has_lost_letters("Timi?oara, Bra?ov"), has_lost_letters("Timișoara? Brașov")
    (True, False)
    """
    if _CONTROL.search(text):
        return True
    marks = len(_LOST.findall(_ADDRESS.sub("", text))) + text.count("\ufffd")
    left = sum(map(len, _BEYOND_ASCII.findall(text)))
    return marks > left / 20
