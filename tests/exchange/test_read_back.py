"""What goes out as HSDS and data.inclusion and is read back: what survives, what is lost."""

import importlib.util
import shutil
import textwrap
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from landscape.errors import SourceError
from landscape.exchange.hsds import identifier
from landscape.inventory import Inventory
from landscape.provenance import RawFolder, SourceCard, sha256_of
from landscape.schemas import check_table
from landscape.sources import exchanged
from landscape.sources.contract import Cleaned, Context
from landscape.sources.exchanged import data_inclusion, hsds
from landscape.sources.exchanged.services import clean_services
from landscape.sources.reading import read_rows

HERE = Path(__file__).parent
READERS = {"hsds": hsds, "data-inclusion": data_inclusion}
MAPPINGS = {"hsds": "read_back_hsds.py", "data-inclusion": "read_back_data_inclusion.py"}


def card_of(folder: Path) -> SourceCard:
    """A ``source.yml`` for the files of a folder, as a country would write it."""
    files = {path.name: sha256_of(path) for path in sorted(folder.iterdir())}
    return SourceCard(
        source_id="ro/partner",
        title=dict.fromkeys(("en", "fr", "ro", "bg"), "Services of a partner"),
        producer="A partner",
        url="https://example.org",
        licence="other",
        reference_period="2016",
        retrieved_on=date(2026, 1, 1),
        files={name: files[name] for name in files if name != "export.json"},
        is_exhaustive=False,
        citation="A partner, 2016",
    )


@pytest.fixture(scope="session")
def read_back(exported: Path, small_edition: Inventory) -> Callable[[str], Cleaned]:
    """Reads an export as a source of the same country."""

    def read(form: str) -> Cleaned:
        folder = exported / "RO" / form
        raw = RawFolder(folder, card_of(folder))
        context = Context(raw.card, small_edition.areas, small_edition.places)
        frame = READERS[form].read(raw)
        return clean_services(frame, context, str(HERE / MAPPINGS[form]))

    return read


@pytest.fixture(scope="session")
def sent(small_edition: Inventory) -> pd.DataFrame:
    """The services that can go out: not those that a source only counts."""
    rows = small_edition.services
    return rows[rows["source_id"] != "ro/county_statistics"].drop(
        columns="evidence", errors="ignore"
    )


def compare(ours: pd.Series, theirs: pd.Series) -> list[str]:
    """The services in which two columns differ; missing is the same as missing."""
    same = (ours == theirs).fillna(False).astype(bool) | (ours.isna() & theirs.isna())
    return ours.index[~same].tolist()


@pytest.fixture(scope="session")
def by_hsds(read_back: Callable, sent: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sent and read back, both indexed by our service_id."""
    found = check_table("services", read_back("hsds").tables["services"].assign(source_id="x"))
    ids = {f"ro/partner/{identifier('service', key)}": key for key in sent["service_id"]}
    found = found.assign(service_id=found["service_id"].map(ids))
    return sent.set_index("service_id"), found.set_index("service_id")


SURVIVE = [
    "function", "setting", "local_type", "provider_type", "delivery", "capacity", "position",
    "area_id", "opened", "closed", "year", "count",
]  # fmt: skip


@pytest.mark.parametrize("column", SURVIVE)
def test_hsds_keeps(by_hsds: tuple[pd.DataFrame, pd.DataFrame], column: str) -> None:
    ours, theirs = by_hsds
    assert set(ours.index) == set(theirs.index)
    assert compare(ours[column], theirs[column].reindex(ours.index)) == []


def test_hsds_keeps_names_but_fills_missing_ones(
    by_hsds: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    ours, theirs = by_hsds
    differ = compare(ours["name"], theirs["name"].reindex(ours.index))
    assert set(differ) == {"trap/unnamed", "trap/contact"}  # lost: blank becomes the type's label
    assert theirs.loc["trap/hostile", "name"].startswith("=HYPERLINK")
    assert compare(ours["provider_name"], theirs["provider_name"].reindex(ours.index)) == []


def test_hsds_keeps_points_of_services_alone(by_hsds: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    ours, theirs = by_hsds
    theirs = theirs.reindex(ours.index)
    at_point = ours["position"].isin(["exact", "settlement"])
    for axis in ("lon", "lat"):
        assert compare(ours.loc[at_point, axis], theirs.loc[at_point, axis]) == []
        assert theirs.loc[~at_point, axis].isna().all()  # lost: the middle of a municipality


def test_hsds_loses_where_a_service_stood_in_its_file(
    by_hsds: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    ours, theirs = by_hsds
    assert not set(ours["record"]) & set(theirs["record"])


@pytest.fixture(scope="session")
def by_data_inclusion(read_back: Callable, sent: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    table = read_back("data-inclusion").tables["services"].assign(source_id="x")
    found = check_table("services", table)
    found = found.assign(service_id=found["service_id"].str.removeprefix("ro/partner/"))
    return sent.set_index("service_id"), found.set_index("service_id")


def test_data_inclusion_keeps_place_name_and_what_it_has_words_for(
    by_data_inclusion: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    ours, theirs = by_data_inclusion
    # Lost: what has closed, and what is known by its county only.
    assert set(ours.index) - set(theirs.index) == {"trap/closed", "trap/county"}
    ours = ours.loc[theirs.index]
    told = ours["function"].isin(
        ["disability", "old_age", "family_children", "unemployment", "sickness", "housing"]
    )
    assert told.any()
    assert compare(ours.loc[told, "function"], theirs.loc[told, "function"]) == []
    assert compare(ours.loc[ours["setting"] == "desk", "setting"],
                   theirs.loc[ours["setting"] == "desk", "setting"]) == []  # fmt: skip
    same = ours["provider_type"].isin(["municipality", "county"])
    assert compare(ours.loc[same, "provider_type"], theirs.loc[same, "provider_type"]) == []
    differ = compare(ours["area_id"], theirs["area_id"])
    assert len(differ) <= len(ours) * 0.02, differ  # outside France the name has to do


def test_data_inclusion_loses_what_its_manifest_tells(
    by_data_inclusion: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    ours, theirs = by_data_inclusion
    ours = ours.loc[theirs.index]
    assert theirs["capacity"].isna().all() and ours["capacity"].notna().any()
    assert (theirs["local_type"] == "untyped").all()
    assert (theirs["delivery"] == "unknown").all() and (ours["delivery"] != "unknown").any()
    excluded = ours["function"] == "social_exclusion"
    assert excluded.any() and theirs.loc[excluded, "function"].isna().all()
    assert set(theirs.loc[ours["setting"] == "residential", "setting"]) == {"day_outreach"}
    assert len(theirs.loc["trap/long", "name"]) <= 150 < len(ours.loc["trap/long", "name"])


@pytest.mark.parametrize("form", READERS)
def test_rows_are_accounted_for(read_back: Callable, form: str) -> None:
    found = read_back(form)
    assert found.rows_read == found.rows_kept + found.rows_rejected
    assert (found.findings["action"] == "rejected").sum() == found.rows_rejected


def foreign_package(folder: Path) -> RawFolder:
    """A package of another publisher: addresses instead of codes, contacts, its own terms."""
    for path in (HERE / "foreign_hsds").iterdir():
        shutil.copyfile(path, folder / path.name)
    return RawFolder(folder, card_of(folder))


def test_a_package_of_another_publisher_is_read_without_persons(
    small_edition: Inventory, tmp_path: Path
) -> None:
    raw = foreign_package(tmp_path)
    context = Context(raw.card, small_edition.areas, small_edition.places)
    frame = hsds.read(raw)
    assert not frame.map(lambda cell: "Popescu" in cell or "@" in cell).any(axis=None)
    found = clean_services(frame, context, str(HERE / "foreign_hsds.py"))
    services = found.tables["services"].set_index("name")
    assert services.loc["Centrul Bucuria", "area_id"] == services.loc["Cantina", "area_id"]
    assert services.loc["Centrul Bucuria", "function"] == "family_children"
    assert services.loc["Centrul Bucuria", "capacity"] == 25
    assert pd.isna(services.loc["Cantina", "capacity"])
    assert pd.isna(services.loc["Cantina", "provider_name"])  # a person, says its legal status
    assert services.loc["Cantina", "year"] == 2016
    rules = found.findings.set_index("record")["rule"]
    assert rules["row 3, location row 3"] == "service_closed"
    assert rules["row 4, location row 4"] == "outside_scope"
    assert "contact_left_out" in rules.tolist()


def test_a_module_as_the_documentation_writes_it_is_a_source(
    small_edition: Inventory, tmp_path: Path
) -> None:
    """The recipe in the package's docstring, with a mapping beside it, keeps the contract."""
    recipe = textwrap.dedent(exchanged.__doc__.partition("::\n")[2])
    module_file = tmp_path / "partner.py"
    module_file.write_text(recipe, encoding="utf-8")
    shutil.copyfile(HERE / "foreign_hsds.csv", tmp_path / "partner.csv")
    spec = importlib.util.spec_from_file_location("partner", module_file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "raw").mkdir()
    raw = foreign_package(tmp_path / "raw")
    context = Context(raw.card, small_edition.areas, small_edition.places)
    found = module.clean(read_rows(module, raw), context)
    assert (found.rows_read, found.rows_kept, found.rows_rejected) == (5, 3, 2)


def test_a_term_that_the_mapping_lacks_stops_the_source(
    small_edition: Inventory, tmp_path: Path
) -> None:
    raw = foreign_package(tmp_path)
    context = Context(raw.card, small_edition.areas, small_edition.places)
    frame = hsds.read(raw)
    frame.loc[0, "terms"] += "\nOwn categories\tastrology\t"
    with pytest.raises(
        SourceError, match="ro/partner: not in the mapping: Own categories / astrol"
    ):
        clean_services(frame, context, str(HERE / "foreign_hsds.py"))


def test_an_incomplete_package_says_what_it_lacks(tmp_path: Path) -> None:
    raw = foreign_package(tmp_path)
    files = {name: sum_ for name, sum_ in raw.card.files.items() if name != "organizations.csv"}
    broken = RawFolder(raw.path, raw.card.model_copy(update={"files": files}))
    with pytest.raises(
        SourceError, match=r"lists no organizations\.csv; the package is incomplete"
    ):
        hsds.read(broken)
