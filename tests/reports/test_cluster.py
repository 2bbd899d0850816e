"""The same run on a real cluster: a scheduler and workers, each a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from landscape.errors import LandscapeError, UsageError
from landscape.reports import pools, remote, schedule
from landscape.reports.remote import describe_installation, find_difference
from landscape.reports.schedule import Outcome, Run, run_schedule

NAMES = [f"n{each}" for each in range(4)]
PARAMETERS = 'name = "a"\nlang = "en"'
#: Tells where it was made and what it found in the tables of that place.
CELLS = """
import os, time
from IPython.display import display
from landscape.paths import project
from landscape.used_files import note_use
table = project().processed / "RO" / "a.parquet"
note_use(table)
time.sleep(0.3)
facts = {"kind": "page", "title": name, "country": "RO", "theme": "", "subtitle": "",
         "edition": "", "language": lang}
said = f"<h1>{name}</h1><p>{table.read_text()} {project().root}</p>"
display({"text/html": said, "application/vnd.landscape.block+json": facts}, raw=True)
"""
#: Somebody may be writing code while the tests run.
SAME_CODE = "import landscape.reports.remote as r; r.hash_package = lambda: '1'; import runpy; "
#: A worker that is at work on its first report for as long as it lives.
BUSY = "import time; r.make_page_in_process = lambda order: time.sleep(600); "


@pytest.fixture
def run(
    tmp_path: Path, write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> Run:
    home = tmp_path / "here"
    home.mkdir()
    monkeypatch.setenv("LANDSCAPE_HOME", str(home))
    monkeypatch.setattr(schedule, "hash_code", lambda: "1")
    monkeypatch.setattr("landscape.reports.remote.hash_package", lambda: "1")
    # The index is written by a process of this machine, which would import all that it takes.
    monkeypatch.setattr(schedule, "_refresh_index", lambda run, *_: run.out / "index.html")
    describe_installation.cache_clear()
    write_notebook(PARAMETERS, CELLS).rename(home / "trial.ipynb")
    plan = f"editions: {{e: [{{notebook: trial, each: {{name: [{', '.join(NAMES)}]}}}}]}}"
    (home / "reports.yml").write_text(plan, encoding="utf-8")
    tables = home / "data" / "processed"
    (tables / "RO").mkdir(parents=True)
    (tables / "RO" / "a.parquet").write_text("as in the run", encoding="utf-8")
    return Run(home, tables, home / "out", seconds=60)


class Cluster:
    """Starts a scheduler and workers in an empty folder, as another machine would be."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.folder, self.started = folder, []
        self._start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        end = time.monotonic() + 120
        while not answers(port):
            assert time.monotonic() < end, "the scheduler does not start"
            time.sleep(0.2)

    def _start(self, what: str, *words: str, more: str = "") -> "subprocess.Popen[bytes]":
        module = f"distributed.cli.dask_{what}"
        start = f"runpy.run_module({module!r}, run_name='__main__', alter_sys=True)"
        variables = {name: value for name, value in os.environ.items() if name != "LANDSCAPE_HOME"}
        with (self.folder / f"{what}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", SAME_CODE + more + start, *words],
                cwd=self.folder, env=variables, stdout=log, stderr=log,
            )  # fmt: skip
        self.started.append(process)
        return process

    def add_worker(self, more: str = "") -> "subprocess.Popen[bytes]":
        words = (self.address, "--no-nanny", "--nthreads", "1", "--no-dashboard")
        return self._start("worker", *words, more=more)

    def end(self) -> None:
        for process in self.started:
            process.kill()
            process.wait()


def answers(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    folder = tmp_path / "there"
    folder.mkdir()
    made = Cluster(folder)
    yield made
    made.end()


def on(run: Run, cluster: Cluster, tables_at: str = "") -> Run:
    return Run(run.notebooks, run.tables, run.out, None, 1, 60, cluster.address, tables_at)


def test_all_reports_are_made_though_a_worker_is_killed(
    run: Run, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "PATIENCE", 3.0)
    with pytest.raises(LandscapeError, match=r"no worker has joined the scheduler at tcp://"):
        run_schedule(on(run, cluster))
    monkeypatch.setattr(pools, "PATIENCE", 120.0)
    workers = [cluster.add_worker(BUSY), cluster.add_worker()]
    wait_for_both(cluster)
    with monkeypatch.context() as other:
        here = {**describe_installation(), "pandas": "0.1"}
        other.setattr(schedule, "describe_installation", lambda: here)
        with pytest.raises(LandscapeError, match=r"pandas is \S+ there and 0\.1 here; install"):
            run_schedule(on(run, cluster))

    def kill_one(outcome: Outcome, done: int, asked: int) -> None:
        if done == 1:
            workers[0].send_signal(signal.SIGKILL)

    summary = run_schedule(on(run, cluster, run.tables.as_uri()), kill_one)
    assert [each.error for each in summary.outcomes] == [""] * len(NAMES)
    assert workers[0].wait() == -signal.SIGKILL
    for name in NAMES:
        html = (run.out / f"trial_{name}_en.html").read_text(encoding="utf-8")
        assert f"<h1>{name}</h1>" in html
        assert "as in the run" in html
        assert str(run.notebooks) not in html, "made from the folder of the run"
    assert not run_schedule(run).made, "a run here finds all of them up to date"
    assert not list(cluster.folder.glob("*.html")), "only the run writes reports"

    (elsewhere := run.notebooks / "older" / "RO").mkdir(parents=True)
    (elsewhere / "a.parquet").write_text("of last year", encoding="utf-8")
    (run.out / "trial_n0_en.html").unlink()
    (failed,) = run_schedule(on(run, cluster, str(elsewhere.parent))).failed
    assert "RO/a.parquet at " in failed.error
    assert "is not what the run has; copy data/processed there" in failed.error


def wait_for_both(cluster: Cluster) -> None:
    from distributed import Client  # noqa: PLC0415  (an extra)

    with Client(cluster.address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=120)


def test_what_is_not_done_is_given_up_where_no_worker_is_left(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "LOOK", 0.05)
    pool = pools.Pool(lambda order: pools.Future(), has_workers=lambda: False)
    started = time.monotonic()
    (outcome,) = pools.collect(pool, [None])
    assert outcome[1].error == "no worker is left to make it"
    assert time.monotonic() - started < 30


def test_an_address_that_does_not_answer_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    monkeypatch.setattr(pools, "PATIENCE", 0.5)
    for address, message in {
        "tcp://127.0.0.1:9": "no scheduler answers at tcp://127.0.0.1:9; start one with",
        "nowhere://x": "is no address of a scheduler",
    }.items():
        with pytest.raises(LandscapeError, match=message):
            run_schedule(Run(run.notebooks, run.tables, run.out, cluster=address))


def test_without_the_extra_it_is_said_how_to_install_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install 'landscape\[cluster\]'"):
        run_schedule(Run(run.notebooks, run.tables, run.out, cluster="tcp://127.0.0.1:9"))


def test_a_worker_that_may_start_no_process_says_how_to_start_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    versions = describe_installation()
    assert remote.find_obstacle(versions) == ""
    under_a_nanny = SimpleNamespace(current_process=lambda: SimpleNamespace(daemon=True))
    monkeypatch.setattr(remote, "multiprocessing", under_a_nanny)
    assert "dask worker ADDRESS --no-nanny" in remote.find_obstacle(versions)


def test_the_first_difference_of_two_installations_is_named() -> None:
    here = {"Python": "3.11", "pandas": "3.0"}
    assert find_difference(here, {**here, "more": "1"}) == ""
    assert find_difference(here, {"Python": "3.11"}) == "pandas is absent there and 3.0 here"
