"""A run makes what is missing or out of date, and keeps what fails apart."""

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from trial_reports import PAGE, PARAMETERS, Project, told

from killed_runs import look_as_a_reader
from landscape.errors import LandscapeError
from landscape.reports import schedule, workers
from landscape.reports.plan import PlanError, list_jobs, read_plan
from landscape.reports.schedule import Outcome, list_tasks, run_schedule
from landscape.reports.state import State, open_state


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


def test_reports_made_at_once_multiply_with_one_thread_each(
    trial: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The threads of two would wait for each other in busy loops."""
    asked = """
import numpy
from threadpoolctl import threadpool_info
threads = {each["num_threads"] for each in threadpool_info()}
assert threads == {1}, threads
"""
    assert not run_schedule(trial(asked)).failed
    for name, usual in zip(workers.THREADS, (None, "4", None), strict=True):
        monkeypatch.delenv(name, raising=False)
        if usual:
            monkeypatch.setenv(name, usual)
    with workers.one_thread_each():
        assert [os.environ[name] for name in workers.THREADS] == ["1", "4", "1"]
    assert [os.environ.get(name) for name in workers.THREADS] == [None, "4", None]


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
