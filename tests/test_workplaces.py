"""binder/ and .devcontainer/: the same packages, Python and programs as everywhere else."""

import json
import os
import re
import tomllib

import pytest

from landscape.paths import PACKAGE

ROOT = PACKAGE.parents[1]
PIN = re.compile(r"([a-z0-9-]+)(?:\[[a-z,-]+\])?==(\S+)(?: ; .+)?")


def normal(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=! ;]", requirement)[0]).lower()


@pytest.fixture(scope="module")
def asked() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_binder_installs_what_the_lock_file_says(asked: dict) -> None:
    lock = tomllib.loads(read("uv.lock"))
    locked: dict[str, set[str]] = {}
    for package in lock["package"]:
        locked.setdefault(package["name"], set()).add(package.get("version", ""))
    pins = [PIN.fullmatch(line) for line in read("binder/requirements.txt").splitlines()]
    assert None not in pins, "run: make binder/requirements.txt"
    wrong = [pin[0] for pin in pins if pin and pin[2] not in locked.get(pin[1], set())]
    assert wrong == [], "run: make binder/requirements.txt"
    direct = {normal(each) for each in asked["project"]["dependencies"]}
    assert direct <= {pin[1] for pin in pins if pin}


def test_binder_has_this_python_and_builds_the_tables(asked: dict) -> None:
    (version,) = re.findall(r"^python-(\d+\.\d+)$", read("binder/runtime.txt"), re.MULTILINE)
    assert asked["project"]["requires-python"] == f">={version}"
    build = ROOT / "binder" / "postBuild"
    assert os.access(build, os.X_OK) and build.read_text().startswith("#!")
    orders = build.read_text(encoding="utf-8")
    (node,) = [each for each in asked["dependency-groups"]["dev"] if each.startswith("nodejs")]
    assert f'"{node}"' in orders
    assert "--no-deps --editable ." in orders and "landscape tables" in orders


def test_the_container_runs_the_makefile_and_has_the_programs_of_ci() -> None:
    content = json.loads(read(".devcontainer/devcontainer.json"))
    targets = set(re.findall(r"^(\w+):", read("Makefile"), re.MULTILINE))
    words = content["postCreateCommand"].split()
    assert words[0] == "make" and set(words[1:]) <= targets
    programs = re.search(r"--no-install-recommends \\\n\s+(.+)\n", read(".ci/run"))
    assert programs is not None
    assert set(programs[1].split()) <= set(content["onCreateCommand"].split())
    assert content["image"].endswith(":" + read("binder/runtime.txt").strip()[len("python-") :])
