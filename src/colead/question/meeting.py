"""The questions for the meeting: at most five, what hurts most first, no fact twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from colead.forecast import Forecast
from colead.partner import Partner
from colead.phrase import odds
from colead.question.parts import Question, Side
from colead.spec import Answer, Said

MOST = 5
UNLIKELY = 0.4  # a hoped-for date with these odds or less is asked about
_OWED = {"Q01": Side.PRODUCT, "Q02": Side.PRODUCT, "Q03": Side.BOTH}
_WHY = {
    "Q01": "Without whose problem it is, nobody can tell whether another way would do.",
    "Q02": "Without a number and a day, nobody can tell afterwards whether it made things better.",
    "Q03": "A smaller first step would show sooner whether it helps.",
}


def for_meeting(
    broke: Sequence[Question],
    answers: Sequence[Answer],
    partners: Sequence[Partner],
    timeline: Forecast | None,
) -> tuple[Question, ...]:
    """At most `MOST` questions for the meeting.

    In this order: a problem that is not said, the hoped-for date when its odds
    are `UNLIKELY`, what broke before, the likeliest partner, then the metric and
    the simplest test as far as they are open or half said.
    """
    said = {one.code: one for one in answers}
    asked = [
        *_open(said, "Q01", (Said.OPEN,)),
        *_date(timeline),
        *broke,
        *_partner(partners),
        *_open(said, "Q02", (Said.OPEN, Said.HALF)),
        *_open(said, "Q03", (Said.OPEN, Said.HALF)),
        *_open(said, "Q01", (Said.HALF,)),
    ]
    return tuple(_once(asked))[:MOST]


def _once(asked: Sequence[Question]) -> Iterator[Question]:
    seen: set[str] = set()
    for one in asked:
        facts = {one.ask.casefold(), one.evidence} - {""}
        if not facts & seen:
            yield one
        seen |= facts


def _open(said: dict[str, Answer], code: str, states: Sequence[Said]) -> Iterator[Question]:
    one = said.get(code)
    if one is None or one.said not in states or one.missing.startswith("Not analysed"):
        return
    if one.said is Said.OPEN:
        yield Question(code, _OWED[code], one.question, _WHY[code], one.line, "")
    else:
        yield Question(code, _OWED[code], one.missing, _WHY[code], one.line, "")


def _date(timeline: Forecast | None) -> Iterator[Question]:
    if timeline is None or timeline.odds is None or timeline.odds.value > UNLIKELY:
        return
    yield Question(
        "D01",
        Side.BOTH,
        "Which part could wait, or may the date move?",
        f"It is about {odds(timeline.odds.value)} to make the hoped-for date; the middle of the range is "
        f"{timeline.weeks.value:.0f} weeks.",
        0,
        timeline.odds.evidence,
    )


def _partner(partners: Sequence[Partner]) -> Iterator[Question]:
    for one in partners[:1]:
        yield Question(one.code, Side.ENGINEERING, one.ask, one.sentence, 0, one.together.evidence)
