from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colead import phrase

SHARE = st.floats(0, 1)


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.0, "less than 1 in 20"),
        (0.049, "less than 1 in 20"),
        (0.05, "1 in 10"),
        (0.31, "3 in 10"),
        (0.5, "5 in 10"),
        (0.94, "9 in 10"),
        (0.951, "more than 19 in 20"),
        (1.0, "more than 19 in 20"),
    ],
)
def test_odds(probability: float, said: str) -> None:
    assert phrase.odds(probability) == said


@given(SHARE)
def test_odds_in_a_column_are_short_and_say_no_more(probability: float) -> None:
    said, full = phrase.short(probability), phrase.odds(probability)
    assert len(said) <= 9
    assert (said == full) is (0.05 <= probability <= 0.95)
    assert said[0] == {"m": ">", "l": "<"}.get(full[0], full[0])


def test_odds_in_a_column() -> None:
    said = [phrase.short(one) for one in (0.0, 0.049, 0.05, 0.31, 0.95, 0.951, 1.0)]
    assert said == ["< 1 in 10", "< 1 in 10", "1 in 10", "3 in 10", "9 in 10", "> 9 in 10", "> 9 in 10"]


@given(SHARE)
def test_odds_never_promise_and_never_rule_out(probability: float) -> None:
    for say in (phrase.odds, phrase.often):
        assert not say(probability).startswith(("10 ", "0 ")) and " 0 in" not in say(probability)


@given(SHARE, SHARE)
def test_odds_and_shares_of_the_past_go_together(one: float, other: float) -> None:
    assert (phrase.odds(one) == phrase.odds(other)) == (phrase.often(one) == phrase.often(other))


def test_often() -> None:
    said = [phrase.often(share) for share in (0.02, 0.1, 0.3, 0.97)]
    assert said == ["less than once in 20", "once in 10", "3 times in 10", "more than 19 times in 20"]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (4.7, 9.2, "5 to 9 weeks"),
        (4.9, 5.2, "about 5 weeks"),
        (0.9, 1.2, "about 1 week"),
        (0.3, 1.2, "up to 1 week"),
        (0.2, 3.1, "up to 3 weeks"),
        (0.0, 0.4, "less than a week"),
    ],
)
def test_span(low: float, high: float, said: str) -> None:
    assert phrase.span(low, high, "week") == said


def test_span_with_a_vowel() -> None:
    assert phrase.span(0, 0, "evening") == "less than an evening"


def test_day_names_the_year_when_it_is_another() -> None:
    today = date(2026, 10, 19)
    assert phrase.day(date(2026, 12, 1), today=today) == "1 December"
    assert phrase.day(date(2027, 1, 3), today=today) == "3 January 2027"
    assert phrase.day(date(2026, 12, 1)) == "1 December 2026"


def test_counts_and_nouns() -> None:
    assert [phrase.number(count) for count in (0, 3, 10, 11, 1204)] == ["no", "three", "ten", "11", "1,204"]
    assert phrase.plural(1, "service") == "one service"
    assert phrase.plural(3, "service") == "three services"
    assert phrase.plural(2, "fix", "fixes") == "two fixes"


def test_lists() -> None:
    assert phrase.listing([]) == ""
    assert phrase.listing(["a"]) == "a"
    assert phrase.listing(["a", "b"]) == "a and b"
    assert phrase.listing(["a", "b", "c"]) == "a, b and c"


@given(st.text(max_size=80), st.integers(1, 60))
def test_clip_never_exceeds_its_width(text: str, width: int) -> None:
    assert len(phrase.clip(text, width)) <= width


def test_clip_cuts_at_a_word() -> None:
    assert phrase.clip("keep the note, always", 16) == "keep the note…"
    assert phrase.clip("keep  the\nnote", 20) == "keep the note"
    assert phrase.clip("unbreakable", 5) == "unbr…"


@given(st.text(alphabet=st.characters(), max_size=40))
def test_literal_leaves_nothing_that_a_terminal_would_act_on(text: str) -> None:
    shown = phrase.literal(text)
    assert all(one.isprintable() for one in shown)
    shown.encode("utf-8")


def test_literal_makes_tricks_visible() -> None:
    assert phrase.literal("a\x1b[31mb") == "a\\x1b[31mb"
    assert phrase.literal("a\u202eb") == "a\\u202eb"
    assert phrase.literal("a\udcffb") == "a\\xffb"
    assert phrase.literal("a\U000e0001b") == "a\\U000e0001b"
    assert phrase.literal("plain words, Grüße") == "plain words, Grüße"
