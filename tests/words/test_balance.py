"""Balance: sums of chances with ranges, and no difference told that is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
from histories import active, every

from colead.balance import Agreed, Balanced, balanced, since_of
from colead.balancing import shipped
from colead.citing import DAY, end_of
from colead.evidence import State
from colead.kinds import HEALTH, kinds

TODAY = date(2026, 10, 19)
SINCE = since_of(TODAY)


def told(lines: Sequence[str], agreed: Agreed | None = None) -> Balanced:
    seen = active(lines)
    found = kinds(seen.history, shipped(), end_of(SINCE) - DAY)
    agreed = agreed or Agreed(written=True)
    return balanced(seen, found, agreed, since=SINCE, today=TODAY, repository="shop")


def mixed(
    count: int, health: Callable[[int], bool], *, start: str = "2025-12-01", step: int = 1
) -> list[str]:
    """Changes with prefixes, of which some are health."""
    return every(
        step,
        count,
        lambda n: f"{'docs' if health(n) else 'feat'}: more | app/cart/a.py app/cart/b.py",
        start=start,
    )


def test_twelve_calendar_months_count() -> None:
    assert since_of(date(2026, 10, 19)) == date(2025, 11, 1)
    assert since_of(date.min) == date.min
    assert since_of(date(2026, 12, 31)) == date(2026, 1, 1)
    assert since_of(date(2026, 1, 5)) == date(2025, 2, 1)


def test_shares_add_up_and_carry_their_evidence() -> None:
    one = told(mixed(200, lambda n: n % 4 == 0))
    assert one.whole is not None
    for row in (one.whole, *one.months, *one.parts):
        figures = (row.features, row.fixes, row.health, row.other)
        assert abs(sum(figure.value for figure in figures) - 1) < 1e-9
        assert {figure.evidence for figure in figures} <= {filed.id for filed in one.evidence}
    assert one.whole.landings == sum(row.landings for row in one.months) == 200
    assert [row.name for row in one.months][:2] == ["2025-12", "2026-01"]


def test_what_titles_say_has_no_range_and_what_is_guessed_has_a_wide_one() -> None:
    said = told(mixed(100, lambda n: n % 4 == 0)).whole
    guessed = told(every(1, 100, "Work on carts | app/cart/a.py", start="2025-12-01")).whole
    assert said is not None and guessed is not None
    assert (said.health.low, said.health.value, said.health.high) == (0.25, 0.25, 0.25)
    assert (guessed.health.high or 0) - (guessed.health.low or 0) > 0.3


def test_eighteen_against_twenty_is_no_difference() -> None:
    one = told(mixed(300, lambda n: n % 50 < 9))
    assert one.whole is not None and one.whole.health.value == 0.18
    assert "cannot be told apart from the 20 % agreed" in one.sentence


def test_a_real_difference_is_told_either_way() -> None:
    assert "less than the 20 % agreed" in told(mixed(300, lambda n: n % 20 == 0)).sentence
    assert "more than the 20 % agreed" in told(mixed(300, lambda n: n % 2 == 0)).sentence
    assert (
        "more than the 40 % agreed"
        in told(mixed(300, lambda n: n % 2 == 0), Agreed(0.4, written=True)).sentence
    )
    assert "nothing is agreed here yet" in told(mixed(300, lambda n: n % 2 == 0), Agreed()).sentence


def test_fixes_stand_beside_and_never_count() -> None:
    lines = every(
        1, 100, lambda n: f"{'fix' if n % 2 else 'feat'}: carts | app/cart/a.py", start="2026-01-01"
    )
    one = told(lines)
    assert one.whole is not None
    assert (one.whole.health.value, one.whole.fixes.value) == (0.0, 0.5)
    assert "less" in one.sentence and "Hardly any" in one.engineering


def test_what_an_area_does_not_count_as_health_is_kept_apart() -> None:
    without = tuple(kind for kind in HEALTH if kind != "docs")
    one = told(mixed(100, lambda n: n % 4 == 0), Agreed(health=without))
    assert one.whole is not None
    assert (one.whole.health.value, one.whole.other.value) == (0.0, 0.25)


def test_lately_is_told_only_when_it_moved() -> None:
    before = mixed(200, lambda n: n % 5 == 0)
    same = mixed(80, lambda n: n % 5 == 1, start="2026-07-25")
    more = mixed(80, lambda n: n % 2 == 0, start="2026-07-25")
    assert told([*before, *same]).lately == ""
    assert told([*before, *more]).lately.startswith("In the last three months it was about 50 %")
    assert told([*before, *more[:10]]).lately == ""


def test_a_change_of_manner_alone_is_no_shift() -> None:
    before = every(1, 200, "Work on carts | app/cart/a.py", start="2025-12-01")
    assert told([*before, *mixed(80, lambda n: n % 5 < 2, start="2026-07-25")]).lately == ""


def test_too_little_is_said_and_no_figure_given() -> None:
    one = told(mixed(10, lambda n: True))
    assert one.whole is None and one.months == one.parts == ()
    assert one.coverage.state is State.TOO_LITTLE and "Only 10" in one.sentence


def test_what_was_left_out_is_counted() -> None:
    lines = [*mixed(30, lambda n: n % 2 == 0), *every(1, 7, "bot! bump | app/cart/a.py", start="2026-05-01")]
    assert told(lines).left_out == "7 by automations"


def test_parts_are_those_that_changed_most() -> None:
    lines = [
        *every(1, 60, "feat: a | app/cart/a.py", start="2026-01-01"),
        *every(1, 30, "test: b | app/pay/b.py", start="2026-01-01"),
        *every(1, 5, "feat: c | app/rare/c.py", start="2026-01-01"),
    ]
    one = told(lines)
    assert [(row.name, row.health.value) for row in one.parts] == [("Cart", 0.0), ("Pay", 1.0)]


def test_ranges_stay_between_none_and_all() -> None:
    one = told(every(1, 40, "Fix the typo in the readme | docs/a.md", start="2026-01-01"))
    assert one.whole is not None
    bounds = [(row.health.low, row.health.high) for row in (one.whole, *one.months)]
    assert np.array(bounds, dtype=float).min() >= 0 and np.array(bounds, dtype=float).max() <= 1
