"""Questions in a real browser: answered in place, over a changed text, and from a saved page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from test_story import entered, served

__all__ = ["served"]  # the fixture
pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 800}
SLOW = 60_000  # milliseconds until the demo's first idea is read
NUMBER = "Gift orders: from 3.1 % to 4 % of all orders by 1 March 2027."
SLIP = "Four lines of 40 characters fit on it."
LATE = "What I typed while somebody else was faster."
ANSWERS = {"Q02": "Gift orders: 4 % by 1 March.", "P01": "Yes: its template changes, too."}


def test_a_question_is_answered_where_it_stands(browser: Any, served: dict[str, str]) -> None:
    """By Priya with JavaScript, by Emil on a phone without it; nothing is lost where both write at once."""
    priya = entered(browser, served["Priya"])
    emil = entered(browser, served["Emil"], java_script_enabled=False, viewport=PHONE)
    said: list[str] = []
    priya.on("console", lambda one: said.append(one.text))
    idea = priya.url.split("/checkout")[0] + "/checkout/ideas/1"
    _read(priya, idea)
    asked = priya.locator(".side.problem .questions li").filter(has_text="to what, by when?")
    edited = priya.context.new_page()  # the same text, opened before the answer is written
    edited.goto(f"{idea}/problem/text")
    _answered(asked, NUMBER)
    text = priya.locator(".side.problem .prose")
    assert NUMBER in text.inner_text()
    assert not asked.count()

    typed = edited.locator("main textarea").first
    typed.fill(f"{typed.input_value()}\n\n{LATE}")
    edited.get_by_role("button", name="Save").click()
    conflict = edited.locator("main").inner_text()
    assert NUMBER in conflict and LATE in edited.locator("main textarea").first.input_value()

    emil.goto(idea)
    asked = emil.locator(".side.solution .questions")
    assert not asked.locator("textarea").first.is_visible()
    asked.locator("summary:visible").click()
    _answered(asked.locator("li").filter(has_text="How many lines fit"), SLIP)
    emil.get_by_text("the whole text").last.click()
    assert SLIP in emil.locator(".side.solution .prose").inner_text()
    assert not said, said


def test_answering_over_a_change_keeps_both_and_a_late_answer_stays(
    browser: Any, served: dict[str, str]
) -> None:
    """The text changes while one types: both stand. Somebody answers first: what was typed is shown."""
    priya = entered(browser, served["Priya"])
    other = priya.context.new_page()
    idea = priya.url.split("/checkout")[0] + "/checkout/ideas/1"
    _read(priya, idea)
    asked = priya.locator(".side.problem .questions li").filter(has_text="to what, by when?")
    asked.locator("summary:visible").click()
    asked.locator("textarea").fill(NUMBER)
    other.goto(f"{idea}/problem/text")
    text = other.locator("main textarea").first
    text.fill(f"{text.input_value()}\n\nOne more sentence that Priya wrote meanwhile.")
    other.get_by_role("button", name="Save").click()
    other.goto(idea)
    late = other.locator(".side.problem .questions li").filter(has_text="to what, by when?")
    asked.get_by_role("button", name="Answer", exact=True).click()
    prose = priya.locator(".side.problem .prose").inner_text()
    assert NUMBER in prose and "One more sentence that Priya wrote meanwhile." in prose

    _answered(late, LATE)
    assert "Somebody was faster" in other.locator("main").inner_text()
    assert LATE in other.locator(".stands").inner_text()
    priya.reload()
    assert LATE not in priya.locator(".side.problem .prose").inner_text()


def test_a_saved_page_brings_its_answers_back(
    browser: Any, served: dict[str, str], tmp_path: Path, project: Path
) -> None:
    """The reading's page is answered without a server and saved; the idea takes what it holds."""
    priya = entered(browser, served["Priya"])
    idea = priya.url.split("/checkout")[0] + "/checkout/ideas/1"
    _read(priya, idea)
    page, shop = tmp_path / "gift.html", next(tmp_path.glob("data/demo/*.git"))
    command = [sys.executable, "-m", "colead", "check", str(project / "src/colead/demo/gift-notes.md")]
    subprocess.run([*command, "--repo", str(shop), "--html", str(page)], check=True, capture_output=True)
    alone = browser.new_context(offline=True).new_page()
    alone.goto(page.as_uri())
    for code, answer in ANSWERS.items():
        alone.locator(f'textarea[data-code="{code}"]').first.fill(answer)
    saved = tmp_path / "saved.html"
    saved.write_text(alone.content(), encoding="utf-8")  # as "Save page as" writes it

    priya.get_by_role("link", name="Bring answers given elsewhere").click()
    priya.locator("input[type=file]").set_input_files(saved)
    priya.get_by_role("button", name="Bring them in").click()
    became = priya.locator(".plainlist").inner_text()
    assert f"Written into your text: {ANSWERS['Q02']}" in became
    assert f"Suggested to engineering: {ANSWERS['P01']}" in became
    priya.goto(idea)
    assert ANSWERS["Q02"] in priya.locator(".side.problem .prose").inner_text()
    assert "Priya suggests another text" in priya.locator(".side.solution").inner_text()


def _read(page: Any, idea: str) -> None:
    """Open the idea when its first reading is there."""
    page.goto(idea)
    page.locator("#touches").wait_for(timeout=SLOW)
    assert "Worth discussing" in page.locator(".verdict").inner_text()


def _answered(asked: Any, text: str) -> None:
    """Write the answer into the field below the question, and send it."""
    if not asked.locator("textarea").is_visible():
        asked.locator("summary:visible").click()
    asked.locator("textarea").fill(text)
    asked.get_by_role("button", name="Answer", exact=True).click()
