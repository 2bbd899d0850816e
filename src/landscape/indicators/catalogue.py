"""The catalogue of indicators, read and checked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from landscape.dictionaries import load_terms, load_topics, load_variables
from landscape.errors import LandscapeError, UsageError, did_you_mean
from landscape.schemas import FUNCTIONS, PROVIDERS, SETTINGS
from landscape.yaml_files import read_mapping

CATALOGUE = Path(__file__).with_name("catalogue.yml")
LAYERS = ("territory", "needs", "resources", "services", "governance")
Words = dict[str, str]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Input(_Entry):
    """One argument of an indicator's function.

    Either a ``variable`` of the needs or resources, or a measure of the
    ``services`` of some sources: their ``count``, their ``capacity`` (places),
    or the ``distance`` in km to the nearest one.
    """

    variable: str | None = None
    services: list[str] | None = None  # source ids
    measure: Literal["count", "capacity", "distance"] = "count"
    function: str | None = None
    setting: str | None = None
    without_setting: str | None = None
    provider_type: list[str] | None = None
    without_local_type: list[str] | None = None
    year: Literal["latest", "earliest", "nearest"] = "latest"
    since: int | None = None

    @model_validator(mode="after")
    def _known(self) -> Input:
        if (self.variable is None) == (self.services is None):
            raise ValueError("an input has either a variable or services")
        if self.variable is not None and self.variable not in load_variables():
            raise ValueError(f"variable {self.variable} is not in variables.yml")
        coded = ((self.function, FUNCTIONS), (self.setting, SETTINGS))
        for value, among in (*coded, (self.without_setting, SETTINGS)):
            if value is not None and value not in among:
                raise ValueError(f"{value} is not one of {', '.join(among)}")
        for kind in self.provider_type or []:
            if kind not in PROVIDERS:
                raise ValueError(f"{kind} is not one of {', '.join(PROVIDERS)}")
        return self


class InCountry(_Entry):
    """What is counted in one country, and how far it compares (A, B, C)."""

    grade: Literal["A", "B", "C"]
    counted: Words


class Indicator(_Entry):
    """One entry of ``catalogue.yml``."""

    name: str
    topic: str
    layer: Literal["territory", "needs", "resources", "services", "governance"]
    theme: str  # ESSPROS function, or general
    title: Words
    unit: Words
    decimals: int = Field(ge=0, le=4)
    chance: Literal["share", "rate", "groups", "none"] = "none"  # what its interval allows for
    map: Literal["municipality", "county"] = "municipality"
    direction: Literal["neutral", "more_need", "less_need", "more_provision"]
    function: str  # the function of indicators.<layer> that computes it
    inputs: dict[str, Input] = {}  # none where authorities declare it: see governance.py
    countries: dict[str, InCountry]

    @property
    def is_declared(self) -> bool:
        """Whether authorities declare it, so that no register is behind it."""
        return self.layer == "governance"

    @property
    def counts_services(self) -> bool:
        """Whether 0 means that the source lists none: not so for distances and shares."""
        inputs = self.inputs.values()
        listed = any(spec.services for spec in inputs)
        return listed and all(s.measure != "distance" and not s.provider_type for s in inputs)

    @model_validator(mode="after")
    def _theme_known(self) -> Indicator:
        if self.theme not in (*FUNCTIONS, "general"):
            raise ValueError(f"theme {self.theme} is no ESSPROS function and not general")
        if load_topics().get(self.topic, {}).get("layer") != self.layer:
            raise ValueError(f"topic {self.topic} is not in topics.yml under layer {self.layer}")
        return self


@lru_cache
def load_catalogue(path: Path = CATALOGUE) -> dict[str, Indicator]:
    """The indicators by name, in catalogue order; entries with ``each`` are multiplied.

    Raises LandscapeError naming the entry and the field that is wrong.
    """
    content = read_mapping(path)
    found: dict[str, Indicator] = {}
    for name, entry in content.items():
        if not isinstance(entry, dict):
            raise LandscapeError(f"{path.name}: {name}: must hold fields such as title and inputs")
        for full_name, fields in _multiplied(name, entry):
            try:
                found[full_name] = Indicator(name=full_name, **{"function": name, **fields})
            except ValidationError as error:
                first = error.errors()[0]
                field = ".".join(str(part) for part in first["loc"])
                raise LandscapeError(f"{path.name}: {full_name}: {field}: {first['msg']}") from None
    return found


def find_indicator(name: str) -> Indicator:
    """The entry of that name; UsageError says what was probably meant."""
    catalogue = load_catalogue()
    if name not in catalogue:
        raise UsageError(f"unknown indicator {name!r}{did_you_mean(name, catalogue)}")
    return catalogue[name]


def _multiplied(name: str, entry: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The entry, and one more for each function or setting that its ``each`` lists."""
    fields = {key: value for key, value in entry.items() if key not in ("each", "each_title")}
    yield name, fields
    for dimension, values in entry.get("each", {}).items():
        terms = load_terms()[dimension]
        for value in values:
            words = terms[value]
            title = {code: text.format(**words) for code, text in entry["each_title"].items()}
            inputs = {
                key: {**spec, dimension: value} if "services" in spec else spec
                for key, spec in fields.get("inputs", {}).items()
            }
            theme = value if dimension == "function" else fields["theme"]
            yield (
                f"{name}_{value}",
                {**fields, "title": title, "inputs": inputs, "theme": theme},
            )
