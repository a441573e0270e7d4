"""Screenshots: every screen of the shared page and every page that is a file, in build/screenshots.

Wide and narrow, light and dark; the demo's area, an empty one, one of 5,000 ideas; and the reading on paper.
"""

from __future__ import annotations

import importlib
import os
import runpy
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "screenshots"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTHS = (1280, 390)
MANY = 5_000
TALLEST = 4_000  # pixels of a picture
FILES = {
    "gift-notes": ["demo", "--html"],
    "fragility": ["fragility", "--repo", "SHOP", "--html"],
    "balance": ["balance", "--repo", "SHOP", "--html"],
}
SECOND = "Emil"
AREAS = (("demo", "Priya"), ("demo", SECOND), ("empty", "Ada"), ("many", "Ada"))
TWICE = ("area", "brief", "section")  # pages that differ by who looks


def main() -> int:
    """Serve, open everything, take the pictures."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        print("no browser here (Debian: apt install chromium)", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(ROOT / "tests" / "web"))
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(prefix="colead-") as data:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        shoot_web(browser, Path(data))
        shoot_files(browser, Path(data) / "demo" / "shop.git")
        browser.close()
    print(f"look into {FOLDER.relative_to(ROOT)}: {len(list(FOLDER.glob('*.png')))} pictures")
    return 0


def shoot_web(browser: Browser, data: Path) -> None:
    """Every page of the table of routes, in each area, as each of its people."""
    stage, table = importlib.import_module("scene"), routes(data)
    with stage.scene(data, MANY) as scene:
        stage.read_through(data)
        for width, light, look in looks():
            for area, who in AREAS:
                with scene.session(browser, who, **look) as context:
                    for name, path in scene.screens(table, area).items():
                        if who != SECOND or name in TWICE:
                            picture(context, path, f"{area}-{name}-{who}-{width}-{light}")
            with browser.new_context(**look) as nobody:
                for name, path in scene.doors().items():
                    picture(nobody, path, f"out-{name}-{width}-{light}")
            for name, page in importlib.import_module("states").states(browser, scene, set(), **look):
                taken(page, f"state-{name}-{width}-{light}")


def routes(data: Path) -> Any:
    """The table of routes; its module speaks of models, so that Django has to be there."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "colead.web.settings", "COLEAD_DATA": str(data)}
    importlib.import_module("django").setup()
    return runpy.run_path(str(ROOT / "tests" / "web" / "test_routes.py"))["TABLE"]


def looks() -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Each width and light, and what a browser is told of it."""
    for width in WIDTHS:
        for light in ("light", "dark"):
            yield width, light, {"viewport": {"width": width, "height": 900}, "color_scheme": light}


def shoot_files(browser: Browser, shop: Path) -> None:
    """The pages that commands write; the reading on paper, too."""
    for name, words in FILES.items():
        page = FOLDER / f"{name}.html"
        told = [str(shop) if one == "SHOP" else one for one in words]
        command = [sys.executable, "-m", "colead", *told, str(page)]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        for width, light, look in looks():
            with browser.new_context(**look) as context:
                picture(context, page.as_uri(), f"file-{name}-{width}-{light}")
                if (name, width, light) == ("gift-notes", WIDTHS[0], "light"):
                    context.pages[0].pdf(path=FOLDER / f"{name}.pdf", format="A4")


def picture(context: Any, address: str, name: str) -> None:
    """The page at this address, cut where it would be endless."""
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(address)
    taken(page, name)


def taken(page: Any, name: str) -> None:
    """The page as it stands."""
    width, height = page.viewport_size["width"], page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)}
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True, clip=clip)


if __name__ == "__main__":
    sys.exit(main())
