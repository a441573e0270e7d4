"""Pages with pictures and pictures alone, from the demo shop to the file."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as tree
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from colead.balance import Balance
from colead.balancing import balance
from colead.cli.run import run
from colead.drag import Drag
from colead.evidence import Figure
from colead.lookout import fragility
from colead.outlook import Outlook
from colead.writers import balance_page, outlook_page
from colead.writers.frame import styled
from colead.writers.pictures.alone import COLOURS

TODAY = date(2026, 10, 19)
HEAVIEST = 15 * 1024


@pytest.fixture(scope="module")
def likely(shop: Path, cache: Path) -> Outlook:
    return fragility(shop, today=TODAY, cache=cache)


@pytest.fixture(scope="module")
def divided(shop: Path, cache: Path) -> Balance:
    return balance([shop, shop], today=TODAY, cache=cache)


@pytest.fixture(scope="module")
def pages(likely: Outlook, divided: Balance) -> dict[str, str]:
    return {"fragility": outlook_page.html(likely), "balance": balance_page.html(divided)}


@pytest.mark.parametrize("name", ["fragility", "balance"])
def test_every_link_leads_to_a_row_of_the_page(pages: dict[str, str], name: str) -> None:
    page = pages[name]
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
    links = re.findall(r'href="#([^"]+)"', page)
    assert len(links) > 20 and set(links) <= set(ids)


@pytest.mark.parametrize("name", ["fragility", "balance"])
def test_a_page_loads_nothing_and_runs_nothing(pages: dict[str, str], name: str) -> None:
    page = pages[name]
    assert "default-src 'none'" in page and "<script" not in page
    assert not re.search(r'(?:src|href)="(?!#)|url\((?!#)|@import|style="', page)


@pytest.mark.parametrize("name", ["fragility", "balance"])
def test_every_picture_is_well_formed_and_says_what_it_shows(pages: dict[str, str], name: str) -> None:
    found = re.findall(
        r'<svg class="(?:map|months|seasons)".*?</svg>(?=</figure>|<figcaption|<p)', pages[name], re.S
    )
    assert found
    for one in found:
        drawn = tree.fromstring(one)  # noqa: S314 - our own drawing is read
        assert drawn.get("aria-label")
        assert drawn.findall(".//a/title") or drawn.findall(".//a/svg/title")


@pytest.mark.parametrize("kinds", [(), ("map",), ("map", "seasons"), ("months",)])
def test_the_style_sheet_stays_small(kinds: tuple[str, ...]) -> None:
    assert len(styled(*kinds).encode()) <= HEAVIEST


def test_the_map_holds_every_part_once(likely: Outlook) -> None:
    assert sum(one.parts for one in likely.plots) == likely.places[0].of
    assert {one.key for one in likely.places} <= {one.key for one in likely.plots}
    assert outlook_page.html(likely).count('<svg class="map"') == 1


def test_levels_of_the_map_are_those_of_the_list(likely: Outlook) -> None:
    levels = {one.key: (one.level, int(one.lines)) for one in likely.plots}
    for place in likely.places:
        assert levels[place.key] == (place.level, int(place.lines.value))


def test_what_features_bring_along_is_on_the_page(likely: Outlook) -> None:
    row = likely.plots[0].evidence
    drag = Drag(
        "tax", Figure(1.8, row), Figure(2.7, row), Figure(1.5, row), "Features reach 2.7 others.", "t"
    )
    page = outlook_page.html(replace(likely, drags=(drag,)))
    assert f'Features reach <a class="fig" href="#e-{row}">2.7</a> others.' in page


def test_of_files_there_is_no_map(shop: Path, cache: Path) -> None:
    told = fragility(shop, files=True, today=TODAY, cache=cache)
    assert told.plots == () and outlook_page.picture(told) == ""
    assert '<svg class="map"' not in outlook_page.html(told) and "seasons" in outlook_page.html(told)


@pytest.mark.parametrize("command", ["fragility", "balance"])
def test_the_commands_write_pages_and_pictures(
    shop: Path, cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    base = [command, "--repo", str(shop), "--cache", str(cache), "--today", TODAY.isoformat()]
    page, svg, png = (tmp_path / f"told.{end}" for end in ("html", "svg", "png"))
    assert run([*base, "--html", str(page), "--picture", str(svg)]) == 0
    assert "EXPECT" in (said := capsys.readouterr().out) or "features" in said
    assert page.read_text().startswith("<!doctype html>")
    assert tree.parse(svg).getroot().tag.endswith("svg")  # noqa: S314 - our own drawing is read
    assert run([*base, "--picture", str(png)]) == 0
    assert png.read_bytes().startswith(b"\x89PNG") and b"Software\0Colead" in png.read_bytes()[:100]
    before = svg.read_bytes()
    assert run([*base, "--picture", str(svg)]) == run([*base, "--picture", str(png)]) == 0
    assert svg.read_bytes() == before
    capsys.readouterr()
    assert run([*base, "--html", "-"]) == 0
    assert capsys.readouterr().out == page.read_text()


@pytest.mark.parametrize(
    ("name", "code"), [("map.gif", "E55"), ("map", "E55"), ("no/such/map.svg", "E07"), ("mine.svg", "E06")]
)
def test_a_wrong_place_is_told_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, code: str
) -> None:
    (tmp_path / "mine.svg").write_text("<svg/>")
    assert run(["fragility", "--repo", "/nowhere", "--picture", str(tmp_path / name)]) == 2
    assert code in capsys.readouterr().err and (tmp_path / "mine.svg").read_text() == "<svg/>"


@pytest.mark.parametrize("other", ["--picture"])
def test_what_looks_ahead_is_no_picture_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], other: str
) -> None:
    assert run(["balance", "--ahead", "a.md", other, str(tmp_path / "a.svg")]) == 2
    assert f"{other} does not go with --ahead" in capsys.readouterr().err


def test_nothing_to_draw_is_said(
    shop: Path, cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["fragility", "--files", "--repo", str(shop), "--cache", str(cache), "--today", TODAY.isoformat()]
    assert run([*asked, "--picture", str(tmp_path / "map.svg")]) == 2
    assert "E56" in capsys.readouterr().err


def test_without_the_package_png_is_refused_in_plain_words(shop: Path, cache: Path, tmp_path: Path) -> None:
    without = "import sys; sys.modules['resvg_py'] = None; from colead.cli import main; main()"
    asked = ["balance", "--repo", str(shop), "--cache", str(cache), "--picture", str(tmp_path / "months.png")]
    done = subprocess.run(
        [sys.executable, "-c", without, *asked], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and "E57" in done.stderr and "colead[charts]" in done.stderr


# The words on areas, months and quarters whose colour stands less than 4.5 to 1 against what they stand on.
WEAK = """() => {
  const pen = Object.assign(document.createElement("canvas"), {width: 1, height: 1})
    .getContext("2d", {willReadFrequently: true});
  const light = (colour) => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3).map((one) => one / 255)
      .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  return [...document.querySelectorAll("svg text")].map((text) => {
    const ground = text.closest(".map") ? getComputedStyle(text.parentElement.querySelector(".at")).fill
      : getComputedStyle(document.body).backgroundColor;
    const [a, b] = [light(getComputedStyle(text).fill), light(ground)];
    return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), text.textContent];
  }).filter(([ratio]) => ratio < 4.5);
}"""
COLOURED = """(names) => names.map((name) => { const one = document.createElement("i");
  one.style.color = `var(--${name})`; document.body.append(one);
  const pen = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d");
  pen.fillStyle = getComputedStyle(one).color; pen.fillRect(0, 0, 1, 1);
  return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3); })"""


@pytest.mark.browser
@pytest.mark.parametrize("name", ["fragility", "balance"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_sideways_scroll_and_enough_contrast(
    browser: Any, pages: dict[str, str], tmp_path: Path, name: str, scheme: str
) -> None:
    place = tmp_path / "page.html"
    place.write_text(pages[name], encoding="utf-8")
    for width in (320, 1280):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        opened = context.new_page()
        opened.goto(place.as_uri())
        opened.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
        assert opened.evaluate(WEAK) == []
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_alone_has_the_colours_of_the_page(browser: Any, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)
    opened = context.new_page()
    opened.set_content(f"<style>{styled('map', 'seasons', 'months')}</style>")
    told = [one[scheme == "dark"] for one in COLOURS.values()]
    wanted = [[int(one[at : at + 2], 16) for at in (1, 3, 5)] for one in told]
    seen = opened.evaluate(COLOURED, list(COLOURS))
    for name, one, other in zip(COLOURS, seen, wanted, strict=True):
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 1, name
    context.close()


@pytest.mark.browser
def test_the_finding_is_printed_with_its_picture(browser: Any, pages: dict[str, str]) -> None:
    context = browser.new_context()
    opened = context.new_page()
    opened.set_content(pages["fragility"])
    opened.emulate_media(media="print")
    assert opened.locator(".drawn h2").first.is_visible() and opened.locator(".map").is_visible()
    assert not opened.locator(".evidence").is_visible()
    context.close()
