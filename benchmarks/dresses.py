"""Names as other offices would write them: the same name in several dresses."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

SEED = 20260309
Dress = Callable[[str, random.Random], str]

_ARTICLE = re.compile(r"^(L'|Le |La |Les )(.+)$")
_LOOK_ALIKE = str.maketrans("aeopcxAEOPCX", "аеорсхАЕОРСХ")


def as_published(name: str, _: random.Random) -> str:
    """The name itself."""
    return name


def capitals(name: str, _: random.Random) -> str:
    """ALBA IULIA."""
    return name.upper()


def no_marks(name: str, _: random.Random) -> str:
    """Timisoara: marks dropped, as old systems do."""
    small = name.replace("œ", "oe").replace("Œ", "OE")
    parts = unicodedata.normalize("NFD", small)
    return "".join(c for c in parts if not unicodedata.combining(c))


def plain_capitals(name: str, rng: random.Random) -> str:
    """TIMISOARA."""
    return no_marks(name, rng).upper()


def cedilla(name: str, _: random.Random) -> str:
    """Timişoara with the cedilla of older fonts."""
    return name.translate(str.maketrans("șȘțȚ", "şŞţŢ"))


def old_i(name: str, _: random.Random) -> str:
    """CÎMPULUNG: the spelling before 1993."""
    return name.replace("â", "î").upper()


def decoded_wrong(name: str, rng: random.Random) -> str:
    """TÂRGOVIªTE: the Windows-1250 file read as Windows-1252."""
    raw = cedilla(name.upper(), rng).encode("cp1250")
    return raw.decode("cp1252", errors="replace")


def look_alike(name: str, rng: random.Random) -> str:
    """One Latin letter replaced by its Cyrillic twin."""
    places = [i for i, letter in enumerate(name) if letter in "aeopcx"]
    if not places or len(name) < 4:
        return name
    i = rng.choice(places)
    return name[:i] + name[i].translate(_LOOK_ALIKE) + name[i + 1 :]


def loose_blanks(name: str, _: random.Random) -> str:
    """Hyphens as blanks, blanks doubled, a no-break blank behind."""
    return "  ".join(name.replace("-", " ").split()) + "\u00a0"


def no_hyphens(name: str, _: random.Random) -> str:
    """Hyphens and apostrophes as blanks, in plain capitals."""
    return re.sub(r"[-'’]", " ", no_marks(name, _)).upper()


def prefixed(*words: str) -> Dress:
    """A type word before the name, one of several."""

    def dress(name: str, rng: random.Random) -> str:
        return f"{rng.choice(words)} {name}"

    return dress


def saints_short(name: str, _: random.Random) -> str:
    """ST MAURICE, STE FOY."""
    bare = no_hyphens(name, _)
    return re.sub(r"\bSAINTE\b", "STE", re.sub(r"\bSAINT\b", "ST", bare))


def article_behind(name: str, _: random.Random) -> str:
    """Abergement-Clémenciat (L')."""
    found = _ARTICLE.match(name)
    return f"{found[2]} ({found[1].strip()})" if found else name


def article_dropped(name: str, _: random.Random) -> str:
    """ABERGEMENT-CLEMENCIAT."""
    found = _ARTICLE.match(name)
    return (found[2] if found else name).upper()


def latin_2009(name: str, _: random.Random) -> str:
    """The Latin spelling that the Bulgarian law of 2009 prescribes."""
    letters = dict(zip("абвгдезийклмнопрстуфхъь", "abvgdeziyklmnoprstufhay", strict=True))
    letters |= {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ю": "yu", "я": "ya"}
    small = re.sub("ия\\b", "иa", name.lower())
    return "".join(letters.get(c, c) for c in small).title()


def latin_older(name: str, rng: random.Random) -> str:
    """Older Latin spellings: Kardjali, Jambol, Turnovo."""
    text = latin_2009(name, rng).lower()
    for new, old in (("zh", "j"), ("ya", "ia"), ("yu", "iu"), ("ts", "c")):
        text = text.replace(new, old)
    return text.title()


def one_error(name: str, rng: random.Random) -> str:
    """One letter dropped, doubled, swapped with the next or replaced."""
    places = [i for i, letter in enumerate(name) if letter.isalpha()]
    alphabet = "абвгдежзиклмнопрстуфхц" if name[places[0]] > "\u0400" else "abcdefghilmnoprstuv"
    while True:
        i = rng.choice(places)
        kind = rng.choice(("drop", "double", "swap", "replace"))
        if kind == "drop":
            wrong = name[:i] + name[i + 1 :]
        elif kind == "double":
            wrong = name[: i + 1] + name[i:]
        elif kind == "swap" and i + 1 < len(name) and name[i + 1].isalpha():
            wrong = name[:i] + name[i + 1] + name[i] + name[i + 2 :]
        else:
            wrong = name[:i] + rng.choice(alphabet) + name[i + 1 :]
        if wrong.casefold() != name.casefold() and any(c.isalpha() for c in wrong):
            return wrong


def one_error_plain(name: str, rng: random.Random) -> str:
    """A typing error in plain capitals."""
    return one_error(plain_capitals(name, rng), rng)


_COMMON: dict[str, Dress] = {
    "as published": as_published,
    "capitals": capitals,
    "loose blanks": loose_blanks,
}
_LATIN: dict[str, Dress] = {
    "no marks": no_marks,
    "plain capitals": plain_capitals,
    "look-alike letter": look_alike,
}
EXACT: dict[str, dict[str, Dress]] = {
    "RO": _COMMON
    | _LATIN
    | {
        "cedilla": cedilla,
        "old î": old_i,
        "decoded wrong": decoded_wrong,
    },
    "BG": _COMMON
    | {
        "type word": prefixed("Община", "ОБЩ.", "общ."),
        "Latin, 2009": latin_2009,
        "Latin, older": latin_older,
    },
    "MD": _COMMON
    | _LATIN
    | {
        "cedilla": cedilla,
    },
    "FR": _COMMON
    | _LATIN
    | {
        "no hyphens": no_hyphens,
        "ST, STE": saints_short,
        "article behind": article_behind,
        "article dropped": article_dropped,
        "type word": prefixed("Commune de", "VILLE DE", "Mairie de"),
    },
}
ERRORS: dict[str, Dress] = {"one error": one_error, "one error, plain": one_error_plain}
