"""An idea's page is calm: one sentence says what waits, closed things are folded, nothing is out of reach."""

from __future__ import annotations

import re
from typing import Any

import pytest
from brief import fresh
from scene import AREAS, Scene

from colead.web.concerns.models import Concern
from colead.web.design.templatetags.design import OPENING, opening
from colead.web.questions.models import Question

IDEA = f"{AREAS['demo']}/ideas/1"  # the richest of the demo
TALLEST = 3_700  # pixels of it on a phone
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}
SEEN = """(all) => all.every((one) => one.checkVisibility({ contentVisibilityAuto: true }))"""
STANDS = ".wide > ul, .wide > .prose, .wide > .both, .wide > .fact-line"


def sentence(page: bytes) -> str:
    """What the page says of where the idea stands, without its links."""
    found = re.search(r'<p class="yours">(.*?)</p>', page.decode(), re.S)
    assert found
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())


def test_the_page_says_in_one_sentence_what_waits_for_its_reader(area: Any, signed_in: Any) -> None:
    there = "/checkout/ideas/1"
    for who in ("product lead", "product viewer"):
        told = sentence(signed_in(who).get(there).content)
        assert told.startswith("The problem is not agreed yet")
        assert ("nothing here waits for you" in told) is (who == "product lead")
    fresh(area.area).by_space["problem"].agree(area.priya, "product", 1)
    Question.objects.ask(fresh(area.area), area.priya, "engineering", "Does it fit?")
    Concern.objects.raise_it(area.area, area.priya, "complexity", "It crosses much", fresh(area.area))
    told = sentence(signed_in("engineering lead").get(there).content)
    waits = "one answer, your agreement to the problem and one concern wait for you."
    assert told == f"The problem is not agreed yet; {waits}"
    told = sentence(signed_in("engineering member").get(there).content)
    assert told == "The problem is not agreed yet; one answer and one concern wait for you."
    assert sentence(signed_in("product lead").get(there).content).endswith("; nothing here waits for you.")


def test_a_text_begins_without_its_headings_and_marks() -> None:
    long = "**Buyers** write\nnotes. " * 20
    assert opening(f"## Whose problem?\n\n{long}").startswith("Buyers write notes. Buyers")
    assert len(opening(long)) <= OPENING
    assert not opening("## Whose problem?\n\nBuyers write notes.")
    assert not opening("")


@pytest.mark.browser
@pytest.mark.xdist_group("scene")
@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_shows_what_waits_first_and_opens_it(browser: Any, shown: Scene, scripts: bool) -> None:
    with shown.session(browser, "Priya", viewport=PHONE, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(f"{shown.base}/{IDEA}")
        waits = page.locator(".yours a").first
        assert waits.bounding_box()["y"] < PHONE["height"] - 100
        assert page.locator("main").bounding_box()["height"] < TALLEST
        field = page.locator(f"{waits.get_attribute('href')} textarea")
        assert not field.is_visible()
        waits.click()
        field.wait_for()
        for one in page.locator(".jump a").all():
            assert page.locator(one.get_attribute("href")).count() == 1


@pytest.mark.browser
@pytest.mark.xdist_group("scene")
def test_where_there_is_room_and_on_paper_nothing_told_is_folded(browser: Any, shown: Scene) -> None:
    with shown.session(browser, "Priya", viewport=WIDE) as context:
        page = context.new_page()
        page.goto(f"{shown.base}/{IDEA}")
        assert page.locator(STANDS).count() > 8
        assert page.locator(STANDS).evaluate_all(SEEN)
        assert not page.locator(".wide > summary:visible, .opening:visible").count()
        page.set_viewport_size(PHONE)
        assert not page.locator(STANDS).evaluate_all(SEEN)
        page.emulate_media(media="print")
        told = page.locator(f"{STANDS}, .deep > .reason, .far > ul, .far .below p")
        told.last.wait_for()  # the browser lays out for paper a moment later
        assert told.evaluate_all(SEEN)
        assert not page.locator(".wide > summary:visible, .far > summary:visible, .opening:visible").count()
