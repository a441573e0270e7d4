from __future__ import annotations

from collections.abc import Callable
from datetime import date

from colead.codebase import Component
from colead.evidence import Ledger
from colead.partner import Partner, Side, across
from words.histories import active, every

TODAY = date(2026, 10, 19)
SHIP, BASKET, NEWS = "services/shipping", "web/basket", "web/news"
OWN = "services/search services/mail services/stock".split()


def shop(*more: str, step: int = 20) -> Side:
    """Shipping is changed for tickets 1 to 20, other parts for a hundred others."""
    lines = [
        f"2025-01-01 begin | {SHIP}/a.py " + " ".join(f"{one}/a.py" for one in OWN),
        *every(step, 20, lambda n: f"ship [SHOP-{n + 1}] | {SHIP}/a.py", start="2025-08-01"),
        *every(4, 100, lambda n: f"other [SHOP-{n + 100}] | {OWN[n % 3]}/a.py", start="2025-08-02"),
    ]
    return Side("shop", active([*lines, *more], names={SHIP: "Shipping"}))


def web(tickets: range = range(1, 15), late: int = 2, key: str = "SHOP-") -> Side:
    """The basket page is changed for some of them, a little later; the news for none."""
    lines = [f"2025-01-01 begin | {BASKET}/a.ts {NEWS}/a.ts"]
    for number in tickets:
        day = date.fromordinal(date(2025, 8, 1).toordinal() + 20 * (number - 1) + late)
        lines.append(f"{day} basket [{key}{number}] | {BASKET}/a.ts")
    lines += every(5, 80, "news | web/news/a.ts", start="2025-08-01")
    return Side("shop-web", active(lines, names={BASKET: "Basket page"}))


def told(
    here: Side, there: Side, free: Callable[[Component], bool] = lambda one: True
) -> tuple[tuple[Partner, ...], Ledger]:
    ledger = Ledger()
    return across(here, there, [SHIP, "services/nowhere"], free, today=TODAY, ledger=ledger), ledger


def test_a_part_of_the_other_repository_that_changes_for_the_same_tickets_is_told() -> None:
    found, ledger = told(shop(), web(range(7, 21)))
    (one,) = found
    assert (one.repository, one.component, one.of, one.code) == ("shop-web", BASKET, SHIP, "P03")
    assert (one.together.value, one.times.value, one.chance.value) == (14, 20, 14 / 28)
    assert one.sentence == (
        "changed for the same ticket or branch as Shipping 14 of the last 20 times, last on 18 August;"
        " expect it 5 times in 10"
    )
    assert one.ask == "Does Basket page in shop-web change too, or can it stay as it is?"
    assert one.files == (f"{BASKET}/a.ts",) and one.link.shown == "not analysed"
    (row,) = ledger.table()
    assert row.n == 20 and {source.repository for source in row.sources} == {"shop-web"}


def test_what_is_touched_or_mentioned_there_is_not_told() -> None:
    assert told(shop(), web(range(7, 21)), lambda one: one.key != BASKET)[0] == ()


def test_what_is_merely_near_in_time_is_not_told() -> None:
    assert told(shop(), web(range(7, 21), key="WEB-"))[0] == ()


def test_the_same_ticket_months_later_is_not_the_same_work() -> None:
    assert told(shop(), web(range(7, 21), late=45))[0] == ()


def test_too_few_tickets_and_those_of_the_older_half_are_not_told() -> None:
    assert told(shop(), web(range(16, 21)))[0] == ()
    assert told(shop(), web(range(1, 9)))[0] == ()


def test_names_that_anybody_gives_and_bare_numbers_are_not_the_same_work() -> None:
    for key in ("fork/main", "develop", "#7"):
        lines = every(10, 12, f"ship [{key}] | {SHIP}/a.py", start="2026-04-01")
        pages = every(10, 12, f"page [{key}] | {BASKET}/a.ts", start="2026-04-01")
        assert told(Side("a", active(lines)), Side("b", active(pages)))[0] == ()


def test_a_part_that_changes_for_every_ticket_is_no_partner() -> None:
    days = [date.fromordinal(date(2025, 8, 2).toordinal() + 4 * n) for n in range(100)]
    lines = [f"{day} page [SHOP-{n + 100}] | {BASKET}/a.ts" for n, day in enumerate(days)]
    there = Side(
        "shop-web",
        active([*lines, *every(20, 14, lambda n: f"p [SHOP-{n + 7}] | {BASKET}/a.ts", start="2025-11-29")]),
    )
    assert told(shop(), there)[0] == ()


def test_an_empty_history_is_silence() -> None:
    assert told(Side("a", active("")), web())[0] == ()
    assert told(shop(), Side("b", active("")))[0] == ()
