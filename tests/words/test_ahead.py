"""Ahead: shares counted and drawn, parts ranked, slots from a pace, estimates scored without a cause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from histories import active, every

from colead.activity import Activity
from colead.ahead import Followed, Repair, Repairs, Reserving, followed, latest, ranked
from colead.ahead.exposure import Exposure, one_at_least
from colead.ahead.repair import TOLD, estimates, taken, verdict
from colead.ahead.told import stands_out
from colead.balance import Agreed, Balancing
from colead.balancing import shipped
from colead.citing import DAY, end_of
from colead.codebase import ComponentKind
from colead.evidence import Coverage, Figure, Ledger, State
from colead.fragility import Fragilities, fragilities
from colead.kinds import kinds
from colead.pace import Known, Pace
from colead.touch import Touch, Touches

TODAY = date(2026, 10, 19)
SPLIT = Repair("split tax", "Tax", "Emil", date(2026, 3, 1), date(2026, 6, 1), 3, 30)


def parts() -> list[str]:
    """Tax is fixed after each change, cart and mail never; one a week for two years."""
    start = "2024-11-04"
    lines = every(7, 100, lambda n: f"work {n} | app/tax/rate.py", start=start)
    lines += every(7, 100, lambda n: f"fix: rate {n} | app/tax/rate.py", start="2024-11-07")
    lines += every(7, 100, lambda n: f"work {n} | app/cart/cart.py", start=start)
    return [*lines, *every(7, 100, lambda n: f"work {n} | app/mail/mail.py", start=start)]


def test_a_change_needed_a_fix_when_its_own_file_was_fixed_within_three_months() -> None:
    seen = active(
        [
            *every(1, 20, "work | app/tax/a.py app/cart/b.py", start="2026-01-01"),
            "2026-03-10 fix: a | app/tax/a.py",
            "2026-06-30 fix: b | app/cart/b.py",
        ]
    )
    told = followed(seen, TODAY)
    tax, cart = (seen.components.index(key) for key in ("app/tax", "app/cart"))
    assert told.changes[tax] == 21 and told.fixed[tax] == 20
    assert told.changes[cart] == 21 and told.fixed[cart] == 0  # 180 days later


def test_changes_of_the_last_three_months_are_not_settled_yet() -> None:
    seen = active(every(1, 30, "work | app/tax/a.py", start="2026-09-15"))
    assert followed(seen, TODAY).changes.sum() == 0


def test_the_usual_part_is_the_middle_one_of_those_known() -> None:
    told = Followed(np.array([100, 100, 100, 5], np.int32), np.array([50, 10, 20, 5], np.int32))
    assert told.usual == pytest.approx(0.2)
    assert told.more(0) and not told.more(1) and not told.more(2) and not told.more(3)
    assert told.share[3] < 0.4 and told.share[0] < 0.5
    assert Followed(told.changes[:2], told.fixed[:2]).usual is None
    assert Followed(np.zeros(0, np.int32), np.zeros(0, np.int32)).usual is None


def test_parts_are_ranked_by_odds_times_share() -> None:
    chances = np.array([[0.9, 0.5, 0.0], [0.9, 0.0, 0.1]])
    expected, order = ranked(chances, np.array([0.1, 0.5, 0.9]))
    assert expected.tolist() == pytest.approx([0.18, 0.25, 0.09]) and order == [1, 0, 2]
    assert one_at_least(np.array([0.5, 0.5])) == 0.75


def touch(key: str, chance: float) -> Touch:
    figure = Figure(chance, "T01-1")
    return Touch("shop", key, key[4:].title(), ComponentKind.FOLDER, figure, (), (), False, "", "")


def fragile(seen: Activity) -> Fragilities:
    return fragilities(seen, today=TODAY, repository="shop")


def exposure(*ideas: dict[str, float]) -> Exposure:
    seen = active(parts())
    coverage = Coverage("touches", State.FINDING, "")
    touches = [
        Touches(tuple(touch(key, chance) for key, chance in one.items()), (), coverage, one) for one in ideas
    ]
    return Exposure(seen, followed(seen, TODAY), touches, "shop", Ledger(), fragile(seen))


def test_a_part_says_how_many_ideas_meet_there_and_how_changes_fared() -> None:
    told = exposure({"app/tax": 0.8, "app/cart": 0.2}, {"app/tax": 0.6}, {"app/cart": 0.4})
    tax, cart = told.places(3)
    assert tax.sentence.startswith("2 of your 3 ideas will probably touch Tax; ")
    assert "in the usual part here" in tax.sentence and tax.more and stands_out(tax)
    assert tax.likely == 2 and [one.idea for one in tax.meetings] == [0, 1]
    assert "1 of your 3 ideas may touch Cart (4 in 10)" in cart.sentence and not cart.more
    assert "cannot be told apart" in cart.sentence and not stands_out(cart)
    assert exposure({"app/tax": 0.8}).places(1)[0].sentence.startswith("Your idea will probably touch Tax")
    assert not exposure({"app/tax": 0.2}).places(1)
    assert 0 < told.own(2) < told.own(0) < 0.5 and exposure({"app/tax": 0.2}).own(0) == 0


def test_a_thin_record_is_said_to_be_thin() -> None:
    seen = active(
        [*every(7, 9, "work | app/tax/a.py", start="2026-03-01"), "2026-10-18 work | app/cart/b.py"]
    )
    found = Touches((touch("app/tax", 0.8),), (), Coverage("touches", State.FINDING, ""), {"app/tax": 0.8})
    (tax,) = Exposure(seen, followed(seen, TODAY), [found], "shop", Ledger(), fragile(seen)).places(1)
    assert tax.needed is None and tax.usual is None and not stands_out(tax)
    assert "only nine changes there in two years" in tax.sentence


def test_more_land_in_six_weeks_of_a_busier_past() -> None:
    end = end_of(TODAY)
    slow, fast = (Pace.counted(np.arange(end - 400 * DAY, end, step), end) for step in (2 * DAY, DAY // 2))
    few, many = (np.median(one.landed_in(6, np.random.default_rng(1))) for one in (slow, fast))
    assert few == pytest.approx(21, rel=0.1) and many == pytest.approx(84, rel=0.1)


def reserving(seen: Activity, agreed: Agreed) -> Reserving:
    found = kinds(seen.history, shipped(), end_of(TODAY) - 365 * DAY)
    work = Balancing(seen, found, agreed, TODAY, TODAY, "shop", Ledger())
    return Reserving([work], Known.of([seen], TODAY), agreed, np.random.default_rng(1), Ledger())


def days(share: int) -> Activity:
    """A change a day, of which one in `share` says that it is docs."""
    return active(
        every(
            1,
            700,
            lambda n: f"{'docs' if n % share == 0 else 'feat'}: {n} | app/tax/a.py",
            start="2024-11-19",
        )
    )


def test_room_is_the_agreed_share_of_what_is_coming_and_told_against_the_past() -> None:
    room, coverage = reserving(days(10), Agreed(0.2, written=True)).told(3, ["Tax"])
    assert room is not None and coverage.state is State.FINDING
    assert room.sentence.startswith("Room for about 8 ") and "nothing is agreed" not in room.sentence
    assert "Three are spoken for, 5 are free" in room.sentence and room.candidates == ("Tax",)
    assert len(room.stretches) == 8 and all(one.kept == "below" for one in room.stretches)
    assert "fewer than that" in room.lately and "stayed below in 8" in room.record
    kept = reserving(days(2), Agreed(0.2)).told(9, [])[0]
    assert kept is not None and {one.kept for one in kept.stretches} == {"reached"}
    assert "none is free" in kept.sentence and "nothing is agreed here yet" in kept.sentence
    none = reserving(days(2), Agreed(0.0, written=True)).told(0, [])[0]
    assert none is not None and none.sentence.startswith("No room of its own")


def test_without_half_a_year_nothing_is_said_of_room() -> None:
    seen = active(every(1, 60, "feat: more | app/tax/a.py", start="2026-08-15"))
    room, coverage = reserving(seen, Agreed()).told(0, [])
    assert room is None and coverage.state is State.TOO_LITTLE


def repairs(seen: Activity, today: date = TODAY) -> Repairs:
    return Repairs(seen, Known.of([seen], today), "shop", Ledger())


def test_an_estimate_is_scored_once_its_date_is_over() -> None:
    seen = active(parts())
    over = repairs(seen).told(SPLIT)
    assert over.over and over.without and over.said and over.came
    assert over.said.value == pytest.approx(0.7 * over.without.value)
    assert over.came.value == 13  # one fix a week, and nobody repaired anything
    assert "13 came." in over.sentence and "Emil" in over.sentence
    still = repairs(seen).told(replace(SPLIT, on=TODAY, until=TODAY + timedelta(days=90)))
    assert not still.over and still.came is None
    assert "if Emil is right" in still.sentence and "fewer there by 17 January 2027" in still.sentence
    assert "cause" in over.technical and "churn" not in over.sentence


def test_what_was_not_known_that_day_does_not_count() -> None:
    before = repairs(active(parts())).told(SPLIT)
    later = [*parts(), *every(1, 80, lambda n: f"fix: {n} | app/tax/rate.py", start="2026-07-01")]
    assert repairs(active(later)).told(SPLIT).without == before.without


def test_an_estimate_that_cannot_be_computed_says_why() -> None:
    seen = active(parts())
    told = repairs(seen)
    assert "no such part here" in told.told(replace(SPLIT, part="Moon")).sentence
    assert "no gain was said" in told.told(replace(SPLIT, fewer=0)).sentence
    early = replace(SPLIT, on=date(2024, 12, 1), until=date(2025, 2, 1))
    assert "half a year" in told.told(early).sentence
    assert told.told(replace(SPLIT, by="E\u202e")).sentence.isprintable()


@pytest.mark.parametrize(
    ("came", "said"),
    [
        (7, "cannot be told apart"),
        (14, "as expected without it, and more than Emil said"),
        (30, "more than either"),
        (4, "fewer than expected without it, as said. Whether"),
        (0, "and than said. Whether the repair did it"),
    ],
)
def test_a_verdict_is_about_counts_never_about_a_cause(came: float, said: str) -> None:
    assert said in verdict(Figure(10, "e", 6, 15), Figure(5, "e", 2, 9), came, "Emil")


def test_open_repairs_come_first_and_take_slots() -> None:
    seen = active(parts())
    coming = replace(SPLIT, repair="later", on=TODAY, until=TODAY + timedelta(days=60))
    future = replace(coming, on=TODAY + timedelta(days=3))
    written = {"shop": (SPLIT, coming, future)}
    assert taken(written, TODAY) == 3
    told, coverage = estimates(written, {"shop": repairs(seen)}, TODAY)
    assert [one.over for one in told] == [False, True] and coverage.state is State.FINDING
    many, coverage = estimates({"shop": (SPLIT,) * 20}, {"shop": repairs(seen)}, TODAY)
    assert len(many) == TOLD and coverage.note.startswith("eight more")
    assert estimates({"shop": ()}, {"shop": repairs(seen)}, TODAY)[1].state is State.NOTHING
    assert latest(TODAY) == date(2027, 10, 20)
