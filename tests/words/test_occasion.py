from __future__ import annotations

from datetime import date

import pytest

from colead.errors import SettingsError
from colead.forecast import Forecast
from colead.occasion import AHEAD, Occasion, ahead, readiness
from colead.readers.occasions import MOST, read_occasions
from colead.tradeoff import both_ways, later
from words.test_effects import forecast_of
from words.test_tradeoff import forgotten, told

TODAY = date(2026, 10, 19)
FRIDAY = Occasion("Black Friday", date(2026, 11, 27), date(2026, 11, 27))
ADVENT = Occasion("Christmas orders", date(2026, 12, 7), date(2026, 12, 24))
AUDIT = Occasion("Audit", date(2027, 3, 3), date(2027, 3, 3), parts=("Slips", "services/tax"))
OVER = Occasion("Summer sale", date(2026, 7, 1), date(2026, 7, 20))


def evenly(days: int) -> float:
    return min(0.99, days / 100)


def read(text: str) -> tuple[Occasion, ...]:
    return read_occasions(f"occasions:\n{text}".encode())


def test_occasions_are_read_as_people_write_them() -> None:
    one, two = read(
        "  - name: Black Friday\n    on: 2026-11-27\n    what: no releases\n    parts: [Checkout]\n"
        "  - {name: Christmas, on: 2026-12-07 to 2026-12-24}\n"
    )
    assert one == Occasion(
        "Black Friday", date(2026, 11, 27), date(2026, 11, 27), "no releases", ("Checkout",), 2
    )
    assert (two.first, two.last, two.line) == (date(2026, 12, 7), date(2026, 12, 24), 6)
    assert read_occasions(b"") == read_occasions(b"occasions:\n") == ()


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{on: 2026-11-27}", "line 2, has an occasion without a name"),
        ("{name: Sale}", "line 2, has '' where a day belongs"),
        ("{name: Sale, on: next week}", "'next week' where a day belongs"),
        ("{name: Sale, on: 2026-11-31}", "'2026-11-31' where a day belongs"),
        ("{name: Sale, on: 2026-12-02 to 2026-12-01}", "which ends before it begins"),
        ("{name: Sale, when: 2026-12-02}", "the unknown word 'when'"),
        (f"{{name: {'S' * 61}, on: 2026-12-02}}", "a name over 60 characters"),
        ("just text", "not a mapping"),
    ],
)
def test_what_is_off_is_told_with_its_line(entry: str, said: str) -> None:
    with pytest.raises(SettingsError) as error:
        read(f"  - {entry}\n")
    assert said in error.value.what and error.value.hint


def test_there_may_not_be_too_many() -> None:
    with pytest.raises(SettingsError, match=f"more than {MOST} occasions"):
        read("  - {name: Sale, on: 2026-12-02}\n" * (MOST + 1))


def test_the_nearest_ahead_count_and_those_of_other_parts_do_not() -> None:
    slips = {"Slips": "Packing slips"}
    coming = ahead([AUDIT, ADVENT, OVER, FRIDAY], lambda part: slips.get(part, ""), TODAY)
    assert [one.name for one, _ in coming] == ["Black Friday", "Christmas orders"] and len(coming) == AHEAD
    assert ahead([AUDIT, OVER], lambda part: slips.get(part, ""), TODAY) == ((AUDIT, ("Packing slips",)),)
    assert ahead([AUDIT, OVER], lambda part: "", TODAY) == ()
    assert ahead([FRIDAY], lambda part: "", FRIDAY.first) == (), "what has begun is not ahead"


def test_each_occasion_gets_the_odds_of_its_first_day() -> None:
    coming = ((FRIDAY, ()), (ADVENT, ("Packing slips",)))
    hoped, friday, advent = readiness(date(2026, 12, 1), coming, evenly, "D01-1", TODAY)
    assert (hoped.name, hoped.odds.value, hoped.later.value) == ("", 0.43, 0.15)
    assert (friday.odds.value, friday.later.value, friday.odds.evidence) == (0.39, 0.11, "D01-1")
    assert friday.sentence == "4 in 10 to be ready for Black Friday, 27 November"
    assert advent.sentence == (
        "5 in 10 to be ready for Christmas orders, 7 to 24 December (lists Packing slips)"
    )
    assert not hoped.risky and friday.risky
    over = readiness(None, coming, lambda days: 0.99, "D01-1", TODAY)
    assert [one.risky for one in over] == [False, True], "one that is likely in time is told where it lists"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-11-27", "2026-11-27", "27 November"),
        ("2026-12-07", "2026-12-24", "7 to 24 December"),
        ("2026-11-30", "2026-12-02", "30 November to 2 December"),
        ("2026-12-28", "2027-01-04", "28 December to 4 January 2027"),
        ("2027-01-04", "2027-01-09", "4 to 9 January 2027"),
    ],
)
def test_days_are_said_as_people_say_them(first: str, last: str, said: str) -> None:
    assert Occasion("x", date.fromisoformat(first), date.fromisoformat(last)).said(TODAY) == said


def waiting(*occasions: Occasion, by: date | None = None, days: float = 100) -> Forecast:
    return forecast_of(by, list(occasions), days, TODAY)


def test_waiting_is_told_for_the_date_whose_odds_fall_most() -> None:
    (one,) = later(waiting(FRIDAY, by=date(2026, 10, 29), days=100), today=TODAY)
    assert (one.code, one.what) == ("X04", "four weeks")
    assert one.sentence == "4 in 10 for Black Friday becomes 1 in 10."
    assert one.product == (
        "Decided four weeks from now, it has 1 in 10 instead of 4 in 10 "
        "to be ready for Black Friday, 27 November."
    )
    assert one.engineering.startswith("Four weeks of other work first leave 1 in 10 instead of 4 in 10 to ")
    (hoped,) = later(waiting(by=date(2026, 12, 1)), today=TODAY)
    assert hoped.sentence == "4 in 10 for 1 December becomes 2 in 10."
    assert "to make 1 December." in hoped.product


def test_waiting_that_changes_little_is_not_told() -> None:
    assert later(None, today=TODAY) == ()
    assert later(waiting(), today=TODAY) == ()
    assert later(waiting(by=date(2026, 12, 1), days=5), today=TODAY) == ()
    assert later(waiting(by=date(2026, 12, 1), days=4000), today=TODAY) == ()


def test_neither_way_pushes_the_other_out() -> None:
    (skip,), (wait,) = told(forgotten())[0], later(waiting(by=date(2026, 12, 1)), today=TODAY)
    for skips, waits, kept in (
        (3, 3, (2, 1)),
        (3, 0, (3, 0)),
        (1, 3, (1, 2)),
        (0, 4, (0, 3)),
        (5, 1, (2, 1)),
    ):
        found = both_ways([skip] * skips, [wait] * waits)
        assert (found.count(skip), found.count(wait)) == kept
