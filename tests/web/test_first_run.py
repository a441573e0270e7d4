"""Coming in for the first time, the keys, and the same without JavaScript; in a real browser."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scene import AREAS, Scene, scene, served

from colead.demo.repository import demo_repository

pytestmark = pytest.mark.browser
MOST_INPUTS, MOST_SECONDS = 12, 180


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The demo's area and an empty one."""
    with scene(tmp_path_factory.mktemp("scene")) as made:
        yield made


class Hand:
    """A person at a page; what they fill in and press is counted."""

    def __init__(self, page: Any) -> None:
        self.page, self.inputs = page, 0

    def fill(self, label: str, text: str) -> None:
        """Type into a field."""
        self.page.get_by_label(label).first.fill(text)
        self.inputs += 1

    def press(self, role: str, name: str) -> None:
        """Press a button or a link."""
        self.page.get_by_role(role, name=name).first.click()
        self.inputs += 1


def test_from_the_printed_link_to_a_reading_of_ones_own(browser: Any, tmp_path: Path, project: Path) -> None:
    shop = demo_repository(tmp_path)
    env = {**os.environ, "COLEAD_DATA": str(tmp_path / "data"), "PYTHONUNBUFFERED": "1"}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    began = time.monotonic()
    with served([], env) as (base, way_in), browser.new_context() as context:
        hand = Hand(page := context.new_page())
        page.goto(base + way_in)
        for label, text in (
            ("Your name", "Priya"),
            ("Your address", "priya@shop.example"),
            ("A password", "long enough, and mine"),
            ("The product area you lead", "Checkout"),
        ):
            hand.fill(label, text)
        hand.press("button", "Begin")
        hand.press("link", "connect a repository")
        page.locator("form.stack input:visible").first.fill(str(shop))
        hand.inputs += 1
        hand.press("button", "Connect it")
        hand.press("link", "Write an idea")
        page.get_by_text("Or bring a spec that exists").click()
        hand.inputs += 1
        hand.fill("Or the text itself", (project / "examples" / "gift-notes.md").read_text())
        hand.press("button", "Bring it in")
        page.locator("#touches").wait_for(timeout=MOST_SECONDS * 1000)
        assert hand.inputs <= MOST_INPUTS, hand.inputs
    assert time.monotonic() - began <= MOST_SECONDS


def test_without_scripts_one_reads_orders_edits_suggests_agrees_and_imports(
    browser: Any, shown: Scene, project: Path
) -> None:
    plain = {"java_script_enabled": False}
    with shown.session(browser, "Priya", **plain) as context:
        page = context.new_page()
        page.goto(f"{shown.base}/checkout/ideas")
        page.get_by_role("link", name="Change it").click()
        page.get_by_role("button", name="Make Tax by state the first").click()
        page.get_by_role("link", name="Done").click()
        assert page.locator(".ideas a").first.inner_text() == "Tax by state"
        page.get_by_role("link", name="Loyalty points").click()
        page.locator(".side.problem").get_by_role("link", name="Edit").click()
        page.get_by_label("Text").fill("Buyers come back and get nothing for it.")
        page.get_by_role("button", name="Save").click()
        page.locator(".side.problem").get_by_role("button", name="Agree to version 2").click()
        assert "Priya agreed to version 2" in page.locator(".side.problem footer").inner_text()
        page.get_by_role("link", name="Menu").click()
        page.locator("main").get_by_label("A few letters").fill("write")
        page.get_by_role("button", name="Find").click()
        page.locator(".menu-list").get_by_role("link", name="Write an idea").click()
        page.get_by_text("Or bring a spec that exists").click()
        page.get_by_label("Or the text itself").fill("# Brought along\n\nIt is slow.\n")
        page.get_by_role("button", name="Bring it in").click()
        assert page.locator("h1").inner_text() == "Brought along"
    with shown.session(browser, "Emil", **plain) as context:
        page = context.new_page()
        page.goto(f"{shown.base}/checkout/inbox")
        page.get_by_role("link", name="Priya agreed to the problem of Loyalty points").click()
        page.locator(".side.problem").get_by_role("link", name="Suggest a change").click()
        page.get_by_label("Text").fill("Buyers who come back get nothing for it.")
        page.get_by_role("button", name="Suggest it").click()
        assert "Emil suggests another text" in page.locator(".side.problem").inner_text()


def test_keys_lead_where_links_lead(browser: Any, shown: Scene) -> None:
    with shown.session(browser, "Priya") as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda one: said.append(one.text))
        page.goto(f"{shown.base}/checkout/")
        page.keyboard.type("gb")
        page.wait_for_url("**/checkout/ideas")
        page.keyboard.type("jjk")
        first = page.locator(".ideas a").first
        assert page.evaluate("document.activeElement.textContent") == first.inner_text()
        page.keyboard.press("Control+k")
        page.get_by_role("dialog").get_by_label("A few letters").type("saved")
        page.get_by_role("dialog").get_by_role("link", name="Saved carts", exact=True).wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url("**/checkout/ideas/*")
        assert page.locator("h1").inner_text() == "Saved carts"
        page.keyboard.type("?")
        page.wait_for_url(re.compile(r"/checkout/menu(\?idea=\d+)?#keys$"))
        page.keyboard.type("c")
        page.wait_for_url("**/checkout/ideas/new")
        page.get_by_label("What do you call it?").type("gb? c")
        assert page.get_by_label("What do you call it?").input_value() == "gb? c"
        assert not said, said


def test_keys_can_be_switched_off(browser: Any, shown: Scene) -> None:
    with shown.session(browser, "Ada") as context:
        page = context.new_page()
        page.goto(f"{shown.base}/me")
        page.get_by_label("Listen to keys").uncheck()
        page.get_by_role("button", name="Keep").click()
        page.goto(f"{shown.base}/{AREAS['empty']}/")
        assert not page.locator("script[src*=keys], script[src*=menu], dialog").count()
        page.get_by_role("link", name="Menu").click()
        page.wait_for_url(re.compile("/menu$"))
