"""What can go wrong, as one plain line for the person who can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

#: So many choices are listed where nothing comes near.
MOST_CHOICES = 12


class LandscapeError(Exception):
    """The input is wrong; the message names the file, the place and the remedy. Exit code 1."""


class SourceError(LandscapeError):
    """A raw file, its ``source.yml`` or its mapping is not what the source module expects."""


class TableError(LandscapeError):
    """A cleaned table breaks its schema."""


class UsageError(LandscapeError):
    """The command was called with words it does not know. Exit code 2."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a message on an unknown word: what was probably meant, else the choices.

    >>> did_you_mean("countyy", ["municipality", "county"])
    "; did you mean 'county'?"
    >>> did_you_mean("x", ["county", "municipality"])
    '; choose one of: county, municipality'
    """
    choices = list(known)
    near = get_close_matches(word, choices, 3)
    if near:
        return f"; did you mean {' or '.join(map(repr, near))}?"
    return f"; choose one of: {', '.join(choices)}" if len(choices) <= MOST_CHOICES else ""
