"""What is asked in the meeting: what broke before, and what is still open, at most five and no fact twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from colead.activity import Activity, activity
from colead.codebase import Codebase, Component, ComponentKind, Role, SourceFile
from colead.evidence import Coverage, Figure, Ledger, State
from colead.forecast import Forecast
from colead.history import History, Kind, Landing
from colead.partner import Link, Partner
from colead.question import Question, Side, for_meeting, questions
from colead.question.broke import said, words_of
from colead.readers.markdown import read_spec
from colead.spec import Answer, Said, Spec, answers

TODAY = date(2026, 10, 19)
SPLIT = "Keep delivery instructions when an order is split"
EXAMPLE = Path(__file__).parents[2] / "examples" / "gift-notes.md"

OTHERS = [
    "Fix tax rounding when the cart is empty",
    "Fix login after a session expired",
    "Fix parcel weight if a scale is offline",
    "Fix stock count without a warehouse",
    "Fix invoice number twice in one export",
    "Fix courier pickup during holidays",
    "Fix coupon for deleted accounts",
    "Fix address lookup with special characters",
    "Fix refund mail after cancellation",
    "Fix label printer timeout",
]
WORK = [
    "Sort search results",
    "Add wish lists",
    "Speed up the start page",
    "New header",
    "Faster stock import",
] * 40


def history_of(titles: Sequence[tuple[str, bool, str]], *, years_ago: float = 0.5) -> Activity:
    """One landing per (title, is a fix, path), the last of them on 8 May 2026 or so many years earlier."""
    last = datetime(2026, 5, 8, 12, tzinfo=UTC).timestamp() - (years_ago - 0.5) * 365 * 86_400
    paths = tuple(dict.fromkeys(path for _, _, path in titles))
    count = len(titles)
    landings = tuple(
        Landing(
            f"{number:040x}", "", int(last - (count - 1 - number) * 3600), title, kind=Kind.PERSON, fix=fix
        )
        for number, (title, fix, _) in enumerate(titles)
    )
    history = History(
        landings,
        np.arange(count, dtype=np.int32),
        np.array([paths.index(path) for _, _, path in titles], dtype=np.int32),
        np.full(count, ord("M"), dtype=np.uint8),
        paths,
        landings[-1].oid,
    )
    parts = [("services/shipping", "Shipping", ("delivery",)), ("services/search", "Search", ())]
    codebase = Codebase(
        history.tip,
        tuple(SourceFile(path, "", 1, Role.PRODUCT) for path in sorted(paths)),
        tuple(Component(key, name, ComponentKind.SERVICE, (key,), says=says) for key, name, says in parts),
    )
    return activity(history, codebase)


def shop(*fixes: str, years_ago: float = 0.5) -> Activity:
    """A shop in which other fixes and much other work landed before the given fixes."""
    there = "services/shipping/parcels.py"
    mixed = [(one, True, there) for one in OTHERS] + [(one, False, "services/search/find.py") for one in WORK]
    return history_of([*mixed, *((one, True, there) for one in fixes)], years_ago=years_ago)


def ask(
    seen: Activity, spec: Spec, touched: Sequence[str] = ("services/shipping",)
) -> tuple[tuple[Question, ...], Coverage, Ledger]:
    ledger = Ledger()
    asked, coverage = questions(spec, seen, touched, today=TODAY, ledger=ledger, repository="shop")
    return asked, coverage, ledger


def example(*more: str) -> Spec:
    text = EXAMPLE.read_text(encoding="utf-8")
    return read_spec((text + "\n".join(more)).encode(), "gift-notes.md")


def test_a_past_fix_is_asked_about_with_its_day_and_its_landing() -> None:
    asked, coverage, ledger = ask(shop(SPLIT), example())
    assert [one.code for one in asked] == ["U01"]
    assert asked[0].ask == f'On 8 May this had to be fixed: "{SPLIT}". Does it apply here?'
    assert asked[0].why == (
        'The spec speaks of "delivery" and "instructions", but not of "split"; '
        "one such fix here in five years."
    )
    assert asked[0].line == 6
    assert asked[0].side is Side.PRODUCT
    assert coverage.state is State.FINDING
    row = next(one for one in ledger.table() if one.id == asked[0].evidence)
    assert row.sources[0].title == SPLIT
    assert row.sources[0].date == "2026-05-08"
    assert row.n == 1


def test_a_condition_that_the_spec_mentions_is_answered() -> None:
    asked, coverage, _ = ask(
        shop(SPLIT), example("\n## More\n\nWhen an order is split, each parcel has the note.\n")
    )
    assert asked == ()
    assert coverage.state is State.NOTHING


@pytest.mark.parametrize(
    "title",
    [
        "Keep delivery instructions",  # no condition
        "Fix typo in delivery instructions when an order is split",  # cosmetic
        "Fix delivery when an order is split",  # one word only
        "Fix delivery buyers when an order is split",  # people do not count
        "Fix delivery of parcels with wrong instructions when an order is split",  # apart
        "Fix courier routing map tiles zoom delivery instructions when an order is split",  # mostly others
    ],
)
def test_what_is_not_certain_is_not_asked(title: str) -> None:
    assert ask(shop(title), example())[0] == ()


def test_an_old_fix_is_not_asked_about() -> None:
    assert ask(shop(SPLIT, years_ago=6), example())[0] == ()


def test_a_fix_elsewhere_is_not_asked_about() -> None:
    asked, coverage, _ = ask(shop(SPLIT), example(), touched=["services/search"])
    assert asked == ()
    assert coverage.state is State.TOO_LITTLE


def test_a_products_own_name_is_no_matter() -> None:
    named = ["Fix delivery instructions box", "Sort delivery instructions"] * 8
    assert ask(shop(*named, SPLIT), example())[0] == ()


def test_near_doubles_are_asked_once_and_at_most_two() -> None:
    seen = shop(
        SPLIT,
        "Keep delivery instructions when the order is split twice",
        "Show packing slip without prices after a partial return",
        "Fix gift notes lost when a basket expired",
    )
    asked, _, _ = ask(seen, example())
    assert len(asked) == 2
    assert sum("delivery instructions" in one.ask for one in asked) == 1


def test_a_technical_condition_is_for_engineering() -> None:
    asked, _, _ = ask(shop("Crash on delivery instructions if the cache is empty"), example())
    assert [one.side for one in asked] == [Side.ENGINEERING]


def test_nothing_found_names_whom_to_ask() -> None:
    asked, coverage, _ = ask(shop(), example())
    assert asked == ()
    assert coverage.state is State.NOTHING
    assert "ask someone who knows Shipping" in coverage.note


def test_another_language_is_not_analysed() -> None:
    german = "Käufer schreiben den Gruß in die Hinweise, wo ihn niemand druckt, und das ist nicht gut."
    asked, coverage, _ = ask(shop(SPLIT), read_spec(german.encode(), "x.md"))
    assert asked == ()
    assert coverage.state is State.NOT_ANALYSED


def test_hostile_titles_are_printed_literally() -> None:
    asked, _, _ = ask(shop("Keep delivery instructions when\x1b[31m an order \u202eis split"), example())
    assert asked
    assert "\x1b" not in asked[0].ask
    assert "\u202e" not in asked[0].ask


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("fix(cart): keep the note (#88)", "keep the note"),
        ("[shipping] keep the note", "keep the note"),
        ("Fixes #12: keep the note", "keep the note"),
        ("Keep the note [SHOP-12]", "Keep the note"),
    ],
)
def test_tracker_marks_are_left_out(title: str, plain: str) -> None:
    assert said(title) == plain


def test_an_identifier_is_one_word() -> None:
    assert words_of("shares.info of getObject") == words_of("shares.info of getObject")
    assert len(words_of("shares.info")) == 1
    assert len(words_of("getObject")) == 1


def partner(name: str = "Returns label") -> Partner:
    together = Figure(18, "P01-1")
    return Partner(
        repository="shop",
        component="services/returns",
        name=name,
        of="services/shipping",
        of_name="Shipping",
        together=together,
        times=Figure(29, "P01-1"),
        chance=Figure(18 / 37, "P01-1"),
        usual=Figure(0.1, "P01-1"),
        last="2026-10-03",
        files=(),
        link=Link("not analysed", ""),
        sentence="changed along with Shipping 18 of the last 29 times, last on 3 October",
        ask=f"Does {name} have to change too?",
        technical="",
    )


def forecast(odds: float | None) -> Forecast:
    return Forecast(
        basis="efforts",
        start="2026-10-19",
        weeks=Figure(7, "D01-1", 5, 9),
        earliest="2026-11-23",
        latest="2026-12-21",
        by="2026-12-01",
        odds=None if odds is None else Figure(odds, "D01-1"),
        cousins=(),
        sentence="",
        technical="",
    )


def test_the_meeting_gets_five_at_most_what_hurts_most_first() -> None:
    broke, _, _ = ask(shop(SPLIT), example())
    asked = for_meeting(broke, answers(example()), [partner(), partner("Other")], forecast(0.31))
    assert [one.code for one in asked] == ["D01", "U01", "P01", "Q02", "Q03"]
    assert asked[0].ask == "Which part could wait, or may the date move?"
    assert asked[0].side is Side.BOTH
    assert "3 in 10" in asked[0].why
    assert asked[3].ask == "Gift orders, 3.1 % of all orders now: to what, by when?"
    assert all(one.why and one.ask for one in asked)
    assert all(one.evidence for one in asked if not one.code.startswith("Q"))


def test_a_problem_that_is_not_said_comes_first() -> None:
    nothing = answers(read_spec(b"# Dark mode\n\nAdd a dark mode toggle.\n", "x.md"))
    asked = for_meeting([], nothing, [], forecast(0.2))
    assert [one.code for one in asked] == ["Q01", "D01", "Q02", "Q03"]
    assert asked[0].ask == "What user problem are we solving?"


@pytest.mark.parametrize("timeline", [None, forecast(None), forecast(0.8)])
def test_a_date_that_holds_is_not_asked_about(timeline: Forecast | None) -> None:
    assert "D01" not in [one.code for one in for_meeting([], answers(example()), [], timeline)]


def test_no_fact_is_asked_twice() -> None:
    broke, _, _ = ask(shop(SPLIT), example())
    asked = for_meeting([*broke, *broke], [], [partner(), partner()], None)
    assert [one.code for one in asked] == ["U01", "P01"]


def test_answers_that_were_not_analysed_are_not_asked() -> None:
    not_read = Answer(
        "Q01", "What user problem are we solving?", Said.OPEN, "", 0, "Not analysed: no English."
    )
    assert for_meeting([], [not_read], [], None) == ()
