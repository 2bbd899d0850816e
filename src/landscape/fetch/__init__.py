"""Official files into ``data/raw``: from a mirror folder, or from where their producers keep them.

A good file is never replaced by a bad one, and a new vintage never by itself:
what changed is told, and the files come in when the user accepts them.
"""

from __future__ import annotations

from landscape.fetch.live import fetch_live
from landscape.fetch.mirror import fetch_country
from landscape.fetch.outcome import Outcome

__all__ = ["Outcome", "fetch_country", "fetch_live"]
