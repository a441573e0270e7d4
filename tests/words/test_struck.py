"""Struck: which parts an incident hit, always with the words that say so, and what is told of a part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest

from colead.codebase import Codebase, Component, ComponentKind, Role, SourceFile
from colead.evidence import Ledger, State
from colead.incident import TEXT, Incident, is_incident, of_issue
from colead.issue import Issue
from colead.struck import Hit, Names, Tolls, lasted, relevant

TODAY = date(2026, 10, 19)
PATHS = (
    "services/checkout/cart.py",
    "services/checkout/README.py",
    "services/search-index/build.py",
    "web/api/routes.ts",
    "libs/notes/text.py",
    "libs/label/text.py",
)


def part(key: str, name: str, kind: ComponentKind = ComponentKind.FOLDER, **more: object) -> Component:
    return replace(Component(key, name, kind, (key,)), **more)


SHOP = Codebase(
    "0" * 40,
    tuple(SourceFile(path, "0" * 40, 1, Role.PRODUCT) for path in sorted(PATHS)),
    (
        part("services/checkout", "Checkout", ComponentKind.SERVICE, says=("basket",)),
        part("services/search-index", "Search index"),
        part("web/api", "Web api"),
        part("libs/notes", "Notes"),
        part("libs/label", "Label"),
    ),
)


def hits(title: str = "Something failed", text: str = "", *named: str) -> tuple[Hit, ...]:
    return Names(SHOP).hits(Incident(title, TODAY, named=named, text=text))


def parts(title: str = "Something failed", text: str = "", *named: str) -> list[tuple[str, str]]:
    return [(one.component, one.why) for one in hits(title, text, *named)]


@pytest.mark.parametrize(
    "named", ["Checkout", "checkout service", "CHECKOUT", "services/checkout", "basket", "checkout-api"]
)
def test_what_is_listed_as_affected_is_taken_at_its_word(named: str) -> None:
    assert parts("Notes were wrong", "`libs/label/text.py`", named) == [("services/checkout", "listed")]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Checkout timed out", [("services/checkout", "title")]),
        ("Basket loses its contents", [("services/checkout", "title")]),
        ("The search-index was empty", [("services/search-index", "title")]),
        ("Notes went missing", []),  # a folder called by one ordinary word, and nothing else says so
        ("The api was slow", []),  # half the folders of the world are called so
    ],
)
def test_titles(title: str, found: list[tuple[str, str]]) -> None:
    assert parts(title) == found


def test_one_ordinary_word_in_a_title_counts_when_the_text_names_a_path_there() -> None:
    assert parts("Notes went missing", "The fix is in `libs/notes/text.py`.") == [("libs/notes", "title")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see services/checkout/cart.py:12", [("services/checkout", "path")]),
        ("https://forge.example/shop/blob/main/web/api/routes.ts#L3", [("web/api", "path")]),
        ("in cart.py a lock", [("services/checkout", "path")]),
        ("both have a text.py", []),  # two files are called so
        ("the **checkout** broke", [("services/checkout", "name")]),
        ("the checkout service broke", [("services/checkout", "name")]),
        ("at the checkout people waited", []),
        ("/etc/services/checkout.conf.d/x", []),
        ("services/checkout2/cart.py", []),
    ],
)
def test_texts(text: str, found: list[tuple[str, str]]) -> None:
    assert parts(text=text) == found


def test_what_comes_after_and_code_say_nothing_of_what_was_hit() -> None:
    text = (
        "## Cause\n`services/checkout`\n```\nlibs/notes/text.py\n```\n## Action items\nweb/api/routes.ts\n"
        "### Lessons learned\nlibs/label/text.py\n## Timeline\nservices/search-index/build.py\n"
    )
    assert [key for key, _ in parts(text=text)] == ["services/checkout", "services/search-index"]
    assert "libs" not in relevant(text)


def test_a_text_that_names_more_than_three_parts_strikes_none() -> None:
    text = "\n".join(path for path in PATHS if "README" not in path)
    assert parts(text=text) == []


def test_every_match_quotes_its_words() -> None:
    (one,) = hits(text="- On Tuesday a deploy of services/checkout/cart.py made every order fail")
    assert "services/checkout/cart.py" in one.quote and one.quote.startswith("On Tuesday")


def tolls(*incidents: Incident) -> Tolls:
    return Tolls(tuple(sorted(incidents, key=lambda one: one.day, reverse=True)), SHOP, TODAY, "shop")


def checkout(day: date, minutes: int | None = None, title: str = "Checkout timed out") -> Incident:
    return Incident(title, day, minutes=minutes, source="status.csv, line 2", url="https://x.example/1")


def told(*incidents: Incident) -> str:
    toll = tolls(*incidents).component("services/checkout", Ledger())
    return toll.sentence if toll else ""


LAST = "; the last on 2 October: “Checkout timed out”"


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        ([None], f"one incident in the past year{LAST}"),
        ([95], f"one incident in the past year, 95 minutes of downtime{LAST}"),
        ([60, 20, 15], f"three incidents in the past year, 95 minutes of downtime in all{LAST}"),
        (
            [60, None],
            f"two incidents in the past year, 60 minutes of downtime in the one that tells it{LAST}",
        ),
        ([300, 5], f"two incidents in the past year, about 5 hours of downtime in all{LAST}"),
    ],
)
def test_what_is_told_of_a_part(minutes: list[int | None], sentence: str) -> None:
    days = [date(2026, 10, 2), date(2026, 3, 4), date(2026, 1, 1)]
    assert told(*(checkout(day, long) for day, long in zip(days, minutes, strict=False))) == sentence


def test_what_only_a_text_says_is_told_as_named() -> None:
    one = Incident("It broke", date(2026, 10, 2), minutes=30, text="`services/checkout/cart.py`")
    assert told(one) == (
        "named in one incident in the past year, which lasted 30 minutes; the last on 2 October: “It broke”"
    )


def test_only_the_past_year_up_to_the_day_counts() -> None:
    assert told(checkout(date(2025, 10, 19)), checkout(date(2026, 10, 20))) == ""
    assert told(checkout(date(2025, 10, 20))) != ""


def test_figures_open_the_incidents() -> None:
    ledger = Ledger()
    toll = tolls(checkout(date(2026, 10, 2), 30)).component("services/checkout", ledger)
    assert toll is not None and toll.minutes is not None
    (row,) = ledger.table()
    assert toll.count.evidence == toll.minutes.evidence == row.id == "F04-1"
    assert [(one.kind, one.url, one.date) for one in row.sources] == [
        ("incident", "https://x.example/1", "2026-10-02")
    ]
    assert toll.struck[0].quote == "Checkout timed out"


def test_the_coverage_names_what_could_not_be_placed() -> None:
    found = tolls(checkout(date(2026, 10, 2)), Incident("Everything was slow", date(2026, 1, 1))).coverage
    assert found.state is State.FINDING
    assert found.note == "2 incidents imported, 1 of them names no part here: “Everything was slow”."
    assert tolls().coverage.state is State.NOT_ANALYSED
    assert tolls(Incident("Slow", TODAY)).coverage.state is State.NOTHING


@pytest.mark.parametrize("text", ["a/" * 9_000, "`" * TEXT, "checkout " * 2_000, "-" * TEXT, "x.y" * 6_000])
def test_a_hostile_text_costs_no_time(text: str) -> None:
    start = perf_counter()
    hits(text[:300], text)
    assert perf_counter() - start < 2


@pytest.mark.parametrize(
    ("labels", "kind", "found"),
    [
        (("incident",), "", True), (("SEV1",), "", True), (("sev-2",), "", True),
        (("type: outage",), "", True),
        (("post-mortem",), "", True), ((), "Incident", True), (("severity::1", "bug"), "", False),
        (("bug",), "Bug", False), (("incident-management tool",), "", False), (("seven",), "", False),
    ],
)  # fmt: skip
def test_issues_that_are_incidents(labels: tuple[str, ...], kind: str, found: bool) -> None:
    assert is_incident(Issue("#1", "x", labels=labels, kind=kind)) is found


def test_an_issue_as_an_incident_has_no_length_of_its_own() -> None:
    labels = ("incident", "sev1", "service: Checkout")
    issue = Issue("#1", "Down", labels=labels, created=date(2026, 1, 1), closed=date(2026, 2, 1))
    one = of_issue(issue)
    assert one is not None
    assert (one.minutes, one.severity, one.named) == (None, "sev1", ("Checkout",))
    assert of_issue(replace(issue, created=None)) is None


def test_lengths() -> None:
    assert [lasted(one) for one in (1, 95, 119, 120, 600, 3_000)] == [
        "1 minute", "95 minutes", "119 minutes", "about 2 hours", "about 10 hours", "about 2 days",
    ]  # fmt: skip
