"""Kinds of work: the prefix is the team's word, what has none is told with honest chances."""

from __future__ import annotations

from time import process_time

import numpy as np
import pytest
from histories import every, history

from colead.balancing import shipped
from colead.kinds import HEALTH, KINDS, by_prefix, kinds, ruled, stripped, traits
from colead.kinds.told import ages
from colead.kinds.weights import Weights


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("feat(cart): gift notes", "feature"),
        ("fix: the total is wrong", "fix"),
        ("fix(ci): the runner", "ci"),
        ("chore(docs): a page", "docs"),
        ("refactor!: split the cart", "refactor"),
        ("cart: gift notes", ""),
        ("Fix the total", ""),
        ("revert: gift notes", ""),
    ],
)
def test_a_conventional_prefix_names_the_kind(title: str, kind: str) -> None:
    assert by_prefix(title) == kind


def test_no_trait_knows_the_prefix() -> None:
    told = ["feat(cart): print the note", "docs: print the note", "print the note"]
    assert len({tuple(traits(title, ["app/cart.py"], "M")) for title in told}) == 1
    assert stripped("[web] docs(a): print") == "print"


@pytest.mark.parametrize(
    ("title", "paths", "kind"),
    [
        ("Add a case for empty carts", ["tests/test_cart.py"], "tests"),
        ("Add a page on carts", ["docs/cart.md"], "docs"),
        ("Run on arm", [".github/workflows/test.yml"], "ci"),
        ("Fix the total of an empty cart", ["app/cart.py"], "fix"),
        ("Add gift notes", ["app/cart.py"], "feature"),
        ("Extract the printer", ["app/cart.py"], "refactor"),
        ("Carts", ["app/cart.py"], ""),
    ],
)
def test_rules_in_their_order(title: str, paths: list[str], kind: str) -> None:
    assert ruled(title, paths) == kind


def test_people_alone_are_told_and_chances_add_up() -> None:
    past = history(
        [
            "2026-01-01 feat: gift notes | app/cart.py",
            "2026-01-02 bot! feat: bump | app/cart.py",
            "2026-01-03 Add a test of notes | tests/test_cart.py",
            "2026-01-04 Fix a crash on empty carts | app/cart.py",
        ]
    )
    found = kinds(past, shipped())
    assert found.landing.tolist() == [0, 2, 3]
    assert found.said.tolist() == [True, False, False]
    assert np.allclose(found.chance.sum(axis=1), 1)
    assert found.share(("feature",))[0] == 1
    assert found.share(HEALTH)[1] > 0.6
    assert found.share(("fix",))[2] > 0.6


def test_what_landed_before_the_start_is_left_out() -> None:
    past = history(every(1, 10, "feat: more | app/cart.py"))
    assert len(kinds(past, shipped(), past.landings[4].at).landing) == 6
    assert kinds(past, shipped(), 1 << 40).chance.shape == (0, len(KINDS))


def test_where_titles_say_that_they_fix_one_that_does_not_is_seldom_a_fix() -> None:
    silent = every(1, 40, "Empty carts keep their total | app/cart.py")
    alone = kinds(history(silent), shipped()).share(("fix",))[0]
    spoken = [*silent, *every(1, 40, "Fix the total | app/cart.py", start="2026-06-01")]
    assert kinds(history(spoken), shipped()).share(("fix",))[0] < alone


def test_chances_come_from_a_straight_line_and_from_hidden_units_that_stand_still_below_nought() -> None:
    line = np.zeros((3, 1 + len(KINDS)), dtype=np.int8)
    line[:, 0] = 4, -4, 0  # what "up", "down" and the start add to the only hidden unit
    line[1, 2] = 6  # "down" says fix of itself
    steps, units = np.full(1 + len(KINDS), 0.5), np.eye(1, len(KINDS))
    names = np.frombuffer(b"up\ndown", dtype=np.uint8)
    weights = Weights.of({"traits": names, "adds": line, "step": steps, "units": units})
    up, down, none = weights.chances([("", ["up"]), ("", ["down", "never met"]), ("", [])])
    assert up[0] == pytest.approx(np.exp(2) / (np.exp(2) + len(KINDS) - 1))
    assert down[1] == pytest.approx(np.exp(3) / (np.exp(3) + len(KINDS) - 1))
    assert np.allclose(none, 1 / len(KINDS))
    assert weights.chances([]).shape == (0, len(KINDS))


def test_the_shipped_weights_are_small() -> None:
    weights = shipped()
    assert weights.adds.shape == (len(weights.place) + 1, len(weights.units) + len(KINDS))
    assert weights.adds.size < 1_000_000 and np.isfinite(weights.adds).all()
    assert not any("@" in name or "/" in name for name in weights.place)


def test_the_age_of_a_change_is_how_long_its_file_lay_still() -> None:
    past = history(
        [
            "2026-01-01 Carts | app/cart.py",
            "2026-01-02 Notes | app/note.py",
            "2026-01-05 Both | app/cart.py app/note.py",
        ]
    )
    days = dict(
        zip(
            zip(past.change_landing.tolist(), past.change_file.tolist(), strict=True), ages(past), strict=True
        )
    )
    assert sorted(days.values()) == [-1, -1, 3, 4]
    assert {landing for (landing, _), age in days.items() if age > 0} == {2}
    assert len(ages(history([]))) == 0


def test_ages_and_folders_are_traits() -> None:
    paths = ["app/cart.py", "app/note.py", "tests/test_cart.py"]
    found = traits("Print the note", paths, "MMM", [1.0, 7.0, 100.0])
    assert {"last 1", "mostly 2", "d app", "all x py", "b print the"} <= set(found)
    assert "all d app" not in found
    assert not {"last 1", "mostly 2"} & set(traits("Print the note", paths, "AAA", [-1.0, -1.0, -1.0]))


def test_a_hostile_title_and_path_cost_no_time() -> None:
    start = process_time()
    for text in ("a" * 100_000, "[" * 100_000, "fix(" * 30_000, "requirements" * 9_000, "scripts/" * 10_000):
        assert traits(text, [text] * 200, "M" * 200, [1.0] * 200)
    assert process_time() - start < 2
