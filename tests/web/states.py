"""States: what pages show only after somebody did something: refused, missing, two texts, failed work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from scene import AREAS, Scene

SHOP = f"/{AREAS['demo']}"
IDEA = f"{SHOP}/ideas/1"
SCRIPT, NOBODYS = {"What is it for?": "a script"}, {"Your address": "a@b.example"}
SIGN_IN = {"Your address": "nina@shop.example", "Password": "a long password"}


def filled(page: Any, fields: dict[str, str], button: str) -> None:
    """Fill the fields in and press the button."""
    for label, text in fields.items():
        page.get_by_label(label, exact=True).first.fill(text)
    page.evaluate("() => { for (const one of document.forms) one.noValidate = true; }")
    with page.expect_navigation():
        page.get_by_role("button", name=button).first.click()


def two_texts(page: Any) -> None:
    """Send a text that was written over a version of which another one took the place."""
    page.locator("input[name=over]").first.evaluate("(one) => { one.value = '1'; }")
    filled(page, {"Text": "Buyers want to add a few words of their own."}, "Save")


def opened_menu(page: Any) -> None:
    """Open the menu by its key and look for something."""
    page.keyboard.press("Control+k")
    with page.expect_response(lambda one: one.url.endswith("q=a")):
        page.locator("#menu-q").fill("a")
    page.locator("#menu li").first.wait_for()


def spare_codes(page: Any) -> None:
    """Ask for other spare codes with one of the old ones, as far as the page lets one."""
    filled(page, {}, "Make other spare codes")


# name -> who, where, and what they do there; "" is whoever is not signed in.
STATES: dict[str, tuple[str, str, Callable[[Any], None] | None]] = {
    "refused": ("Omar", f"{IDEA}/deletion", None),
    "absent": ("Priya", f"{SHOP}/ideas/99999", None),
    "absent-anonymous": ("", "/link/wrong", None),
    "not-saved": ("Priya", f"{SHOP}/ideas/new", lambda page: filled(page, {}, "Write it down")),
    "two-texts": ("Ada", "/post-room/ideas/1/problem/text", two_texts),
    "menu-open": ("Priya", SHOP + "/", opened_menu),
    "invitation": ("Priya", f"{SHOP}/people", lambda page: filled(page, {}, "Make a link")),
    "looking-on": ("Omar", IDEA, None),
    "work-failed": ("Ada", "/post-room/ideas/1", None),
    "work-running": ("Ada", "/post-room/ideas/2", None),
    "long-words": ("Ada", "/post-room/ideas", None),
    "long-title": ("Ada", "/post-room/ideas/3", None),
    "areas": ("Ada", "/", None),
    "token-made": ("Ada", "/me/tokens", lambda page: filled(page, SCRIPT, "Make a token")),
    "factor-on": ("Nina", "/me/second-factor", None),
    "factor-wrong": ("Nina", "/me/second-factor", spare_codes),
    "not-signed-in": ("", "/sign-in", lambda page: filled(page, {"Password": "wrong"}, "Sign in")),
    "second-factor": ("", "/sign-in", lambda page: filled(page, SIGN_IN, "Sign in")),
    "mailed-link": ("", "/sign-in/link", None),
    "mailed": ("", "/sign-in/link", lambda page: filled(page, NOBODYS, "Mail me a link")),
}  # fmt: skip


def states(browser: Any, shown: Scene, names: set[str], **look: Any) -> Iterator[tuple[str, Any]]:
    """Each of these states as an open page; all of them where none is named."""
    for who in dict.fromkeys(who for who, *_ in STATES.values()):
        made = shown.session(browser, who, **look) if who else browser.new_context(**look)
        with made as context:
            page = context.new_page()
            for name, (whose, path, act) in STATES.items():
                if whose != who or (names and name not in names):
                    continue
                page.goto(shown.base + path)
                if act:
                    act(page)
                yield name, page
    if not names or "broken" in names:
        with browser.new_context(**look) as context:
            page = context.new_page()
            told = {"status": 500, "body": shown.broken, "content_type": "text/html"}
            page.route(re.compile("/broken$"), lambda one: one.fulfill(**told))
            page.goto(f"{shown.base}/broken")
            yield "broken", page
