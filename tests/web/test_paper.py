"""On paper: the area's home, how two people work together, is one sheet of A4."""

from __future__ import annotations

import re
from typing import Any

import pytest
from scene import AREAS, Scene

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("scene")]


def sheets(page: Any) -> int:
    """How many sheets of A4 it takes."""
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    return len(re.findall(rb"/Type\s*/Page\b", printed))


@pytest.mark.parametrize(("area", "who"), [("demo", "Priya"), ("demo", "Emil"), ("empty", "Ada")])
def test_the_home_is_one_sheet(area: str, who: str, browser: Any, shown: Scene) -> None:
    with shown.session(browser, who) as context:
        page = context.new_page()
        page.goto(f"{shown.base}/{AREAS[area]}/")
        assert sheets(page) == 1
        page.emulate_media(media="print")
        assert page.locator(".agreement > section:visible").count() == 6
        assert not page.locator(".agreement .button:visible, .bar:visible").count()
        wide = "(all) => new Set(all.map((one) => one.getBoundingClientRect().left)).size"
        assert page.locator(".agreement > section").evaluate_all(wide) == 2
        page.evaluate("""() => document.querySelectorAll('.agreement > section > p').forEach(
            (one) => { one.textContent = 'Sentences that somebody wrote at length. '.repeat(40); })""")
        assert sheets(page) == 1


@pytest.mark.parametrize("where", ["ideas/1", "ideas/2", "meeting/sheet"])
def test_an_idea_and_its_meeting_are_a_sheet_each(where: str, browser: Any, shown: Scene) -> None:
    with shown.session(browser, "Priya") as context:
        page = context.new_page()
        page.goto(f"{shown.base}/{AREAS['demo']}/{where}")
        ideas = page.locator("main > h1, main h1").count()
        assert sheets(page) == ideas
        page.emulate_media(media="print")
        assert not page.locator("button:visible, .button:visible, .bar:visible, .crumbs:visible").count()


def test_the_door_to_paper_works_with_and_without_scripts(browser: Any, shown: Scene) -> None:
    for scripts in (True, False):
        with shown.session(browser, "Priya", java_script_enabled=scripts) as context:
            page = context.new_page()
            page.goto(f"{shown.base}/{AREAS['demo']}/")
            if scripts:
                page.evaluate("() => { window.print = () => { document.body.dataset.printed = 'yes'; }; }")
            page.get_by_role("link", name="print on one page").click()
            if scripts:
                assert page.locator("body[data-printed=yes]").count() == 1
            else:
                assert page.get_by_text("Print this page: it fits one sheet of A4.").count() == 1
