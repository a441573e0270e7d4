"""The page in a real browser: what is read, opened, answered, copied and printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import sample

from colead.evidence import Coverage, State
from colead.question import Side
from colead.reading import Reading
from colead.writers.html import html

pytestmark = pytest.mark.browser
READINGS = {
    "full": sample.fullest(),
    "gift": sample.reading(),
    "asked": sample.asked(),
    "foreign": sample.foreign(),
    "hostile": sample.hostile("x" * 400 + " <b> \x1b[0m"),
    "silent": sample.with_states(
        {
            part: Coverage(part, State.TOO_LITTLE, "fewer than 20 landings")
            for part in ("touches", "spread", "partners", "questions", "timeline", "tradeoffs")
        }
    ),
}


def written(folder: Path, reading: Reading) -> str:
    place = folder / "reading.html"
    place.write_text(html(reading), encoding="utf-8")
    return place.as_uri()


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """The gift notes page; any message on its console fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto(written(tmp_path, sample.reading()))
    yield opened
    assert said == []
    context.close()


@pytest.mark.parametrize("name", READINGS)
@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_sideways_scroll_and_enough_contrast(
    browser: Any, tmp_path: Path, name: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    opened = context.new_page()
    opened.goto(written(tmp_path, READINGS[name]))
    opened.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.evaluate(CONTRAST) == []
    context.close()


# Text whose colour stands less than 4.5 to 1 against what lies behind it, read back through a canvas.
CONTRAST = """() => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1});
  const pen = canvas.getContext("2d", {willReadFrequently: true});
  const rgb = (colour) => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map((one) => one / 255)
    .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
  const behind = (one) => { for (; one; one = one.parentElement) {
      const found = rgb(getComputedStyle(one).backgroundColor);
      if (found[3] === 255) return found; }
    return [255, 255, 255, 255]; };
  const weak = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !one.getClientRects().length || one.closest("script, svg"))
      continue;
    const [a, b] = [light(rgb(getComputedStyle(one).color)), light(behind(one))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.push(`${ratio.toFixed(2)} ${walker.currentNode.data.trim().slice(0, 40)}`);
  }
  return weak;
}"""


def test_a_number_opens_its_row_of_evidence(page: Any) -> None:
    row = page.locator("#e-P01-1")
    assert not row.is_visible()
    page.locator('a[href="#e-P01-1"]').first.click()
    row.wait_for(state="visible")
    assert "a1a1a1a1" in row.inner_text() and "3 October" in row.inner_text()


def test_a_number_opens_its_row_without_javascript(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(written(tmp_path, sample.reading()))
    opened.locator('a[href="#e-P01-1"]').first.click()
    opened.locator("#e-P01-1").wait_for(state="visible")
    assert not opened.locator("#copy").is_visible()
    context.close()


def test_every_figure_leads_to_a_row(page: Any) -> None:
    links = "[...document.querySelectorAll('a.fig')].map(one => one.getAttribute('href'))"
    lost = page.evaluate(f"{links}.filter(link => !document.querySelector(link)).length")
    assert lost == 0 and page.locator("a.fig").count() > 15


def test_a_figure_leads_to_the_row_that_says_it(page: Any) -> None:
    page.get_by_role("link", name="41", exact=True).click()
    row = page.locator(".rows > li").filter(has=page.locator(".proof:target"))
    assert row.count() == 1 and row.locator(".proof").is_visible()
    assert "F01-1 Checkout: " in row.inner_text() and "41 cases" in row.inner_text()
    assert "changed 41 times this year, 9 of them fixes" in row.inner_text()
    colours = [
        one.evaluate("one => getComputedStyle(one).backgroundColor")
        for one in page.locator(".rows > li").all()
    ]
    assert len(set(colours)) == 2


def test_the_technical_reading_is_one_switch_away(page: Any) -> None:
    line = page.get_by_text("share 0.62, lift 6.2, n 29")
    assert not line.is_visible()
    page.get_by_label("technical reading").check()
    assert line.is_visible()


def test_answers_stay_and_are_copied(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    where = written(tmp_path, sample.reading())
    opened.goto(where)
    opened.get_by_role("button", name="Copy answers").click()
    assert "No field has an answer yet" in opened.locator("#copied").inner_text()
    opened.get_by_label("May the person who receives it see the price?").fill("No.\nNever.")
    opened.goto("about:blank")
    opened.goto(where)
    assert opened.locator("#a1").input_value() == "No.\nNever."
    opened.get_by_role("button", name="Copy answers").click()
    opened.get_by_text("Copied, 1 of 1 answered").wait_for()
    told = opened.evaluate("navigator.clipboard.readText()")
    assert told.splitlines() == [
        "## Answers: Gift notes",
        "",
        "- **U01** May the person who receives it see the price?",
        "",
        "  > No.",
        "  > Never.",
    ]
    context.close()


def test_answers_can_be_taken_by_hand_where_copying_is_forbidden(page: Any) -> None:
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')); }")
    page.locator("#a1").fill("No.")
    page.get_by_role("button", name="Copy answers").click()
    sheet = page.locator("#sheet")
    sheet.wait_for(state="visible")
    chosen = page.evaluate("document.activeElement.value.slice(document.activeElement.selectionStart)")
    assert chosen == sheet.input_value() and "> No." in chosen


def test_another_reading_does_not_take_over_the_answers(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context()
    opened = context.new_page()
    where = written(tmp_path, sample.reading())
    opened.goto(where)
    opened.locator("#a1").fill("No.")
    other = sample.reading()
    opened.goto("about:blank")
    written(tmp_path, replace(other, spec=replace(other.spec, digest="6c" * 32)))
    opened.goto(where)
    assert opened.locator("#a1").input_value() == ""
    context.close()


SIDES = {"spread out": sample.SPREAD_OUT, **{f"all for {side}": (side,) * 5 for side in Side}}


@pytest.mark.parametrize("name", SIDES)
def test_the_fullest_page_prints_on_one_sheet(browser: Any, tmp_path: Path, name: str) -> None:
    assert sheets(browser, tmp_path, sample.fullest(SIDES[name])) == 1


@pytest.mark.parametrize("name", READINGS)
def test_a_page_prints_on_one_sheet(browser: Any, tmp_path: Path, name: str) -> None:
    assert sheets(browser, tmp_path, READINGS[name]) == 1


@pytest.mark.parametrize("asked", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("touched", [1, 3, 5])
def test_what_lies_between_prints_on_one_sheet(
    browser: Any, tmp_path: Path, asked: int, touched: int
) -> None:
    full = sample.fullest()
    one = replace(
        full,
        questions=full.questions[:asked],
        touches=full.touches[:touched],
        partners=full.partners[: asked // 2],
        tradeoffs=full.tradeoffs[:2],
    )
    assert sheets(browser, tmp_path, one) == 1


def sheets(browser: Any, folder: Path, reading: Reading) -> int:
    opened = browser.new_page()
    opened.goto(written(folder, reading))
    printed = opened.pdf(prefer_css_page_size=True, print_background=True)
    opened.close()
    return len(re.findall(rb"/Type\s*/Page\b", printed))


def test_everything_is_reached_by_tab_and_seen(page: Any) -> None:
    inside = "a[href], button, input, textarea, summary"
    focused = f"""() => {{ const one = document.activeElement; const style = getComputedStyle(one);
        const place = [...document.querySelectorAll('{inside}')].indexOf(one);
        return [place, style.outlineStyle, style.outlineWidth]; }}"""
    wanted = page.evaluate(
        f"[...document.querySelectorAll('{inside}')].filter(one => one.checkVisibility()).length"
    )
    reached = set()
    for step in range(wanted + 2):
        page.keyboard.press("Tab")
        told = page.evaluate(focused)
        if told[0] < 0:
            break
        assert told[1] == "solid" and float(told[2].rstrip("px")) >= 2, (step, told)
        reached.add(told[0])
    assert len(reached) == wanted


def test_landmarks_and_headings_are_in_order(page: Any) -> None:
    assert page.locator("main").count() == page.locator("h1").count() == 1
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(one => +one.tagName[1])")
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))
    fields = "[...document.querySelectorAll('textarea, input')]"
    nameless = page.evaluate(f"{fields}.filter(one => !one.labels.length && !one.ariaLabel).length")
    assert nameless == 0


def test_lettering_of_the_timeline_does_not_shrink_on_a_phone(browser: Any, tmp_path: Path) -> None:
    opened = browser.new_page(viewport={"width": 320, "height": 700})
    opened.goto(written(tmp_path, sample.reading()))
    boxes = opened.evaluate(
        """[...document.querySelectorAll('svg.timeline text')].filter(one => one.getClientRects().length)
        .map(one => one.getBoundingClientRect()).map(box => [box.left, box.right, box.top, box.height])"""
    )
    assert len(boxes) >= 3 and all(box[3] >= 12 for box in boxes)
    assert all(box[0] >= 0 and box[1] <= 320 for box in boxes)
    below = sorted(box[:2] for box in boxes if box[2] > min(one[2] for one in boxes) + 20)
    assert all(left[1] < right[0] for left, right in pairwise(below))
    opened.close()


def test_the_verdict_and_the_first_answer_are_above_the_fold(page: Any) -> None:
    for words in ("Worth discussing", "What user problem are we solving?"):
        box = page.get_by_text(words).first.bounding_box()
        assert box is not None and box["y"] + box["height"] < 800
