"""The scheduled reports: what ``notebooks/reports.yml`` lists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from landscape.errors import LandscapeError
from landscape.language import LANGUAGES
from landscape.reports.files import ReportError, report_name
from landscape.reports.parameters import (
    Parameter,
    check_countries,
    check_parameters,
    read_parameters,
)

Value = bool | int | float | str | list[str]
#: ``every municipality of RO``: the areas of a level, from the tables of a country.
_RANGE = re.compile(r"^every (municipality|county) of ([A-Z]{2})$")


class PlanError(LandscapeError):
    """``reports.yml`` cannot be followed; the message names the place."""


class Entry(BaseModel):
    """Reports of one notebook: fixed parameters, parameters to vary, languages.

    A value to vary may be a range, such as ``every county of RO``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    notebook: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    parameters: dict[str, Value] = {}
    each: dict[str, list[str | int] | str] = {}
    languages: list[str] = Field(default=["en"], min_length=1)


class Plan(BaseModel):
    """The editions by name, the usual one first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    editions: dict[str, list[Entry]] = Field(min_length=1)


@dataclass(frozen=True)
class Job:
    """One report to make; ``file`` is what it is called."""

    notebook: Path
    language: str
    parameters: dict[str, Value] = field(default_factory=dict)
    file: str = ""

    @property
    def values(self) -> dict[str, object]:
        """The parameters with the language, as the notebook takes them."""
        return {**self.parameters, "lang": self.language}

    def is_about(self, country: str) -> bool:
        """Whether a parameter names the country, or an area of it."""
        values = [str(value) for value in self.parameters.values()]
        return any(value == country or value.startswith(f"{country}_") for value in values)

    def __str__(self) -> str:
        values = [str(value) for value in self.parameters.values() if value != ""]
        return " ".join([self.notebook.stem, *values, self.language])


def read_plan(path: Path) -> Plan:
    """The plan; PlanError names the file and the place of the first mistake."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Plan.model_validate(content)
    except FileNotFoundError as error:
        raise PlanError(f"{path}: no such file; it lists the scheduled reports") from error
    except yaml.YAMLError as error:
        raise PlanError(f"{path} is not YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the top"
        raise PlanError(f"{path}, {place}: {first['msg']}") from error


def list_jobs(
    plan: Plan, edition: str | None, notebooks: Path, tables: Path | None = None
) -> list[Job]:
    """The reports of an edition (the first one without a name), checked before any is made.

    ``tables`` is the folder of tables that ranges are read from. Raises
    PlanError for an unknown edition, language or range and for a report that is
    listed twice, ReportError for an unknown notebook, and ParameterError for
    parameters that a notebook does not declare.
    """
    name = edition or next(iter(plan.editions))
    if name not in plan.editions:
        raise PlanError(f"no edition {name!r}; reports.yml has: {', '.join(plan.editions)}")
    jobs: dict[str, Job] = {}
    for entry in plan.editions[name]:
        for job in _entry_jobs(entry, name, notebooks, tables):
            if job.file in jobs:
                raise PlanError(f"reports.yml, {name}: two entries make the report {job.file}")
            jobs[job.file] = job
    return list(jobs.values())


def read_declared(path: Path) -> dict[str, Parameter]:
    """The parameters of a notebook, read as plain JSON: quicker than by nbformat.

    ReportError if the file is missing or is not a notebook of format 4.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        cells = [
            SimpleNamespace(metadata=cell.get("metadata", {}), source="".join(cell["source"]))
            for cell in content["cells"]
        ]
    except FileNotFoundError as error:
        raise ReportError(f"{path}: no such notebook") from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ReportError(f"{path} is not a notebook: {error}") from error
    light: Any = SimpleNamespace(cells=cells)
    return read_parameters(light, path.name)


def _entry_jobs(entry: Entry, edition: str, notebooks: Path, tables: Path | None) -> Iterator[Job]:
    path = notebooks / f"{entry.notebook}.ipynb"
    unknown = [code for code in entry.languages if code not in LANGUAGES]
    if unknown:
        raise PlanError(
            f"reports.yml, {entry.notebook}: unknown language {', '.join(unknown)}; "
            f"choose from {', '.join(LANGUAGES)}"
        )
    declared = read_declared(path)
    given = {"edition": edition} if "edition" in declared else {}
    varied = [list(_spread(values, entry, tables)) for values in entry.each.values()]
    for values in product(*varied):
        chosen: Mapping[str, Value] = dict(zip(entry.each, values, strict=True))
        for code in entry.languages:
            job = Job(path, code, {**given, **entry.parameters, **chosen})
            check_parameters(declared, job.values, path.name)
            check_countries(job.values)
            yield Job(path, code, job.parameters, report_name(path, declared, job.values))


def _spread(
    values: str | list[str | int], entry: Entry, tables: Path | None
) -> Iterator[str | int]:
    """The values with each range in place of its words."""
    for value in [values] if isinstance(values, str) else values:
        if not isinstance(value, str) or not value.startswith("every "):
            yield value
            continue
        found = _RANGE.match(value)
        if found is None or tables is None:
            raise PlanError(
                f"reports.yml, {entry.notebook}: {value!r} is no range; "
                "write every municipality of RO, or every county of RO"
            )
        yield from _list_areas(tables, found[1], found[2])


def _list_areas(tables: Path, level: str, country: str) -> list[str]:
    """The ids of a level's areas, from the table alone; PlanError where it has not been built."""
    import pyarrow.parquet  # noqa: PLC0415  (only where a plan has ranges)

    path = tables / country / "areas.parquet"
    try:
        rows = pyarrow.parquet.read_table(
            path, columns=["area_id"], filters=[("level", "=", level)]
        )
    except (OSError, ValueError) as error:
        raise PlanError(
            f"{path}: no table to list every {level} of {country} from; "
            f"run: landscape tables --country {country}"
        ) from error
    return sorted(rows["area_id"].to_pylist())
