"""The command line itself: words it does not know, what it prints for machines and people."""

import json
import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from landscape import cli
from landscape.errors import UsageError
from landscape.paths import Project

Run = Callable[..., subprocess.CompletedProcess[str]]


def run_here(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, str, str]:
    """Calls main() in this process: exit code, stdout, stderr."""
    monkeypatch.setattr(sys, "argv", ["landscape", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["frobnicate"], "No such command 'frobnicate'"),
        (["tables", "--nope"], "No such option: --nope"),
        (["tables", "--country"], "Option '--country' requires an argument"),
        (["fetch", "--source", "siruta"], "--source needs --country"),
        (["sources", "--country", ""], "unknown country '': choose one of "),
        (["report"], "Missing argument"),
        (["run", "--jobs", "0"], "Invalid value for '--jobs'"),
        (["run", "--jobs", "many"], "Invalid value for '--jobs'"),
        (["report", "country_inventory", "-p", "country"], "-p takes a name and a value"),
        (["report", "no_such_notebook"], "no notebook 'no_such_notebook'; there are: "),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    says: str,
) -> None:
    code, out, err = run_here(monkeypatch, capsys, *words)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert err.startswith("landscape: ")
    assert says in err


@pytest.mark.parametrize("words", [[], ["--help"]])
def test_without_words_it_says_what_it_can_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    code, out, err = run_here(monkeypatch, capsys, *words)
    assert (code, err) == (0, "")
    for command in ("sources", "fetch", "tables", "match", "report", "run"):
        assert command in out


def test_parameters_are_pairs() -> None:
    assert cli._pairs(["report", "x", "-p", "country", "RO"]) == [
        "report", "x", "-p", "country\0RO",
    ]  # fmt: skip
    with pytest.raises(UsageError, match="-p takes a name and a value"):
        cli._pairs(["-p"])


def fail_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(cli, "app", fail)


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (PermissionError(13, "Permission denied", "a.csv"), 1, "a.csv: Permission denied; check"),
        (OSError(28, "No space left on device"), 1, "a file: No space left on device; check"),
        (KeyError("area_id"), 1, "unexpected KeyError: 'area_id'; .*--debug"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_other_errors_are_one_line_too(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    says: str,
) -> None:
    fail_with(monkeypatch, error)
    ended, _, err = run_here(monkeypatch, capsys, "tables")
    assert ended == code
    assert len(err.splitlines()) == (1 if says else 0)
    assert re.search(says, err)


def test_debug_shows_where(monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(monkeypatch, UsageError("no such thing"))
    monkeypatch.setattr(sys, "argv", ["landscape", "tables", "--debug"])
    with pytest.raises(UsageError):
        cli.main()


def test_debug_shows_the_traceback_of_the_real_command(landscape: Run) -> None:
    done = landscape("--debug", "tables", "--country", "XX")
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "UsageError" in done.stderr


def test_sources_for_machines_and_people(home: Project, landscape: Run) -> None:
    listed = json.loads(landscape("sources", "--country", "md", "--json").stdout)
    assert {row["source_id"] for row in listed} == {
        f"md/{path.parent.name}" for path in home.raw.glob("md/*/source.yml")
    }
    assert {row["files_here"] for row in listed} == {"starter"}
    told = landscape("sources", "--country", "MD").stdout.splitlines()
    assert [line.split("\t")[0] for line in told[1:]] == [row["source_id"] for row in listed]


def test_a_reader_that_stops_reading_is_no_error(landscape: Run, home: Project) -> None:
    command = f"{sys.executable} -m landscape sources --country MD --json | head -c 1"
    done = subprocess.run(
        command,
        shell=True,
        env={"LANDSCAPE_HOME": str(home.root), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr


def test_tables_then_load(home: Project, landscape: Run) -> None:
    done = landscape("tables", "--country", "md")
    assert done.returncode == 0
    assert done.stdout.startswith("MD: starter edition, 982 municipalities, 37 counties, ")
    assert [path.name for path in home.processed.iterdir()] == ["MD"]
