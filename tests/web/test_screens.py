"""Every screen in a real browser: axe finds nothing, nothing scrolls sideways, Tab reaches all of it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver, resolve
from scene import FILES, OPEN, Scene
from states import STATES, states
from test_routes import TABLE

pytestmark = pytest.mark.browser
SHORT = pytest.mark.xdist_group("scene")  # on one worker, so that one scene is enough
STYLES, SCRIPTS = 15_360, 30_720  # bytes, compressed, of one page
WHO = {"demo": "Priya", "empty": "Ada", "many": "Ada"}
FEW = ("demo", "empty", "states")  # what is served in the short dose
PARTS = (*WHO, "states")  # of all screens
NO_SCREEN = {
    *("second", "elsewhere", "elsewhere-back", "welcome", "mute"),  # on the way in, or by a mailed link alone
    "lessons-file",
}
LIGHTS = ("light", "dark")
PHONE = {"area", "brief", "section", "part", "decision", "terms", "two-texts", "discussion-debate"}
WIDE = {"area", "brief", "balance", "inbox"}
WEIGHED = {"area", "brief", "section"}
BY_LIGHT = ["color-contrast", "link-in-text-block"]  # rules that look at colours
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Open what is folded, run axe, and tell each violation with the first place of it.
FOUND = """async (told) => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  const { violations } = await axe.run({ ...told, resultTypes: ['violations'] });
  return violations.map((one) => `${one.id} ${one.nodes[0].html.slice(0, 200)}`); }"""
# What Tab should reach, and what it reached: marked as it is met, with whether one sees where one is.
WITHIN_REACH = """() => { window.unseen = []; document.addEventListener('focusin', ({ target: one }) => {
  const look = getComputedStyle(one);
  if (one.dataset.reach === '1' && (look.outlineStyle === 'none' || parseFloat(look.outlineWidth) < 2))
    window.unseen.push(one.outerHTML.slice(0, 120));
  one.dataset.reach = 'met'; });
  return [...(document.querySelector('dialog[open]') || document).querySelectorAll(
  'a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter((one) =>
  one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !one.disabled
  && one.type !== 'hidden' && one.tabIndex >= 0).map((one) => {
  one.dataset.reach = one === document.activeElement ? 'met' : '1'; }).length; }"""
UNMET = "() => [...document.querySelectorAll('[data-reach=\"1\"]')].map((one) => one.outerHTML.slice(0, 160))"
GROUPS = '[type="radio"][data-reach="met"]'
AT_A_TIME = 20  # presses of Tab between two looks whether all was met
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def every(
    browser: Any, shown: Scene, names: set[str], parts: Sequence[str] = FEW, **look: Any
) -> Iterator[tuple[str, Any]]:
    """Each of these screens, opened; all of them where none is named."""
    for area, who in ((area, who) for area, who in WHO.items() if area in parts):
        with shown.session(browser, who, **look) as context:
            page = context.new_page()
            for name, address in shown.screens(TABLE, area).items():
                if not names or name in names:
                    assert page.goto(address).ok, (name, address)
                    yield f"{area} {name}", page
    if "states" not in parts:
        return
    with browser.new_context(**look) as context:
        page = context.new_page()
        for name, address in shown.doors().items():
            if not names or name in names:
                page.goto(address)
                yield name, page
    yield from states(browser, shown, names & STATES.keys() or (names and {"none"}), **look)


def faults(
    browser: Any,
    shown: Scene,
    names: set[str],
    width: int,
    lights: tuple[str, ...] = LIGHTS,
    parts: Sequence[str] = FEW,
) -> list[str]:
    """What axe finds on these screens, and those that are wider than the window.

    A second light is put on the same page, for the rules that look at colours.
    """
    from axe_playwright_python.sync_playwright import Axe

    found, axe, look = [], Axe().axe_script, {"viewport": {"width": width, "height": 800}}
    for name, page in every(browser, shown, names, parts, color_scheme=lights[0], **look):
        page.evaluate(axe)
        for light in lights:
            page.emulate_media(color_scheme=light)
            rules = TAGS if light == lights[0] else BY_LIGHT
            found += [f"{name} {width} {light}: {one}" for one in page.evaluate(FOUND, {"runOnly": rules})]
        page.emulate_media(color_scheme=lights[0])
        if (wider := page.evaluate(WIDER)) > 0:
            found.append(f"{name} {width}: {wider} pixels wider than the window")
    return found


@SHORT
def test_axe_finds_nothing_where_people_are_most(browser: Any, shown: Scene) -> None:
    found = faults(browser, shown, PHONE, 320, LIGHTS[:1])
    assert not found + faults(browser, shown, WIDE, 1280, LIGHTS[1:])


@pytest.mark.full
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_any_screen(browser: Any, shown: Scene, width: int, part: str) -> None:
    assert not faults(browser, shown, set(), width, parts=[part])


def test_every_page_is_a_screen() -> None:
    """A route that answers GET without a row here fails, and so does a name of an exception that is none."""
    routes = {one.name: one for one in get_resolver().url_patterns if isinstance(one, URLPattern)}
    pages = {name for name, one in routes.items() if hasattr(one.callback.view_class, "get")}
    shapes = {name: str(one.pattern) for name, one in routes.items()}
    screens = Scene("", {}, shapes, "", Path()).screens(TABLE, "demo").keys()
    acted = {resolve(path.partition("?")[0]).url_name for _, path, _ in STATES.values()} | STATES.keys()
    assert pages - screens - acted - {*OPEN, *FILES} == NO_SCREEN


def walked(browser: Any, shown: Scene, names: set[str], parts: Sequence[str] = FEW) -> list[str]:
    """What Tab does not reach on these screens, or reaches without showing it."""
    found = []
    for name, page in every(browser, shown, names, parts, viewport={"width": 1280, "height": 900}):
        count = page.evaluate(WITHIN_REACH)
        for pressed in range(3 * count + 5):  # a date takes Tab several times
            page.keyboard.press("Tab")
            if pressed % AT_A_TIME == AT_A_TIME - 1 and not page.evaluate(UNMET):
                break
        for one in page.locator(GROUPS).all():  # Tab reaches one of a group, arrows the others
            one.focus()
            for _ in range(page.locator("[type=radio]").count()):
                page.keyboard.press("ArrowDown")
        found.extend(f"{name}: no outline on {one}" for one in page.evaluate("() => window.unseen"))
        found.extend(f"{name}: out of reach {one}" for one in page.evaluate(UNMET))
    return found


@SHORT
def test_tab_reaches_everything_and_shows_where_it_is(browser: Any, shown: Scene) -> None:
    assert not walked(browser, shown, {"area", "briefs", "section"})


@pytest.mark.full
@pytest.mark.parametrize("part", PARTS)
def test_tab_reaches_everything_on_every_screen(browser: Any, shown: Scene, part: str) -> None:
    assert not walked(browser, shown, set(), [part])


@pytest.mark.full
def test_text_of_twice_the_size_needs_no_sideways_scroll(browser: Any, shown: Scene) -> None:
    wide = []
    for name, page in every(browser, shown, set(), viewport={"width": 640, "height": 900}):
        page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
        if page.evaluate(WIDER) > 0:
            wide.append(name)
    assert not wide


@pytest.mark.parametrize(
    "names", [pytest.param(WEIGHED, marks=SHORT), pytest.param(set(TABLE), marks=pytest.mark.full)]
)
def test_a_page_is_light_and_asks_nobody_else(browser: Any, shown: Scene, names: set[str]) -> None:
    for area, who in WHO.items():
        for name, address in shown.screens(TABLE, area).items():
            if name not in names:
                continue
            with shown.session(browser, who) as context:
                page, sizes, hosts, said = context.new_page(), {"stylesheet": 0, "script": 0}, set(), []
                page.on("console", lambda one, said=said: said.append(one.text))
                page.on("response", lambda one, sizes=sizes, hosts=hosts: weigh(one, sizes, hosts))
                page.goto(address, wait_until="load")
                assert sizes["stylesheet"] <= STYLES and sizes["script"] <= SCRIPTS, (name, sizes)
                assert hosts == {shown.base}, (name, hosts)
                assert not page.locator("[style], style, script:not([src])").count(), name
                assert not [one for one in said if "status of 4" not in one], (name, said)


def weigh(answer: Any, sizes: dict[str, int], hosts: set[str]) -> None:
    """Add what an answer weighs when it is compressed, and whose it is."""
    if answer.url.startswith("data:"):
        return
    hosts.add("/".join(answer.url.split("/")[:3]))
    if answer.request.resource_type in sizes:
        sizes[answer.request.resource_type] += len(gzip.compress(answer.body()))
