"""The Content-Security-Policy of every page that we write."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable


def content_policy(scripts: Iterable[str], pictures: str = "data:") -> str:
    """The policy that forbids the network and every script but these.

    ``pictures`` is where they may come from: the page itself, unless told otherwise.
    """
    hashes = " ".join(
        f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    )
    hashes = hashes or "'none'"
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src {pictures}; "
        "base-uri 'none'; form-action 'none'"
    )
