from __future__ import annotations

import doctest
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colead import fixes
from colead.activity import Activity, activity
from colead.citing import end_of
from colead.evidence import Ledger, State
from colead.fragility import Fragilities, Fragility, Level, component_level, fragilities
from words.histories import active, codebase, every, history

TODAY = date(2026, 11, 1)
CART = "services/checkout/cart.py"
LABEL = "services/shipping/label.py"
SLIP = "services/packing/slip.py"
QUIET = [f"services/quiet-{number}/one.py" for number in range(6)]


def shop() -> Activity:
    """Checkout is fixed every ten days, shipping every two months, the rest stands still."""
    return active(_lines())


def _lines() -> list[str]:
    return [
        f"2025-01-01 begin | {CART} {LABEL} {SLIP} {' '.join(QUIET)}",
        *every(10, 60, lambda number: f"fix: cart {number} | {CART}", start="2025-03-01"),
        *every(5, 110, "cart grows | " + CART, start="2025-03-03"),
        *every(60, 10, "fix: label | " + LABEL, start="2025-03-02"),
    ]


def fragile(past: Activity | None = None, today: date = TODAY) -> Fragilities:
    return fragilities(past or shop(), today=today, repository="shop")


def test_says_how_often_a_part_changed_and_was_fixed_in_exact_counts() -> None:
    ledger = Ledger()
    checkout = fragile().component("services/checkout", ledger)
    fixed = sum(date(2025, 3, 1) + timedelta(10 * n) > TODAY - timedelta(365) for n in range(60))
    grown = sum(date(2025, 3, 3) + timedelta(5 * n) > TODAY - timedelta(365) for n in range(110))
    future = sum(date(2025, 3, 1) + timedelta(10 * n) > TODAY for n in range(60))
    grown -= sum(date(2025, 3, 3) + timedelta(5 * n) > TODAY for n in range(110))
    assert checkout.changed.value == fixed - future + grown
    assert checkout.fixes.value == fixed - future
    changed, repaired = int(checkout.changed.value), int(checkout.fixes.value)
    said = f"{changed} changes in the past year, {repaired} for fixes; expect about "
    assert checkout.sentence.startswith(said)


def test_a_part_that_needs_fixes_all_the_time_is_fragile_and_a_still_one_is_steady() -> None:
    found, ledger = fragile(), Ledger()
    levels = {key: found.component(key, ledger).level for key in found.activity.components}
    assert levels["services/checkout"] is Level.FRAGILE
    assert levels["services/packing"] is Level.STEADY
    assert levels["services/quiet-1"] is Level.STEADY
    assert found.coverage.state is State.FINDING


def test_more_fixes_mean_more_expected_and_a_higher_rank() -> None:
    found, ledger = fragile(), Ledger()
    checkout, shipping, packing = (
        found.component(f"services/{name}", ledger) for name in ("checkout", "shipping", "packing")
    )
    assert checkout.expected and shipping.expected and packing.expected
    assert checkout.expected.value > shipping.expected.value > packing.expected.value
    assert checkout.rank > shipping.rank > packing.rank


def test_evidence_names_the_latest_fixes_of_the_past_year() -> None:
    ledger = Ledger()
    checkout = fragile().component("services/checkout", ledger)
    rows = {row.id: row for row in ledger.table()}
    row = rows[checkout.fixes.evidence]
    assert row.n == checkout.changed.value
    assert {one.kind for one in row.sources} == {"landing"}
    assert all(one.title.startswith("fix: cart") and one.repository == "shop" for one in row.sources)
    assert [one.date for one in row.sources] == sorted((one.date for one in row.sources), reverse=True)
    assert row.window == ("2025-11-02", "2026-11-01")
    assert checkout.expected and "formula" in rows[checkout.expected.evidence].method


def test_sums_files_but_counts_a_fix_of_three_files_once() -> None:
    together = " ".join(f"services/checkout/part{number}.py" for number in range(3))
    past = active(
        [
            f"2025-01-01 begin | {together} {LABEL}",
            *every(10, 60, "fix: all | " + together, start="2025-03-01"),
        ]
    )
    found = fragile(past)
    position = found.activity.components.index("services/checkout")
    files = sum(found.file_expected)
    assert found.component_expected[position] < 0.5 * files


@pytest.mark.parametrize("lines", [[], [f"2026-10-{day:02} fix: it | {CART}" for day in range(1, 29)]])
def test_half_a_year_is_needed(lines: list[str]) -> None:
    found = fragile(active([f"2026-09-01 begin | {CART}", *lines]))
    assert found.coverage.state is State.TOO_LITTLE
    assert "half a year" in found.coverage.note
    told = found.component("services/checkout", Ledger())
    assert told.level is Level.UNKNOWN and told.expected is None and told.chance is None
    assert told.sentence.endswith("too little here to say more")


def test_five_fixed_files_a_quarter_are_needed() -> None:
    rare = active([f"2025-01-01 begin | {CART}", *every(30, 12, "fix: it | " + CART, start="2025-11-05")])
    found = fragile(rare)
    assert found.coverage.state is State.TOO_LITTLE
    assert found.coverage.note == (
        "Fragility needs about five fixed files a quarter; only 12 fixed files in the past year."
    )


def test_no_product_source_is_not_analysed() -> None:
    past = active(f"2025-01-01 begin | {CART}\n2025-02-01 gone | -{CART}")
    found = fragile(past)
    assert found.coverage.state is State.NOT_ANALYSED


def test_an_empty_history_is_not_analysed() -> None:
    assert fragile(active("")).coverage.state is State.NOT_ANALYSED


def test_an_unknown_part_is_an_error() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        fragile().component("nowhere", Ledger())


def test_files_have_a_level_of_their_own() -> None:
    found, ledger = fragile(), Ledger()
    assert found.file(CART, ledger).level is Level.FRAGILE
    assert found.file(LABEL, ledger).level in (Level.WATCH, Level.FRAGILE)
    still = found.file(QUIET[0], ledger)
    assert still.level is Level.STEADY
    assert still.sentence.startswith("no change in the past year; ")


def test_a_file_without_history_is_unknown() -> None:
    told = fragile().file("services/checkout/new.py", Ledger())
    assert told.level is Level.UNKNOWN
    assert told.changed.value == 0


def test_bots_and_bulk_changes_do_not_count() -> None:
    lines = [f"2025-01-01 begin | {CART} {LABEL}", *every(8, 60, "fix: cart | " + CART, start="2025-03-01")]
    noise = every(3, 150, f"bot! fix: everything | {CART} {LABEL}", start="2025-03-01")
    plain, noisy = (
        fragile(active(told)).component("services/checkout", Ledger()) for told in (lines, lines + noise)
    )
    assert (plain.changed.value, plain.fixes.value) == (noisy.changed.value, noisy.fixes.value)
    assert plain.expected and noisy.expected
    assert plain.expected.value == pytest.approx(noisy.expected.value)


def test_larger_files_need_more_fixes() -> None:
    fixed = every(8, 60, f"fix | {CART} {LABEL}", start="2025-03-01")
    past = history([f"2025-01-01 begin | {CART} {LABEL}", *fixed])
    code = codebase(past, lines={CART: 3000, LABEL: 30})
    found = fragile(activity(past, code))
    cart, label = (found.file(path, Ledger()).expected for path in (CART, LABEL))
    assert cart and label and cart.value > 1.5 * label.value


def test_a_missing_size_is_taken_as_the_middle_one() -> None:
    past = history(f"2025-01-01 begin | {CART} {LABEL} {SLIP} {QUIET[0]}")
    found = fragile(activity(past, codebase(past, lines={CART: 10, LABEL: 20, SLIP: 90})))
    assert found.lines.tolist() == [10, 20, 90, 20]


def test_this_repositorys_own_level_replaces_the_usual_one() -> None:
    """Where more is fixed than the formula would say, the scale is above one, else below."""
    often = every(1, 500, lambda number: f"fix: it | services/checkout/{number % 50}.py", start="2025-05-01")
    seldom = every(2, 250, lambda number: f"grow | services/checkout/{number % 7}.py", start="2025-05-01")
    assert fragile(active(often)).scale > 1.2
    assert fragile(active(seldom)).scale < 1.0


def test_an_older_quarter_weighs_half_as_much_in_the_level() -> None:
    """Thirty fixes in the latest quarter count as thirty, a year ago as an eighth of that."""
    begin = f"2025-01-01 begin | {CART}"
    latest, oldest = (
        fragile(active([begin, *every(1, 30, "fix: it | " + CART, start=start)]))._replay
        for start in ("2026-09-01", "2025-12-01")
    )
    assert latest[0] == 30 and oldest[0] == pytest.approx(30 / 8)


def test_what_lands_after_today_is_not_known() -> None:
    past = shop()
    today = date(2026, 3, 1)
    known, cut = (
        fragile(one, today).component("services/checkout", Ledger())
        for one in (past, activity(past.history.until(today), past.codebase))
    )
    assert known.changed.value == cut.changed.value
    assert known.fixes.value == cut.fixes.value
    assert known.expected and cut.expected and known.expected.value == pytest.approx(cut.expected.value)


def test_a_clone_that_is_not_current_is_counted_back_from_its_newest_landing() -> None:
    """The same lines, read on the day of the newest landing and a quarter later."""
    lines = [line for line in _lines() if line[:10] <= "2026-07-26"]
    then, late = fragile(active(lines), date(2026, 7, 26)), fragile(active(lines), TODAY)
    one, other = (found.component("services/checkout", Ledger()) for found in (then, late))
    assert (one.changed.value, one.fixes.value) == (other.changed.value, other.fixes.value)
    assert one.expected and other.expected
    assert other.expected.value == pytest.approx(one.expected.value)
    assert "in the year to 26 July" in other.sentence and "in the past year" in one.sentence
    assert late.coverage.note.endswith(" The newest landing is of 26 July: is this clone current?")
    assert "current" not in then.coverage.note


@pytest.mark.parametrize(
    ("chance", "by_rate", "by_count", "repairs", "level"),
    [
        (0.5, 0.34, 0.67, 2, Level.FRAGILE),
        (0.5, 0.34, 0.67, 1, Level.WATCH),  # one fix in a year is not called fragile
        (0.9, 0.32, 0.99, 9, Level.WATCH),  # merely large
        (0.9, 0.90, 0.10, 9, Level.FRAGILE),  # small, and fixed all the time
        (0.9, 0.50, 0.65, 9, Level.WATCH),
        (0.5, 0.00, 0.00, 0, Level.WATCH),  # "steady" would not go with such odds
        (0.49, 0.99, 0.99, 9, Level.WATCH),
        (0.25, 0.50, 0.10, 0, Level.WATCH),
        (0.25, 0.10, 0.50, 0, Level.WATCH),
        (0.25, 0.49, 0.49, 0, Level.STEADY),
        (0.24, 0.99, 0.99, 9, Level.STEADY),
    ],
)
def test_levels_of_parts(chance: float, by_rate: float, by_count: float, repairs: int, level: Level) -> None:
    assert component_level(chance, by_rate, by_count, repairs) is level


def test_the_formula_by_hand() -> None:
    """Two changes, 180 and 365 days ago; the older was a fix; a fix of another file 90 days ago."""
    end = end_of(date(2026, 6, 30))

    def day(ago: int) -> date:
        return date(2026, 6, 30) - timedelta(days=ago)

    past = active([f"{day(365)} fix: it | {CART}", f"{day(180)} it | {CART}", f"{day(90)} fix: it | {LABEL}"])
    said = fixes.unscaled(past, np.array([400.0, 50.0]), np.array([True, True]), end)
    half = 0.5  # landings are at noon, ages are counted from midnight
    changes = 2 ** (-(180 + half) / 180) + 2 ** (-(365 + half) / 180)
    repairs = 2 ** (-(365 + half) / 365)
    base = 1 / 2 / 2 + 0.001
    size = 0.534 * np.log(400) + (1.391 - 0.123 * np.log(400)) * np.log1p(changes)
    rest = 0.322 * np.log1p(repairs) + 0.586 * np.log(base)
    assert said[0] == pytest.approx(np.exp(-4.438 + size + rest))
    gone = fixes.unscaled(past, np.array([400.0, 50.0]), np.array([True, False]), end)
    assert gone[1] == 0


@pytest.mark.parametrize(
    ("landings", "said"),
    [
        ([], "no change in the past year; "),
        (["grow"], "one change in the past year, not for a fix; "),
        (["fix"], "one change in the past year, for a fix; "),
        (["grow", "grow"], "2 changes in the past year, none for a fix; "),
        (["grow", "fix"], "2 changes in the past year, one for a fix; "),
        (["fix", "fix", "grow"], "3 changes in the past year, 2 for fixes; "),
    ],
)
def test_counts_are_said_as_people_say_them(landings: list[str], said: str) -> None:
    lines = [f"2025-01-01 begin | {SLIP} {CART}", *(f"2026-06-01 {one} | {SLIP}" for one in landings)]
    lines += every(9, 66, "fix: cart | " + CART, start="2025-03-01")
    assert fragile(active(lines)).component("services/packing", Ledger()).sentence.startswith(said)


@pytest.mark.parametrize(
    ("counts", "expected", "said"),
    [
        ((102, 12), 3.2, "102 changes in the past year, 12 for fixes; expect about 3 more in three months"),
        ((102, 12), 1.5, "102 changes in the past year, 12 for fixes; expect about 2 more in three months"),
        ((102, 12), 1.49, "102 changes in the past year, 12 for fixes; 7 in 10 to need one in three months"),
        ((8, 1), 0.5, "8 changes in the past year, one for a fix; 4 in 10 to need one in three months"),
        ((8, 0), 2.2, "8 changes in the past year, none for a fix; 8 in 10 to need one in three months"),
        ((8, 0), 4.2, "8 changes in the past year, none for a fix; expect about 4 fixes in three months"),
        ((0, 0), 0.01, "no change in the past year; less than 1 in 20 to need a fix in three months"),
        ((2, 2), None, "2 changes in the past year, 2 for fixes; too little here to say more"),
    ],
)
def test_the_number_is_said_where_it_tells_more_than_the_odds(
    counts: tuple[int, int], expected: float | None, said: str
) -> None:
    assert fixes.sentence(*counts, expected) == said
    assert len(said) <= 80


@given(st.floats(0, 1000), st.floats(0, 1), st.floats(0, 1), st.integers(0, 99))
def test_no_steady_part_is_told_a_number_and_no_odds_above_19_in_20_are(
    expected: float, by_rate: float, by_count: float, repairs: int
) -> None:
    said = fixes.sentence(99, repairs, expected)
    level = component_level(fixes.chance(expected), by_rate, by_count, repairs)
    assert "more than 19 in 20" not in said
    assert level is not Level.STEADY or "expect" not in said


@given(st.floats(1.5, 300))
def test_the_range_of_a_number_is_too_wide_to_be_said(expected: float) -> None:
    """Were it ever narrower than one to three, it would belong into the sentence."""
    low, high = fixes.interval(expected)
    assert high > 3 * low


def test_examples_in_the_docstring_are_true() -> None:
    assert doctest.testmod(fixes) == (0, 2)


def test_the_number_in_words_is_the_one_in_the_evidence() -> None:
    ledger = Ledger()
    checkout = fragile().component("services/checkout", ledger)
    assert checkout.expected and checkout.expected.value >= fixes.COUNTED
    assert f"expect about {checkout.expected.value:.0f} more" in checkout.sentence
    assert checkout.expected.evidence in {row.id for row in ledger.table()}


def test_deleted_files_are_not_alive() -> None:
    gone, back = f"2025-02-01 gone | -{LABEL}", f"2025-03-01 back | +{LABEL}"
    past = active([f"2025-01-01 begin | {CART} {LABEL}", gone, back])
    alive = [fixes.alive_at(past, end_of(date(2025, month, 15))).tolist() for month in (1, 2, 3)]
    assert alive == [[True, True], [True, False], [True, True]]


@given(st.floats(0.001, 300))
def test_the_range_holds_80_percent_and_contains_the_middle(expected: float) -> None:
    low, high = fixes.interval(expected)
    below = fixes.cumulative(expected, high + 2)
    assert 0 <= low <= high
    assert below[high] >= 0.9
    assert low == 0 or below[low - 1] < 0.1
    assert np.all(np.diff(below) >= 0) and below[-1] <= 1 + 1e-9


@given(st.floats(0.001, 300))
def test_the_chance_of_a_fix_is_what_is_not_in_zero_fixes(expected: float) -> None:
    assert fixes.chance(expected) == pytest.approx(1 - fixes.cumulative(expected, 1)[0])


def test_nothing_expected_means_no_chance() -> None:
    assert fixes.interval(0.0) == (0, 0)
    assert fixes.chance(0.0) == 0.0


def test_technical_readers_get_the_same_facts() -> None:
    checkout = fragile().component("services/checkout", Ledger())
    assert checkout.expected and checkout.chance
    assert f"{checkout.expected.value:.2f} fixes expected in 90 days" in checkout.technical
    assert f"P(at least one) {checkout.chance.value:.2f}" in checkout.technical


def test_migrations_are_written_once_and_expected_to_need_hardly_any_fix() -> None:
    def told(folder: str) -> Fragility:
        steps = [f"services/{folder}/{number:03}.py" for number in range(120)]
        lines = [
            *every(
                30,
                40,
                "fix: the cart | services/checkout/cart.py services/checkout/pay.py",
                start="2024-01-01",
            ),
            *(
                f"2024-02-{1 + place:02} Steps | {' '.join(steps[9 * place : 9 * place + 9])}"
                for place in range(14)
            ),
            "2026-09-01 Read me | README.md",
        ]
        return fragile(active(lines)).component(f"services/{folder}", Ledger())

    others, once = told("screens"), told("migrations")
    assert others.expected and once.expected
    assert once.expected.value < others.expected.value / 4
    assert once.level is Level.STEADY
