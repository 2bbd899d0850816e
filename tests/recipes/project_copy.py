"""A copy of the project, and commands run in it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from landscape.paths import PACKAGE, project

HERE = Path(__file__).parent


class Answer(NamedTuple):
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


class Copy:
    """The package, the folders beside it, and commands run among them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(
            PACKAGE,
            root / "src" / "landscape",
            ignore=shutil.ignore_patterns("__pycache__", "node_modules"),
        )
        for folder in ("data/raw", "notebooks", "tests/sources"):
            (root / folder).mkdir(parents=True)
        # What npm installed is not copied: a link will do.
        assets = Path("src/landscape/reports/assets/node_modules")
        (root / assets).symlink_to(PACKAGE / "reports" / "assets" / "node_modules")
        for notebook in project().notebooks.glob("*.ipynb"):
            shutil.copy(notebook, root / "notebooks")
        for card in project().raw.glob("*/*/source.yml"):
            place = root / "data" / "raw" / card.relative_to(project().raw)
            place.parent.mkdir(parents=True)
            shutil.copy(card, place)
        self._answer = root.with_suffix(".answer")
        environment = {
            **os.environ,
            "PYTHONPATH": str(root / "src"),
            # Beside the copy: what was compiled once serves every command.
            "PYTHONPYCACHEPREFIX": str(root.with_suffix(".compiled")),
            "LANDSCAPE_HOME": str(root),
            "LANDSCAPE_ANSWER": str(self._answer),
            "NO_COLOR": "1",
        }
        self._runner = subprocess.Popen(
            [sys.executable, str(HERE / "forked.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=root,
        )

    def run(self, *words: str) -> Answer:
        """A command of ``landscape``, or ``-c`` and a piece of Python, in the copy."""
        assert self._runner.stdin is not None and self._runner.stdout is not None
        self._runner.stdin.write(json.dumps(words) + "\n")
        self._runner.stdin.flush()
        assert self._runner.stdout.readline() == "done\n"
        told: dict[str, Any] = json.loads(self._answer.read_text(encoding="utf-8"))
        return Answer(**told)

    def files(self) -> dict[str, str]:
        """Every file of the copy by its path, with its checksum; generated tables left out."""
        found = (path for path in self.root.rglob("*") if path.is_file())
        return {
            path.relative_to(self.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in found
            if not {"processed", "reports_made", "node_modules"} & set(path.parts)
        }

    def close(self) -> None:
        """End the process that runs commands."""
        assert self._runner.stdin is not None
        self._runner.stdin.close()
        self._runner.wait(30)


def touched(before: dict[str, str], after: dict[str, str]) -> tuple[set[str], set[str]]:
    """The files that are new, and those that were changed; none may be gone."""
    assert set(before) <= set(after)
    changed = {name for name in before if before[name] != after[name]}
    return set(after) - set(before), changed
