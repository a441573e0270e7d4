"""Bad news in a browser: raised in one act from any page, dated, told when foreseen, resolved."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from test_story import entered, served

__all__ = ["served"]  # the fixture
pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 800}
SLOW = 60_000  # milliseconds until the demo's first idea is read
LABEL = "The Returns label has no room for a note"
DATE = "The printer is booked until January"
LATER = "Nobody trained the warehouse"


def test_bad_news_is_raised_from_any_page(browser: Any, served: dict[str, str], tmp_path: Path) -> None:
    """By the menu's key, by its link without JavaScript; with age and the first day it was told."""
    priya = entered(browser, served["Priya"])
    emil = entered(browser, served["Emil"], java_script_enabled=False, viewport=PHONE)
    said: list[str] = []
    priya.on("console", lambda one: said.append(one.text))
    base = priya.url.split("/checkout")[0] + "/checkout"
    priya.goto(f"{base}/ideas/1")
    priya.locator("#touches").wait_for(timeout=SLOW)

    _by_key(priya, f"{base}/balance", LABEL, "hidden dependency")
    priya.get_by_label("About which idea?").select_option(label="Gift notes")
    priya.get_by_role("button", name="Raise it").click()
    told = _told(priya, LABEL)
    assert "by Priya, today" in told and "raised today." in told
    assert re.search("A reading said so first on .*: Returns label may change along.", told)

    emil.goto(f"{base}/ideas/2")
    emil.get_by_role("link", name="Menu").click()
    emil.get_by_role("link", name=re.compile("^Raise a concern about ")).click()
    emil.get_by_label("What is it? One sentence.").fill(DATE)
    emil.get_by_label("What kind of news?").select_option(label="timeline risk")
    emil.get_by_role("button", name="Raise it").click()
    assert emil.url == f"{base}/ideas/2" and "by Emil" in _told(emil, DATE)

    _nine_days_ago(tmp_path / "data")
    emil.goto(f"{base}/ideas/2")
    emil.get_by_role("button", name=re.compile("^Go ahead")).click()
    assert "before you went ahead; open for nine days." in _told(emil, DATE)
    _by_key(priya, f"{base}/ideas/2", LATER, "unclear requirement")
    priya.get_by_role("button", name="Raise it").click()
    assert "after you went ahead; raised today." in _told(priya, LATER)
    priya.goto(f"{base}/concerns")
    first = priya.locator(".raised li").filter(has_text=DATE).inner_text()
    assert "open for nine days" in first
    assert not said, said


def test_bad_news_is_resolved_by_its_raiser_alone(browser: Any, served: dict[str, str]) -> None:
    """The other side answers; only whoever raised it has the button that ends it."""
    priya, emil = entered(browser, served["Priya"]), entered(browser, served["Emil"])
    base = priya.url.split("/checkout")[0] + "/checkout"
    _by_key(priya, f"{base}/ideas/2", LABEL, "hidden dependency")
    priya.get_by_role("button", name="Raise it").click()

    emil.goto(f"{base}/inbox")
    emil.get_by_role("link", name=re.compile(LABEL)).first.click()
    assert "Priya says when it is resolved." in emil.locator("main").inner_text()
    assert not emil.get_by_role("button", name="This resolves it").count()
    emil.locator("main textarea").fill("We print it on the slip instead.")
    emil.get_by_role("button", name="Say it").click()

    priya.goto(f"{base}/inbox")
    priya.get_by_role("link", name=re.compile("Something was said to your concern")).first.click()
    assert "We print it on the slip instead." in priya.locator("main").inner_text()
    priya.locator("main textarea").fill("Then the label stays as it is")
    priya.get_by_role("button", name="This resolves it").click()
    priya.get_by_text("One is resolved").click()
    assert "resolved by Priya on" in _told(priya, LABEL)
    assert "Then the label stays as it is." in _told(priya, LABEL)


def _by_key(page: Any, where: str, text: str, kind: str) -> None:
    """Open the menu by its key on this page, go where bad news is raised, and write it."""
    page.goto(where)
    page.keyboard.press("Control+k")
    with page.expect_response(lambda one: "q=raise" in one.url):
        page.locator("#menu-q").fill("raise")
    page.locator("#menu a").first.get_by_text("Raise a concern").wait_for()
    page.keyboard.press("Enter")
    page.get_by_label("What is it? One sentence.").fill(text)
    page.get_by_label("What kind of news?").select_option(label=kind)


def _told(page: Any, text: str) -> str:
    """What the idea's page says of this piece of bad news."""
    return " ".join(page.locator("#concerns li").filter(has_text=text).inner_text().split())


def _nine_days_ago(data: Path) -> None:
    """What was raised until now was raised nine days earlier."""
    with closing(sqlite3.connect(data / "colead.sqlite3", timeout=30)) as kept, kept:
        kept.execute("update concerns_concern set at = strftime('%Y-%m-%d %H:%M:%f000', at, '-9 days')")
