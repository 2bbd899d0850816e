"""Commands run in a copy of the project, each in a fork that begins with heavy imports done.

Only libraries are imported before: the project itself is imported anew by each
command, as the copy's files stand by then. Reads one JSON list of words a line;
answers with exit code, output and errors.
"""

import io
import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import babel.messages.pofile  # noqa: F401
import geopandas  # noqa: F401
import pandas  # noqa: F401
import pandera.pandas  # noqa: F401
import pydantic  # noqa: F401
import python_calamine  # noqa: F401
import rapidfuzz  # noqa: F401
import rich.progress  # noqa: F401
import scipy.spatial
import scipy.stats  # noqa: F401
import typer  # noqa: F401
import yaml  # noqa: F401


def answer(words: list[str]) -> dict[str, object]:
    """Run one command of ``landscape``, or a piece of Python after ``-c``."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            if words[0] == "-c":
                exec(words[1], {})
            else:
                from landscape.cli import main  # noqa: PLC0415

                sys.argv = ["landscape", *words]
                main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        except Exception as error:
            code = 99
            err.write(f"{type(error).__name__}: {error}")
    return {"code": code, "out": out.getvalue(), "err": err.getvalue()}


for line in sys.stdin:
    place = Path(os.environ["LANDSCAPE_ANSWER"])
    child = os.fork()
    if not child:
        place.write_text(json.dumps(answer(json.loads(line))), encoding="utf-8")
        os._exit(0)
    os.waitpid(child, 0)
    sys.stdout.write("done\n")
    sys.stdout.flush()
