"""The learned ranking: trees walked as drawn, the shipped ones fit the traits, the sum stays as the floor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from histories import active, every
from toy import Toy

from colead.store.index import shipped
from colead.touch.asked import asked_text, joined
from colead.touch.learned import REST, candidates, foreseen
from colead.touch.signals import past, signals
from colead.touch.traits import by_rank, traits
from colead.touch.trees import Trees

TODAY = date(2026, 6, 30)
TEXTS = {
    "shop/cart.py": "cart total buyer note",
    "shop/slip.py": "print the packing slip of an order",
    "shop/migrations/0001_slip.py": "print the packing slip of an order",
    "shop/search.py": "search index query ranking",
}
SHOP = active(
    [
        *every(6, 6, "Keep the note of the buyer | shop/cart.py"),
        *every(5, 9, "Print packing slips | shop/slip.py shop/migrations/0001_slip.py"),
        *every(4, 9, "Search is quicker | shop/search.py"),
    ]
)
NAMES = {"shop/slip.py": "PackingSlip", "shop/cart.py": "Cart"}
TOY = Toy(SHOP.codebase, TEXTS, NAMES)
FOUND = signals(asked_text("Packing slips", "Print the note of the buyer."), SHOP, TOY, past(SHOP, TODAY))
PATHS = [one.path for one in SHOP.codebase.product]


def drawn() -> Trees:
    """One tree: by its first trait up to .5, then by its second up to 2; and a stump."""
    return Trees.of(
        {
            "names": ["one", "two"],
            "trait": [0, 1, 0, 0, 0, 0],
            "bound": [0.5, 2.0, np.inf, np.inf, np.inf, np.inf],
            "low": [1, 2, 2, 3, 4, 5],
            "high": [4, 3, 2, 3, 4, 5],
            "value": [0.0, 0.0, -1.0, 1.0, 3.0, 0.25],
            "roots": [0, 5],
        }
    )


@pytest.mark.parametrize(
    ("row", "log_odds"), [((0.5, 2.0), -0.75), ((0.5, 2.1), 1.25), ((0.6, 0.0), 3.25), ((np.inf, 0), 3.25)]
)
def test_trees_are_walked_as_drawn(row: tuple[float, float], log_odds: float) -> None:
    assert drawn().chances(np.array([row]))[0] == pytest.approx(1 / (1 + np.exp(-log_odds)))


def test_many_rows_are_walked_as_one() -> None:
    rows = np.random.default_rng(3).normal(1, 2, (1001, 2))
    trees = drawn()
    assert trees.chances(rows).tolist() == [trees.chances(row[None])[0] for row in rows]
    assert trees.chances(np.zeros((0, 2))).tolist() == []


def test_the_shipped_trees_know_the_traits() -> None:
    table, names = traits(FOUND, SHOP, TOY)
    assert table.shape == (len(PATHS), len(names))
    assert np.isfinite(table).all()
    assert set(shipped().names) <= set(names)
    assert len(set(names)) == len(names)
    assert shipped().trait.max() < len(shipped().names)


def test_what_is_spoken_of_is_likelier() -> None:
    chances = dict(zip(PATHS, foreseen(FOUND, SHOP, TOY, shipped()), strict=True))
    assert chances["shop/slip.py"] > chances["shop/search.py"]
    assert chances["shop/slip.py"] > chances["shop/migrations/0001_slip.py"]
    assert all(0 <= one <= 1 for one in chances.values())


def test_what_nothing_speaks_for_is_no_candidate_and_has_no_chance() -> None:
    silent = signals(asked_text("Zebra", ""), SHOP, TOY, past(SHOP, TODAY))
    assert candidates(silent).tolist() == []
    assert foreseen(silent, SHOP, TOY, shipped()).tolist() == [0.0] * len(PATHS)


def test_beyond_the_candidates_the_sum_ranks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("colead.touch.learned.MOST", 1)
    chances = foreseen(FOUND, SHOP, TOY, shipped())
    first = int(np.argmax(FOUND.fused))
    rest = [one for one in range(len(PATHS)) if one != first]
    assert max(chances[rest]) <= REST
    assert np.argsort(-chances[rest]).tolist() == np.argsort(-FOUND.fused[rest]).tolist()


def test_words_that_stand_side_by_side_meet_the_name_that_joins_them() -> None:
    table, names = traits(FOUND, SHOP, TOY)
    column = table[:, names.index("joined symbols")]
    assert PATHS[int(np.argmax(column))] == "shop/slip.py"
    assert column.max() > 0
    nothing = replace(FOUND, asked=replace(FOUND.asked, joined=()))
    table, names = traits(nothing, SHOP, TOY)
    assert not table[:, names.index("joined symbols")].any()


def test_joining_is_bounded_and_leaves_out_what_says_nothing() -> None:
    assert joined("the order of\nslips") == ()
    assert joined("gift, note") == ()
    assert len(joined("alpha beta " * 5000)) == 4
    assert len(joined(" ".join(f"word{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(600)))) <= 300


def test_ranks_are_shared_by_what_has_no_score() -> None:
    assert by_rank(np.array([0.0, 3.0, 0.0, 1.0])).tolist() == np.log1p([4, 0, 4, 1]).tolist()


def test_without_a_past_there_are_traits_all_the_same() -> None:
    young = active(["2026-06-01 Begin | shop/cart.py shop/slip.py"])
    toy = Toy(young.codebase, TEXTS)
    found = signals(asked_text("Packing slips", ""), young, toy, past(young, date(2026, 5, 1)))
    table, _ = traits(found, young, toy)
    assert np.isfinite(table).all()
