"""What a text is about, with the sentence that shows it; silent where nothing is sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colead.space import FACT, PROBLEM, SENTENCE, SOLUTION, UNSURE, points, sense, sentences

SAID = {
    PROBLEM: (
        "We keep hearing that buyers lose their cart when they change from phone to desk.",
        "Who needs this? Nobody asked for it.",
        "Three customers complained that they cannot find the invoice.",
        "Is this more than an annoyance? Support tickets say that people give up.",
    ),
    SOLUTION: (
        "We should store carts in the database instead of the cookie.",
        "JSON column or a separate table?",
        "Replace polling with websockets",
        "I\u2019d prefer a queue. The pros and cons of both are known.",
        "Implement the search with Elasticsearch",
    ),
    FACT: (
        "How many buyers come back within a week?",
        "Does the slip of the printer have room for 200 characters?",
        "Is 42 MB still the limit?",
        "What happens when the payment provider does not answer?",
        "Do you still support version 2?",
    ),
    UNSURE: (
        "Thank you, that helps.",
        "",
        "See the other ticket.",
        "What should we do about it?",
        "We should cache the answer. But users complain that they cannot find it.",
        "> We should store carts in the database instead of the cookie.",
        "```\nSELECT database FROM cache -- refactor the schema\n```",
        "## Describe the solution you would like",
    ),
}


@pytest.mark.parametrize(("space", "text"), [(space, one) for space, texts in SAID.items() for one in texts])
def test_a_text_is_about_what_it_says(space: str, text: str) -> None:
    assert sense(text).space == space


def test_the_sentence_that_shows_it_stands_in_the_text() -> None:
    text = "Hello.\n\n- [ ] Thanks! **We should use Redis**, rather than the table. So be it."
    assert sense(text).sentence == "**We should use Redis**, rather than the table."
    assert sense("Nice.", "Replace polling with websockets") == sense("", "Replace polling with websockets")


@given(st.text(max_size=400), st.text(max_size=80))
def test_whatever_is_said_what_is_shown_was_said(text: str, title: str) -> None:
    heard = sense(text, title)
    assert heard.sentence in text or heard.sentence in title
    assert bool(heard.sentence) is heard.sure


@pytest.mark.parametrize(
    "hostile", ["users " * 40_000, "?" * 200_000, "a. " * 60_000, "@" * 100_000, "#" * 100_000]
)
def test_a_text_of_any_length_takes_no_time(hostile: str) -> None:
    sense(hostile, hostile[:300])
    assert all(len(one) <= SENTENCE for one in sentences(hostile[:20_000]))


def test_no_sentence_counts_for_more_than_five() -> None:
    said = (
        "We should use a cache, a queue, a separate table, a schema, an index, an endpoint instead of JSON."
    )
    assert points(said) == {SOLUTION: 5.0}


@pytest.mark.parametrize(
    ("space", "text"),
    [
        (FACT, "Hello everyone, what is the limit of an export?"),
        (FACT, "Or is it done once a day?"),
        (FACT, "How do you decide which report is sent?"),
        (UNSURE, "Can you add it?"),
        (UNSURE, "Add two sections to the readme"),
        (SOLUTION, "Add two queues to the worker"),
        (UNSURE, "Our API is slow."),
    ],
)
def test_a_clause_may_ask_and_a_change_of_words_is_no_solution(space: str, text: str) -> None:
    assert sense(text).space == space
