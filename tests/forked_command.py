"""The real command in a process of its own, forked from one that has already imported it.

Each test process has one such server. A command costs its own work and no
seconds of imports; nothing that it leaves in memory reaches the next.
"""

import atexit
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

#: What commands need, imported once.
STACK = (
    "landscape.reports.stack",
    "landscape.cli",
    "landscape.cli_runs",
    "landscape.build",
    "landscape.exchange",
    "landscape.workbook",
)


def run_command(
    words: Sequence[str],
    folder: Path,
    variables: Mapping[str, str],
    largest: int | None = None,
    seconds: float = 600,
) -> "subprocess.CompletedProcess[str]":
    """``landscape`` with these words, in a folder; ``largest`` limits the size of its files."""
    server = _server()
    with _ONE_AT_A_TIME, tempfile.TemporaryDirectory() as beside:
        said = [str(Path(beside) / name) for name in ("out", "err")]
        order = {
            "words": list(words), "folder": str(folder), "variables": dict(variables),
            "largest": largest, "said": said, "seconds": seconds,
        }  # fmt: skip
        server.stdin.write(json.dumps(order) + "\n")
        server.stdin.flush()
        answer = server.stdout.readline()
        if not answer:
            raise RuntimeError("the server of commands ended")
        out, err = (Path(path).read_text(encoding="utf-8") for path in said)
    return subprocess.CompletedProcess(["landscape", *words], int(answer), out, err)


_ONE_AT_A_TIME = threading.Lock()


@lru_cache
def _server() -> "subprocess.Popen[str]":
    server = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(server.kill)
    return server


def serve() -> None:
    """Import the stack; then run a command for each line that comes, one after the other."""
    for name in STACK:
        __import__(name)
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(order)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _run(order: dict) -> None:
    """Become the command: its folder, variables, outputs and limits; end as it ends."""
    code = 70
    try:
        for number, path in zip((1, 2), order["said"], strict=True):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.chdir(order["folder"])
        os.environ.update(order["variables"])
        resource.setrlimit(resource.RLIMIT_CPU, (int(order["seconds"]), int(order["seconds"])))
        if order["largest"] is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (order["largest"], order["largest"]))
        sys.argv = ["landscape", *order["words"]]
        code = _call_main()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _call_main() -> int:
    from landscape.cli import main  # noqa: PLC0415

    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    serve()
