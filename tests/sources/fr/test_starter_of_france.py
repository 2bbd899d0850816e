"""The starter edition keeps what ``read`` gives, so it must clean to the same tables."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from landscape.provenance import STARTER, RawFolder, sha256_of
from landscape.sources.contract import Context
from landscape.sources.registry import source_module, source_names
from landscape.starter import read_starter, write_starter


@pytest.mark.parametrize("name", source_names("FR"))
def test_an_extract_cleans_to_the_same_tables(
    name: str,
    tmp_path: Path,
    frame: Callable[[str], pd.DataFrame],
    context: Callable[[str], Context],
) -> None:
    rows, known = frame(name), context(name)
    write_starter(rows, tmp_path, 10)
    card = known.card.model_copy(update={"starter": sha256_of(tmp_path / STARTER)})
    extract = read_starter(RawFolder(tmp_path, card))
    module = source_module("FR", name)
    first, second = module.clean(rows, known), module.clean(extract, known)
    assert len(second.findings) == len(first.findings)
    for table, expected in first.tables.items():
        plain = [column for column in expected if column != "geometry"]
        found = pd.DataFrame(second.tables[table])[plain]
        pd.testing.assert_frame_equal(found, pd.DataFrame(expected)[plain], check_dtype=False)
