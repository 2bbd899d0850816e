"""Each export is what its standard asks, as the standard's own library reads it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import rdflib
from data_inclusion.schema import v1
from frictionless import Package
from pysdmx.io import get_datasets, read_sdmx

from landscape.errors import LandscapeError, UsageError
from landscape.exchange import FORMS, export
from landscape.inventory import Inventory
from landscape.schemas import TABLES

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCT = rdflib.Namespace("http://purl.org/dc/terms/")
SITE = "https://example.org/data/"
#: A hashtag and its attributes, as the HXL standard writes them.
HASHTAG = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*")


@pytest.mark.parametrize("form", ["datapackage", "hsds"])
def test_a_package_is_valid(exported: Path, form: str) -> None:
    """Types, limits, keys and references of every cell, by frictionless."""
    report = Package(str(exported / "RO" / form / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "type", "message"])[:3]
    assert report.stats["tasks"] >= 7


@pytest.mark.parametrize("form", ["datapackage", "hsds"])
def test_a_broken_package_is_noticed(exported: Path, tmp_path: Path, form: str) -> None:
    """The descriptor says enough: a lost row breaks a reference, a word a number."""
    for path in (exported / "RO" / form).iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    lost = tmp_path / ("areas.csv" if form == "datapackage" else "organizations.csv")
    lost.write_text("\n".join(lost.read_text("utf-8").splitlines()[:3]) + "\n", encoding="utf-8")
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert {error[0] for error in report.flatten(["type"])} == {"foreign-key"}


def test_fields_are_those_of_the_schemas(read_json_of: Callable) -> None:
    package = read_json_of("datapackage/datapackage.json")
    resources = {each["name"]: each for each in package["resources"]}
    for name, resource in resources.items():
        fields = [field["name"] for field in resource["schema"]["fields"]]
        asked = [c for c in TABLES[name].columns if c not in ("geometry", "evidence")]
        assert fields == asked
        assert all(len(field["description"]) > 10 for field in resource["schema"]["fields"])
    position = resources["services"]["schema"]["fields"][12]
    assert position["constraints"] == {
        "required": True,
        "enum": ["exact", "settlement", "municipality", "none"],
    }
    assert all(each.get("title") for each in resources["services"]["licenses"])


@pytest.mark.parametrize("model", [v1.Structure, v1.Service])
def test_data_inclusion_is_valid(read_json_of: Callable, model: type) -> None:
    """By the published models of schema v1, their warnings counted as errors."""
    name = f"{model.__name__.lower()}s"
    objects = read_json_of(f"data-inclusion/{name}.json")
    assert len(objects) > 20
    for each in objects:
        model.model_validate(each, context={"ignore_warnings": False})
    assert len({each["id"] for each in objects}) == len(objects)


def test_services_of_data_inclusion_belong_to_structures(read_json_of: Callable) -> None:
    structures = {each["id"] for each in read_json_of("data-inclusion/structures.json")}
    services = read_json_of("data-inclusion/services.json")
    assert {each["structure_id"] for each in services} == structures
    assert not any("code_insee" in each for each in services)  # those are codes of France


def test_sdmx_is_read_with_its_structure(exported: Path, small_edition: Inventory) -> None:
    """The structure by the official JSON schema, the data by the structure."""
    folder = exported / "RO" / "sdmx"
    (structure,) = read_sdmx(folder / "structure.json").get_data_structure_definitions()
    assert [each.id for each in structure.components.dimensions] == [
        "FREQ", "REF_AREA", "INDICATOR", "TIME_PERIOD",
    ]  # fmt: skip
    (data,) = get_datasets(folder / "indicators.csv", folder / "structure.json")
    ours = small_edition.indicators
    assert len(data.data) == len(ours)
    assert data.data["OBS_VALUE"].sum() == pytest.approx(ours["value"].sum())
    for name in ("REF_AREA", "INDICATOR", "OBS_STATUS", "CONF_STATUS", "UNIT_MEASURE"):
        codes = {code.id for code in structure.components[name].enumeration}
        assert set(data.data[name].dropna()) <= codes, name


def test_sdmx_says_missing_and_withheld_apart(exported: Path, small_edition: Inventory) -> None:
    table = pd.read_csv(exported / "RO/sdmx/indicators.csv", dtype=str, low_memory=False)
    ours = small_edition.indicators["status"].map(
        {"A": "A", "E": "E", "B": "B", "M": "O", "C": "Q"}
    )
    assert table["OBS_STATUS"].tolist() == ours.tolist()
    assert table.loc[table["OBS_STATUS"] == "O", "OBS_VALUE"].isna().all()
    assert (table["ACTION"] == "I").all()
    assert table.columns[:3].tolist() == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]


def test_hxl_tags_stand_in_the_second_row(exported: Path) -> None:
    for level, places in (("country", 1), ("county", 3), ("municipality", 5)):
        path = exported / f"RO/hxl/indicators_{level}.csv"
        head, tags = (line.split(",") for line in path.read_text("utf-8").splitlines()[:2])
        assert len(head) == len(tags) == places + 14
        assert all(HASHTAG.fullmatch(tag) for tag in tags)
        assert len(set(tags)) == len(tags)
    body = pd.read_csv(path, dtype=str, skiprows=[1], low_memory=False)
    assert (body["county"] == "Alba").all() and body["municipality_code"].notna().all()


@pytest.mark.parametrize("form", ["geopackage", "geoparquet"])
def test_areas_keep_shapes_codes_and_crs(
    exported: Path, small_edition: Inventory, form: str
) -> None:
    if form == "geoparquet":
        areas = gpd.read_parquet(exported / "RO/geoparquet/areas.parquet")
        areas = areas[areas["level"] == "municipality"]
    else:
        areas = gpd.read_file(exported / "RO/geopackage/areas.gpkg", layer="municipality")
    ours = small_edition.areas[small_edition.areas["level"] == "municipality"]
    assert areas.crs == ours.crs
    assert areas["code"].tolist() == ours["code"].tolist()
    assert all(isinstance(code, str) for code in areas["code"])
    assert areas.geometry.notna().all()
    assert areas.total_bounds == pytest.approx(ours.total_bounds)


@pytest.fixture(scope="session")
def catalogue(exported: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(exported / "catalogue.jsonld", format="json-ld", publicID=SITE)


def test_the_catalogue_has_what_dcat_ap_asks(catalogue: rdflib.Graph, exported: Path) -> None:
    """Title, description and publisher; a dataset; files behind all distributions."""
    (head,) = catalogue.subjects(rdflib.RDF.type, DCAT.Catalog)
    (dataset,) = catalogue.objects(head, DCAT.dataset)
    for node in (head, dataset):
        for asked in (DCT.title, DCT.description):
            told = {text.language for text in catalogue.objects(node, asked)}
            assert told == {"en", "fr", "ro", "bg"}
        assert catalogue.value(node, DCT.publisher) is not None
    assert str(catalogue.value(dataset, DCT.spatial)).endswith("/country/ROU")
    found = list(catalogue.objects(dataset, DCAT.distribution))
    assert len(found) == len(FORMS) - 1
    for each in found:
        address = str(catalogue.value(each, DCAT.accessURL))
        assert (exported / address.removeprefix(SITE)).is_file()
        assert list(catalogue.objects(each, DCT.license))


def test_the_catalogue_names_each_source(catalogue: rdflib.Graph, small_edition: Inventory) -> None:
    sources = set(catalogue.objects(predicate=DCT.source))
    named = {str(catalogue.value(each, DCT.identifier)) for each in sources}
    assert named == set(small_edition.sources)
    assert all(catalogue.value(each, DCAT.landingPage) for each in sources)


def test_every_manifest_tells_the_files_and_the_losses(
    read_json_of: Callable, exported: Path
) -> None:
    for form in FORMS[:-1]:
        manifest = read_json_of(f"{form}/export.json")
        assert manifest["lost"] and manifest["standard"]["url"].startswith("https://")
        for file in manifest["files"]:
            assert (exported / "RO" / form / file["path"]).stat().st_size == file["bytes"]
        assert {each["source_id"] for each in manifest["sources"]} >= {"ro/social_services"}


def test_an_unknown_form_and_a_strange_folder_are_refused(
    small_edition: Inventory, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="did you mean 'hsds'"):
        export([small_edition], "hsd", tmp_path)
    (tmp_path / "RO" / "hsds").mkdir(parents=True)
    (tmp_path / "RO" / "hsds" / "thesis.docx").write_text("mine")
    with pytest.raises(LandscapeError, match="holds files that no export made"):
        export([small_edition], "hsds", tmp_path)
    assert (tmp_path / "RO" / "hsds" / "thesis.docx").read_text() == "mine"


def test_the_same_edition_gives_the_same_files(
    small_edition: Inventory, exported: Path, tmp_path: Path
) -> None:
    for form in ("datapackage", "hsds", "data-inclusion", "sdmx", "hxl"):
        export([small_edition], form, tmp_path)
        for path in (tmp_path / "RO" / form).iterdir():
            assert path.read_bytes() == (exported / "RO" / form / path.name).read_bytes(), path.name


def test_json_never_holds_what_json_has_not(exported: Path) -> None:
    for path in [*exported.rglob("*.json"), exported / "catalogue.jsonld"]:
        json.loads(path.read_text("utf-8"), parse_constant=pytest.fail)  # NaN, Infinity
