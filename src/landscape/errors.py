"""What can go wrong, as one plain line for the person who can mend it."""

from __future__ import annotations


class LandscapeError(Exception):
    """The input is wrong; the message names the file, the place and the remedy. Exit code 1."""


class SourceError(LandscapeError):
    """A raw file, its ``source.yml`` or its mapping is not what the source module expects."""


class TableError(LandscapeError):
    """A cleaned table breaks its schema."""


class UsageError(LandscapeError):
    """The command was called with words it does not know. Exit code 2."""
