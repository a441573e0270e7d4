"""Screenshots: the demo's page wide and narrow, light and dark, and on paper, in build/screenshots."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "screenshots"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTHS = (1280, 390)


def main() -> int:
    """Make the page, open it, take the pictures."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        print("no browser here (Debian: apt install chromium)", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    page = FOLDER / "gift-notes.html"
    subprocess.run(
        [sys.executable, "-m", "colead", "demo", "--html", page], stdout=subprocess.DEVNULL, check=True
    )
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        shoot(browser, page)
        browser.close()
    print(f"look into {FOLDER.relative_to(ROOT)}")
    return 0


def shoot(browser: Browser, page: Path) -> None:
    """One picture for each width and light, and the sheet of paper."""
    for width in WIDTHS:
        for light in ("light", "dark"):
            seen = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=light)
            seen.goto(page.as_uri())
            seen.screenshot(path=FOLDER / f"gift-notes-{width}-{light}.png", full_page=True)
            if (width, light) == (WIDTHS[0], "light"):
                seen.pdf(path=FOLDER / "gift-notes.pdf", format="A4")
            seen.close()


if __name__ == "__main__":
    sys.exit(main())
