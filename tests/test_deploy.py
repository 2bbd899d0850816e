"""The schedules in deploy/ call commands and options that there are."""

import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from landscape.cli import app
from landscape.paths import project
from landscape.reports.plan import read_plan

DEPLOY = project().root / "deploy"
COMMAND = re.compile(r"\.venv/bin/landscape ([a-z]+)((?: [\w%/.-]+)*)")


@pytest.mark.parametrize("path", sorted(DEPLOY.iterdir()), ids=lambda path: path.name)
def test_a_schedule_calls_what_there_is(path: Path) -> None:
    for command, options in COMMAND.findall(path.read_text(encoding="utf-8")):
        told = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"})
        assert told.exit_code == 0, command
        for option in re.findall(r" (--[a-z-]+)", options):
            assert option in told.output, (command, option)


def test_the_edition_that_schedules_name_is_in_the_plan() -> None:
    named = {
        name
        for path in DEPLOY.iterdir()
        for name in re.findall(r"--edition ([a-z_]+)", path.read_text(encoding="utf-8"))
    }
    assert named == {"quarterly_ro"}
    assert named <= set(read_plan(project().notebooks / "reports.yml").editions)


def test_the_workflow_is_yaml_with_a_schedule() -> None:
    workflow = yaml.safe_load((DEPLOY / "github-edition.yml").read_text(encoding="utf-8"))
    assert workflow[True]["schedule"]  # YAML reads the key "on" as true
    runs = [step["run"] for step in workflow["jobs"]["edition"]["steps"] if "run" in step]
    assert runs == ["make tables", *(COMMAND.search(run)[0] for run in runs[1:])]


def test_the_long_forms_run_every_night() -> None:
    workflow = yaml.safe_load((DEPLOY / "github-tests.yml").read_text(encoding="utf-8"))
    assert workflow[True]["schedule"]
    (step,) = [step for step in workflow["jobs"]["tests"]["steps"] if "run" in step]
    assert step["run"] == ".ci/run" and "LANDSCAPE_SLOW" in step["env"]
    script = (project().root / ".ci" / "run").read_text(encoding="utf-8")
    assert script.index("make test") < script.index("LANDSCAPE_SLOW:-") < script.index("make slow")
