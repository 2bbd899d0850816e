"""The code location of Dagster: a country's partition is launched, materialised and again."""

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from landscape.paths import Project, project
from landscape.provenance import STARTER
from landscape.reports import schedule

dg = pytest.importorskip("dagster", reason="the extra `dagster` is not installed")

CELLS = """
import landscape
from IPython.display import display
landscape.load(country).areas
facts = {"kind": "page", "title": country, "country": country, "theme": "", "subtitle": "",
         "edition": "", "language": lang}
display({"text/html": "<h1>x</h1>", "application/vnd.landscape.block+json": facts}, raw=True)
"""
PLAN = "editions: {all: [{notebook: trial, each: {country: [RO, MD]}}]}"


@pytest.fixture
def home(
    tmp_path: Path, write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> Project:
    """A project with the starter files of Moldova and a light notebook."""
    raw = project().raw
    monkeypatch.setenv("LANDSCAPE_HOME", str(tmp_path))
    monkeypatch.setattr(schedule, "hash_code", lambda: "1")
    made = Project(tmp_path)
    for extract in raw.glob(f"md/*/{STARTER}"):
        place = made.raw / extract.parent.relative_to(raw)
        place.mkdir(parents=True)
        for name in ("source.yml", STARTER):
            shutil.copy(extract.with_name(name), place / name)
    made.notebooks.mkdir()
    write_notebook('country = "RO"\nlang = "en"', CELLS).replace(made.notebooks / "trial.ipynb")
    (made.notebooks / "reports.yml").write_text(PLAN, encoding="utf-8")
    return made


@pytest.fixture
def launch(home: Project) -> Any:
    """Launches the job of a country's edition, as its schedule asks for it."""
    from landscape.orchestration import definitions  # noqa: PLC0415  (needs the extra)

    folder = home.root / "dagster"
    folder.mkdir()
    with dg.DagsterInstance.local_temp(str(folder)) as instance:

        def run(code: str, *assets: str) -> Any:
            job = definitions.resolve_job_def("country_edition")
            chosen = [dg.AssetKey(name) for name in assets] or None
            return job.execute_in_process(
                instance=instance,
                partition_key=code,
                asset_selection=chosen,
                raise_on_error=False,
            )

        yield run, instance


def made_by(result: Any, asset: str) -> dict[str, Any]:
    """What a run told of an asset."""
    (event,) = [
        each
        for each in result.get_asset_materialization_events()
        if each.asset_key == dg.AssetKey(asset)
    ]
    assert event.partition == "MD"
    return {name: each.value for name, each in event.materialization.metadata.items()}


def test_a_partition_is_materialised_checked_and_materialised_again(
    home: Project, launch: Any
) -> None:
    run, instance = launch
    first = run("MD")
    assert first.success
    assert made_by(first, "tables")["edition"] == "starter"
    assert made_by(first, "indicators")["values"] > 1000
    assert (made_by(first, "reports")["made"], made_by(first, "reports")["failed"]) == (1, 0)
    assert (home.reports / "trial_MD_en.html").is_file()
    assert not (home.reports / "trial_RO_en.html").exists(), "another partition's"
    checks = {each.check_name: each for each in first.get_asset_check_evaluations()}
    assert set(checks) == {
        "every_row_accounted_for",
        "no_error_found",
        "value_within_interval",
        "coverage_is_a_share",
    }
    assert all(each.passed for each in checks.values())

    again = run("MD", "reports")
    assert again.success
    assert (made_by(again, "reports")["made"], made_by(again, "reports")["up_to_date"]) == (0, 1)
    for asset, times in {"tables": 1, "reports": 2}.items():
        records = instance.fetch_materializations(dg.AssetKey(asset), limit=10).records
        assert [record.partition_key for record in records] == ["MD"] * times

    notebook = home.notebooks / "trial.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace("landscape.load", "1 / 0; landscape.load"), encoding="utf-8")
    failed = run("MD", "reports")
    assert not failed.success
    assert not [each for each in failed.all_events if each.is_step_up_for_retry]
    (failure,) = [each for each in failed.all_events if each.is_step_failure]
    assert "ZeroDivisionError" in str(failure.event_specific_data.user_failure_data.description)
    assert (home.reports / "trial_MD_en.html").is_file(), "the report that was there stays"


def test_every_country_has_a_partition_and_a_schedule_of_its_own_hour() -> None:
    from landscape.orchestration import definitions  # noqa: PLC0415  (needs the extra)

    dg.Definitions.validate_loadable(definitions)
    codes = definitions.resolve_job_def("country_edition").partitions_def.get_partition_keys()
    schedules = {each.name: each for each in definitions.schedules}
    assert set(schedules) == {f"quarterly_{code.lower()}" for code in codes}
    assert len({each.cron_schedule for each in schedules.values()}) == len(codes)
    with dg.build_schedule_context(repository_def=definitions.get_repository_def()) as context:
        for code in codes:
            tick = schedules[f"quarterly_{code.lower()}"].evaluate_tick(context)
            assert [request.partition_key for request in tick.run_requests] == [code]


def test_what_passes_by_itself_is_tried_again_and_a_wrong_input_is_not(
    home: Project, launch: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from landscape.orchestration import location  # noqa: PLC0415  (needs the extra)

    assert {each.op.retry_policy for each in (location.edition, location.reports)} == {
        location.RETRY
    }
    run, _ = launch
    shutil.rmtree(home.raw / "md" / "census_2014")
    result = run("MD", "tables", "indicators")
    assert not result.success
    assert not [each for each in result.all_events if each.is_step_up_for_retry]
    (failure,) = [each for each in result.all_events if each.is_step_failure]
    assert "census_2014" in str(failure.event_specific_data.user_failure_data.description)


def test_the_checks_find_what_they_are_for() -> None:
    from landscape.orchestration.checks import check_edition  # noqa: PLC0415

    wrong: Any = SimpleNamespace(
        accounting=pd.DataFrame(
            {"source_id": ["a", "b"], "rows_read": [3, 2], "rows_kept": [2, 1],
             "rows_rejected": [1, 0]}
        ),
        findings=pd.DataFrame(
            {"source_id": ["a", "a"], "record": ["row 1", "row 2"], "rule": ["r", "s"],
             "severity": ["note", "error"], "action": ["kept", "rejected"]}
        ),
        indicators=pd.DataFrame(
            {"area_id": ["X_1", "X_2", "X_3"], "indicator": "i", "year": 2020,
             "value": [1.0, 5.0, None], "low": [0.5, 1.0, None], "high": [2.0, 2.0, None],
             "coverage": [1.0, 0.5, 1.5]}
        ),
    )  # fmt: skip
    assert check_edition(wrong) == {
        "every_row_accounted_for": ["b: 2 read, 1 kept, 0 rejected"],
        "no_error_found": ["a row 2: s (rejected)"],
        "value_within_interval": ["X_2 i 2020"],
        "coverage_is_a_share": ["X_3 i 2020"],
    }
