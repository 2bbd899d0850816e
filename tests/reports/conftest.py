"""A project of one light notebook whose reports are made by runs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from trial_reports import PAGE, PARAMETERS, PLAN, Project

from landscape.reports import schedule
from landscape.reports.schedule import Run


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
