"""The variables of context: declared in ``context.yml``, read and checked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from landscape.compare.peers.measures import MEASURES
from landscape.errors import LandscapeError
from landscape.indicators.catalogue import load_catalogue
from landscape.yaml_files import read_mapping

CONTEXT = Path(__file__).with_name("context.yml")
#: Grades of comparability that hold across countries.
ACROSS = ("A", "B")


class Origin(BaseModel):
    """Where the values of a variable come from: a measure or an indicator."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    measure: str | None = None
    indicator: str | None = None

    @model_validator(mode="after")
    def _known(self) -> Origin:
        if (self.measure is None) == (self.indicator is None):
            raise ValueError("a variable comes from a measure or from an indicator")
        if self.measure is not None and self.measure not in MEASURES:
            raise ValueError(f"{self.measure} is not one of {', '.join(MEASURES)}")
        if self.indicator is not None and self.indicator not in load_catalogue():
            raise ValueError(f"{self.indicator} is not in catalogue.yml")
        return self


class Variable(BaseModel):
    """One entry of ``context.yml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    aspect: Literal["size", "density", "settlement", "trend", "age", "seat", "income"]
    origin: Origin = Field(alias="from")
    levels: list[Literal["municipality", "county"]]
    scale: Literal["log", "log_of_one_more", "plain"]
    weight: float = Field(gt=0)
    decimals: int = Field(ge=0, le=2)
    label: dict[str, str]

    def compares_across(self, country: str) -> bool:
        """Whether its values in this country may be set against those of another."""
        if self.origin.indicator is None:
            return True
        entry = load_catalogue()[self.origin.indicator].countries.get(country)
        return entry is not None and entry.grade in ACROSS


@lru_cache
def load_variables_of_context(path: Path = CONTEXT) -> dict[str, Variable]:
    """The variables by name; LandscapeError names the entry and the field that is wrong."""
    found = {}
    for name, fields in read_mapping(path).items():
        try:
            found[name] = Variable(name=name, **fields)
        except (ValidationError, TypeError) as error:
            first = error.errors()[0] if isinstance(error, ValidationError) else {"msg": error}
            raise LandscapeError(f"{path.name}: {name}: {first['msg']}") from None
    return found
