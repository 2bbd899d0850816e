"""The explorer of a notebook: choices of a reader, what they show, and the code that shows it.

``state`` is what is chosen and how to say it as code, ``choices`` what may be
chosen, ``view`` what a state shows, ``widgets`` the controls of JupyterLab.
"""

from landscape.explore.choices import open_state
from landscape.explore.state import State, write_command, write_python
from landscape.explore.story import open_view, show_view
from landscape.explore.view import View
from landscape.explore.widgets import Explorer

__all__ = [
    "Explorer",
    "State",
    "View",
    "open_state",
    "open_view",
    "show_view",
    "write_command",
    "write_python",
]
