"""Runs ended at any moment: the next finishes the rest, and nothing is left running."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from trial_reports import Project, told

from killed_runs import PROGRAM, WAYS, end_at_random, look_as_a_reader
from landscape.reports.schedule import run_schedule

#: Reports of the run that is killed: more than fit into the time that it is given.
AT_ONCE = 12


@pytest.mark.parametrize(
    ("times", "longest"),
    [(6, 2.5), pytest.param(120, 6.0, marks=pytest.mark.slow)],
)
def test_however_a_run_ends_the_next_finishes_the_rest(
    trial: Project, times: int, longest: float
) -> None:
    run = trial(names=", ".join(f"n{each}" for each in range(AT_ONCE)))
    endings = list(end_at_random(run, times, 20261123, longest))
    assert {ending.way for ending in endings} == set(WAYS)
    assert sum(ending.early for ending in endings) >= times / 2
    summary = run_schedule(run)
    assert not summary.failed
    assert look_as_a_reader(run.out) == (AT_ONCE, 0)
    assert not list((run.out / ".landscape" / "parts").iterdir())
    assert told(run_schedule(run)) == dict.fromkeys(told(summary), "")


def test_a_report_that_is_there_is_not_made_again_after_a_kill(trial: Project) -> None:
    run = trial(names="a, b, c")
    run_schedule(run)
    with closing(sqlite3.connect(run.out / ".landscape" / "runs.sqlite")) as base, base:
        base.execute("DELETE FROM reports WHERE file = 'trial_b_en.html'")  # killed before it
    assert told(run_schedule(run)) == {"a": "", "b": "was not made by a run", "c": ""}


def test_reports_end_with_a_run_that_is_killed(trial: Project) -> None:
    cell = "import os, time\nopen(f'pid_{name}', 'w').write(str(os.getpid()))\ntime.sleep(600)"
    run = trial(cell, names="a, b")
    program = run.notebooks / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    started = subprocess.Popen([sys.executable, str(program), str(run.notebooks)])
    files = [run.notebooks / f"pid_{name}" for name in "ab"]
    wait_until(lambda: all(file.exists() and file.read_text() for file in files))
    reports = [int(file.read_text()) for file in files]
    os.kill(started.pid, signal.SIGKILL)
    started.wait()
    wait_until(lambda: not any(is_running(report) for report in reports))


def test_the_server_of_forks_ends_with_a_run_killed_while_it_imports(trial: Project) -> None:
    run = trial()
    (run.notebooks / "endless.py").write_text(
        "open(__file__ + '.there', 'w')\nimport time\ntime.sleep(600)\n", encoding="utf-8"
    )
    program = run.notebooks / "program.py"
    imports = "from landscape.reports import workers\nworkers.STACK[1:] = ['endless']\n"
    program.write_text(imports + PROGRAM, encoding="utf-8")
    found = {**os.environ, "PYTHONPATH": str(run.notebooks)}  # by the server too
    started = subprocess.Popen([sys.executable, str(program), str(run.notebooks)], env=found)
    wait_until(lambda: children_of(started.pid, "forkserver"))
    wait_until((run.notebooks / "endless.py.there").exists)
    (server,) = children_of(started.pid, "forkserver")
    os.kill(started.pid, signal.SIGKILL)
    started.wait()
    wait_until(lambda: not is_running(server), seconds=60)


def test_a_server_of_forks_that_never_gets_ready_is_ended_and_told(trial: Project) -> None:
    """As where a library asks without end for memory that there is not."""
    run = trial(names="a")
    home = run.notebooks
    (home / "impatient.py").write_text("import signal\nsignal.alarm(1)\n", encoding="utf-8")
    (home / "endless.py").write_text("import time\ntime.sleep(600)\n", encoding="utf-8")
    program = home / "program.py"
    stack = "workers.STACK[:] = ['landscape.reports.orphan', 'impatient', 'endless']\n"
    told = PROGRAM.replace("run_schedule(Run(", "print(run_schedule(Run(").replace(
        "jobs=2))", "jobs=2)).failed[0].error)"
    )
    imports = f"from landscape.reports import workers\n{stack}"
    quick = "schedule.write_index_of = schedule.call_in_process = lambda *_: None\nif __name__"
    program.write_text(imports + told.replace("if __name__", quick), encoding="utf-8")
    command, found = [sys.executable, str(program), str(home)], {"PYTHONPATH": str(home)}
    done = subprocess.run(
        command, env={**os.environ, **found}, capture_output=True, text=True, timeout=300,
        check=False,
    )  # fmt: skip
    assert "trial.ipynb: no process could be started for it (EOFError" in done.stdout, done.stderr


def children_of(parent: int, word: str) -> list[int]:
    """The processes started by another whose command line holds a word."""
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    lines = {int(pid): Path(f"/proc/{pid}/cmdline").read_text() for pid in found}
    return [pid for pid, line in lines.items() if word in line]


def wait_until(holds: Callable[[], object], seconds: float = 240) -> None:
    """Wait for something to hold; fail where it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)


def is_running(pid: int) -> bool:
    """Whether a process is there and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
