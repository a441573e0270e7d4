"""Waiting: what it costs to begin later, from the odds that the timeline gives already."""

from __future__ import annotations

from datetime import date

from colead import phrase
from colead.forecast import Forecast
from colead.occasion import LATER, Ready
from colead.question import Side
from colead.tradeoff.parts import Act, Tradeoff

LEAST = 0.1  # drop of the odds that is worth a word
WEEKS = phrase.number(LATER // 7)


def later(timeline: Forecast | None, *, today: date) -> tuple[Tradeoff, ...]:
    """X04: what becomes of the odds for a date when the idea is begun four weeks later.

    Of the hoped-for date and the occasions ahead the one whose odds fall most;
    nothing where they fall by less than LEAST or are said alike.
    """
    if timeline is None:
        return ()
    falling = [one for one in timeline.ready if _falls(one)]
    most = max(falling, key=lambda one: one.odds.value - one.later.value, default=None)
    return () if most is None else (_told(most, timeline, today),)


def _falls(one: Ready) -> bool:
    said = phrase.odds(one.odds.value) != phrase.odds(one.later.value)
    return said and one.odds.value - one.later.value >= LEAST


def _told(one: Ready, timeline: Forecast, today: date) -> Tradeoff:
    day = phrase.day(date.fromisoformat(one.on), today=today)
    name = f"{phrase.literal(one.name)}, {day}," if one.name else day
    ready = f"be ready for {name.rstrip(',')}" if one.name else f"make {day}"
    now, then = phrase.odds(one.odds.value), phrase.odds(one.later.value)
    weeks = phrase.span(timeline.weeks.low or 0.0, timeline.weeks.high or 0.0, "week")
    return Tradeoff(
        Act.WAIT,
        f"{WEEKS} weeks",
        Side.ENGINEERING,
        one.later,
        one.odds,
        f"{now[:1].upper()}{now[1:]} for {phrase.literal(one.name) or day} becomes {then}.",
        f"Decided {WEEKS} weeks from now, it has {then} instead of {now} to {ready}.",
        f"{WEEKS.capitalize()} weeks of other work first leave {then} instead of {now} to {ready}; "
        f"it takes {weeks} once begun.",
        f"{one.odds.value:.2f} when begun today, {one.later.value:.2f} when begun {LATER} days later, from "
        "the lengths that the timeline is told from; taking less time when begun later is not assumed",
        "X04",
    )
