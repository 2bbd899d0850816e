"""A light notebook whose reports runs make, and what a run says of them."""

from collections.abc import Callable

from landscape.reports.schedule import Run, Summary

PARAMETERS = 'name = "a"\nlang = "en"'
# What a page tells the report, without the imports that a page takes.
PAGE = """
from IPython.display import display
facts = {"kind": "page", "title": name, "country": "RO", "theme": "", "subtitle": "",
         "edition": "", "language": lang}
header = {"text/html": f"<h1>{name}</h1>", "application/vnd.landscape.block+json": facts}
display(header, raw=True)
"""
PLAN = "editions: {quarterly: [{notebook: trial, each: {name: [NAMES]}}]}"
Project = Callable[..., Run]


def told(summary: Summary) -> dict[str, str]:
    """Why each report was made, by its value of ``name``; '' where it was not."""
    return {each.name.split()[1]: each.why for each in summary.outcomes}
