"""environment.yml (conda) and pyproject.toml (uv) ask for the same packages."""

import re
import tomllib

import pytest
import yaml

from landscape.paths import PACKAGE

ROOT = PACKAGE.parents[1]
#: Names that conda-forge gives to packages of the Python Package Index.
CONDA_NAMES = {"matplotlib-base": "matplotlib"}
PART = re.compile(r"([A-Za-z0-9._-]+)\s*(.*)")


def split(requirement: str) -> tuple[str, str]:
    """A requirement's name in normal form, and its range."""
    name, versions = PART.fullmatch(requirement.strip()).groups()
    name = re.sub(r"[-_.]+", "-", name).lower()
    return CONDA_NAMES.get(name, name), versions.replace(" ", "")


@pytest.fixture(scope="module")
def asked_by_pyproject() -> dict[str, str]:
    content = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = content["project"]["dependencies"] + content["dependency-groups"]["dev"]
    python = {"python": content["project"]["requires-python"]}
    return python | dict(map(split, listed))


@pytest.fixture(scope="module")
def environment() -> dict:
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def test_conda_and_pip_together_list_the_same_packages_and_ranges(
    environment: dict, asked_by_pyproject: dict[str, str]
) -> None:
    plain = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    (by_pip,) = [entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)]
    listed = dict(split(entry) for entry in plain if split(entry)[0] != "pip")
    from_index = [entry for entry in by_pip if not entry.startswith("-e")]
    assert listed | dict(map(split, from_index)) == asked_by_pyproject
    assert not set(listed) & {split(entry)[0] for entry in from_index}


def test_conda_installs_the_project_itself(environment: dict) -> None:
    (by_pip,) = [entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)]
    assert by_pip[-1] == "-e ."
    assert environment["channels"] == ["conda-forge", "nodefaults"]


def test_the_lock_file_knows_every_package(asked_by_pyproject: dict[str, str]) -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    locked = {package["name"] for package in lock["package"]}
    assert set(asked_by_pyproject) - {"python"} <= locked


def test_the_makefile_has_the_targets_of_the_design() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {"setup", "tables", "reports", "test", "check", "bench", "lab"} <= targets
