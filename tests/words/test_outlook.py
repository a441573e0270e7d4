"""The outlook: places by expected fixes, their past quarters, and when no list is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from histories import active, every

from colead import fixes
from colead.activity import Activity
from colead.citing import DAY, end_of
from colead.evidence import Ledger, State
from colead.fragility import QUARTER, fragilities
from colead.outlook import Asked, outlook, quarters, record
from colead.outlook.told import ADVICE, Found

TODAY = date(2026, 11, 1)
CART = "services/checkout/cart.py"
PRICE = "services/checkout/price.py"
LABEL = "services/shipping/label.py"
QUIET = [f"services/quiet-{number}/one.py" for number in range(6)]
LINES = [
    f"2024-11-01 begin | {CART} {PRICE} {LABEL} {' '.join(QUIET)}",
    *every(10, 80, lambda number: f"fix: cart {number} | {CART}", start="2024-11-02"),
    *every(25, 30, lambda number: f"fix: price {number} | {PRICE}", start="2024-11-03"),
    *every(60, 13, lambda number: f"fix: label {number} | {LABEL}", start="2024-11-04"),
    *every(15, 50, f"a clock in the corner | {QUIET[0]}", start="2024-11-05"),
]


def shop() -> Activity:
    """The cart is fixed every ten days, its price every 25, labels every two months; a clock changes."""
    return active(LINES)


def told(past: Activity | None = None, asked: Asked | None = None, today: date = TODAY) -> Found:
    return outlook(past or shop(), asked or Asked(), today=today, repository="shop")


def test_the_most_expected_fixes_stand_first_with_counts_that_can_be_checked() -> None:
    found = told()
    assert [one.name for one in found.places[:2]] == ["Checkout", "Shipping"]
    first = found.places[0]
    assert (first.kind, first.position, first.of, first.files) == ("part", 1, 8, 2)
    assert first.lines.value == 200
    assert first.expected.value > 5 and first.expected.low is not None
    assert found.sentence.startswith("Likeliest to need fixes in the next three months: Checkout (about ")
    assert found.coverage.state is State.FINDING
    values = [one.expected.value for one in found.places]
    assert values == sorted(values, reverse=True)


def test_reasons_are_size_changes_and_the_newest_fix() -> None:
    size, counts, newest = told().places[0].reasons
    assert size == "200 lines in two files"
    year = [one for one in LINES if "checkout" in one and _within_a_year(one)]
    assert counts == f"{len(year)} changes in the past year, {len(year)} for fixes"
    last = max(one[:10] for one in year)
    assert newest.startswith(f"newest fix {date.fromisoformat(last).day} ")


def _within_a_year(line: str) -> bool:
    return TODAY - timedelta(days=365) < date.fromisoformat(line[:10]) <= TODAY


def test_each_quarter_of_the_year_tells_what_came_in_it() -> None:
    seasons = told(asked=Asked(files=True)).places[0].seasons
    assert [one.ends for one in seasons] == [
        (TODAY - timedelta(days=QUARTER * back)).isoformat() for back in (3, 2, 1, 0)
    ]
    days = [date.fromisoformat(one[:10]) for one in LINES if one.endswith(CART) and "fix" in one]
    for one in seasons:
        first, last = date.fromisoformat(one.begins), date.fromisoformat(one.ends)
        assert one.came.value == sum(first <= day <= last for day in days)
        assert one.expected.value > 0


def test_a_past_quarter_knows_nothing_of_what_came_later() -> None:
    """What was expected then is the same when the later history is cut off."""
    past = shop()
    then = quarters(fragilities(past, today=TODAY, repository="shop"))[2]
    cut = replace(past, history=past.history.until(then.today))
    there = fragilities(cut, today=then.today, repository="shop")
    assert then.end == there.end == end_of(then.today)
    assert then.scale == pytest.approx(there.scale)
    assert then.file_expected == pytest.approx(there.file_expected)
    assert then.component_expected == pytest.approx(there.component_expected)
    came = fixes.fixed_files(past, then.end, then.end + QUARTER * DAY)
    assert then.files_came.tolist() == came.tolist()


def test_files_of_one_part_keep_their_rank_among_all() -> None:
    found = told(asked=Asked("services/checkout", files=True))
    assert [(one.name, one.position, one.of) for one in found.places] == [(CART, 1, 9), (PRICE, 2, 9)]
    alone = told(asked=Asked("services/checkout", PRICE, files=True))
    assert [(one.name, one.position) for one in alone.places] == [(PRICE, 2)]
    assert [one.name for one in told(asked=Asked("services/checkout", "no/such.py", files=True)).places] == []


def test_every_figure_names_its_evidence() -> None:
    found = told()
    rows = {row.id for row in found.evidence}
    for one in found.places:
        figures = [one.expected, one.chance, one.lines, one.changed, one.fixes]
        figures += [figure for season in one.seasons for figure in (season.expected, season.came)]
        assert {figure.evidence for figure in figures} <= rows
    assert found.record is not None and found.record.pairs.evidence in rows


def test_the_record_counts_what_was_expected_and_came() -> None:
    found = told().record
    assert found is not None and found.held
    past = quarters(fragilities(shop(), today=TODAY, repository="shop"))
    assert found.quarters == len(past) == 6
    assert found.came.value == sum(one.files_came.sum() for one in past)
    assert found.said.value == pytest.approx(sum(one.file_expected.sum() for one in past))
    assert 0.9 < found.pairs.value <= 1
    assert f"{found.came.value:.0f} came." in found.sentence


def test_no_list_where_the_past_says_it_would_mislead() -> None:
    """Fixes go wherever nothing happened for long, and never where changes are many."""
    lines = [f"2024-06-01 begin | {' '.join(f'parts/p{n}/one.py' for n in range(200))}"]
    lines += every(5, 170, "grow the till | " + " ".join(f"parts/p{n}/one.py" for n in range(100)))
    lines = [one.replace("2026-01-01", "2024-06-02") for one in lines]
    lines += every(4, 100, lambda n: f"fix: a rare one {n} | parts/p{100 + n}/one.py", start="2025-09-25")
    lines += every(4, 100, lambda n: f"fix: an early one {n} | parts/p{n}/one.py", start="2024-06-03")
    found = told(active(lines))
    assert found.record is not None and not found.record.held
    assert found.places == () and found.coverage.state is State.TOO_LITTLE
    assert found.sentence.startswith("No list is shown: over ") and found.sentence.endswith(ADVICE)


def test_too_few_fixes_and_too_little_history_are_said() -> None:
    rare = [LINES[0], *every(7, 100, f"the cart grows | {CART}", start="2024-11-02")]
    found = told(active(rare))
    assert found.coverage.state is State.TOO_LITTLE and "five fixed files a quarter" in found.sentence
    assert found.sentence.endswith(ADVICE) and found.record is None
    young = told(active([one for one in LINES if one < "2025-02"]), today=date(2025, 2, 1))
    assert "half a year of history" in young.sentence and ADVICE not in young.sentence


def test_few_scored_quarters_make_no_record() -> None:
    past = quarters(fragilities(shop(), today=TODAY, repository="shop"))
    assert record(past[:1], Ledger()) is None
    bunched = [LINES[0], *every(1, 25, f"fix: the cart | {CART}", start="2026-08-20")]
    found = told(active(bunched))
    assert found.sentence.startswith("No list is shown: fewer than two past quarters")


def test_after_half_a_year_there_is_a_list_and_no_record_yet() -> None:
    found = told(today=date(2025, 6, 20))
    assert found.places and found.record is None
    assert found.places[0].seasons == ()
