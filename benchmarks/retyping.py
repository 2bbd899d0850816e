"""Real rows of a register typed once more, as another clerk would."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import numpy as np
import pandas as pd

LETTERS = "abcdefghijlmnoprstuvz"
SHORT = (
    ("Direcția Generală de Asistență Socială și Protecția Copilului", "DGASPC"),
    ("Serviciul Public de Asistență Socială", "SPAS"),
    ("Consiliul Județean", "CJ"),
    ("Asociația", "Asoc."),
    ("Fundația", "Fund."),
    ("Municipiului", "Mun."),
    ("pentru persoane", "pt. pers."),
    ("pentru", "pt."),
    ("Sfântul", "Sf."),
    ("Sfânta", "Sf."),
    ("județul", "jud."),
    ("nr. ", "nr."),
    ("Centrul de îngrijire și asistență", "CIA"),
    ("Casa de tip familial", "CTF"),
    ("Communauté de communes", "CC"),
    ("Communauté d'agglomération", "CA"),
    ("Centre social", "CS"),
    ("France services", "FS"),
    ("Saint-", "St "),
    ("Sainte-", "Ste "),
)
Dress = Callable[[pd.Series, np.random.Generator], pd.Series]


def mistype(text: str, random: np.random.Generator) -> str:
    """One letter dropped, doubled, changed or swapped in a word of four letters or more."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    if not long:
        return text
    place = long[random.integers(len(long))]
    word = words[place]
    at = int(random.integers(1, len(word) - 1))
    words[place] = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + LETTERS[random.integers(len(LETTERS))] + word[at + 1 :],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
    )[random.integers(4)]
    return " ".join(words)


def with_error(row: pd.Series, random: np.random.Generator) -> pd.Series:
    """A typing error in the name or the provider."""
    column = "provider_name" if "provider_name" in row and random.random() < 0.4 else "name"
    return row.replace({row[column]: mistype(row[column], random)})


def without_marks(row: pd.Series, random: np.random.Generator) -> pd.Series:
    """No diacritics, those of old code pages, or capitals."""
    plain = str.maketrans("", "", "".join(map(chr, range(0x300, 0x370))))
    forms = (
        lambda text: unicodedata.normalize("NFKD", text).translate(plain),
        lambda text: text.translate(str.maketrans("șțȘȚşţŞŢ", "şţŞŢșțȘȚ")),
        str.upper,
    )
    return _in_texts(row, forms[random.integers(3)])


def abbreviated(row: pd.Series, random: np.random.Generator) -> pd.Series:
    """Legal forms and common words in short; points and hyphens as they come."""

    def shorten(text: str) -> str:
        text = text.translate(str.maketrans("şţŞŢ", "șțȘȚ"))
        for whole, short in SHORT:
            text = text.replace(whole, short)
        return text.replace(" - ", ", ") if random.random() < 0.5 else text

    return _in_texts(row, shorten)


def moved(row: pd.Series, random: np.random.Generator) -> pd.Series:
    """The point 100 m away."""
    angle = random.random() * 2 * np.pi
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError:
        return row
    north = 100 / 111_195
    east = north / np.cos(np.radians(lat))
    shifted = row.copy()
    shifted["lat"] = str(lat + north * np.sin(angle))
    shifted["lon"] = str(lon + east * np.cos(angle))
    return shifted


def without_places(row: pd.Series, random: np.random.Generator) -> pd.Series:
    """Not told how many places, and the words of the name's parts in another order."""
    shifted = row.copy()
    if "capacity" in row:
        shifted["capacity"] = ""
    shifted["name"] = " - ".join(reversed(row["name"].split(" - ")))
    return shifted


def several(row: pd.Series, random: np.random.Generator) -> pd.Series:
    """Typing error, marks, abbreviations and distance together."""
    for dress in (abbreviated, with_error, without_marks, moved):
        row = dress(row, random)
    return row


DRESSES: dict[str, Dress] = {
    "typing error": with_error,
    "other diacritics": without_marks,
    "abbreviations": abbreviated,
    "moved by 100 m": moved,
    "no places, other order": without_places,
    "several": several,
}


def plant_doubles(frame: pd.DataFrame, each: int, random: np.random.Generator) -> pd.DataFrame:
    """``each`` rows of the frame per dress, retyped: with ``planted_from`` and ``dress``."""
    chosen = random.choice(len(frame), each * len(DRESSES), replace=False)
    dresses = [name for name in DRESSES for _ in range(each)]
    rows = [
        DRESSES[dress](frame.iloc[at].copy(), random)
        for at, dress in zip(chosen, dresses, strict=True)
    ]
    planted = pd.DataFrame(rows).reset_index(drop=True)
    kind = frame["record"].iloc[0].split(" ")[0]
    first = len(frame) + 1
    return planted.assign(
        planted_from=frame["record"].iloc[chosen].to_numpy(),
        dress=dresses,
        record=[f"{kind} {first + number}" for number in range(len(planted))],
        id=[str(900_000 + number) for number in range(len(planted))],
    )


def _in_texts(row: pd.Series, change: Callable[[str], str]) -> pd.Series:
    changed = row.copy()
    for column in ("name", "provider_name"):
        if column in row:
            changed[column] = change(row[column])
    return changed
