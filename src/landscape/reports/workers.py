"""Processes that make reports: each is forked, clean, from one that has imported everything.

The server of forks (``multiprocessing``'s forkserver) imports the stack once
and runs no report; every report has a process of its own, whose memory ends
with it. So nothing of one report can reach the next.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from landscape.reports.files import ReportError
from landscape.reports.orders import Order, Result

#: Seconds that a report has, after its time limit, to say where it was.
GRACE = 5.0
#: How often a failure of the machine is tried again, and after how many seconds.
TRIES, PAUSE = 3, 1.0
#: How the libraries of linear algebra under numpy are told their number of threads.
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
#: What the server of forks imports; the command too, as each fork imports the main program.
STACK = [
    "landscape.reports.orphan",
    "landscape.reports.stack",
    "landscape.cli",
    "landscape.cli_runs",
]


def make_page_in_process(order: Order) -> Result:
    """One report in a process of its own; a transient failure is tried again.

    May be called from several threads, or on a worker of a cluster.
    """
    for attempt in range(1, TRIES + 1):
        result = _try_once(order)
        if not result.transient or attempt == TRIES:
            break
        time.sleep(PAUSE * attempt)
    if result.error and attempt > 1:
        return replace(result, error=f"{result.error} (tried {attempt} times)")
    return result


def call_in_process(
    function: Callable[[Path], object], argument: Path, environment: dict[str, str]
) -> None:
    """Call a function in a forked process that has imported everything.

    ``environment`` holds the variables that it sees. ReportError if it fails.
    """
    start_server()
    context = _context()
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_call, args=(function, argument, environment, sender))
    process.start()
    sender.close()
    try:
        error = receiver.recv()
    except EOFError:
        error = "its process ended early"
    process.join()
    if error:
        raise ReportError(error)


def _call(
    function: Callable[[Path], object],
    argument: Path,
    environment: dict[str, str],
    sender: Connection,
) -> None:
    os.environ.update(environment)
    try:
        function(argument)
        sender.send("")
    except Exception as error:
        sender.send(str(error))


def write_index_of(out: Path) -> None:
    """The index of a folder; for a process that is to import what it takes."""
    from landscape.reports.index import write_index  # noqa: PLC0415  (seconds of imports)

    write_index(out)


def start_server() -> None:
    """Start the server of forks, where it does not run yet: it sees what variables are set now."""
    if _context().get_start_method() == "forkserver":
        from multiprocessing import forkserver  # noqa: PLC0415  (not on every system)

        with one_thread_each():
            forkserver.ensure_running()


@contextmanager
def one_thread_each() -> Iterator[None]:
    """What is started meanwhile multiplies matrices with one thread, unless the user said more.

    The threads of reports made at once wait for each other in busy loops: two
    searches for zones at a time took several times as long as one after the other.
    """
    unset = [name for name in THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(unset, "1"))
    try:
        yield
    finally:
        for name in unset:
            del os.environ[name]


def _context() -> Any:
    """The forkserver, with the stack imported; where there is none, a new interpreter a report."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(STACK)
    return context


def _try_once(order: Order) -> Result:
    start_server()
    context = _context()
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(order, sender), daemon=True)
    try:
        process.start()
    except (OSError, EOFError) as error:  # memory ran out, here or in the server of forks
        reason = f"no process could be started for it ({type(error).__name__}: {error})"
        return Result(
            error=f"{order.notebook_name}: {reason}", transient=isinstance(error, OSError)
        )
    sender.close()
    try:
        return _receive(process, receiver, order)
    finally:
        receiver.close()
        if process.is_alive():
            process.kill()
        process.join()


def _receive(process: BaseProcess, receiver: Connection, order: Order) -> Result:
    """What the process sends; where it hangs or is killed, that."""
    if not receiver.poll(order.seconds + GRACE):
        return Result(
            error=f"{order.notebook_name}: took longer than {order.seconds:g} s and was stopped",
            log="It did not react to the interruption: it was not in Python code.",
        )
    try:
        result: Result = receiver.recv()
        return result
    except EOFError:
        process.join()
        code = process.exitcode or 0
        # A process that is killed was most often the largest when memory ran out.
        killed = code == -signal.SIGKILL
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        return Result(
            error=f"{order.notebook_name}: its process ended early ({how})", transient=killed
        )


def _work(order: Order, sender: Connection) -> None:
    from landscape.reports.child import work  # noqa: PLC0415  (the stack is the child's)

    work(order, sender)
