"""The pictures of the README, taken from real reports in Chromium.

    python docs/take_pictures.py [FOLDER_OF_REPORTS]

Makes the reports that it lacks with ``landscape report`` into the folder
(default ``reports``), then writes ``docs/pictures/*.png`` in 128 colours.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
MOST_BYTES = 250_000
COLOURS = 128


def show_map(page: Page) -> None:
    """The map to look into, another indicator chosen and an area found by its name."""
    page.evaluate("document.querySelector('.explorer').parentNode.scrollIntoView()")
    page.locator(".drawing:has(.explorer) > .static.replaced").wait_for(state="attached")
    frame = page.frames[1]
    frame.locator("#layer").select_option("3")
    frame.locator("#words").fill("Видин")
    frame.locator("#words").press("Enter")
    page.wait_for_timeout(300)
    page.evaluate("document.getElementById('map').scrollIntoView({behavior: 'instant'})")


def show_paper(page: Page) -> None:
    """As it is printed."""
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.add_style_tag(content="body { padding: 12mm; }")


@dataclass(frozen=True)
class Picture:
    """A picture, the report that it shows, and how the report is opened."""

    name: str
    words: tuple[str, ...]
    file: str
    size: tuple[int, int] = (1280, 900)
    before: Callable[[Page], None] | None = None


PICTURES = (
    Picture(
        "country_inventory",
        ("country_inventory", "-p", "country", "RO"),
        "country_inventory_RO_en.html",
    ),
    Picture(
        "map_to_look_into",
        ("country_inventory", "-p", "country", "BG", "--lang", "bg"),
        "country_inventory_BG_bg.html",
        (1280, 1150),
        show_map,
    ),
    Picture(
        "profile_on_a_phone",
        ("municipality_profile", "-p", "area", "FR_73065", "--lang", "fr"),
        "municipality_profile_FR_73065_fr.html",
        (360, 760),
    ),
    Picture(
        "brief_on_paper",
        ("country_inventory", "-p", "country", "RO", "-p", "edition", "brief", "--lang", "ro"),
        "country_inventory_RO_brief_ro.html",
        (755, 1060),
        show_paper,
    ),
)


def make_report(picture: Picture, folder: Path) -> Path:
    """The report's file, made where it is not there yet."""
    path = folder / picture.file
    if not path.exists():
        command = [sys.executable, "-m", "landscape", "report", *picture.words]
        subprocess.run([*command, "--out", str(folder)], check=True)
    return path


def take(page: Page, picture: Picture, path: Path) -> None:
    """Open the report, bring it to its place, and keep what the window shows."""
    page.goto(path.resolve().as_uri())
    page.wait_for_timeout(500)
    if picture.before is not None:
        picture.before(page)
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS)
    target = HERE / "pictures" / f"{picture.name}.png"
    image.save(target, optimize=True)
    if target.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{target.name} weighs {target.stat().st_size:,} bytes")
    sys.stdout.write(f"{target.name}: {target.stat().st_size:,} bytes\n")


def main(arguments: list[str]) -> None:
    """Take every picture."""
    folder = Path(arguments[0]) if arguments else Path("reports")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for picture in PICTURES:
            path = make_report(picture, folder)
            width, height = picture.size
            page = browser.new_page(viewport={"width": width, "height": height})
            take(page, picture, path)
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
