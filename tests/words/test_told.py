"""What a spec tells of its problem, as the page shows it; notes of several repositories told apart."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colead.checking import Request, _Desk
from colead.evidence import Coverage, Ledger, State
from colead.readers.markdown import read_spec
from colead.spec import known_told, problem_told

SPEC = """# Gift notes

## Whose problem is it?

Buyers **cannot** add a `note` to a [present](https://shop.example/p). Couriers read it *aloud*
- nobody prints it

## How do we know?

31 tickets since March

## What we want to build

A field for a note.
"""


def told(text: str, most: int = 600) -> str:
    return problem_told(read_spec(text.encode(), "idea.md"), most)


def test_the_problem_is_told_plainly_in_the_words_of_the_spec() -> None:
    assert told(SPEC) == ("Buyers cannot add a note to a present. Couriers read it aloud. nobody prints it.")
    assert known_told(read_spec(SPEC.encode(), "idea.md")) == "31 tickets since March."


def test_what_is_long_is_cut_at_a_sentence() -> None:
    assert told(SPEC, 50) == "Buyers cannot add a note to a present."
    assert told(SPEC, 20) == "Buyers cannot add…"


def test_without_such_a_heading_the_sentences_that_speak_of_a_problem_are_told() -> None:
    plain = "Gift notes\n\nToday buyers cannot add a note to their present. We will add a field for it."
    assert told(plain) == "Today buyers cannot add a note to their present."
    assert told("Gift notes") == "" == known_told(read_spec(b"Gift notes", "idea.md"))


@pytest.mark.parametrize("word", ["TBD", "n/a", "?"])
def test_what_is_not_decided_tells_nothing(word: str) -> None:
    assert told(f"# Notes\n\n## Problem\n\n{word}\n") == ""


@given(st.text(alphabet="ab *_`[]()!.\n", max_size=900))
def test_any_text_is_told_within_its_length(text: str) -> None:
    assert len(told(f"# T\n\n## Problem\n\nx {text}")) <= 600


def noted(*notes: str) -> str:
    materials = [SimpleNamespace(name=name) for name in ("shop", "pay")[: max(2, len(notes))]]
    request = Request(read_spec(b"x", "x"), date(2026, 10, 19), datetime.now(UTC), "0")
    desk = _Desk(request, cast(Any, materials), Ledger(), [])
    desk.cover("partners", [Coverage("partners", State.NOTHING, one) for one in notes])
    return desk.coverage[0].note


def test_notes_of_several_repositories_are_told_by_name() -> None:
    assert noted("2 landings, against chance.", "167 landings.") == (
        "shop: 2 landings, against chance; pay: 167 landings."
    )
    assert noted("no product source", "") == "shop: no product source."
    assert noted("the same", "the same") == "the same" == noted("the same")
