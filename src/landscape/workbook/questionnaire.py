"""The sheets and questions of the workbook, read from YAML and checked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from landscape.dictionaries import load_terms, load_variables
from landscape.errors import LandscapeError
from landscape.language import LANGUAGES
from landscape.yaml_files import read_mapping

FOLDER = Path(__file__).parent / "questionnaire"
#: The version of the sheets and identifiers; a workbook of another version is refused.
VERSION = 1
#: The sheets in their order; each has a file of that name.
SHEETS = (
    "authority",
    "competences",
    "framework",
    "participation",
    "needs",
    "resources",
    "services",
    "partnerships",
    "practices",
    "questions",
)
#: Lists whose words stand in ``terms.yml``, as they are those of the tables.
TERMS = ("function", "setting", "provider_type")
Words = dict[str, str]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _in_every_language(words: Words) -> None:
    lacking = [code for code in LANGUAGES if not words.get(code, "").strip()]
    if lacking:
        raise ValueError(f"words lack {', '.join(lacking)}")


class Question(_Entry):
    """One question: what is asked, what kind of answer it takes, and where the answer goes.

    ``needs`` names the question that must say yes for this one to make sense,
    ``needs_unit`` the one that tells the unit of an amount, ``not_before`` the
    year that this year may not precede. ``variable`` is the observation that a
    figure becomes, ``known`` the register's variables shown beside the question.
    """

    name: str
    kind: Literal["text", "choice", "count", "number", "money", "year", "date"]
    label: Words
    help: Words
    short: Words | None = None
    unit: Words | None = None
    choices: str | None = None
    variable: str | None = None
    known: list[str] = []
    needs: str | None = None
    needs_unit: str | None = None
    not_before: str | None = None
    required: bool = False
    step: bool = False
    width: int = 24

    @model_validator(mode="after")
    def _consistent(self) -> Question:
        for words in (self.label, self.help, self.unit, self.short):
            if words is not None:
                _in_every_language(words)
        if (self.kind == "choice") != (self.choices is not None):
            raise ValueError("a choice, and nothing else, has choices")
        for name in self.known:
            if name not in load_variables():
                raise ValueError(f"variable {name} is not in variables.yml")
        return self

    def variable_of(self, item: str) -> str | None:
        """The observation that a figure becomes; in a grid there is one an item."""
        return None if self.variable is None else self.variable.format(item=item)


class Sheet(_Entry):
    """One sheet: a form (a question a row), a grid (items by questions) or a list of rows."""

    name: str
    shape: Literal["form", "grid", "list"]
    title: Words
    intro: Words
    items: str | None = None  # of a grid: the list whose codes are the rows
    item_label: Words | None = None
    blank_rows: int = 0
    questions: dict[str, Question]

    @model_validator(mode="after")
    def _consistent(self) -> Sheet:
        for words in filter(None, (self.title, self.intro, self.item_label)):
            _in_every_language(words)
        if (self.shape == "grid") != (self.items is not None):
            raise ValueError("a grid, and nothing else, has items")
        for question in self.questions.values():
            for other in (question.needs, question.needs_unit, question.not_before):
                if other is not None and other not in self.questions:
                    raise ValueError(f"{question.name} refers to {other}, which is not there")
            for item in load_terms()["function"] if self.items else ("",):
                variable = question.variable_of(item)
                if variable is not None and variable not in load_variables():
                    raise ValueError(f"variable {variable} is not in variables.yml")
        return self

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns that an answer may stand in."""
        if self.shape == "form":
            return ("answer", "confirmed", "remark")
        return (*self.questions, "remark") if self.shape == "grid" else tuple(self.questions)


@lru_cache
def load_questionnaire() -> dict[str, Sheet]:
    """The sheets by name, in order. LandscapeError names the file and the field that is wrong."""
    return {name: _load_sheet(name) for name in SHEETS}


def _load_sheet(name: str) -> Sheet:
    path = FOLDER / f"{name}.yml"
    content = read_mapping(path)
    try:
        questions = {
            key: Question(**{**fields, "name": key})
            for key, fields in content.get("questions", {}).items()
        }
        return Sheet(**{**content, "name": name, "questions": questions})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise LandscapeError(f"{path}: {field}: {first['msg']}") from None


@lru_cache
def load_choices() -> dict[str, dict[str, Words]]:
    """The drop-down lists, list -> code -> language -> word; themes are functions and more."""
    lists = dict(read_mapping(FOLDER / "lists.yml"))
    terms = load_terms()
    themes = lists.pop("themes")
    shared = {name: terms[name] for name in TERMS}
    return {**lists, **shared, "theme": {**terms["function"], **themes}}


@lru_cache
def load_words() -> dict[str, Words]:
    """``words.yml``: headings of the workbook and what is said of its problems."""
    return read_mapping(FOLDER / "words.yml")


def choice_word(choices: str, code: str, language: str) -> str:
    """The word for a code of a list, such as ``choice_word("yes_no", "no", "fr")``."""
    return load_choices()[choices][code][language]
