"""Audit: a draw that stays, answers that set shares right, and what is left unknown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from histories import active, every

from colead.activity import Activity
from colead.audit import ANY_HEALTH, KEPT, SKIPPED, Answer, Audited, Lean, audited, drawn, offer, question
from colead.balance import Agreed, Balanced, balanced, since_of
from colead.balancing import shipped
from colead.citing import DAY, end_of
from colead.kinds import HEALTH, KINDS, Kinds, kinds

TODAY = date(2026, 10, 19)
SINCE = since_of(TODAY)


def past(count: int = 300, line: str = "Work on carts | app/cart/a.py") -> Activity:
    return active(every(1, count, line, start="2025-11-10"))


def guessed(seen: Activity) -> Kinds:
    return kinds(seen.history, shipped(), end_of(SINCE) - DAY)


def answered(seen: Activity, count: int, kind: Callable[[int], str], seed: str = "shop") -> list[Answer]:
    found = guessed(seen)
    places = found.landing[drawn(seen.history, found, seed)[:count]]
    return [Answer(seen.history.landings[one].oid[:KEPT], kind(n), TODAY) for n, one in enumerate(places)]


def right(seen: Activity, answers: list[Answer], counted: tuple[str, ...] = HEALTH) -> Audited:
    found = audited(seen.history, guessed(seen), answers, counted)
    assert found is not None
    return found


def told(seen: Activity, audit: Audited | None, agreed: Agreed | None = None) -> Balanced:
    agreed = agreed or Agreed(written=True)
    return balanced(seen, guessed(seen), agreed, since=SINCE, today=TODAY, repository="shop", audit=audit)


def test_a_draw_stays_the_same_and_another_seed_draws_others() -> None:
    seen = past()
    one = drawn(seen.history, guessed(seen), "shop").tolist()
    assert one == drawn(seen.history, guessed(seen), "shop").tolist() != sorted(one)
    assert sorted(one) == list(range(300))
    assert one != drawn(seen.history, guessed(seen), "other").tolist()


def test_what_lands_later_takes_its_place_without_moving_the_others() -> None:
    short, long = past(200), past(300)
    before = drawn(short.history, guessed(short), "shop").tolist()
    after = drawn(long.history, guessed(long), "shop").tolist()
    assert [one for one in after if one < 200] == before


def test_a_title_that_says_its_kind_is_not_drawn() -> None:
    seen = active(every(1, 60, lambda n: f"{'feat: a' if n % 2 else 'Work'} | app/a.py", start="2026-01-01"))
    assert all(one % 2 == 0 for one in drawn(seen.history, guessed(seen), "shop"))


def test_a_draw_is_even_over_time() -> None:
    seen = past(300)
    first = np.concatenate([drawn(seen.history, guessed(seen), str(seed))[:80] for seed in range(60)])
    assert abs(first.mean() - 149.5) < 5


def test_answers_move_the_share_and_narrow_its_range() -> None:
    seen = past()
    before = told(seen, None).whole
    after = told(seen, right(seen, answered(seen, 80, lambda n: "fix" if n % 2 else "docs"))).whole
    assert before is not None and after is not None
    for figure in (after.health, after.fixes):
        assert abs(figure.value - 0.5) < 0.06
    assert after.features.value < 0.05
    width = [(one.health.high or 0) - (one.health.low or 0) for one in (before, after)]
    assert width[1] < width[0] / 2


def test_more_answers_leave_less_unknown() -> None:
    seen = past()
    left = [right(seen, answered(seen, n, lambda n: "fix" if n % 3 else "docs")).lean for n in (10, 40, 160)]
    assert left[0] > left[1] > left[2] > 0


def test_chances_stay_chances_and_what_was_sorted_is_certain() -> None:
    seen = past()
    audit = right(seen, answered(seen, 40, lambda n: KINDS[n % len(KINDS)]))
    assert np.allclose(audit.kinds.chance.sum(axis=1), 1) and audit.kinds.chance.min() >= 0
    assert audit.by_hand.sum() == audit.count == 40
    assert np.allclose(audit.kinds.chance[audit.by_hand].max(axis=1), 1)
    assert (audit.kinds.said == audit.by_hand).all() and audit.last == TODAY


def test_health_alone_keeps_the_guessed_proportions() -> None:
    seen = past()
    found, audit = guessed(seen), right(seen, answered(seen, 40, lambda n: ANY_HEALTH))
    inside = [KINDS.index(name) for name in HEALTH]
    one, before = audit.kinds.chance[audit.by_hand][0], found.chance[audit.by_hand][0]
    assert one[inside].sum() == pytest.approx(1)
    assert np.allclose(one[inside], before[inside] / before[inside].sum(), atol=1e-5)


def test_few_answers_skipped_ones_and_those_on_other_changes_do_nothing() -> None:
    seen = past()
    assert audited(seen.history, guessed(seen), answered(seen, 9, lambda n: "fix")) is None
    assert audited(seen.history, guessed(seen), answered(seen, 40, lambda n: SKIPPED)) is None
    assert audited(seen.history, guessed(seen), [Answer(f"{n:016x}", "fix") for n in range(40)]) is None


def test_the_last_of_two_answers_holds() -> None:
    seen = past()
    first = answered(seen, 20, lambda n: "fix")
    audit = right(seen, [*first, *answered(seen, 20, lambda n: "docs")])
    assert audit.count == 20 and audit.kinds.share(("docs",))[audit.by_hand].min() == 1


def test_what_an_area_does_not_count_as_health_is_set_right_apart() -> None:
    seen, agreed = past(), Agreed(health=("docs",), written=True)
    answers = answered(seen, 80, lambda n: "docs" if n % 4 == 0 else "ci")
    row = told(seen, right(seen, answers, agreed.health), agreed).whole
    assert row is not None
    assert abs(row.health.value - 0.25) < 0.06 and abs(row.other.value - 0.75) < 0.08


def test_a_small_part_and_what_landed_later_are_less_sure() -> None:
    seen = past()
    early = guessed(seen)
    audit = right(seen, [one for one in answered(seen, 80, lambda n: "fix") if _at(seen, one) < 200])
    some, every_, late = np.zeros((3, len(early.landing)), dtype=bool)
    every_[:200], some[:20], late[200:] = True, True, True
    assert audit.unsure(every_) < audit.unsure(some)
    assert audit.unsure(every_) < audit.unsure(late)
    assert audit.since(250).after.all() and len(audit.since(250).kinds.landing) == 50


def _at(seen: Activity, one: Answer) -> int:
    return next(n for n, each in enumerate(seen.history.landings) if each.oid.startswith(one.commit))


def test_answers_as_guessed_change_next_to_nothing() -> None:
    chance = np.tile([0.2, 0.3, 0.5], (80, 1))
    lean = Lean.of(chance, np.eye(3)[[0] * 16 + [1] * 24 + [2] * 40])
    assert np.abs(lean.right(chance, np.eye(3)) - chance).max() < 0.01


def test_the_balance_says_how_many_and_when() -> None:
    seen = past()
    one = told(seen, right(seen, answered(seen, 80, lambda n: "fix" if n % 2 else "docs")))
    assert (one.by_hand, one.sorted_on) == (80, "2026-10-19")
    assert "80 were sorted by hand, the last on 19 October 2026" in one.coverage.note
    assert "80 were sorted by hand, 220 by the shipped model" in one.evidence[0].method
    assert told(seen, None).by_hand == 0


def test_more_or_less_is_told_by_the_answers() -> None:
    seen, agreed = past(), Agreed(0.4, written=True)
    audit = right(seen, answered(seen, 160, lambda n: "docs" if n % 3 else "fix"))
    assert "cannot be told apart" in told(seen, None, agreed).sentence
    assert "more than the 40 % agreed" in told(seen, audit, agreed).sentence


def test_an_audit_is_offered_where_it_would_pay() -> None:
    assert "colead balance --audit" in offer(300, 0.2, 0.6)
    assert offer(300, 0.4, 0.5) == "" == offer(79, 0.2, 0.6)


def test_a_question_tells_the_change_and_not_the_guess() -> None:
    seen = active("2026-01-02 Add a note | app/cart/a.py docs/a.md tests/b.py app/pay/c.py")
    one = question(seen, 0)
    assert (one.title, one.day, one.commit) == (
        "Add a note",
        date(2026, 1, 2),
        seen.history.landings[0].oid[:16],
    )
    assert {"Cart", "Pay"} <= set(one.parts) and dict(one.files)["product"] == 2
