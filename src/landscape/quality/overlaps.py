"""Which lists of a country list the same things: ``overlaps.yml`` beside its sources."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from landscape.errors import LandscapeError
from landscape.language import LANGUAGES
from landscape.paths import SOURCE_MODULES
from landscape.schemas import PROVIDERS
from landscape.yaml_files import read_mapping


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Kind(_Entry):
    """One kind of service: its name in each language, and its local types on either list."""

    title: dict[str, str]
    types: dict[str, list[str]]


class Overlap(_Entry):
    """Two lists of which some kinds of service are the same.

    ``providers``: who runs the services that both lists hold (all, where
    empty). ``is_closed``: whether what one list speaks of may be taken for
    what the other speaks of, so that a total can be estimated. ``note`` says
    in each language what stands against the assumptions here.
    """

    lists: tuple[str, str]
    providers: list[str] = []
    is_closed: bool
    note: dict[str, str]
    kinds: dict[str, Kind] = Field(min_length=1)

    @field_validator("providers")
    @classmethod
    def _known(cls, providers: list[str]) -> list[str]:
        if unknown := set(providers) - set(PROVIDERS):
            raise ValueError(f"providers not known: {', '.join(sorted(unknown))}")
        return providers

    @field_validator("note")
    @classmethod
    def _in_every_language(cls, note: dict[str, str]) -> dict[str, str]:
        if lacking := [code for code in LANGUAGES if not note.get(code)]:
            raise ValueError(f"note lacks {', '.join(lacking)}")
        return note


def load_overlaps(country: str) -> dict[str, Overlap]:
    """The overlaps of a country by name; none where it has no ``overlaps.yml``.

    Raises LandscapeError naming the field that is wrong.
    """
    path = SOURCE_MODULES / country.lower() / "overlaps.yml"
    if not path.exists():
        return {}
    found = {}
    for name, entry in read_mapping(path).items():
        try:
            found[str(name)] = Overlap(**entry)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise LandscapeError(f"{path.name}: {name}: {field}: {first['msg']}") from None
    return found
