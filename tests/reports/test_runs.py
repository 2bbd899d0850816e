"""A run makes what is missing or out of date, keeps what fails apart, and can be killed."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from killed_runs import PROGRAM, WAYS, end_at_random, look_as_a_reader
from landscape.errors import LandscapeError
from landscape.reports import schedule
from landscape.reports.plan import PlanError, list_jobs, read_plan
from landscape.reports.schedule import Outcome, Run, Summary, list_tasks, run_schedule
from landscape.reports.state import State, open_state

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
#: Reports of the run that is killed: more than fit into the time that it is given.
AT_ONCE = 12


@pytest.fixture
def trial(
    tmp_path: Path, write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> Project:
    """A project of one light notebook, with more cells and the names to vary given."""

    def make(*cells: str, names: str = "a, b", **options: object) -> Run:
        monkeypatch.setenv("LANDSCAPE_HOME", str(tmp_path))
        # Somebody may be writing code while the tests run.
        monkeypatch.setattr(schedule, "hash_code", lambda: "1")
        write_notebook(PARAMETERS, PAGE, *cells)
        (tmp_path / "reports.yml").write_text(PLAN.replace("NAMES", names), encoding="utf-8")
        folder = tmp_path / "data" / "processed"
        (folder / "RO").mkdir(parents=True, exist_ok=True)
        return Run(tmp_path, folder, tmp_path / "out", **options)

    return make


def told(summary: Summary) -> dict[str, str]:
    """Why each report was made, by its value of ``name``; '' where it was not."""
    return {each.name.split()[1]: each.why for each in summary.outcomes}


def test_a_second_run_finds_nothing_to_do(trial: Project) -> None:
    run = trial()
    lines: list[Outcome] = []
    first = run_schedule(run, lambda outcome, done, asked: lines.append(outcome))
    assert told(first) == {"a": "is missing", "b": "is missing"}
    assert len(lines) == 2
    index = (run.out / "index.html").stat()
    second = run_schedule(run)
    assert told(second) == {"a": "", "b": ""}
    assert [each.path for each in second.unchanged] == [
        run.out / "trial_a_en.html",
        run.out / "trial_b_en.html",
    ]
    assert (run.out / "index.html").stat() == index


def test_what_is_out_of_date_is_told_and_made_again(
    trial: Project, write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = trial(names="a, b, c")
    run_schedule(run)
    (run.out / "trial_a_en.html").unlink()
    (run.out / "trial_b_en.html").write_text("mine", encoding="utf-8")
    tasks = {task.job.parameters["name"]: task.why for task in list_tasks(run)}
    assert tasks == {"a": "is missing", "b": "its file was changed", "c": ""}
    assert not (run.out / "trial_a_en.html").exists()
    assert told(run_schedule(run)) == tasks
    write_notebook(PARAMETERS, PAGE, "1 + 1")
    assert set(told(run_schedule(run)).values()) == {"the notebook or its parameters changed"}
    assert set(told(run_schedule(run)).values()) == {""}
    monkeypatch.setattr(schedule, "hash_code", lambda: "2")
    assert set(told(run_schedule(run)).values()) == {"the code changed"}


def test_only_reports_that_used_a_changed_table_are_made_again(trial: Project) -> None:
    reading = """
from pathlib import Path
from landscape.paths import project
from landscape.used_files import note_use
note_use(project().processed / "RO" / f"{name}.parquet")
"""
    run = trial(reading)
    (run.tables / "RO" / "a.parquet").write_bytes(b"1")
    run_schedule(run)
    (run.tables / "RO" / "other.parquet").write_bytes(b"1")
    assert told(run_schedule(run)) == {"a": "", "b": ""}
    (run.tables / "RO" / "a.parquet").write_bytes(b"2")
    (run.tables / "RO" / "b.parquet").write_bytes(b"now there is one")
    assert told(run_schedule(run)) == {
        "a": "changed: RO/a.parquet",
        "b": "changed: RO/b.parquet",
    }
    (run.tables / "RO" / "a.parquet").unlink()
    assert told(run_schedule(run)) == {"a": "lost: RO/a.parquet", "b": ""}


def test_the_tables_of_an_inventory_are_noted(trial: Project) -> None:
    loading = """
import landscape
try:
    landscape.load("RO")
except Exception:
    pass
"""
    run = trial(loading, names="a")
    run_schedule(run)
    with open_state(run.out) as state:
        assert state.reports()["trial_a_en.html"].tables == {"RO/manifest.json": "absent"}


def test_a_failure_is_kept_beside_and_stops_no_other(trial: Project) -> None:
    run = trial('known = {"b": 1}[name]')
    summary = run_schedule(run)
    (failed,) = summary.failed
    assert failed.error == "trial.ipynb, cell 3: KeyError: 'a'"
    assert [each.path for each in summary.made] == [run.out / "trial_b_en.html"]
    assert sorted(path.name for path in (run.out / "failed").iterdir()) == [
        "trial_a_en.ipynb",
        "trial_a_en.log",
    ]
    notebook = json.loads((run.out / "failed" / "trial_a_en.ipynb").read_text(encoding="utf-8"))
    assert "KeyError" in json.dumps(notebook)
    log = (run.out / "failed" / "trial_a_en.log").read_text(encoding="utf-8")
    assert "name = 'a'" in log
    assert "KeyError" in log
    assert "trial_a" not in (run.out / "index.html").read_text(encoding="utf-8")
    assert json.loads(json.dumps(summary.as_dict()))["failed"][0]["report"] == "trial a en"
    again = run_schedule(trial("1 + 1"))
    assert not again.failed
    assert not list((run.out / "failed").iterdir())


def test_a_failure_leaves_the_report_that_was_there(trial: Project) -> None:
    run = trial(names="a")
    run_schedule(run)
    before = (run.out / "trial_a_en.html").read_bytes()
    assert run_schedule(trial("1 / 0", names="a")).failed
    assert (run.out / "trial_a_en.html").read_bytes() == before


def test_nothing_of_one_report_reaches_the_next(trial: Project) -> None:
    """A notebook that spoils its process: modules, environment, settings, folder, open threads."""
    spoil = """
import os, sys, threading, time
import pandas as pd
import landscape.language
marks = [hasattr(landscape.language, "spoilt"), "SPOILT" in os.environ, "leftover" in globals(),
         pd.get_option("display.max_rows") == 7, "spoilt" in sys.modules,
         threading.active_count() > 3, os.path.basename(os.getcwd()) == "out"]
assert not any(marks), marks
landscape.language.spoilt = leftover = True
os.environ["SPOILT"] = "1"
pd.set_option("display.max_rows", 7)
sys.modules["spoilt"] = sys
threading.Thread(target=time.sleep, args=(60,)).start()
threading.Thread(target=time.sleep, args=(60,)).start()
threading.Thread(target=time.sleep, args=(60,)).start()
os.makedirs("out", exist_ok=True)
os.chdir("out")
"""
    summary = run_schedule(trial(spoil, names="a, b, c"))
    assert [each.error for each in summary.outcomes] == ["", "", ""]


def test_a_report_that_hangs_is_stopped_and_told(trial: Project) -> None:
    run = trial("import time\nif name == 'a': time.sleep(60)", seconds=1.0)
    summary = run_schedule(run)
    assert [each.error for each in summary.failed] == [
        "trial.ipynb: took longer than 1 s and was stopped"
    ]
    assert "time.sleep(60)" in (run.out / "failed" / "trial_a_en.log").read_text(encoding="utf-8")
    assert len(summary.made) == 1


def test_a_transient_failure_is_tried_again_and_others_are_not(
    trial: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("landscape.reports.workers.PAUSE", 0.0)
    counting = """
from pathlib import Path
tries = Path(f"tries_{name}")
tries.write_text(tries.read_text() + "." if tries.exists() else ".")
if name == "value": raise ValueError("wrong")
if name == "killed" and len(tries.read_text()) < 2: import os; os.kill(os.getpid(), 9)
if name == "memory": raise MemoryError("full")
"""
    run = trial(counting, names="value, killed, memory")
    summary = run_schedule(run)
    counts = {name: len((run.notebooks / f"tries_{name}").read_text()) for name in told(summary)}
    assert counts == {"value": 1, "killed": 2, "memory": 3}
    assert [each.name for each in summary.made] == ["trial killed en"]
    assert [each.error.partition(": ")[2] for each in summary.failed] == [
        "ValueError: wrong",
        "MemoryError: full (tried 3 times)",
    ]


def test_two_runs_in_one_folder_exclude_each_other(trial: Project) -> None:
    run = trial()
    run.out.mkdir()
    with open_state(run.out), pytest.raises(LandscapeError, match="another run is making"):
        run_schedule(run)
    assert run_schedule(run).made


def test_a_state_that_is_no_database_says_what_to_do(trial: Project) -> None:
    run = trial()
    (run.out / ".landscape").mkdir(parents=True)
    (run.out / ".landscape" / "runs.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(LandscapeError, match=r"runs\.sqlite: cannot be read .* delete it"):
        run_schedule(run)


def test_a_full_disk_is_told_and_the_next_run_finishes(
    trial: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = trial(names="a, b, c")

    def fail(state: State, *_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as full:
        full.setattr(State, "record", fail)
        with pytest.raises(LandscapeError, match=r"cannot be recorded \(database or disk is full"):
            run_schedule(run)
    assert look_as_a_reader(run.out) == (1, 1)
    assert set(told(run_schedule(run)).values()) == {"was not made by a run", "is missing"}
    assert look_as_a_reader(run.out) == (3, 0)


def test_ranges_are_read_from_the_tables(trial: Project) -> None:
    run = trial(names="every county of RO, RO_x")
    rows = pd.DataFrame(
        {"area_id": ["RO_2", "RO_1", "RO_10"], "level": ["county"] * 2 + ["region"]}
    )
    rows.to_parquet(run.tables / "RO" / "areas.parquet")
    assert [job.parameters["name"] for job in run.list_jobs()] == ["RO_1", "RO_2", "RO_x"]
    plan = read_plan(run.notebooks / "reports.yml")
    with pytest.raises(PlanError, match="run: landscape tables --country RO"):
        list_jobs(plan, None, run.notebooks, run.tables / "elsewhere")
    for wrong in ("every village of RO", "every county of Romania", "a, a"):
        with pytest.raises(PlanError, match=r"is no range|two entries make"):
            trial(names=wrong).list_jobs()


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
    run = trial("import os, time\nopen('pid', 'w').write(str(os.getpid()))\ntime.sleep(600)")
    program = run.notebooks / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    started = subprocess.Popen([sys.executable, str(program), str(run.notebooks)])
    pid = run.notebooks / "pid"
    wait_until(lambda: pid.exists() and pid.read_text())
    os.kill(started.pid, signal.SIGKILL)
    started.wait()
    wait_until(lambda: not is_running(int(pid.read_text())))


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
