"""The backtest: what counts as a past change, how it is scored, what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from histories import active, history
from toy import Toy

from colead.backtest import (
    Case,
    Foreseen,
    Quarter,
    Replayed,
    Rule,
    cases,
    foreseen,
    fragile,
    headline,
    of_landing,
    paced,
    partnered,
    quarter,
    records,
    touched,
)
from colead.backtest.cases import LAG, MOST
from colead.backtest.told import TOO_FEW
from colead.citing import DAY
from colead.evidence import Evidence, Source, replayed
from colead.history import Kind, Landing
from colead.readers.markdown import read_spec
from colead.spread import POOR

LONG = "Print the gift note of every parcel on its packing slip"
SOME = frozenset({"shop/slip.py"})


def landing(number: int = 1, *, at: int = 0, title: str = LONG, kind: Kind = Kind.PERSON) -> Landing:
    return Landing(f"{number:040x}", "", at, title, kind=kind)


class TestCases:
    def test_paths_and_file_names_are_taken_out(self) -> None:
        title = "Print the gift note in shop/slip.py and `label.py`, see a.b.Printer, on slips 2.0 or so"
        found = of_landing(landing(), title, "", SOME)
        assert found is not None
        assert found.title == "Print the gift note in and see on slips 2.0 or so"

    @pytest.mark.parametrize(
        ("one", "title", "paths"),
        [
            (landing(), "Fix the slip", SOME),
            (landing(kind=Kind.BOT), LONG, SOME),
            (landing(title="Revert " + LONG), LONG, SOME),
            (landing(title="Bump the slip printer to a version that prints more"), LONG, SOME),
            (landing(), LONG, frozenset()),
            (landing(), LONG, frozenset(f"shop/{number}.py" for number in range(31))),
        ],
    )
    def test_what_says_too_little_or_is_nobodys_own_work_is_left_out(
        self, one: Landing, title: str, paths: frozenset[str]
    ) -> None:
        assert of_landing(one, title, "", paths) is None

    def test_only_what_lands_two_weeks_to_a_quarter_later(self) -> None:
        at = [LAG - 1, LAG, 90 * DAY - 1, 90 * DAY]
        some = [landing(number, at=when, title=f"{LONG} {number}") for number, when in enumerate(at)]
        found = cases(some, {one.oid: SOME for one in some}, {}, (), 0)
        assert [one.landing.at for one in found] == [LAG, 90 * DAY - 1]

    def test_a_title_that_was_heard_says_nothing_new(self) -> None:
        some = [landing(number, at=LAG + number) for number in range(3)]
        changed = {one.oid: SOME for one in some}
        assert len(cases(some, changed, {}, (), 0)) == 1
        assert cases(some, changed, {}, [landing(9)], 0) == []

    def test_many_are_spread_over_the_quarter(self) -> None:
        some = [landing(number, at=LAG + number, title=f"{LONG} {number}") for number in range(400)]
        found = cases(some, {one.oid: SOME for one in some}, {}, (), 0)
        assert len(found) == MOST
        assert {b.landing.at - a.landing.at for a, b in pairwise(found)} == {10}


def one(hit: bool, *, sure: float = 0.5, number: int = 1, reach: float = 1.2) -> Foreseen:
    own = Rule(("shop/slip.py",) if hit else ("shop/cart.py",), ("shop",))
    other = Rule(("shop/other.py",), ("mail",))
    case = Case(landing(number, title=f"{LONG} {number}"), LONG, "", frozenset({"shop/slip.py", "shop/b.py"}))
    return Foreseen(case, frozenset({"shop"}), (own, other, own), (("shop", 0.6), ("mail", 0.1)), sure, reach)


class TestTouches:
    def test_it_is_scored_beside_the_simple_rules(self) -> None:
        told = touched([one(number < 15, number=number) for number in range(20)], [date(2026, 1, 1)])
        assert told is not None
        assert [(rule.name, rule.hits, rule.files, rule.parts) for rule in told.rules] == [
            ("Colead", 15, 0.375, 20),
            ("most changed", 0, 0.0, 0),
            ("plain search", 15, 0.375, 20),
        ]
        assert headline(told) == (
            "Of 20 past changes here, a file that was then changed stood among the first ten for 15; "
            "most-changed files alone: 0, plain search: 15."
        )

    def test_what_was_said_stands_against_what_happened(self) -> None:
        told = touched([one(True)] * 20, [])
        assert told is not None
        assert [(band.low, band.n, round(band.said, 2), band.happened) for band in told.bands] == [
            (0.05, 20, 0.1, 0.0),
            (0.5, 20, 0.6, 1.0),
        ]

    def test_the_surest_misses_are_named(self) -> None:
        found = [one(False, sure=number / 20, number=number) for number in range(20)]
        told = touched(found, [])
        assert told is not None
        assert [miss.title for miss in told.misses] == [f"{LONG} {number}" for number in range(19, 14, -1)]
        assert told.misses[0].touched == ("shop/b.py", "shop/slip.py")
        assert told.misses[0].said == ("shop/cart.py",)

    def test_few_changes_are_too_few(self) -> None:
        assert touched([one(True)] * 19, []) is None
        assert headline(None) == TOO_FEW

    def test_a_case_is_ranked_as_a_spec_is(self) -> None:
        lines = [f"2026-0{month}-03 Tidy the cart {month} | shop/cart.py" for month in range(1, 7)]
        then = active([*lines, "2026-01-02 Slips | shop/slip.py mail/letter.py"])
        index = Toy(
            then.codebase, {"shop/slip.py": "gift note printed on a packing slip", "shop/cart.py": "cart"}
        )
        case = Case(landing(), LONG, "", SOME)
        spec = read_spec(f"# {LONG}\n".encode(), "past")
        found = foreseen(case, spec, then, index, date(2026, 6, 30))
        assert [rule.files[0] for rule in found.rules] == ["shop/slip.py", "shop/cart.py", "shop/slip.py"]
        assert found.parts == {then.codebase.seat("shop/slip.py")}


class TestQuarter:
    def then(self) -> list[str]:
        first = date(2024, 1, 1)
        return [
            f"{first + timedelta(days=3 * n)} fix: number {n} | shop/{'ab'[n % 2]}{n % 10}.py +shop/x{n}.py"
            for n in range(240)
        ]

    def test_files_that_were_fixed_before_are_ranked_higher(self) -> None:
        then, today = active(self.then()), date(2025, 12, 20)
        fixed = [f"shop/{'ab'[n % 2]}{n}.py" for n in range(10)]
        found = quarter(then, [*fixed, "shop/gone.py"], today)
        assert found is not None
        assert found.fixed == 10
        assert found.pairs[0] > 0.9 and found.fifth[0] == 1.0

    def test_few_fixed_files_are_too_few(self) -> None:
        then = active(self.then())
        assert quarter(then, ["shop/a0.py"] * 9, date(2025, 12, 20)) is None
        assert quarter(then, [f"shop/a{n}.py" for n in range(0, 10, 2)], date(2024, 2, 1)) is None

    def test_quarters_are_averaged(self) -> None:
        told = fragile([Quarter(5, (0.8, 0.6), (0.5, 0.4)), Quarter(7, (0.9, 0.7), (0.7, 0.6))])
        assert told is not None
        assert (told.quarters, told.files) == (2, 12)
        assert (told.pairs, told.fifth_most_changed) == pytest.approx((0.85, 0.5))
        assert fragile([]) is None


class TestLater:
    def test_an_even_pace_holds(self) -> None:
        first = date(2023, 1, 1)
        whole = active(f"{first + timedelta(days=2 * n)} Change {n} | shop/a.py" for n in range(600))
        told = paced(whole, np.random.default_rng(1))
        assert told is not None
        assert told.held == told.ranges and told.sooner == told.later == 0

    def test_a_pace_that_breaks_off_does_not(self) -> None:
        first = date(2023, 1, 1)
        days = [first + timedelta(days=n) for n in range(400)] + [
            first + timedelta(days=400 + 30 * n) for n in range(14)
        ]
        told = paced(active(f"{day} Change | shop/a.py" for day in days), np.random.default_rng(1))
        assert told is not None
        assert told.later > 0 and told.held + told.sooner + told.later == told.ranges

    def test_partners_that_stay_partners(self) -> None:
        first = date(2023, 1, 1)
        pairs = (("till", "mail"), ("cart", "stock"), ("search", "label"))
        lines = [
            f"{first + timedelta(days=3 * n)} Change {n} | {a}/a.py {b}/b.py"
            for n in range(450)
            for a, b in pairs[n % 3 : n % 3 + 1]
        ]
        told = partnered(active(lines))
        assert told is not None
        assert (told.before, told.happened) == (1.0, 1.0) and 0.8 < told.said < 1.0
        assert told.by_chance < 0.5

    def test_a_young_history_says_nothing(self) -> None:
        young = active(["2026-01-01 Begin | shop/a.py"])
        assert paced(young, np.random.default_rng(1)) is None
        assert partnered(young) is None
        empty = replace(young, history=history(""))
        assert paced(empty, np.random.default_rng(1)) is None
        assert partnered(empty) is None


class TestRecords:
    def test_only_what_was_scored_is_kept(self) -> None:
        told = touched([one(True)] * 20, [])
        kept = records(Replayed("shop", "", "", told, None, None, None, (), ()))
        assert kept == {
            "T01": "for 20 of 20 past changes a file that was then changed stood among the first ten, "
            "for 20 one of the first three parts was right",
            "S01": "1.2 parts were expected of a past change on average (20 changes), 1.0 were touched",
        }

    @pytest.mark.parametrize(("reach", "key"), [(0.6, "S01"), (1.5, "S01"), (0.4, POOR), (1.6, POOR)])
    def test_a_number_of_parts_off_by_more_than_half_is_not_to_be_told(self, reach: float, key: str) -> None:
        told = touched([one(True, reach=reach)] * 20, [])
        kept = records(Replayed("shop", "", "", told, None, None, None, (), ()))
        assert {code for code in kept if code.startswith("S")} == {key}

    def test_each_repository_has_its_own(self) -> None:
        shop, mail = (Source("landing", "1", repository=name) for name in ("shop", "mail"))
        rows = [
            Evidence("T01-1", "", 1, (shop,)),
            Evidence("T01-2", "", 1, (mail,)),
            Evidence("T01-3", "", 1, (shop, mail)),
            Evidence("T01-4", "", 1),
            Evidence("P01-1", "", 1, (shop,)),
        ]
        found = replayed(rows, {"shop": {"T01": "right"}, "mail": {}})
        assert [row.record == "right" for row in found] == [True, False, False, False, False]
        assert replayed(rows[3:4], {"shop": {"T01": "right"}})[0].record == "right"
