"""What own landings teach: trees are added where they tell held-out landings better, else none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from histories import active, every
from toy import Toy

from colead.backtest import Case, example_of
from colead.history import Landing
from colead.readers.markdown import read_spec
from colead.store.index import shipped
from colead.touch.asked import asked_text
from colead.touch.learned import foreseen
from colead.touch.own import FEWEST, HELD, Example, learnt_from
from colead.touch.signals import past, signals
from colead.touch.trees import Trees

TODAY = date(2026, 6, 30)
SHOP = active(
    [
        *every(6, 6, "Keep the note of the buyer | shop/cart.py"),
        *every(5, 9, "Print packing slips | shop/slip.py"),
    ]
)
TEXTS = {"shop/cart.py": "cart total buyer note", "shop/slip.py": "print the packing slip of an order"}
TOY = Toy(SHOP.codebase, TEXTS, trees=shipped())
CASE = Case(Landing("a" * 40, "", 0, "Slips"), "Packing slips", "", frozenset({"shop/slip.py", "gone.py"}))
NONE = Trees.of(
    {
        "names": ["one", "two"],
        "trait": [0],
        "bound": [np.inf],
        "low": [0],
        "high": [0],
        "value": [-3.0],
        "roots": [0],
    }
)


def examples(number: int, tells: float) -> list[Example]:
    """Landings of which one of 30 files changed; the second trait tells it `tells` of the time."""
    rng, found = np.random.default_rng(5), []
    for _ in range(number):
        table = rng.normal(size=(30, 2)).astype(np.float32)
        hit = int(np.argmax(table[:, 1])) if rng.random() < tells else int(rng.integers(30))
        found.append(Example(table, NONE.log_odds(table), np.arange(30) == hit, 1))
    return found


def test_a_trait_that_tells_here_is_learnt() -> None:
    told = learnt_from(examples(400, 0.9), NONE, np.random.default_rng(1))
    assert told is not None and told.trees is not None
    assert told.held == round(400 * HELD)
    assert told.after > told.before + 0.3
    both = NONE.and_own(told.trees, told.landings)
    assert both.landings == 400
    high, low = both.log_odds(np.array([[0.0, 3.0], [0.0, -1.0]]))
    assert high > low + 1
    assert both.log_odds(np.array([[0.0, 3.0]]))[0] == pytest.approx(
        -3 + told.trees.log_odds(np.array([[0.0, 3.0]]))[0]
    )


def test_odds_that_are_too_sure_here_are_mended() -> None:
    sure = [replace(one, odds=one.odds + 3) for one in examples(400, 0.0)]
    told = learnt_from(sure, NONE, np.random.default_rng(1))
    assert told is not None and told.trees is not None
    added = np.concatenate([told.trees.log_odds(one.table) for one in sure])
    assert added.mean() < -1


def test_what_does_not_hold_later_is_not_kept() -> None:
    misled = examples(300, 1.0) + [replace(one, hits=one.hits[::-1].copy()) for one in examples(100, 1.0)]
    told = learnt_from(misled, NONE, np.random.default_rng(1))
    assert told is not None and told.trees is None and told.held == 100


def test_few_landings_teach_nothing() -> None:
    assert learnt_from(examples(FEWEST - 1, 1.0), NONE, np.random.default_rng(1)) is None


def test_the_same_lessons_teach_the_same() -> None:
    first, second = (learnt_from(examples(200, 0.9), NONE, np.random.default_rng(1)) for _ in range(2))
    assert first is not None and second is not None and first.trees is not None and second.trees is not None
    assert first.trees.columns() == second.trees.columns()


def test_kept_trees_come_back_as_they_were() -> None:
    told = learnt_from(examples(200, 0.9), NONE, np.random.default_rng(1))
    assert told is not None and told.trees is not None
    again = Trees.of({"names": NONE.names, **told.trees.columns()})
    table = examples(1, 0.5)[0].table
    assert again.log_odds(table).tolist() == told.trees.log_odds(table).tolist()


def test_a_case_is_a_lesson_as_the_trees_saw_it() -> None:
    spec = read_spec(b"# Packing slips\n", "a past change")
    before = past(SHOP, TODAY)
    told = example_of(CASE, spec, SHOP, TOY, before)
    assert told is not None and told.changed == 2 and told.hits.sum() == 1
    found = signals(asked_text("Packing slips", ""), SHOP, TOY, before)
    chances = sorted(foreseen(found, SHOP, TOY, shipped()), reverse=True)
    said = sorted(1 / (1 + np.exp(-told.odds)), reverse=True)
    assert chances[: len(said)] == pytest.approx(said)


@pytest.mark.parametrize("words", ["", "Zebra crossings"])
def test_a_case_that_nothing_speaks_for_teaches_nothing(words: str) -> None:
    spec = read_spec(f"# {words}\n".encode(), "a past change")
    assert example_of(CASE, spec, SHOP, TOY, past(SHOP, TODAY)) is None
    assert example_of(CASE, spec, SHOP, replace(TOY, trees=None), past(SHOP, TODAY)) is None
