"""The scheduled reports: what ``notebooks/reports.yml`` lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from landscape.errors import LandscapeError
from landscape.language import LANGUAGES
from landscape.reports.execute import read_notebook
from landscape.reports.parameters import check_parameters, read_parameters

Value = bool | int | float | str | list[str]


class PlanError(LandscapeError):
    """``reports.yml`` cannot be followed; the message names the place."""


class Entry(BaseModel):
    """Reports of one notebook: fixed parameters, parameters to vary, languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    notebook: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    parameters: dict[str, Value] = {}
    each: dict[str, list[str | int]] = {}
    languages: list[str] = Field(default=["en"], min_length=1)


class Plan(BaseModel):
    """The editions by name, the usual one first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    editions: dict[str, list[Entry]] = Field(min_length=1)


@dataclass(frozen=True)
class Job:
    """One report to make."""

    notebook: Path
    language: str
    parameters: dict[str, Value] = field(default_factory=dict)

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


def list_jobs(plan: Plan, edition: str | None, notebooks: Path) -> list[Job]:
    """The reports of an edition (the first one without a name), checked before any is made.

    Raises PlanError for an unknown edition, notebook or language, and
    ParameterError for parameters that a notebook does not declare.
    """
    name = edition or next(iter(plan.editions))
    if name not in plan.editions:
        raise PlanError(f"no edition {name!r}; reports.yml has: {', '.join(plan.editions)}")
    return [job for entry in plan.editions[name] for job in _entry_jobs(entry, name, notebooks)]


def _entry_jobs(entry: Entry, edition: str, notebooks: Path) -> list[Job]:
    path = notebooks / f"{entry.notebook}.ipynb"
    unknown = [code for code in entry.languages if code not in LANGUAGES]
    if unknown:
        raise PlanError(
            f"reports.yml, {entry.notebook}: unknown language {', '.join(unknown)}; "
            f"choose from {', '.join(LANGUAGES)}"
        )
    declared = read_parameters(read_notebook(path), path.name)
    given = {"edition": edition} if "edition" in declared else {}
    jobs = [
        Job(path, code, {**given, **entry.parameters, **dict(zip(entry.each, values, strict=True))})
        for values in product(*entry.each.values())
        for code in entry.languages
    ]
    for job in jobs:
        check_parameters(declared, {**job.parameters, "lang": job.language}, path.name)
    return jobs
