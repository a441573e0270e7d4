"""Which areas a map has, and how they are drawn."""

from __future__ import annotations

import re
import xml.etree.ElementTree as tree
from dataclasses import replace

import pytest

from colead.fragility import Level
from colead.systemmap import Plot, fixes_told, folders_of, together
from colead.writers.mapped import finding, mapped, picture
from colead.writers.pictures.systemmap import systemmap

HOSTILE = 'x"><script>alert(1)</script>&\x1b[0m ' + "w" * 300


def plot(key: str, lines: int, level: Level = Level.STEADY, folder: str = "", expected: float = 0.2) -> Plot:
    return Plot("shop", key, key.rpartition("/")[2].title(), folder, 1, level, lines, expected, "F02-9")


def many(count: int) -> list[Plot]:
    return [plot(f"app/p{at}", 4_000 // (at + 1), folder="app" if at % 2 else "") for at in range(count)]


def parsed(svg: str) -> tree.Element:
    return tree.fromstring(svg)  # noqa: S314 - our own drawing is read


@pytest.mark.parametrize("count", [1, 2, 5, 60, 400])
def test_every_area_is_drawn_once_and_named(count: int) -> None:
    drawn = parsed(systemmap(many(count), "A title", rows={}))
    links = drawn.findall("a")
    assert len(links) == count
    assert {one.get("href") for one in links} == {"#e-F02-9"}
    assert all(one.get("aria-label") == one.findtext("svg/title") for one in links)
    shares = [
        float(one.get("width", "")[:-1]) * float(one.get("height", "")[:-1])
        for one in drawn.iter("svg")
        if one.get("x")
    ]
    assert sum(shares) == pytest.approx(10_000, rel=0.02)


def test_names_are_written_only_where_they_fit() -> None:
    drawn = parsed(systemmap(many(60), "A title", rows={}))
    for area in (one.find("svg") for one in drawn.findall("a")):
        assert area is not None
        wide = float(area.get("width", "")[:-1]) * 7.0
        for text in area.findall("text"):
            if "slim" not in (text.get("class") or ""):
                assert float(text.get("x", "")) + 7.2 * len(text.text or "") <= wide + 7.2


def test_hostile_names_are_text() -> None:
    bad = Plot("shop", HOSTILE, HOSTILE, HOSTILE, 1, Level.FRAGILE, 10, 3.0, HOSTILE)
    for drawn in (systemmap([bad], HOSTILE, rows={}), mapped([bad], {}), picture([bad])):
        assert "<script" not in drawn and "\x1b" not in drawn
        parsed(f"<div>{drawn}</div>")


def test_an_outline_says_that_the_idea_touches_it() -> None:
    some = [plot("cart", 900), plot("tax", 100, Level.FRAGILE)]
    drawn = mapped(some, {}, touched={"tax"})
    assert drawn.count('class="touch"') == 1 and "touched by the idea" in drawn
    assert finding(some, {"tax"}) == "The idea touches one of two parts here, which is fragile."
    assert finding(some, {"tax", "cart"}) == "The idea touches two of two parts here, one of them fragile."


def test_the_finding_says_where_half_of_the_fixes_fall() -> None:
    some = [plot("cart", 300, expected=3.0), *(plot(f"p{at}", 100, expected=0.5) for at in range(5))]
    assert finding(some) == "Half of the fixes to expect fall into one of six parts, with 38 % of the code."
    small = replace(plot("app", 900, expected=3.5), parts=50)
    assert finding([*some, small]).startswith("Half of the fixes to expect fall into four of 56 parts")
    assert finding([plot("cart", 300)]) == "One part, 300 lines of code."


def test_folders_are_taken_apart_where_they_hold_most() -> None:
    keys = ["", "src/app/cart", "src/app/tax", "src/app/web/api", "src/app/web/ui", "tools"]
    assert folders_of(keys) == ["", "", "", "src/app/web", "src/app/web", ""]
    assert folders_of(["a/x", "a/y", "b/x", "b/y"]) == ["a", "a", "b", "b"]
    assert folders_of([]) == [] and folders_of(["a"]) == [""]


def test_small_parts_stand_together_but_fragile_and_touched_ones_alone() -> None:
    small = [plot(f"app/s{at}", 1, folder="app") for at in range(5)]
    odd = [plot("app/f", 1, Level.FRAGILE, "app", 2.0), plot("app/t", 0, folder="app")]
    found = together([plot("app/big", 9_000, folder="app"), *small, *odd], {"app/t"}, 400)
    assert [one.name for one in found] == ["Big", "5 small parts", "F", "T"]
    assert found[1].parts == 5 and found[1].lines == 5 and found[1].expected == 1.0
    assert len(together(many(1_000), set(), 400)) <= 402


def test_fixes_are_told_as_everywhere() -> None:
    assert fixes_told(plot("a", 1, expected=3.2)) == "about 3 fixes"
    assert fixes_told(plot("a", 1, expected=0.3)).endswith(" in 10 for a fix")


def test_the_same_plots_give_the_same_picture() -> None:
    assert picture(many(40)) == picture(many(40))
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", picture(many(40)))
