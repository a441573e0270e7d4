"""Chances of several changes: more than of one, never sure, in the same order, nothing where nothing was."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colead.readers.markdown import read_spec
from colead.touch.asked import IDEA, expected
from colead.touch.chances import MANY, SEVERAL_COMPONENTS, SEVERAL_FILES, grown

LINES = pytest.mark.parametrize("line", [SEVERAL_FILES, SEVERAL_COMPONENTS])
CHANCES = np.array([0.0, 1e-4, 0.01, 0.1, 0.3, 0.5, 0.8, 0.97])


@LINES
def test_one_change_stays_as_it_is(line: np.ndarray) -> None:
    assert grown(CHANCES, line, 1) == pytest.approx(CHANCES, abs=1e-8)
    assert grown(CHANCES, line, 0) == pytest.approx(CHANCES, abs=1e-8)


@LINES
@given(st.floats(1, MANY), st.floats(0.001, 1), st.floats(0, 1))
def test_more_changes_touch_more_and_keep_the_order(
    line: np.ndarray, changes: float, high: float, share: float
) -> None:
    low = high * share
    few, many = grown(np.array([low, high]), line, changes), grown(np.array([low, high]), line, changes + 1)
    assert few[0] <= few[1] + 1e-9
    assert (few <= many + 1e-9).all()
    assert (many <= 1).all()


@LINES
def test_several_changes_touch_no_more_than_as_many_independent_ones(line: np.ndarray) -> None:
    odds = CHANCES[1:] / (1 - CHANCES[1:])
    more = grown(CHANCES[1:], line, 5)
    assert (more / (1 - more) <= 5 * odds * 1.000_001).all()
    assert grown(CHANCES, line, 5)[0] == 0


@LINES
def test_nobody_saw_more_than_so_many_changes(line: np.ndarray) -> None:
    assert (grown(CHANCES, line, 10 * MANY) == grown(CHANCES, line, MANY)).all()


def sized(text: str) -> float:
    return expected(read_spec(text.encode(), "spec.md"))


def test_a_sentence_is_one_change_and_an_idea_is_several() -> None:
    assert sized("# Gift notes\n\nThe buyer writes a note.\n") == 1
    assert sized("# Gift notes\n\n- The buyer writes a note.\n- It is printed on the slip.\n") == IDEA
    assert sized("# Gift notes\n\nThe buyer writes a note.\n\n## What is out\n\nCards. Wrapping.\n") == 1
