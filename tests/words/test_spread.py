"""Spread: how far an idea reaches against what is usual here."""

from __future__ import annotations

from histories import active, every

from colead.activity import Activity
from colead.codebase import ComponentKind
from colead.evidence import Coverage, Figure, Ledger, State
from colead.spread import Spread, spread
from colead.touch import Touch


def touch(key: str, chance: float = 0.8) -> Touch:
    figure = Figure(chance, "T01-1")
    return Touch("shop", key, key, ComponentKind.SERVICE, figure, (), (), False, "", "")


def told(parts: int, activity: Activity) -> tuple[Spread | None, Coverage]:
    touches = [touch(f"s/{number}") for number in range(parts)]
    return spread(touches, activity, ledger=Ledger(), repository="shop")


def shop(narrow: int, wide: int) -> Activity:
    return active(
        every(2, narrow, "Small | s/a/x.py") + every(2, wide, "Large | s/a/x.py s/b/x.py s/c/x.py s/d/x.py")
    )


def test_an_idea_reaches_further_than_usual() -> None:
    found, coverage = told(3, shop(40, 8))
    assert found is not None
    assert found.sentence == "3 parts; 8 in 10 changes here touch 1."
    assert found.wide
    assert (found.usual_parts, found.usual.value) == (1, 40 / 48)
    assert coverage.state is State.FINDING


def test_where_wide_changes_are_usual_three_parts_are_not_wide() -> None:
    found, _ = told(3, shop(20, 20))
    assert found is not None
    assert not found.wide
    assert found.sentence.endswith("changes here touch at most 4.")


def test_thirty_landings_are_needed() -> None:
    found, coverage = told(2, shop(29, 0))
    assert found is None
    assert coverage.state is State.TOO_LITTLE
    assert told(2, shop(30, 0))[0] is not None


def test_no_touch_no_spread() -> None:
    found, coverage = told(0, shop(40, 0))
    assert (found, coverage.state) == (None, State.NOTHING)


def test_old_landings_are_not_counted() -> None:
    lines = every(2, 40, "Old | s/a/x.py s/b/x.py", start="2020-01-01") + every(2, 40, "New | s/a/x.py")
    found, _ = told(1, active(lines))
    assert found is not None
    assert found.usual.value == 1.0


def test_the_expected_number_is_in_the_technical_words() -> None:
    found, _ = told(2, shop(40, 0))
    assert found is not None
    assert "expected 1.6 of 2" in found.technical
