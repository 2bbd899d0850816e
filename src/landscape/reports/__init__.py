"""From a notebook and its parameters to one self-contained HTML file."""

from __future__ import annotations

import sys

# jsonschema, under nbformat, would load a grammar of web addresses that no notebook needs:
# importing it takes longer than importing all the rest.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
