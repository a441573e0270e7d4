"""Demand: which imported issues ask for the same as a spec; sure ones by a strict rule, others perhaps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from colead.demand import PERHAPS, asked_for
from colead.issue import Issue
from colead.kinds import by_label
from colead.readers.markdown import read_spec

GIFTS = read_spec(
    b"# Gift notes\n\n## Whose problem is it?\n\nPeople who order a present want to add words to it.\n\n"
    b"## What is out\n\nGift wrapping.\n",
    "gift-notes.md",
)


def issue(number: int, title: str, **more: Any) -> Issue:
    return Issue(f"#{number}", title, **more)


OTHERS = [
    issue(100 + number, title)
    for number, title in enumerate(
        "Show taxes before checkout|Dark mode|Faster search|Export orders as CSV|Refund by courier"
        "|Delivery notes for couriers|Gift cards|Packing slips in French|Sort orders by date".split("|")
    )
]


@pytest.mark.parametrize(
    "title",
    ["Gift notes", "Add a note to a gift", "Notes on gifts", "Please let me write a gift note"],
)
def test_the_same_wish_in_other_words_is_surely_about_it(title: str) -> None:
    found = asked_for([*OTHERS, issue(1, title)], GIFTS)
    assert [one.title for one in found.surely] == [title]


@pytest.mark.parametrize("title", ["Gift cards", "Delivery notes", "Gift wrapping", "Notes", "Add gifts"])
def test_half_of_it_is_never_counted(title: str) -> None:
    assert not asked_for([*OTHERS, issue(1, title)], GIFTS).surely


def test_bugs_and_pull_requests_ask_for_nothing() -> None:
    found = asked_for(
        [*OTHERS, issue(1, "Gift notes", labels=("bug",)), issue(2, "Gift notes", pull=True)], GIFTS
    )
    assert not found.surely
    assert found.looked_at == len(OTHERS)


def test_the_sure_ones_are_counted() -> None:
    found = asked_for(
        [
            *OTHERS,
            issue(1, "Gift notes", votes=3, comments=1, created=date(2024, 1, 2)),
            issue(2, "Add a note to gifts", votes=9, created=date(2026, 5, 6), url="https://x.example/2"),
        ],
        GIFTS,
    )
    assert [one.key for one in found.surely] == ["#2", "#1"]
    assert (found.votes, found.comments) == (12, 1)
    assert (found.oldest, found.newest) == (date(2024, 1, 2), date(2026, 5, 6))
    assert [one.url for one in found.sources("shop")] == ["https://x.example/2", ""]
    assert found.sources("shop")[0].kind == "issue"


def test_perhaps_is_bounded_and_apart() -> None:
    near = [
        issue(number, f"A gift for somebody {number}", text="a present with words") for number in range(20)
    ]
    found = asked_for([*OTHERS, *near], GIFTS)
    assert not found.surely
    assert 0 < len(found.perhaps) <= PERHAPS


def test_nothing_in_nothing_out() -> None:
    assert asked_for([], GIFTS).looked_at == 0
    assert not asked_for([issue(1, "Anything")], read_spec(b"# Add\n\nx\n", "a.md")).surely


def test_a_title_of_one_word_needs_an_issue_that_says_just_this() -> None:
    spec = read_spec(b"# Webhooks\n\nCall an address when an order ships.\n", "webhooks.md")
    found = asked_for([*OTHERS, issue(1, "Support webhooks"), issue(2, "Webhooks are slow on Mondays")], spec)
    assert [one.key for one in found.surely] == ["#1"]


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        (["bug"], "fix"), (["Type: Bug"], "fix"), (["kind/feature"], "feature"), (["C-bug"], "fix"),
        ([":bug: Bug"], "fix"), (["type::defect"], "fix"), (["Feature Request"], "feature"),
        (["Tech Debt"], "refactor"), (["documentation", "good first issue"], "docs"),
        (["bug", "enhancement"], ""), (["question"], ""), ([], ""), (["Bug", "type: bug"], "fix"),
        (["x" * 10_000], ""),
    ],
)  # fmt: skip
def test_labels_say_a_kind(labels: list[str], kind: str) -> None:
    assert by_label(labels) == kind


def test_a_team_names_its_own_labels() -> None:
    assert by_label(["Papercut"], {"papercut": "fix"}) == "fix"
    assert by_label(["enhancement"], {"enhancement": "refactor"}) == "refactor"
