"""Run every benchmark of this folder, one after the other: ``make bench``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BENCHMARKS = (
    "tables",
    "matching",
    "unseen_names",
    "associations",
    "through_time",
    "providers",
    "duplicates",
    "maps",
    "readiness",
    "peers",
    "service_access",
    "small_areas",
    "damage",
    "runs",
    "kills",
    "cluster",
    "pages",
)


def main() -> None:
    """Print each benchmark's table under its name."""
    for name in BENCHMARKS:
        sys.stdout.write(f"\n## {name}\n\n")
        sys.stdout.flush()
        subprocess.run([sys.executable, str(HERE / f"{name}.py")], check=True, cwd=HERE.parent)


if __name__ == "__main__":
    main()
