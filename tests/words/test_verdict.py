"""The verdict says what matters in one sentence, and nothing that was not looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sample import reading

from colead.evidence import Coverage, Figure, State
from colead.fragility import Level
from colead.reading import Reading, Verdict
from colead.spec import Said
from colead.verdict import verdict

READING = reading()
TODAY = date(2026, 10, 19)


def told(reading: Reading) -> Verdict:
    return verdict(
        reading.answers,
        reading.touches,
        reading.partners,
        reading.questions,
        reading.timeline,
        reading.coverage,
        today=TODAY,
    )


def with_levels(*levels: Level) -> Reading:
    touches = tuple(
        replace(one, fragility=replace(one.fragility, level=level))
        for one, level in zip(READING.touches, levels, strict=False)
    )
    return replace(READING, touches=touches)


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ((Level.FRAGILE, Level.FRAGILE, Level.STEADY), "three services, two of them fragile"),
        ((Level.FRAGILE, Level.FRAGILE, Level.FRAGILE), "three services, all of them fragile"),
        ((Level.FRAGILE, Level.FRAGILE), "two services, both of them fragile"),
        ((Level.FRAGILE,), "one service, a fragile one"),
        ((Level.STEADY, Level.WATCH), "two services;"),
    ],
)
def test_touches_are_counted_with_the_fragile_ones(levels: tuple[Level, ...], said: str) -> None:
    assert said in told(with_levels(*levels)).sentence


def test_strong_parts_stand_in_the_sentence() -> None:
    found = told(READING)
    assert found.strong and all(one in found.sentence for one in found.strong)
    assert found.sentence.startswith("Worth discussing: ") and found.sentence.endswith(".")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.NOTHING, "no part of the code was recognised in it"),
        (State.TOO_LITTLE, "there is too little to say what it touches"),
        (State.NOT_ANALYSED, "what it touches was not analysed"),
    ],
)
def test_silence_about_touches_is_told_by_its_kind(state: State, said: str) -> None:
    coverage = (Coverage("touches", state, ""),)
    assert said in told(replace(READING, touches=(), coverage=coverage)).sentence


def test_another_language_is_not_called_unclear() -> None:
    coverage = (Coverage("answers", State.NOT_ANALYSED, ""),)
    sentence = told(replace(READING, coverage=coverage, questions=())).sentence
    assert "not in English" in sentence
    assert "number that should move" not in sentence and "no user problem" not in sentence


def test_an_open_problem_comes_first() -> None:
    answers = (replace(READING.answers[0], said=Said.OPEN), *READING.answers[1:])
    assert ": no user problem is stated yet;" in told(replace(READING, answers=answers)).sentence


@pytest.mark.parametrize(
    ("odds", "said"),
    [
        (0.31, "1 December has about 3 chances in 10"),
        (0.12, "1 December has about 1 chance in 10"),
        (0.99, "1 December has more than 19 chances in 20"),
        (0.01, "1 December has less than 1 chance in 20"),
    ],
)
def test_a_date_has_chances_and_never_certainty(odds: float, said: str) -> None:
    assert READING.timeline is not None
    timeline = replace(READING.timeline, by="2026-12-01", odds=Figure(odds, "D01-1"))
    assert said in told(replace(READING, timeline=timeline)).sentence


def test_nothing_in_the_way() -> None:
    answers = tuple(replace(one, said=Said.ANSWERED) for one in READING.answers)
    quiet = replace(
        with_levels(Level.STEADY), answers=answers, partners=(), questions=(), timeline=None, coverage=()
    )
    assert told(quiet).sentence == "Nothing in the way was found: it probably touches one service."


def test_too_little_history_is_no_good_news() -> None:
    answers = tuple(replace(one, said=Said.ANSWERED) for one in READING.answers)
    young = replace(with_levels(Level.UNKNOWN), answers=answers, partners=(), questions=(), timeline=None)
    said = told(young).sentence
    assert said == "Too little history to say how fragile this is: it probably touches one service."


def test_where_no_part_was_recognised_only_the_spec_was_judged() -> None:
    answers = tuple(replace(one, said=Said.ANSWERED) for one in READING.answers)
    nothing = (Coverage("touches", State.NOTHING, ""),)
    bare = replace(READING, answers=answers, touches=(), partners=(), questions=(), timeline=None)
    said = told(replace(bare, coverage=nothing)).sentence
    assert said == "Only the spec could be judged: no part of the code was recognised in it."


def test_guesses_are_not_called_probable() -> None:
    guessed = tuple(replace(one, touch=replace(one.touch, thin=True)) for one in READING.touches)
    sentence = told(replace(READING, touches=guessed)).sentence
    assert "it may touch three services" in sentence and "probably" not in sentence
