from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colead.activity import Activity
from colead.codebase import Component
from colead.evidence import Coverage, Ledger, State
from colead.partner import Along, Partner, partners, wilson
from words.histories import active, every

TODAY = date(2026, 10, 19)
SHIP, BACK, CART = "services/shipping", "services/returns-label", "services/checkout"
NAMES = {SHIP: "Shipping", BACK: "Returns label"}
BEGIN = "2025-01-01 begin | " + " ".join(
    f"{root}/{file}.py" for root in (SHIP, BACK, CART, "services/search", "services/mail") for file in "ab"
)


def silent(component: Component) -> bool:
    """A spec that mentions nothing."""
    return False


def among(
    past: Activity, touched: Sequence[str] = (SHIP,), mentioned: Callable[[Component], bool] = silent
) -> tuple[tuple[Partner, ...], Coverage, Ledger]:
    ledger = Ledger()
    found, coverage = partners(past, touched, mentioned, today=TODAY, ledger=ledger, repository="shop")
    return found, coverage, ledger


def shop(together: int = 18, alone: int = 10, *more: str) -> Activity:
    """Shipping changes with the returns label `together` times and alone `alone` times before."""
    return active(
        [
            BEGIN,
            *every(20, alone, f"ship | {SHIP}/a.py", start="2025-03-01"),
            *every(20, together, f"label | {SHIP}/a.py {BACK}/b.py", start="2025-10-28"),
            *every(9, 60, f"cart | {CART}/a.py", start="2025-02-01"),
            *every(20, 25, "search | services/search/a.py", start="2025-02-02"),
            *every(20, 25, "mail | services/mail/a.py", start="2025-02-03"),
            *more,
        ],
        names=NAMES,
    )


def test_a_part_that_usually_changes_along_is_a_partner() -> None:
    found, coverage, ledger = among(shop())
    (partner,) = found
    assert (partner.component, partner.of) == (BACK, SHIP)
    assert (partner.together.value, partner.times.value) == (19, 29)
    assert partner.chance.value == 19 / 37
    assert partner.sentence == (
        "changed along with Shipping 19 of the last 29 times, last on 3 October; expect it 5 times in 10"
    )
    assert partner.ask == "Does Returns label change too, or can it stay as it is?"
    assert partner.last == "2026-10-03"
    assert partner.files == (f"{BACK}/b.py", f"{BACK}/a.py")
    assert coverage.state is State.FINDING
    (row,) = ledger.table()
    assert row.n == 29 and row.sources[0].date == "2026-10-03" and row.sources[0].title == "label"


def test_says_nothing_of_a_part_that_the_spec_mentions() -> None:
    found, coverage, ledger = among(shop(), mentioned=lambda one: one.name == "Returns label")
    assert found == () and coverage.state is State.NOTHING and not ledger.table()
    assert "landings of the last two years" in coverage.note


def test_a_clone_that_is_not_current_is_counted_back_from_its_newest_landing() -> None:
    ledger, later = Ledger(), date(2028, 12, 1)
    found, _ = partners(shop(), [SHIP], silent, today=later, ledger=ledger, repository="shop")
    (partner,) = found
    assert partner.sentence.endswith(
        "19 of the last 29 times, last on 3 October 2026; expect it 5 times in 10"
    )
    (row,) = ledger.table()
    assert row.method.startswith("Landings of the two years to 3 October 2026 that changed Shipping")
    assert row.window == ("2024-10-04", "2026-10-03")


def test_says_nothing_of_a_part_that_is_touched_itself() -> None:
    assert among(shop(), [SHIP, BACK])[0] == ()


def test_fewer_than_five_landings_are_too_little() -> None:
    found, coverage, _ = among(shop(3, 0))
    assert found == () and coverage.state is State.TOO_LITTLE


def test_five_times_together_are_no_support() -> None:
    assert among(shop(4, 4))[0] == ()
    assert len(among(shop(5, 4))[0]) == 1


def test_less_than_three_in_ten_is_no_partner() -> None:
    assert among(shop(6, 28))[0] == ()


def test_what_ended_is_no_partner() -> None:
    """They changed together in a first year and no more since."""
    past = active(
        [
            BEGIN,
            *every(9, 20, f"label | {SHIP}/a.py {BACK}/b.py", start="2025-02-01"),
            *every(9, 20, f"ship | {SHIP}/a.py", start="2026-02-01"),
            *every(2, 200, f"cart | {CART}/a.py", start="2025-02-01"),
        ]
    )
    assert among(past)[0] == ()


def test_a_part_that_changes_with_everything_is_no_partner() -> None:
    """The returns label is in nearly every landing, so being along says nothing about shipping."""
    everywhere = every(1, 400, f"all | {CART}/a.py {BACK}/b.py", start="2025-02-04")
    assert among(shop(18, 6, *everywhere))[0] == ()


def test_landings_of_more_than_thirty_files_do_not_count() -> None:
    sweep = " ".join(f"{root}/{number}.py" for root in (SHIP, BACK) for number in range(20))
    past = active([BEGIN, *every(10, 20, f"sweep | {sweep}", start="2026-01-01")])
    assert among(past)[1].state is State.TOO_LITTLE


def test_bots_do_not_count() -> None:
    past = active([BEGIN, *every(10, 20, f"bot! bump | {SHIP}/a.py {BACK}/b.py", start="2026-01-01")])
    assert among(past)[1].state is State.TOO_LITTLE


def test_what_is_older_than_two_years_does_not_count() -> None:
    old = every(5, 30, f"label | {SHIP}/a.py {BACK}/b.py", start="2023-01-01")
    past = active([BEGIN.replace("2025", "2022"), *old, "2026-10-01 read me | README.md"])
    assert among(past)[1].state is State.TOO_LITTLE


def test_no_touched_part_is_not_analysed() -> None:
    assert among(shop(), [])[1].state is State.NOT_ANALYSED


def test_a_part_that_is_unknown_here_is_too_little() -> None:
    assert among(shop(), ["services/nowhere"])[1].state is State.TOO_LITTLE


def test_each_partner_is_named_once_beside_the_part_it_goes_with_most() -> None:
    weaker = every(20, 12, f"both | {CART}/b.py {BACK}/b.py", start="2025-03-05")
    past = active(
        [
            BEGIN,
            *every(20, 20, f"label | {SHIP}/a.py {BACK}/b.py", start="2025-03-01"),
            *weaker,
            *every(20, 10, f"cart | {CART}/a.py", start="2025-03-06"),
            *every(4, 90, "search | services/search/a.py", start="2025-03-07"),
            *every(4, 90, "mail | services/mail/a.py", start="2025-03-08"),
        ]
    )
    found, _, _ = among(past, [CART, SHIP])
    assert [(one.component, one.of) for one in found] == [(BACK, SHIP)]


def test_at_most_three_strongest_first() -> None:
    parts = [f"services/part-{number}" for number in range(6)]
    lines = ["2025-01-01 begin | " + " ".join(f"{one}/a.py" for one in [*parts, SHIP, CART])]
    for number, part in enumerate(parts[:5]):
        lines += every(7, 10 + 3 * number, f"with | {SHIP}/a.py {part}/a.py {parts[(number + 1) % 5]}/a.py")
    lines += every(1, 280, f"cart | {CART}/a.py")
    found, _, _ = among(active(lines))
    shares = [one.together.value / one.times.value for one in found]
    assert len(found) == 3 and shares == sorted(shares, reverse=True)


def test_files_that_are_gone_are_not_named() -> None:
    gone = f"2026-10-10 gone | -{BACK}/b.py"
    assert among(shop(18, 10, gone))[0][0].files == (f"{BACK}/a.py",)


def test_the_usual_share_is_at_least_the_parts_own() -> None:
    along = Along.of(shop(), TODAY)
    own = along.changed(BACK) / len(along.landings)
    assert along.usual(SHIP, BACK) >= own


def test_says_nothing_of_a_link_where_no_file_can_be_read() -> None:
    (partner,) = among(shop())[0]
    assert partner.link.shown == "not analysed"


@given(st.integers(1, 500), st.data())
def test_wilson_holds_the_share_and_narrows_with_more_cases(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    low, high = wilson(hits, n)
    wide_low, wide_high = wilson(hits, n, z=3.0)
    close = 1e-12
    assert 0 <= wide_low <= low + close and low <= hits / n + close
    assert hits / n <= high + close and high <= wide_high + close <= 1 + close


def test_wilson_of_published_example() -> None:
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)
