"""What is known of waiting: who asks for the idea, and what is counted already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colead.activity import Activity
from colead.demand import AskedFor, asked_for
from colead.evidence import Ledger, State
from colead.issue import Issue
from colead.readers.markdown import read_spec
from colead.spec import Spec
from colead.tradeoff import Act, View, asked, counted, demand_told, watched, weigh
from colead.tradeoff.counted import Counted
from words.histories import active
from words.test_demand import GIFTS, OTHERS, issue
from words.test_effects import FORBIDDEN, forecast_of, sound
from words.toy import Toy

TODAY = date(2026, 10, 19)
NOTES = read_spec(
    b"# Gift notes\n\nBuyers put presents into delivery instructions.\n\n"
    b"## Which number should move?\n\nGift orders: 3 % of all orders.\n\n## What is out\n\nGift cards.\n",
    "gift-notes.md",
)
CART = "services/checkout/cart.py"


def wish(*created: str, votes: int = 0) -> AskedFor:
    """As many issues as days are given, an empty day for none, that surely ask for gift notes."""
    wished = [
        issue(number, "Gift notes", votes=votes, created=date.fromisoformat(day) if day else None)
        for number, day in enumerate(created, start=1)
    ]
    return asked_for([*OTHERS, *wished], GIFTS)


def test_who_asks_is_told_with_votes_since_when_and_at_which_pace() -> None:
    ledger = Ledger()
    days = ("2025-03-03", "2026-06-01", "2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01")
    (one,) = asked(wish(*days, votes=2), today=TODAY, ledger=ledger, repository="shop")
    assert (one.act, one.code, one.here.value) == (Act.WAIT, "X03", 6)
    assert one.sentence == ("Six issues ask for it (12 votes) since 3 March 2025, five in half a year.")
    assert one.product.endswith("the first since 3 March 2025: whoever wrote them has waited so long.")
    assert one.engineering == (
        "Six issues ask for it; at the pace of the last six months about one more every month while it waits."
    )
    (row,) = ledger.table()
    assert row.n == len(OTHERS) + 6 and row.window == ("2025-03-03", "2026-10-19")
    assert {source.kind for source in row.sources} == {"issue"} and len(row.sources) == 6
    sound(one)


@pytest.mark.parametrize(
    ("days", "pace"),
    [
        (("2026-10-01",), "one in the last six months, too few to say how many come while it waits"),
        (("2024-10-01",) * 4, "none in the last six months, too few to say how many come while it waits"),
        (("2026-10-01",) * 3, "at the pace of the last six months about one more every two months"),
        (("2026-10-01",) * 18, "at the pace of the last six months about three more every month"),
    ],
)
def test_a_pace_is_told_from_three_issues_on(days: Sequence[str], pace: str) -> None:
    (one,) = asked(wish(*days), today=TODAY, ledger=Ledger(), repository="shop")
    assert pace in one.engineering and "vote" not in one.sentence


def test_issues_without_days_are_counted_and_nobody_is_no_tradeoff() -> None:
    (one,) = asked(wish("", ""), today=TODAY, ledger=Ledger(), repository="shop")
    assert one.sentence == "Two issues ask for it, none in half a year."
    assert asked(wish(), today=TODAY, ledger=Ledger(), repository="shop") == ()
    assert demand_told(wish(), 0) == "What waiting costs is not analysed: no requests are imported."
    assert demand_told(wish(), 9) == "Of 9 imported issues none surely asks for it."
    assert demand_told(wish("", ""), 11) == "Of 11 imported issues two surely ask for it."


@given(
    st.lists(st.sampled_from(["", "2020-01-01", "2026-09-30", "2026-10-19"]), max_size=12), st.integers(0, 3)
)
def test_asking_is_told_without_what_nobody_can_know(days: list[str], votes: int) -> None:
    for one in asked(wish(*days, votes=votes), today=TODAY, ledger=Ledger(), repository="shop"):
        sound(one)


# --- what is counted already ------------------------------------------------------------------


def code(texts: Mapping[str, str], spec: Spec = NOTES) -> tuple[Counted, ...]:
    """What is counted in these files, by their contents."""
    past = active([f"2026-01-01 begin | {' '.join(texts)}"])
    product = past.codebase.product
    data = {one.oid: texts[one.path].encode() for one in product}
    return counted(spec, Toy(past.codebase, texts), product, lambda oids: {one: data[one] for one in oids})


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('metrics.increment("orders.with_gift", 1)', "orders.with_gift"),
        ("analytics.track('Gift Order Placed', { total })", "Gift Order Placed"),
        ('trackEvent("gift", "order placed")', "gift order placed"),
        ('logEvent({\n  platform: "shop",\n  type: "SHOP_GIFT_ORDER",\n})', "SHOP_GIFT_ORDER"),
        ("capturePostHogEvent(\n  user.id,\n  'gift_order_placed',\n)", "gift_order_placed"),
        ("TelemetryClient.trackEvent(Category, Actions.GiftOrderPlaced, {})", "GiftOrderPlaced"),
        ("app.metrics.IncrementGiftOrders(1)", "GiftOrders"),
        ('prometheus.NewCounter(prometheus.CounterOpts{\n  Name: "gift_orders_total",', "gift_orders_total"),
        ('GIFTS = Counter("gift_orders_total", "Orders that are presents")', "gift_orders_total"),
    ],
)
def test_calls_that_count_something_are_found(line: str, name: str) -> None:
    (one,) = code({CART: f"import shop\n\n{line}\n", "services/mail/send.py": "def send(): ..."})[:1]
    assert one.name.startswith(name) and (one.path, one.line) == (CART, 3)
    assert {"gift", "order"} <= set(one.words)


@pytest.mark.parametrize(
    "line",
    [
        'metrics.increment("orders.total")',  # one word of the idea
        'metrics.increment("mails.bounced.gift.after.three.days")',  # little of the name
        'metrics.increment("gift_cards.sold")',  # out of scope: cards
        'log.info("gift order placed")',  # counts nothing
        'metrics.increment(name)  # "gift order"',
        'event.parameters.get("gift_order")',  # "parameters" ends like "meters"
    ],
)
def test_what_is_not_the_idea_is_not_told(line: str) -> None:
    assert code({CART: f"# metrics of gift orders\n{line}\n"}) == ()


def test_a_name_is_told_once_and_the_closest_first() -> None:
    texts = {
        CART: 'metrics.increment("gift_orders")\nmetrics.increment("gift_orders")\n',
        "services/mail/send.py": 'metrics.increment("gift_orders.mail_bounced")\n',
        **{f"services/part/{number}.py": "nothing of it" for number in range(5)},
    }
    first, second = code(texts)
    assert (first.name, second.name) == ("gift_orders", "gift_orders.mail_bounced")
    (one,) = watched((first, second), ledger=Ledger(), repository="shop")
    assert one.sentence == (
        "“gift_orders” is counted already (services/checkout/cart.py): if that is the number, "
        "it can be watched meanwhile."
    )
    sound(one)
    assert watched((), ledger=Ledger(), repository="shop") == ()


def test_hostile_files_cost_little_and_say_nothing() -> None:
    lines = ["metrics." * 40 + "(", 'track("' * 50, "a" * 5000 + 'metrics.inc("gift order")', "track(" * 60]
    start = perf_counter()
    assert code({CART: "gift order metrics\n" + "\n".join(lines * 500)}) == ()
    assert perf_counter() - start < 5
    assert code({CART: 'metrics.inc("the and")'}, read_spec(b"The", "x.md")) == ()


def test_a_name_from_a_repository_is_told_as_a_literal() -> None:
    odd = Counted("gift\x1b[31m orders", "a\nb.py", 1, ("gift", "order"), 1.0)
    (one,) = watched((odd,), ledger=Ledger(), repository="shop")
    assert "\x1b" not in one.sentence and "\n" not in one.sentence
    assert not FORBIDDEN.search(one.sentence)


# --- all of it together -----------------------------------------------------------------------


def view(past: Activity, texts: Mapping[str, str], *issues: Issue) -> View:
    data = {one.oid: texts.get(one.path, "").encode() for one in past.codebase.product}
    return View(
        "shop", past, Toy(past.codebase, texts), lambda oids: {one: data[one] for one in oids}, issues, [], []
    )


def test_waiting_is_a_finding_where_nothing_is_skipped() -> None:
    texts = {CART: 'metrics.increment("gift_orders")\n'}
    past = active([f"2026-01-01 begin | {CART}"])
    timeline = forecast_of(date(2026, 12, 1), [], 100, TODAY)
    wished = replace(OTHERS[0], title="Gift notes")
    told, coverage = weigh(
        NOTES, [view(past, texts, wished, *OTHERS)], timeline, today=TODAY, ledger=Ledger()
    )
    assert [one.code for one in told] == ["X03", "X04", "X05"]
    assert [one.state for one in coverage] == [State.NOT_ANALYSED, State.FINDING]
    none, (alone,) = weigh(NOTES, [view(past, {})], None, today=TODAY, ledger=Ledger())
    assert none == () and alone.state is State.NOT_ANALYSED
    assert alone.note.endswith("What waiting costs is not analysed: no requests are imported.")
