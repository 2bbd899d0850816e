"""A copy of the project in which the recipes of CONTRIBUTING.md are followed."""

import shutil
from collections.abc import Iterator

import pytest
from project_copy import HERE, Copy, touched


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    made = Copy(tmp_path_factory.mktemp("copy") / "project")
    yield made
    made.close()


@pytest.fixture(scope="module")
def with_country(copy: Copy) -> tuple[Copy, set[str], set[str]]:
    """The copy with the fifth country, and the files that are new and changed by it."""
    before = copy.files()
    shutil.copytree(HERE / "fifth_country", copy.root, dirs_exist_ok=True)
    return copy, *touched(before, copy.files())
