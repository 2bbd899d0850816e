"""Fixtures of the figure tests."""

import pytest
from territory import make_grid

from landscape.language import language


@pytest.fixture
def grid():
    return make_grid(4, 3)


@pytest.fixture
def english():
    return language("en")
