from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from colead.activity import Activity
from colead.evidence import Coverage, Ledger, State
from colead.partner import Partner, partners
from colead.question import Side
from colead.risk import Planned
from colead.tradeoff import (
    Groups,
    Tradeoff,
    busy_before,
    fixed_later,
    left_out_partner,
    tradeoffs,
    wide_changes,
)
from colead.writers.parts import after_colon
from words.histories import active, every

TODAY = date(2026, 11, 1)
SHIP, BACK = "services/shipping", "services/returns-label"
PARTS = [f"services/part-{number}" for number in range(6)]
NAMES = {SHIP: "Shipping", BACK: "Returns label"}
NOW = "2026-10-30 bot! deps | services/deps/a.lock"  # the clone is current
BEGIN = "2024-12-01 begin | " + " ".join(f"{root}/a.py {root}/b.py" for root in [SHIP, BACK, *PARTS])


def told(
    past: Activity, touched: Sequence[str] = (SHIP,), along: Sequence[Partner] | None = None
) -> tuple[tuple[Tradeoff, ...], Coverage, Ledger]:
    ledger = Ledger()
    if along is None:
        along = beside(past, touched)
    found, coverage = tradeoffs(past, touched, along, today=TODAY, ledger=ledger, repository="shop")
    return found, coverage, ledger


def beside(past: Activity, touched: Sequence[str]) -> tuple[Partner, ...]:
    return partners(past, touched, lambda one: False, today=TODAY, ledger=Ledger(), repository="shop")[0]


def forgotten(follow: int = 24) -> Activity:
    """Shipping changes with the returns label 30 times and without 30 times; then it may follow.

    Parts 0 to 2 change about as often, at other times.
    """
    lines = [BEGIN, NOW, *every(20, 30, f"both | {SHIP}/a.py {BACK}/a.py", start="2025-02-10")]
    lines += every(20, 30, f"ship | {SHIP}/a.py", start="2025-02-20")
    lines += every(20, follow, f"ah, the label | {BACK}/b.py", start="2025-02-21")
    for number in range(3):
        lines += every(10, 54, f"other | {PARTS[number]}/a.py", start=f"2025-02-{15 + number}")
    return active(lines, names=NAMES)


def wide(fix_wide: int, fix_narrow: int, count: int = 40) -> Activity:
    return active(_lines(fix_wide, fix_narrow, count))


def _lines(fix_wide: int, fix_narrow: int, count: int = 40) -> list[str]:
    """`count` changes of three files in three parts and as many in one; so many of each are fixed."""
    lines = [NOW]
    for number in range(count):
        day = str(date.fromordinal(date(2025, 1, 1).toordinal() + 10 * number))
        soon = str(date.fromordinal(date(2025, 1, 6).toordinal() + 10 * number))
        across = [f"services/part-{part}/{number}.py" for part in range(3)]
        within = [f"services/part-5/{number}-{file}.py" for file in range(3)]
        lines += [f"{day} across | {' '.join(across)}", f"{day} within | {' '.join(within)}"]
        lines += [f"{soon} fix: it | {across[0]}"] if number < fix_wide else []
        lines += [f"{soon} fix: it | {within[0]}"] if number < fix_narrow else []
    return lines


def test_a_left_out_partner_is_told_where_it_follows_more_often_than_usual() -> None:
    found, coverage, ledger = told(forgotten())
    (one,) = found
    assert one.code == "X01" and one.what == "changing Returns label along" and one.side is Side.ENGINEERING
    assert one.usual is not None
    assert one.here.value == pytest.approx(24 / 30) and one.usual.value < 0.5
    assert one.sentence.startswith(
        "When Shipping changed alone, Returns label followed within three days 8 times in 10; "
    )
    assert coverage.state is State.FINDING
    rows = {row.id: row for row in ledger.table()}
    assert rows[one.here.evidence].n == 30
    assert {source.title for source in rows[one.here.evidence].sources} == {"ship"}


def test_what_is_skipped_is_short_and_said_once() -> None:
    """It stands behind "if we skip" alone, and before the sentence with a colon."""
    for past, touched in ((forgotten(), [SHIP]), (wide(24, 4), PARTS[:3])):
        (one,) = told(past, touched)[0]
        assert len(one.what.split()) <= 5 and not one.what.endswith(".")
        assert one.what not in one.sentence and one.sentence.startswith(("When ", "Changes "))


def test_a_left_out_partner_that_stays_away_is_no_tradeoff() -> None:
    found, coverage, _ = told(forgotten(follow=2))
    assert found == () and coverage.state is State.NOTHING


def test_twenty_cases_are_needed() -> None:
    lines = [BEGIN, *every(30, 16, f"both | {SHIP}/a.py {BACK}/a.py", start="2025-02-10")]
    lines += every(30, 16, f"ship | {SHIP}/a.py", start="2025-02-20")
    lines += every(30, 16, f"label | {BACK}/a.py", start="2025-02-21")
    past = active(lines + every(9, 60, f"x | {PARTS[0]}/a.py", start="2025-02-01"))
    (partner,) = beside(past, [SHIP])
    assert not left_out_partner(past, partner, TODAY).enough
    assert told(past)[1].state is State.TOO_LITTLE


def test_wide_changes_that_need_more_fixes_are_told_as_an_association() -> None:
    found, coverage, ledger = told(wide(24, 4), PARTS[:3])
    (one,) = found
    assert one.code == "X02" and one.side is Side.PRODUCT
    assert one.sentence == (
        "Changes that reached three or more parts were followed by a fix of the same files within three "
        "months 6 times in 10 here; changes like them in one part once in 10."
    )
    assert one.usual is not None
    assert (one.here.value, one.usual.value) == (pytest.approx(0.6), pytest.approx(0.1))
    assert "an association, not a cause" in one.technical
    assert one.what == "time for repairs afterwards"
    assert f"{one.what}: {after_colon(one.sentence)}" == (
        "time for repairs afterwards: changes that reached three or more parts were followed by a fix of the "
        "same files within three months 6 times in 10 here; changes like them in one part once in 10."
    )
    assert coverage.state is State.FINDING
    assert ledger.table()[0].n == 40


@pytest.mark.parametrize(
    ("fragile", "said"),
    [(0, "three parts"), (1, "three parts, one of them fragile"), (3, "three parts, all fragile")],
)
def test_a_plan_is_told_by_its_own_risk_alone(fragile: int, said: str) -> None:
    """What followed on the same files is not told beside it: it marks busy files whatever a change did."""
    past = wide(24, 4)
    plan = Planned(3, fragile, 0.31, 0.08, np.arange(60, dtype=np.int32))
    ledger = Ledger()
    (one,), coverage = tradeoffs(
        past, PARTS[:3], (), today=TODAY, ledger=ledger, repository="shop", plan=plan
    )
    assert one.sentence == (
        f"Changes like this one ({said}) come back for a fix within three months 3 times in 10 here; "
        "once in 10 is usual."
    )
    assert said in one.engineering and "3 times in 10" in one.product and "association" in one.technical
    (row,) = ledger.table()
    assert row.n == 60 and row.id == one.here.evidence and coverage.state is State.FINDING
    assert {source.title for source in row.sources} <= {"across"}


def test_beside_a_left_out_partner_the_risk_stands_under_what_was_looked_at() -> None:
    past, ledger = forgotten(), Ledger()
    plan = Planned(3, 1, 0.31, 0.08, np.arange(60, dtype=np.int32))
    found, coverage = tradeoffs(
        past, (SHIP,), beside(past, (SHIP,)), today=TODAY, ledger=ledger, repository="shop", plan=plan
    )
    assert [one.code for one in found] == ["X01"]
    assert coverage.note.startswith("Changes like this one (three parts, one of them fragile) come back")
    assert [row.id for row in ledger.table()] == ["X01-1", "X02-1"]


def test_a_plan_as_usual_is_nothing() -> None:
    plan = Planned(3, 0, 0.10, 0.08, np.arange(60, dtype=np.int32))
    found, coverage = tradeoffs(
        wide(24, 4), PARTS[:3], (), today=TODAY, ledger=Ledger(), repository="shop", plan=plan
    )
    assert found == () and coverage.state is State.NOTHING


def test_wide_changes_that_need_no_more_fixes_are_nothing() -> None:
    assert told(wide(10, 8), PARTS[:3])[1].state is State.NOTHING


def test_size_alone_is_no_tradeoff() -> None:
    """Wide changes here are large ones, and large ones in one part need as many fixes: like against like."""
    lines = [NOW]
    for number in range(40):
        day = str(date.fromordinal(date(2025, 1, 1).toordinal() + 10 * number))
        soon = str(date.fromordinal(date(2025, 1, 6).toordinal() + 10 * number))
        across = " ".join(f"services/part-{part}/{number}.py" for part in range(3))
        within = " ".join(f"services/part-5/{number}-{file}.py" for file in range(3))
        lines += [f"{day} across | {across}", f"{day} within | {within}"]
        lines += [f"{day} small | services/part-4/{number}-{file}.py" for file in range(4)]
        lines += [f"{soon} fix: it | {across.split()[0]} {within.split()[0]}"] if number % 2 else []
    reach, groups = wide_changes(active(lines), 3, TODAY)
    assert reach == 3 and groups.here == pytest.approx(0.5) and groups.usual == pytest.approx(0.5)
    assert not groups.apart


def test_busy_files_are_compared_with_busy_files() -> None:
    """Wide changes here go to files that everybody changes and fixes; so do those in one part."""
    lines = []
    hot = " ".join(f"services/part-{part}/hot.py" for part in range(3))
    for number in range(60):
        first = date(2025, 1, 1).toordinal() + 8 * number
        day, other, soon = (date.fromordinal(first + days) for days in (0, 1, 5))
        cold = " ".join(f"services/part-5/{number}-{file}.py" for file in "abc")
        within = " ".join(f"services/part-0/hot{file}.py" for file in ("", "2", "3"))
        lines += [f"{day} across | {hot}", f"{other} within | {within}", f"{day} cold | {cold}"]
        lines += [f"{soon} fix: it | services/part-0/hot.py"] if number % 2 else []
    _, groups = wide_changes(active(lines), 3, TODAY)
    assert groups.enough and groups.here > 0.9 and groups.usual > 0.9 and not groups.apart


@pytest.mark.parametrize(
    ("here", "usual", "highest", "n", "apart"),
    [
        (0.5, 0.2, 0.3, 100, True),
        (0.5, 0.2, 0.45, 100, False),  # the intervals meet
        (0.5, 0.2, 0.3, 19, False),  # too few
        (0.94, 0.87, 0.9, 400, False),  # apart, and said alike: "9 in 10"
        (0.1, 0.5, 0.6, 100, False),  # fewer than usual is no risk
    ],
)
def test_apart(here: float, usual: float, highest: float, n: int, apart: bool) -> None:
    none = np.zeros(0, dtype=np.int32)
    assert Groups(n, here, 100, usual, highest, none).apart is apart
    assert not Groups(n, here, 19, usual, highest, none).apart


def test_other_partners_are_not_what_is_usual() -> None:
    """Two parts follow shipping alike; neither is the measure of the other."""
    lines = [BEGIN]
    for root, start in ((BACK, 0), (PARTS[5], 1)):
        lines += every(20, 30, f"both | {SHIP}/a.py {root}/a.py", start=f"2025-02-1{start}")
        lines += every(20, 30, f"ah | {root}/b.py", start=f"2025-02-2{start + 1}")
    lines += every(20, 30, f"ship | {SHIP}/a.py", start="2025-02-20")
    for number in range(3):
        lines += every(10, 60, f"other | {PARTS[number]}/a.py", start=f"2025-02-{15 + number}")
    past = active(lines)
    found = {one.component: left_out_partner(past, one, TODAY) for one in beside(past, [SHIP])}
    assert set(found) == {BACK, PARTS[5]}
    calm = [_followed(past, PARTS[number]) for number in range(3)]
    assert found[BACK].usual == pytest.approx(sum(calm) / 3, abs=0.1)


def _followed(past: Activity, key: str) -> float:
    """The share of shipping's landings without `key` that it follows within three days."""
    at = past.history.at
    ships = set(past.landings_of(past.components.index(SHIP)).tolist())
    own = past.landings_of(past.components.index(key))
    without = [at[one] for one in ships - set(own.tolist())]
    return float(np.mean([any(0 < at[other] - moment <= 3 * 86400 for other in own) for moment in without]))


def test_landings_without_three_days_after_them_do_not_count_yet() -> None:
    past, partner = forgotten(), beside(forgotten(), [SHIP])[0]
    counts = [left_out_partner(past, partner, date(2026, 9, day)).n for day in (4, 5, 6)]
    assert counts == [28, 28, 29], "shipping changed alone at noon of 3 September"


def test_only_the_last_two_years_count() -> None:
    lines = [
        line.replace("2025-", "2021-").replace("2026-", "2022-") for line in _lines(24, 4) if line != NOW
    ]
    assert wide_changes(active([*lines, NOW]), 3, TODAY)[1].n == 0


def test_a_clone_that_is_not_current_is_counted_back_from_its_newest_landing() -> None:
    later, ledger = date(2029, 1, 1), Ledger()
    (partner,) = beside(forgotten(), (SHIP,))
    found, _ = tradeoffs(forgotten(), (SHIP,), (partner,), today=later, ledger=ledger, repository="shop")
    assert [one.here.value for one in found] == [pytest.approx(24 / 30)]
    (row,) = ledger.table()
    assert row.method.startswith("Landings of the two years to 30 October 2026 that changed Shipping")
    assert row.window == ("2024-10-31", "2026-10-30")


def test_counts_changes_of_the_busiest_file_in_the_180_days_before() -> None:
    past = active(
        [
            "2025-01-01 long ago | services/a/one.py services/a/two.py",
            "2026-01-01 one | services/a/one.py",
            "2026-02-01 both | services/a/one.py services/a/two.py",
            "2026-02-02 two | services/a/two.py",
            "2026-02-03 nothing",
        ]
    )
    assert busy_before(past).tolist() == [0, 0, 1, 1, 0]


def test_the_reach_is_lowered_until_enough_landings_have_it() -> None:
    assert wide_changes(wide(4, 4), 6, TODAY)[0] == 3
    assert wide_changes(active(BEGIN), 6, TODAY)[0] == 2


def test_intervals_may_be_apart_and_still_say_the_same() -> None:
    """Thousands of cases show a difference of a few in a hundred; nobody needs to hear it."""
    past = wide(18, 15, count=40)
    assert told(past, PARTS[:3])[0] == ()


def test_what_waiting_costs_is_said_not_to_be_analysed() -> None:
    small = active(BEGIN)
    for past, touched in ((forgotten(), [SHIP]), (wide(24, 4), PARTS[:3]), (small, [SHIP]), (small, [])):
        assert told(past, touched)[1].note.endswith(
            "What waiting costs is not analysed: no requests are imported."
        )


def test_no_touched_part_is_not_analysed() -> None:
    assert told(active(BEGIN), ())[1].state is State.NOT_ANALYSED


def test_a_young_history_is_too_little() -> None:
    assert told(active(BEGIN))[1].state is State.TOO_LITTLE
    assert told(active(""), ("services/nowhere",))[1].state is State.TOO_LITTLE


def test_a_fix_counts_from_the_second_day_to_the_ninetieth() -> None:
    past = active(
        [
            "2026-01-01 same day | services/a/one.py",
            "2026-01-01 fix: same day | services/a/one.py",
            "2026-01-01 soon | services/a/two.py",
            "2026-01-05 fix: soon | services/a/two.py",
            "2026-01-01 late | services/a/three.py",
            "2026-05-01 fix: late | services/a/three.py",
            "2026-01-01 other | services/a/four.py",
            "2026-01-05 fix: other | services/a/five.py",
            "2026-01-05 bot! fix: other | services/a/four.py",
        ]
    )
    assert [past.history.landings[one].title for one in fixed_later(past).nonzero()[0]] == ["soon"]
