"""A debate turns out to be about the solution: in a real browser, one of the two without JavaScript."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from scene import scene

pytestmark = pytest.mark.browser


def test_a_debate_turns_out_to_be_about_the_solution(browser: Any, tmp_path: Path) -> None:
    with (
        scene(tmp_path) as shown,
        shown.session(browser, "Priya") as hers,
        shown.session(browser, "Emil", java_script_enabled=False) as his,
    ):
        priya, emil, said = hers.new_page(), his.new_page(), []
        priya.on("console", lambda one: said.append(one.text))
        priya.goto(f"{shown.base}/checkout/ideas/2")
        priya.get_by_role("link", name="Do buyers need saved carts").click()
        debate = priya.url
        assert "the problem. Priya decides." in priya.locator(".verdict").inner_text()
        assert "It sounds like the solution" in priya.locator(".because").inner_text()
        assert "Emil decides here" in priya.locator(".gently").inner_text()
        priya.get_by_label("Your message").press_sequentially("fs @Emil, then")
        assert "the problem" in priya.locator(".verdict").inner_text()
        priya.get_by_label("Your message").fill("@Emil, then it is yours. What would you try first?")
        priya.get_by_role("button", name="Say it").click()
        priya.locator("h1").click()
        priya.keyboard.press("s")
        priya.get_by_text("We are discussing: the solution. Emil decides.").wait_for()

        emil.goto(f"{shown.base}/checkout/inbox")
        emil.get_by_role("link", name="Priya asks you in").click()
        assert emil.url == debate
        emil.get_by_text("What would settle this?").click()
        emil.get_by_role("button", name="Choose prototype").click()
        assert "prototype. It takes 1 to 3 days." in emil.locator(".news").inner_text()
        emil.get_by_label("Your message").fill("A signed link in the mail, on a branch, until Friday.")
        emil.get_by_role("button", name="Say it").click()
        emil.get_by_text("Settle it").click()
        emil.get_by_label("What came of it, in a sentence").fill(
            "We mail a signed link; carts stay in the cookie."
        )
        emil.get_by_label("Write it into").select_option("approach")
        emil.get_by_role("button", name="Close it with this sentence").click()
        assert "We mail a signed link" in emil.locator(".verdict").inner_text()

        priya.goto(f"{shown.base}/checkout/ideas/2")
        assert "We mail a signed link" in priya.locator(".side.solution .prose").inner_text()
        assert "Nothing is discussed right now." in priya.locator(".between").inner_text()
        assert not said, said
