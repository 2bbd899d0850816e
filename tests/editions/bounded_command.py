"""A command in a process of its own that may take 3 GB and no more; its peak is measured."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

LIMIT, PEAK = 3 * 2**30, 1200
MEGABYTE = 2**20
Refused = Callable[..., str]

READ_SHEET = """
import sys
from pathlib import Path
from landscape.cleaning.sheets import read_sheet
from landscape.errors import LandscapeError
try:
    read_sheet(Path(sys.argv[1]))
except LandscapeError as error:
    sys.exit(f"landscape: {error}")
"""

#: Starts a command and writes down its peak. A process is born as a copy of the one that
#: starts it, and its peak is never told lower: so it is started by a small one.
LAUNCHER = """
import os, resource, subprocess, sys
limit, told, *command = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_AS, (int(limit), int(limit)))
process = subprocess.Popen(command)
_, status, usage = os.wait4(process.pid, 0)
open(told, "w").write(str(usage.ru_maxrss))
os._exit(os.waitstatus_to_exitcode(status))
"""


def run(words: list[str], home: Path) -> tuple[int, str, float]:
    """Exit code, what stderr says, and the peak of memory in MB."""
    settings = {"LANDSCAPE_HOME": str(home), "NO_COLOR": "1", "OMP_NUM_THREADS": "1"}
    told = home / "peak.txt"
    command = [str(LIMIT), str(told), sys.executable, *words]
    done = subprocess.run(
        [sys.executable, "-S", "-c", LAUNCHER, *command],
        env={**os.environ, **settings},
        cwd=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    return done.returncode, done.stderr.decode("utf-8"), int(told.read_text()) / 1024
