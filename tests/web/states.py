"""States: what pages show only after somebody did something: refused, missing, two texts, failed work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from scene import AREAS, Scene

SHOP = f"/{AREAS['demo']}"
IDEA = f"{SHOP}/ideas/1"
WORDS = {
    "home": "",
    "inbox": "inbox",
    "ideas": "ideas",
    "meeting": "meeting",
    "search": "search?q=note",
    **{one: one for one in ("decisions", "concerns", "tradeoffs", "occasions", "discussions", "together")},
    "idea": "ideas/1",
    "towards": "ideas/2",
    "questions": "ideas/1/questions",
    "decision": "decisions/1",
    "discussion": "ideas/1/discussions/1",
    "text": "ideas/1/problem/text",
    "past": "ideas/1/past",
    "decision-towards": "decisions/2",
    "discussion-towards": "ideas/2/discussions/1",
}  # pages of the area in which everything is one word that nothing breaks, or is read from the right
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


def followed(page: Any, link: str) -> None:
    """Follow the first link of a kind, wherever it is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    with page.expect_navigation():
        page.locator(f"main {link}").first.click()


def through(page: Any) -> None:
    """Follow the first row of a list."""
    followed(page, ":is(.rows, .sources, .plainlist, .ideas) a")


def sent(button: str, fields: dict[str, str] | None = None, to: str = "") -> Callable[[Any], None]:
    """What sends a form, wherever it is folded; `to` are the words of a link that leads to it."""

    def act(page: Any) -> None:
        if to:
            followed(page, f'a:has-text("{to}")')
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        filled(page, fields or {}, button)

    return act


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
    "installation": ("Ada", "/installation", None),
    "not-asked": ("Priya", f"{SHOP}/decisions/new", sent("Ask it")),
    "not-decided": ("Emil", f"{SHOP}/decisions", sent("Decide", to="Where does a gift note live?")),
    "no-question": ("Priya", f"{IDEA}/questions", sent("Ask it")),
    "no-answers": ("Priya", f"{IDEA}/answers", sent("Bring them in")),
    "no-concern": ("Priya", f"{SHOP}/concerns?raise=1", sent("Raise it")),
    "no-concern-of-idea": ("Omar", f"{IDEA}/concerns", sent("Raise it")),
    "no-reply": ("Emil", f"{SHOP}/concerns", sent("Say it", to="no room for another line")),
    "no-trail": ("Emil", f"{SHOP}/ideas/3/trail", sent("Keep it", {"Branch": "no branch"})),
    "no-discussion": ("Priya", f"{IDEA}/discussions", sent("Open the discussion")),
    "no-message": ("Priya", f"{SHOP}/ideas/2/discussions/1", sent("Say it")),
    "no-prototype": ("Emil", f"{IDEA}/prototypes", sent("Begin", {"What do you want to know?": ""})),
    "no-tradeoff": ("Priya", f"{SHOP}/tradeoffs", sent("Write it down")),
    "no-acceptance": ("Priya", f"{SHOP}/tradeoffs/1", sent("Accept it")),
    "no-occasion": ("Priya", f"{SHOP}/occasions", sent("Add it")),
    "no-repair": ("Emil", f"{SHOP}/ahead/repairs/new", sent("Propose it")),
    "no-channel": ("Priya", f"{SHOP}/chat", sent("Tell this channel")),
    "found": ("Priya", f"{SHOP}/search?q=note", None),
    "found-nothing": ("Priya", f"{SHOP}/search?q=zzzz", None),
    **{f"words-{name}": ("Ada", f"/words/{path}", None) for name, path in WORDS.items()},
    **{f"words-one-{path}": ("Ada", f"/words/{path}", through) for path in ("concerns", "tradeoffs")},
    "prototype": ("Ada", "/words/ideas/1", lambda page: followed(page, "a[href*='/prototypes/']")),
    "words-one-repair": ("Ada", "/words/ahead/repairs", through),
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
