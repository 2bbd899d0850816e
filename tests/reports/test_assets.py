"""Scripts come from pinned packages and are checked before they reach a page."""

import hashlib
import json
from pathlib import Path

import pytest

from landscape.reports import assets


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    assets.read_script.cache_clear()


def test_every_script_is_recorded_with_its_licence_and_checksum() -> None:
    package = json.loads((assets.FOLDER / "package.json").read_text())
    recorded = {each.package: each.version for each in assets.read_assets().values()}
    assert recorded == {**package["dependencies"], **package["devDependencies"]}
    assert all(each.licence and len(each.sha256) == 64 for each in assets.read_assets().values())


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((assets.FOLDER / "package-lock.json").read_text())
    packages = [entry for name, entry in lock["packages"].items() if name]
    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages)
    assert "http" not in (assets.FOLDER / "package-lock.json").read_text()


def test_a_missing_script_says_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "assets.yml").write_text((assets.FOLDER / "assets.yml").read_text())
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    with pytest.raises(assets.AssetError, match="run `make setup`"):
        assets.read_script("plotly")


@pytest.mark.parametrize(
    ("content", "known", "message"),
    [
        (b"1", b"2", "differs from its checksum"),
        (b"'</SCRIPT>'", b"'</SCRIPT>'", "its own element"),
    ],
)
def test_another_script_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, known: bytes, message: str
) -> None:
    checksum = hashlib.sha256(known).hexdigest()
    recorded = f"plotly: {{package: p, version: 1, licence: MIT, file: p.js, sha256: '{checksum}'}}"
    (tmp_path / "assets.yml").write_text(recorded)
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "p.js").write_bytes(content)
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    with pytest.raises(assets.AssetError, match=message):
        assets.read_script("plotly")
    assert bool(assets.missing_assets()) == (content != known)
