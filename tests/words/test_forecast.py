from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colead.activity import Activity
from colead.citing import DAY, cite, day_of, end_of
from colead.efforts import Effort, Lengths, efforts, nearest
from colead.evidence import Coverage, Ledger, State
from colead.forecast import Forecast, forecast
from colead.pace import DRIFT, LONGEST, WEEK, Known, Pace
from words.histories import active, every

TODAY = date(2026, 10, 19)
CART, LABEL, MAIL = "services/checkout/cart.py", "services/shipping/label.py", "services/mail/send.py"
BEGIN = f"2023-06-01 begin | {CART} {LABEL} {MAIL}"
RECENT = f"2026-10-12 tend | {MAIL}"  # the clone is current


def effort(name: str, first: str, days: int, files: str = CART, landings: int = 3) -> list[str]:
    """Landings of one effort, evenly spaced over `days`."""
    start = date.fromisoformat(first)
    steps = [round(days * number / (landings - 1)) for number in range(landings)]
    return [f"{start + timedelta(step)} part of {name} [{name}] | {files}" for step in steps]


def shop(count: int = 14, files: str = CART, *more: str) -> Activity:
    """Efforts SHOP-0.. of 14, 16, 18, ... days."""
    lines = [BEGIN, RECENT]
    for number in range(count):
        first = (date(2024, 6, 1) + timedelta(40 * number)).isoformat()
        lines += effort(f"SHOP-{number}", first, 14 + 2 * number, files)
    return active([*lines, *more])


def told(
    past: Activity | Sequence[Activity],
    touched: Sequence[str] = ("services/checkout",),
    *,
    by: date | None = date(2026, 12, 1),
    changes: int | None = None,
    ledger: Ledger | None = None,
) -> tuple[Forecast | None, Coverage]:
    activities = [past] if isinstance(past, Activity) else list(past)
    names = {f"shop-{number}": touched for number in range(len(activities))}
    return forecast(
        activities,
        names,
        by=by,
        changes=changes,
        today=TODAY,
        rng=np.random.default_rng(7),
        ledger=ledger if ledger is not None else Ledger(),
    )


def steady(weekly: int = 4, weeks: int = 80) -> Activity:
    """So many landings every week until today, none of them grouped."""
    start = TODAY - timedelta(weeks=weeks) + timedelta(days=1)
    days = (start + timedelta(week * 7 + number % 7) for week in range(weeks) for number in range(weekly))
    return active([BEGIN.replace("2023-06-01", str(start)), *(f"{day} grow | {CART}" for day in days)])


class TestEfforts:
    def test_past_efforts_give_the_range(self) -> None:
        ledger = Ledger()
        found, coverage = told(shop(), ledger=ledger)
        assert found and found.basis == "efforts"
        assert 2.0 <= (found.weeks.low or 0) < found.weeks.value < (found.weeks.high or 0) <= 6.0
        assert found.weeks.value == pytest.approx(27 / 7, abs=0.4)
        assert found.sentence == "Likely 2 to 6 weeks; 9 in 10 to make 1 December"
        assert found.start == "2026-10-19" and found.by == "2026-12-01"
        assert found.earliest < found.latest
        assert coverage.state is State.FINDING and coverage.evidence == found.weeks.evidence
        (row,) = ledger.table()
        assert row.id == found.weeks.evidence and row.n == 14 and len(row.sources) == 12

    def test_the_length_is_said_to_run_from_the_first_landing(self) -> None:
        found, _ = told(shop())
        assert found and "not from the start of thinking" in found.technical

    def test_cousins_are_named(self) -> None:
        found, _ = told(shop())
        assert found and len(found.cousins) == 12
        newest = found.cousins[0]
        assert (newest.name, newest.title) == ("SHOP-13", "part of SHOP-13")
        assert (newest.days, newest.landings) == (40, 3)
        assert newest.finished == "2025-12-13"

    def test_without_a_date_there_are_no_odds(self) -> None:
        found, _ = told(shop(), by=None)
        assert found and found.odds is None and found.by == ""
        assert found.sentence == "Likely 2 to 6 weeks"

    def test_odds_are_never_certain(self) -> None:
        far, near = (told(shop(), by=TODAY + timedelta(days=days))[0] for days in (2000, 1))
        assert far and far.odds and far.odds.value < 1
        assert near and near.odds and "less than 1 in 20" in near.sentence

    def test_fewer_than_eight_finished_are_too_little(self) -> None:
        found, coverage = told(shop(7))
        assert found is None and coverage.state is State.TOO_LITTLE
        assert coverage.note.startswith("Only seven finished past efforts; a forecast needs eight.")
        assert "--changes N" in coverage.note

    def test_nothing_grouped_is_not_analysed(self) -> None:
        found, coverage = told(steady())
        assert found is None and coverage.state is State.NOT_ANALYSED
        assert "--changes N" in coverage.note

    def test_efforts_in_the_same_parts_go_first(self) -> None:
        slow = [
            line
            for number in range(14)
            for line in effort(f"MAIL-{number}", str(date(2024, 6, 3) + timedelta(40 * number)), 52, MAIL)
        ]
        found, coverage = told(shop(14, CART, *slow))
        assert found and (found.weeks.high or 0) < 7
        assert coverage.note == "From 14 past efforts of this reach in these parts."

    def test_the_class_widens_until_it_holds_enough(self) -> None:
        slow = [
            line
            for number in range(14)
            for line in effort(f"MAIL-{number}", str(date(2024, 6, 3) + timedelta(40 * number)), 52, MAIL)
        ]
        found, coverage = told(shop(5, CART, *slow))
        assert found and coverage.note == "From 19 past efforts of this reach."
        assert {one.name[:4] for one in found.cousins} == {"SHOP", "MAIL"}
        assert found.cousins[0].name.startswith("SHOP")

    def test_open_efforts_only_lengthen(self) -> None:
        still = effort("SHOP-99", "2026-08-20", 55, landings=6)
        plain, opened = told(shop()), told(shop(14, CART, *still))
        assert plain[0] and opened[0] and opened[0].weeks.value >= plain[0].weeks.value
        assert opened[1].note == "From 15 past efforts of this reach in these parts, one still open."
        assert "SHOP-99" not in [one.name for one in opened[0].cousins]

    def test_two_landings_one_day_and_branch_names_of_no_meaning_are_no_efforts(self) -> None:
        lines = [
            *effort("TWO-1", "2026-01-01", 9, landings=2),
            *effort("DAY-1", "2026-02-01", 0),
            *effort("develop", "2026-03-01", 9),
            *effort("patch-7", "2026-03-01", 9),
            *effort("REAL-1", "2026-04-01", 9),
            *effort("OLD-1", "2022-04-01", 9),
        ]
        found = efforts([active(lines)], end_of(TODAY))
        assert [one.name for one in found] == ["REAL-1"]

    def test_a_long_silence_parts_a_key(self) -> None:
        lines = [*effort("SHOP-1", "2025-01-01", 20), *effort("SHOP-1", "2026-01-01", 30)]
        assert [one.days for one in efforts([active(lines)], end_of(TODAY))] == [20, 30]

    def test_bots_do_not_make_efforts(self) -> None:
        lines = [line[:11] + "bot! " + line[11:] for line in effort("SHOP-1", "2025-01-01", 20)]
        assert efforts([active(lines)], end_of(TODAY)) == []

    def test_an_effort_spans_repositories(self) -> None:
        here = active(effort("SHOP-1", "2026-01-01", 20, landings=2))
        there = active(effort("SHOP-1", "2026-01-05", 30, MAIL, landings=2))
        (one,) = efforts([here, there], end_of(TODAY))
        assert one.days == 34 and len(one.landings) == 4 and len(one.parts) == 2

    def test_sources_name_their_repository(self) -> None:
        ledger = Ledger()
        told([shop(), shop()], ledger=ledger)
        assert {one.repository for one in ledger.table()[0].sources} == {"shop-1"}

    def test_what_lands_after_today_is_not_known(self) -> None:
        found = efforts([active(effort("SHOP-1", "2026-10-01", 60, landings=6))], end_of(TODAY))
        assert found == []  # two of its six landings

    def test_with_changes_only_efforts_of_like_size_count(self) -> None:
        found, _ = told(shop(), changes=4)
        assert found and found.basis == "efforts"
        large, coverage = told(shop(), changes=40)
        assert large is None and coverage.state is State.TOO_LITTLE

    def test_parts_that_are_unknown_are_passed_over(self) -> None:
        found, coverage = told(shop(), ["services/nowhere"])
        assert found and coverage.note == "From 14 past efforts of this reach."


def finished(days: float, done: bool = True) -> Effort:
    return Effort("x", ((0, 0),), 0, int(days * DAY), frozenset(), done)


class TestLengths:
    def test_without_open_ones_the_shares_are_those_of_the_next_of_n_plus_one(self) -> None:
        lengths = Lengths.of([finished(days) for days in range(1, 10)])
        assert lengths.by(9) == pytest.approx(0.9)
        assert lengths.after(0.5) == pytest.approx(5)
        assert lengths.after(0.9) == pytest.approx(9)
        assert lengths.after(0.99) == pytest.approx(18), "beyond the longest the curve goes on"
        assert lengths.by(18) == pytest.approx(0.99)

    def test_when_none_is_over_nothing_is_known(self) -> None:
        lengths = Lengths.of([finished(5, False)])
        assert lengths.by(100) == 0 and lengths.after(0.5) == float("inf")

    def test_kaplan_meier_by_hand(self) -> None:
        """Lengths 2, 4+, 6, 8: left after 6 is 3/4 * 1/2."""
        lengths = Lengths.of([finished(2), finished(4, False), finished(6), finished(8)])
        assert lengths.by(6) == pytest.approx((1 - 3 / 8) * 4 / 5)

    @given(st.lists(st.tuples(st.floats(0.01, 1000), st.booleans()), min_size=1, max_size=40))
    def test_shares_rise_and_stay_below_one(self, given_: list[tuple[float, bool]]) -> None:
        lengths = Lengths.of([finished(*one) for one in given_])
        assert np.all(np.diff(lengths.over) >= -1e-12) and np.all(np.diff(lengths.days) >= 0)
        assert lengths.over[-1] < 1
        assert lengths.after(0.1) <= lengths.after(0.5) <= lengths.after(0.9)
        assert lengths.by(2000) >= lengths.by(1000) >= lengths.by(1)

    def test_nearest_prefers_shared_parts(self) -> None:
        one = Effort("a", ((0, 0),) * 3, 0, DAY, frozenset({(0, 1)}), True)
        two = Effort("b", ((0, 0),) * 3, 0, DAY, frozenset({(0, 2)}), True)
        assert [found.name for found in nearest([one, two], frozenset({(0, 2)}), None).efforts] == ["b", "a"]


class TestPace:
    def test_as_many_changes_as_land_in_ten_weeks_take_about_ten_weeks(self) -> None:
        ledger = Ledger()
        found, coverage = told(steady(), changes=40, ledger=ledger)
        assert found and found.basis == "throughput" and found.cousins == ()
        assert found.weeks.value == pytest.approx(10, rel=0.15)
        assert (found.weeks.low or 0) < 9 and (found.weeks.high or 0) > 11
        assert coverage.state is State.FINDING
        assert "4.0 landings a week" in found.technical and "40 changes ahead" in found.technical
        assert ledger.table()[0].n == 4 * 52

    def test_the_same_seed_gives_the_same_forecast(self) -> None:
        assert told(steady(), changes=40) == told(steady(), changes=40)

    def test_more_changes_take_longer(self) -> None:
        few, many = (told(steady(), changes=changes)[0] for changes in (10, 60))
        assert few and many and few.weeks.value < many.weeks.value

    def test_odds_fall_with_an_earlier_date(self) -> None:
        early, late = (told(steady(), changes=40, by=TODAY + timedelta(weeks=weeks))[0] for weeks in (8, 12))
        assert early and late and early.odds and late.odds and early.odds.value < 0.4 < late.odds.value

    @pytest.mark.parametrize("past", [steady(4, 20), steady(1, 24)])
    def test_half_a_year_is_needed(self, past: Activity) -> None:
        found, coverage = told(past, changes=40)
        assert found is None and coverage.state is State.TOO_LITTLE

    def test_thirty_landings_are_needed(self) -> None:
        past = active([BEGIN, *every(30, 30, f"grow | {CART}", start="2024-06-01")])
        assert told(past, changes=4)[1].state is State.TOO_LITTLE

    def test_a_change_of_pace_is_told(self) -> None:
        busy = active([BEGIN, *every(4, 200, f"x | {CART}", start="2024-08-01"), *_rush()])
        found, coverage = told(busy, changes=40)
        assert found and coverage.note.endswith("more than twice that of the year before: trust this less.")

    def test_a_slower_pace_is_told(self) -> None:
        slow = active([BEGIN, RECENT, *every(1, 541, f"x | {CART}", start="2025-03-01")])
        assert "less than half" in told(slow, changes=40)[1].note

    def test_a_steady_pace_is_not_told(self) -> None:
        assert told(steady(), changes=40)[1].note == "From the pace of people's landings."

    def test_a_number_beyond_all_measure_ends(self) -> None:
        ledger = Ledger()
        found, coverage = told(steady(), changes=10**9, ledger=ledger)
        assert found is None and coverage.state is State.TOO_LITTLE and ledger.table() == ()
        assert coverage.note == "At this pace nobody can say when 1,000,000,000 changes will have landed."

    def test_a_range_that_may_never_end_is_none(self) -> None:
        """Half of the paths draw from twelve empty weeks and do not arrive; the clone is current."""
        idle = active([BEGIN, RECENT, *every(1, 230, f"x | {CART}", start="2025-11-20")])
        found, coverage = told(idle, changes=400)
        assert found is None and coverage.note.startswith("At this pace nobody can say when 400 changes")

    def test_weeks_are_counted_back_from_today_over_all_repositories(self) -> None:
        pace = Pace.of([steady(2, 30), steady(3, 30)], end_of(TODAY))
        assert pace.weekly[:25].tolist() == [5] * 25

    def test_the_level_of_the_first_week_is_as_uncertain_as_measured(self) -> None:
        """Twice the weekly drift at the start, and the first week's own."""
        weeks = Pace(np.full(52, 1000)).weeks_for(10, np.random.default_rng(3))
        assert np.std(np.log(weeks)) == pytest.approx(np.hypot(2 * DRIFT, DRIFT), rel=0.05)

    def test_half_of_the_paths_draw_from_the_last_twelve_weeks(self) -> None:
        weekly = np.array([20] * 12 + [0] * 40)
        weeks = Pace(weekly).weeks_for(20, np.random.default_rng(3))
        assert 0.55 < np.mean(weeks < 3.5) < 0.85, "all recent: 1.0; all of the year: 0.5"
        mixed = np.mean(weeks < 2)
        assert 0.5 < mixed < 0.75, "all recent: 1.0; all of the year: 0.4"

    def test_a_pace_without_enough_before_it_cannot_be_compared(self) -> None:
        assert Pace(np.array([50] * 8 + [1] * 7)).turned == 1.0

    def test_no_landing_is_no_pace(self) -> None:
        assert not Pace.of([active("")], end_of(TODAY)).enough
        assert not Pace.of([], end_of(TODAY)).enough

    @given(st.integers(1, 400), st.integers(0, 2**32 - 1))
    def test_weeks_are_sorted_and_positive(self, changes: int, seed: int) -> None:
        weeks = Pace(np.array([3, 0, 5, 1] * 13)).weeks_for(changes, np.random.default_rng(seed))
        assert np.all(weeks > 0) and np.all(np.diff(weeks) >= 0) and weeks[-1] <= LONGEST


class TestKnown:
    """A clone that nobody brought up to date: four landings a week until 13 July, then nothing."""

    OLD = "2026-07-13"

    def old(self) -> Activity:
        start = date.fromisoformat(self.OLD) - timedelta(weeks=80)
        days = (start + timedelta(7 * week + number) for week in range(81) for number in (0, 2, 4, 6))
        kept = [day for day in days if day <= date.fromisoformat(self.OLD)]
        return active([f"{start} begin | {CART} {LABEL}", *(f"{day} grow | {CART}" for day in kept)])

    def test_the_pace_is_counted_back_from_the_newest_landing_and_dates_from_today(self) -> None:
        ledger = Ledger()
        found, coverage = told(self.old(), changes=40, ledger=ledger)
        assert found and found.weeks.value == pytest.approx(10, rel=0.15) and (found.weeks.high or 0) < 20
        assert found.start == TODAY.isoformat() and found.earliest > found.start
        assert coverage.note == (
            "From the pace of people's landings. The newest landing is of 13 July: is this clone current?"
        )
        assert "4.0 landings a week in the year to 13 July" in found.technical
        (row,) = ledger.table()
        assert row.window == ("2025-07-14", self.OLD) and row.coverage.endswith("is this clone current?")
        assert found.technical.endswith(row.coverage)

    def test_efforts_are_open_as_of_the_newest_landing(self) -> None:
        past = [BEGIN]
        for number in range(14):
            past += effort(f"SHOP-{number}", str(date(2024, 6, 1) + timedelta(40 * number)), 30)
        still = effort("SHOP-99", "2026-06-01", 42, landings=8)  # the clone's last landing is one of it
        tended = every(7, 80, f"tend | {MAIL}", start="2025-01-01")
        found, coverage = told(active([*past, *still, *tended]))
        assert found and "SHOP-99" not in [one.name for one in found.cousins]
        assert "one still open. The newest landing is of 13 July" in coverage.note
        now = told(active([*past, *still, *tended, RECENT, *every(7, 13, f"x | {MAIL}", start="2026-07-15")]))
        assert "still open" not in now[1].note and "current" not in now[1].note

    def test_where_no_date_is_told_the_doubt_stands_once_beside_the_repository(self) -> None:
        for changes in (None, 10**9):
            found, coverage = told(self.old(), changes=changes)
            assert found is None and coverage.note and "is this clone current" not in coverage.note

    @pytest.mark.parametrize(
        ("lines", "current"),
        [
            (every(2, 60, f"x | {CART}", start="2026-05-27"), True),  # 27 days and a half of silence
            (every(2, 60, f"x | {CART}", start="2026-05-26"), False),
            (every(40, 9, f"x | {CART}", start="2025-10-05"), True),  # 59 days and a half, usually 40
            (every(40, 9, f"x | {CART}", start="2025-10-03"), False),
            (every(2, 60, f"bot! x | {CART}", start="2026-06-02"), True),  # machines landed lately
            ([], True),
        ],
    )
    def test_a_silence_longer_than_four_weeks_and_than_usual_pauses_asks(
        self, lines: list[str], current: bool
    ) -> None:
        known = Known.of([active(lines)], TODAY)
        assert known.current is current
        assert (known.end == end_of(TODAY)) is current
        assert known.year == ("in the past year" if current else f"in the year to {known.newest}")

    def test_pauses_longer_than_a_year_ago_are_not_usual(self) -> None:
        lines = [BEGIN, *every(3, 100, f"x | {CART}", start="2025-09-20")]
        assert not Known.of([active(lines)], TODAY).current

    def test_one_current_repository_is_enough(self) -> None:
        assert Known.of([self.old(), steady()], TODAY).current
        assert not Known.of([self.old(), active(BEGIN)], TODAY).current

    def test_what_lands_after_today_does_not_make_it_current(self) -> None:
        later = active(
            [BEGIN, *every(2, 300, f"x | {CART}", start="2025-01-01"), "2026-12-01 later | x/y.py"]
        )
        assert Known.of([later], TODAY).newest == "22 August"


def test_too_many_open_efforts_tell_no_range() -> None:
    past = [BEGIN, RECENT]
    for number in range(8):
        past += effort(f"SHOP-{number}", str(date(2024, 6, 1) + timedelta(40 * number)), 30)
    for number in range(300):
        past += effort(f"OPEN-{number}", "2026-08-20", 55, landings=3)
    found, coverage = told(active(past))
    assert found is None and coverage.state is State.TOO_LITTLE
    assert coverage.note == "Too many past efforts are still open: nobody can say how long one takes."


def _rush() -> list[str]:
    return [f"{TODAY - timedelta(days=number % 50)} rush | {CART}" for number in range(120)]


def test_days_and_moments() -> None:
    assert end_of(date(1970, 1, 1)) == DAY
    assert day_of(end_of(TODAY) - 1) == TODAY
    assert WEEK == 7 * DAY


def test_cites_the_newest_first_and_at_most_twelve() -> None:
    past = active(every(1, 30, f"grow | {CART}")).history
    sources = cite(past, [*range(20), 3, 3], "shop")
    assert len(sources) == 12 and sources[0].ref == past.landings[19].oid
    assert sources[0].date == "2026-01-20" and sources[0].title == "grow"
