"""Left out: only what is worth a word. Unforeseen: the day it turned, and no sweep that passed by."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from histories import active, history
from hypothesis import given
from hypothesis import strategies as st

from colead.activity import Activity
from colead.evidence import Coverage, Ledger, State
from colead.underway import (
    LeftOut,
    Seats,
    Step,
    Unforeseen,
    before,
    first_seen,
    in_one_sentence,
    left_out,
    unforeseen,
)

TODAY = date(2026, 10, 19)
CART, SHIP, BACK = "services/cart", "services/shipping", "services/returns"
OTHERS = tuple(f"services/{name}" for name in ("search", "mail", "stock", "till"))
NAMES = {CART: "Cart", SHIP: "Shipping", BACK: "Returns label"}
BEGIN = "2025-01-01 begin | " + " ".join(f"{one}/{f}.py" for one in (CART, SHIP, BACK, *OTHERS) for f in "ab")


def every(times: int, days: int, line: str, start: str) -> list[str]:
    first = date.fromisoformat(start)
    return [f"{(first + timedelta(days=days * n)).isoformat()} {line}" for n in range(times)]


def shop(together: int = 18, alone: int = 6, *more: str) -> Activity:
    """Shipping changes with the returns label `together` times, and before that `alone` times without it."""
    lines = [BEGIN, *every(alone, 20, f"ship | {SHIP}/a.py", "2025-03-01")]
    lines += every(together, 18, f"label | {SHIP}/a.py {BACK}/b.py", "2025-11-28")
    for number, other in enumerate((*OTHERS, CART)):
        lines += every(20, 25, f"work | {other}/a.py", f"2025-02-0{number + 1}")
    return active([*lines, *more], names=NAMES)


def seen(past: Activity, *changed: str) -> tuple[tuple[LeftOut, ...], Coverage, Ledger]:
    ledger = Ledger()
    found, coverage = left_out(past, changed, today=TODAY, ledger=ledger, repository="shop")
    return found, coverage, ledger


def test_a_part_that_usually_changes_along_is_named() -> None:
    (one,), coverage, ledger = seen(shop(18, 0), f"{SHIP}/a.py")
    assert (one.level, one.key, one.of, one.name) == ("part", BACK, SHIP, "Returns label")
    assert one.sentence == (
        "usually changes along with Shipping: 19 of the last 19 times, last on 30 September; not in your diff"
    )
    assert one.ask == "Does Returns label change too, or can it stay as it is?"
    assert one.files == (f"{BACK}/b.py",) or one.files[0] == f"{BACK}/b.py"
    assert one.anyway is None and coverage.state is State.FINDING
    (row,) = ledger.table()
    assert (row.id, row.n, one.together.evidence) == ("W01-1", 19, row.id)


def test_what_is_in_the_diff_is_not_left_out() -> None:
    found, coverage, _ = seen(shop(18, 0), f"{SHIP}/a.py", f"{BACK}/a.py")
    assert found == () or found[0].level == "file"
    assert seen(shop(18, 0), f"{SHIP}/a.py", f"{BACK}/a.py", f"{BACK}/b.py")[1].state is State.NOTHING
    assert coverage.part == "left out"


def test_every_second_time_is_the_least() -> None:
    past = shop(8, 13)
    assert seen(past, f"{SHIP}/b.py")[0] == ()


def test_what_did_not_come_after_all_is_no_longer_told() -> None:
    past = shop(18, 14)
    assert seen(past, f"{SHIP}/b.py")[0] == ()
    assert seen(past, f"{SHIP}/b.py")[1].state is State.NOTHING


def test_what_came_after_all_is_told_with_how_often() -> None:
    late = every(6, 20, f"late | {BACK}/a.py", "2025-03-02")
    (one,), _, _ = seen(shop(18, 6, *late), f"{SHIP}/a.py")
    assert one.key == BACK and one.anyway is not None and one.anyway.value == 1.0
    assert "changed within three days after 6 of them" in one.technical


def test_a_file_is_named_where_no_part_is() -> None:
    lines = every(10, 25, f"form | {CART}/form.py {CART}/schema.py", "2026-02-01")
    (one,), _, _ = seen(shop(0, 6, *lines), f"{CART}/form.py")
    assert (one.level, one.key, one.files) == ("file", f"{CART}/schema.py", ())
    assert one.sentence.startswith(f"usually changes along with {CART}/form.py: 10 of the last 10 times")


def test_a_file_that_went_along_long_ago_is_not() -> None:
    lines = every(10, 10, f"form | {CART}/form.py {CART}/schema.py", "2025-02-01")
    assert seen(shop(0, 6, *lines), f"{CART}/form.py")[0] == ()


def test_a_file_that_is_gone_is_not_named() -> None:
    lines = every(10, 25, f"form | {CART}/form.py {CART}/schema.py", "2026-02-01")
    assert seen(shop(0, 6, *lines, f"2026-10-18 gone | -{CART}/schema.py"), f"{CART}/form.py")[0] == ()


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ((), State.NOT_ANALYSED),
        (("README.md", "docs/a.md"), State.NOT_ANALYSED),
        (("services/new/a.py",), State.TOO_LITTLE),
        ((f"{CART}/a.py",), State.NOTHING),
    ],
)
def test_silence_says_which_silence_it_is(changed: tuple[str, ...], state: State) -> None:
    found, coverage, _ = seen(shop(), *changed)
    assert (found, coverage.state) == ((), state)


def test_an_empty_history_is_too_little() -> None:
    past = active([f"2026-10-01 begin | {CART}/a.py"])
    assert seen(past, f"{CART}/a.py")[1].state is State.TOO_LITTLE


def test_changes_under_way_are_not_their_own_past() -> None:
    past = history([BEGIN, f"2025-03-01 one | {CART}/a.py", f"2025-04-01 two | {SHIP}/a.py {CART}/a.py"])
    gone = past.landings[1].oid
    left = before(past, {gone})
    assert [one.title for one in left.landings] == ["begin", "two"]
    assert left.change_landing.tolist() == [0] * 14 + [1, 1]
    assert left.change_file.tolist() == [*past.change_file[:14].tolist(), *past.change_file[15:].tolist()]
    assert before(past, set()) is past and before(past, {"0" * 40}) is past


@given(st.sets(st.integers(0, 5)))
def test_before_keeps_rows_and_landings_together(taken: set[int]) -> None:
    files = [" ".join(f"f{m}.py" for m in range(n + 1)) for n in range(6)]
    past = history([f"2025-03-0{n + 1} l{n} | {files[n]}" for n in range(6)])
    left = before(past, {past.landings[n].oid for n in taken})
    sizes = [n + 1 for n in range(6) if n not in taken]
    assert np.bincount(left.change_landing, minlength=len(sizes)).tolist() == sizes


def step(day: str, *paths: str, ref: str = "a" * 40) -> Step:
    at = int(datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC).timestamp())
    return Step(at, ref, f"On {day}", paths)


def compared(*steps: Step, foreseen: tuple[str, ...] = (CART,)) -> tuple[tuple[Unforeseen, ...], Coverage]:
    begun = min((datetime.fromtimestamp(one.at, UTC).date() for one in steps), default=TODAY)
    return unforeseen(
        steps,
        Seats(shop().codebase),
        foreseen,
        begun=begun,
        today=TODAY,
        ledger=Ledger(),
        repository="shop",
    )


def test_the_day_on_which_the_work_left_what_was_foreseen() -> None:
    steps = (step("2026-05-09", f"{CART}/a.py"), step("2026-05-14", f"{SHIP}/a.py", f"{CART}/b.py"))
    (one,), coverage = compared(*steps)
    assert one.sentence == "day 6 (14 May): also changes Shipping, not foreseen"
    assert (one.day.value, one.date, one.files, one.title) == (
        6,
        "2026-05-14",
        (f"{SHIP}/a.py",),
        "On 2026-05-14",
    )
    assert coverage.state is State.FINDING


def test_all_of_them_by_day() -> None:
    steps = (
        step("2026-05-12", f"{BACK}/a.py"),
        step("2026-05-09", f"{CART}/a.py"),
        step("2026-05-10", f"{SHIP}/a.py"),
    )
    found, _ = compared(*steps)
    assert [(one.component, one.day.value) for one in found] == [(SHIP, 2), (BACK, 4)]


def test_a_sweep_that_passes_by_is_no_surprise_but_coming_back_is() -> None:
    sweep = tuple(f"{one}/a.py" for one in (CART, SHIP, *OTHERS))
    assert compared(step("2026-05-09", *sweep))[1].state in (State.NOTHING, State.TOO_LITTLE)
    found, _ = compared(step("2026-05-09", *sweep), step("2026-05-11", f"{SHIP}/b.py"))
    assert [(one.component, one.day.value) for one in found] == [(SHIP, 3)]


def test_a_part_that_was_not_there_is_named_by_its_folder() -> None:
    seats = Seats(shop().codebase)
    assert seats.seat("billing/pay.py") == "billing/"
    (one,), _ = compared(step("2026-05-09", "billing/pay.py"))
    assert one.sentence == "day 1 (9 May): also changes billing/, not foreseen"


def test_what_is_not_committed_is_told_as_that() -> None:
    (one,), _ = compared(step("2026-05-09", f"{SHIP}/a.py", ref=""))
    assert "not committed yet" in one.technical


@pytest.mark.parametrize(
    ("steps", "foreseen", "state"),
    [
        ((), (CART,), State.NOT_ANALYSED),
        ((step("2026-05-09", f"{CART}/a.py"),), (), State.NOT_ANALYSED),
        ((step("2026-05-09", "README.md"),), (CART,), State.TOO_LITTLE),
        ((step("2026-05-09", f"{CART}/a.py"),), (CART,), State.NOTHING),
    ],
)
def test_no_surprise_says_why(steps: tuple[Step, ...], foreseen: tuple[str, ...], state: State) -> None:
    found, coverage = compared(*steps, foreseen=foreseen)
    assert (found, coverage.state) == ((), state)


@given(st.lists(st.tuples(st.integers(1, 28), st.sampled_from([CART, SHIP, BACK])), min_size=1, max_size=12))
def test_what_is_told_on_a_day_does_not_change_later(days: list[tuple[int, str]]) -> None:
    steps = sorted((step(f"2026-05-{day:02}", f"{part}/a.py") for day, part in days), key=lambda one: one.at)
    seats = Seats(shop().codebase)
    whole = [(one.key, one.step.at) for one in first_seen(steps, seats)]
    for cut in range(1, len(steps) + 1):
        told = [(one.key, one.step.at) for one in first_seen(steps[:cut], seats)]
        assert told == whole[: len(told)]


def test_all_of_it_in_one_sentence() -> None:
    (gone,), covered, _ = seen(shop(18, 0), f"{SHIP}/a.py")
    (new,), also = compared(step("2026-05-09", f"{CART}/a.py"), step("2026-05-14", f"{SHIP}/a.py"))
    assert in_one_sentence([gone], [new], [covered, also], today=TODAY) == (
        "Returns label usually changes along with Shipping, 19 of the last 19 times, and is not in your diff;"
        " on day 6 (14 May) the work also went into Shipping, which was not foreseen."
    )
    nothing = [Coverage("left out", State.NOTHING, "x"), Coverage("unforeseen", State.NOTHING, "x")]
    assert in_one_sentence([], [], nothing, today=TODAY) == (
        "Nothing that usually changes along is left out. The work stays in the parts that were foreseen."
    )
    assert in_one_sentence([], [], [], today=TODAY) == "There is nothing to compare."
