"""Every consequence that Colead tells has a published effect, and no sentence says what nothing shows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source import SOURCE, source_files, tree

from colead.codes import CODES
from colead.evidence import Figure
from colead.forecast import Forecast
from colead.occasion import Occasion, ahead, readiness
from colead.tradeoff import EFFECTS, Act, Tradeoff, later
from colead.tradeoff.effects import TEAM
from words.test_tradeoff import PARTS, forgotten, told, wide

CODE = re.compile(r"X\d\d")
# Git shows none of it: the word may only stand where imported data or a named person's figure carries it.
FORBIDDEN = re.compile(
    r"\b(?:faster|slower|speed|outages?|downtime|reliab\w+|protect\w*|refactor\w*|clean(?:er|up)|money|cheaper|"
    r"euros?|dollars?|usd|eur|15x|\d+x|cause[sd]?|because of|prevent\w*|guarantee\w*|never|always)\b|[€$]",
    re.IGNORECASE,
)


def told_codes() -> set[str]:
    """Codes of tradeoffs that any module of Colead speaks of, outside the tables of codes and effects."""
    tables = {SOURCE / "tradeoff" / "effects.py", SOURCE / "codes" / "tradeoffs.py"}
    return {code for file in source_files() if file not in tables for code in texts(tree(file))}


def texts(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield node.value


def test_every_code_of_a_tradeoff_has_an_effect_and_an_explanation() -> None:
    explained = {code for code in CODES if CODE.fullmatch(code)}
    assert told_codes() == set(EFFECTS) == explained


def test_the_rule_sees_a_code_without_an_effect() -> None:
    assert set(texts(ast.parse('Tradeoff(Act.SKIP, "tests", code="X99")'))) - set(EFFECTS) == {"X99"}


@pytest.mark.parametrize("code", EFFECTS)
def test_every_effect_says_on_how_much_when_and_where_to_look_it_up(code: str) -> None:
    one = EFFECTS[code]
    published = (SOURCE.parents[1] / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert re.search(r"\d", one.known) and one.n and date.fromisoformat(one.day)
    assert one.source == TEAM or re.search(rf"^##+ {re.escape(one.source)}$", published, re.MULTILINE)


def forecast_of(by: date | None, occasions: list[Occasion], days: float, today: date) -> Forecast:
    """A forecast in which the odds rise evenly up to so many days."""
    ready = readiness(by, ahead(occasions, str, today), lambda left: min(0.99, left / days), "D01-1", today)
    weeks = Figure(days / 14, "D01-1", days / 28, days / 7)
    return Forecast("efforts", today.isoformat(), weeks, "", "", "", None, (), "", "", ready)


PRICED = {"X06"}  # what a team imported and wrote down itself carries these words


def sound(one: Tradeoff) -> None:
    """What holds for each tradeoff: an effect, a word for both sides, and nothing that nobody can know."""
    assert one.code in EFFECTS
    for sentence in (one.sentence, one.product, one.engineering):
        assert sentence.endswith(".") and (one.code in PRICED or not FORBIDDEN.search(sentence)), sentence
    assert one.product != one.engineering
    assert one.here.evidence and (one.usual is None or one.usual.evidence == one.here.evidence)


@given(
    st.integers(1, 400),
    st.lists(st.tuples(st.sampled_from(["Black Friday", "Audit"]), st.integers(-90, 400)), max_size=4),
    st.floats(2, 500),
)
def test_waiting_is_told_without_what_nobody_can_know(
    ahead_of: int, days: list[tuple[str, int]], length: float
) -> None:
    today = date(2026, 10, 19)
    occasions = [Occasion(name, *(date.fromordinal(today.toordinal() + day),) * 2) for name, day in days]
    by = date.fromordinal(today.toordinal() + ahead_of)
    for one in later(forecast_of(by, occasions, length, today), today=today):
        sound(one)
        assert one.act is Act.WAIT and one.usual and one.usual.value - one.here.value >= 0.1


@given(st.integers(0, 30), st.integers(0, 12), st.integers(0, 40))
def test_skipping_is_told_without_what_nobody_can_know(follow: int, narrow: int, broad: int) -> None:
    for one in (*told(forgotten(follow))[0], *told(wide(broad, narrow), PARTS[:3])[0]):
        sound(one)
        assert one.act is Act.SKIP


@pytest.mark.parametrize(
    "sentence",
    [
        "It gets faster.",
        "Fewer outages.",
        "Tests protect it.",
        "It costs 3 €.",
        "15x more.",
        "refactoring helps",
    ],
)
def test_the_rule_sees_what_may_not_be_said(sentence: str) -> None:
    assert FORBIDDEN.search(sentence)
