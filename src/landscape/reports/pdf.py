"""A report on paper: a tagged PDF, printed by Chromium from the report's own HTML file."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from landscape.errors import LandscapeError

#: Browsers that print alike, the first one found is used.
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
#: Names one browser in place of those.
VARIABLE = "LANDSCAPE_CHROMIUM"
MOST_SECONDS = 120


class PdfError(LandscapeError):
    """A report could not be printed; the message says why and what to do."""


def find_browser() -> str:
    """The command that prints: the one named in LANDSCAPE_CHROMIUM, or the first one found.

    Raises PdfError where there is none.
    """
    named = os.environ.get(VARIABLE)
    found = [path for name in ([named] if named else BROWSERS) if (path := shutil.which(name))]
    if not found:
        place = f"{VARIABLE}={named} is not a program" if named else "no Chromium was found"
        raise PdfError(
            f"a PDF is printed by Chromium, Chrome or Edge, and {place}; install one, set "
            f"{VARIABLE} to its path, or print the HTML file from any browser"
        )
    return found[0]


def print_pdf(report: Path) -> Path:
    """Print a report into a PDF beside it, of the same name; returns the file.

    The PDF is tagged for screen readers, has an outline of the chapters, the
    report's title and language, and on each page the report's name and the
    number of the page. The network is refused. It is written beside its place
    and renamed. Raises PdfError where no browser is found or printing fails.
    """
    browser = find_browser()
    target = report.with_suffix(".pdf")
    with tempfile.TemporaryDirectory(prefix=".printing-", dir=report.parent) as folder:
        printed = Path(folder) / target.name
        said = _print(browser, report, printed, Path(folder) / "profile")
        if not printed.is_file() or not printed.stat().st_size:
            raise PdfError(f"{report.name} could not be printed by {browser}: {said}")
        printed.chmod(0o644)
        printed.replace(target)
    return target


def _print(browser: str, report: Path, printed: Path, profile: Path) -> str:
    """Runs the browser once, with settings of its own; returns the last line it said."""
    command = [
        browser,
        "--headless",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-extensions",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={profile}",
        "--no-pdf-header-footer",
        "--export-tagged-pdf",
        "--generate-pdf-document-outline",
        f"--print-to-pdf={printed}",
        report.resolve().as_uri(),
    ]
    # Chromium refuses its sandbox to the root of a container, and would not start.
    if getattr(os, "geteuid", lambda: 1)() == 0:
        command.insert(1, "--no-sandbox")
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return f"it took longer than {MOST_SECONDS} s"
    except OSError as error:
        return error.strerror or "it does not start"
    lines = done.stderr.strip().splitlines()
    return lines[-1].strip() if lines else f"it ended with code {done.returncode}"
