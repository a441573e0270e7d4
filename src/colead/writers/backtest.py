"""Backtest as text for a terminal: the sentence, the figures beside the simple rules, the misses by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from colead.backtest import Backtest, Band, Miss, Replayed
from colead.backtest.parts import TouchesReplayed
from colead.backtest.told import fragility_told, pace_told, partners_told, percent, spread_told
from colead.phrase import clip, day, listing, literal
from colead.writers.lines import PLAIN, Span, fill, pad

NARROWEST, WIDEST, MARGIN = 60, 200, 15
NAME, SENTENCE, COLUMN = 60, 600, 16
ENOUGH = 10  # parts in a band that is shown
PATHS = 2  # of each miss
SEVERAL = 2  # misses of each repository where there are several
HEADS = ("", "a file in 10", "files in 10", "a part in 3")
PARTS = {"touches": "TOUCHES", "fragility": "FRAGILITY", "timeline": "TIMELINE", "partners": "PARTNERS"}


def text(told: Backtest, *, width: int, colour: bool) -> str:
    """All of it in `width` columns (60 to 200)."""
    columns = min(WIDEST, max(NARROWEST, width))
    return "\n".join(_lines(told, columns, colour)) + "\n"


def quiet(told: Backtest) -> str:
    """The sentence alone."""
    return _said(told.sentence, SENTENCE * max(1, len(told.repositories))) + "\n"


def _said(words: str, most: int = NAME) -> str:
    return clip(literal(" ".join(words.split())), most)


def _lines(told: Backtest, width: int, colour: bool) -> Iterator[str]:
    several = len(told.repositories) > 1
    for one in told.repositories:
        name: list[Span] = [(f"{_said(one.repository)}:", "bold")] if several else []
        yield from fill([*name, (_said(one.sentence, SENTENCE), "bold")], width, colour=colour)
        yield ""
        yield from _repository(one, told, width, colour)
        yield ""
    foot = f"Read up to {day(date.fromisoformat(told.today))}. How do we know? colead explain {told.code}"
    yield from fill([(foot, "soft")], width, colour=colour)


def _repository(one: Replayed, told: Backtest, width: int, colour: bool) -> Iterator[str]:
    if one.touches:
        yield from _touches(one.touches, width, colour)
    for name, words in _others(one):
        yield from _section(name, words, width, colour)
    for name, words in _silent(one):
        yield from _section(name, words, width, colour, "soft")
    for note in one.notes:
        yield from _section("", _said(note, SENTENCE), width, colour, "soft")
    if one.touches and one.touches.misses:
        misses = one.touches.misses if len(told.repositories) == 1 else one.touches.misses[:SEVERAL]
        yield ""
        yield from _section(
            "MISSES", "changes of which no file was foreseen, the surest first", width, colour
        )
        for miss in misses:
            yield from _section("", _missed(miss, told), width, colour)


def _section(name: str, words: str, width: int, colour: bool, style: str = PLAIN) -> list[str]:
    first = [(pad(name, MARGIN), "bold soft")]
    return fill([(words, style)], width, first=first, hang=MARGIN, colour=colour)


def _touches(told: TouchesReplayed, width: int, colour: bool) -> Iterator[str]:
    yield from _section(
        "TOUCHES", f"{told.landings} changes, foreseen two weeks and more ahead", width, colour
    )
    yield _row(HEADS)
    for one in told.rules:
        shares = (one.hits / told.landings, one.files, one.parts / told.landings)
        yield _row((one.name, *map(percent, shares)))
    if told.silent:
        yield from _section("", f"of {told.silent} no file was named beforehand", width, colour, "soft")
    if bands := _bands(told.bands):
        yield from _section("ODDS OF PARTS", bands, width, colour)


def _row(cells: Sequence[str]) -> str:
    return (" " * MARGIN + "".join(pad(one, COLUMN) for one in cells)).rstrip()


def _bands(bands: Sequence[Band]) -> str:
    shown = (one for one in bands if one.n >= ENOUGH)
    return "; ".join(f"said {percent(one.said)}, came {percent(one.happened)} ({one.n:,})" for one in shown)


def _others(one: Replayed) -> Iterator[tuple[str, str]]:
    if one.touches:
        yield "SPREAD", spread_told(one.touches)
    if one.fragility:
        told = one.fragility
        rest = f"most changed alone: {percent(told.pairs_most_changed)}; the fifth ranked highest held"
        fifth = f"{percent(told.fifth)} of fixes (most changed: {percent(told.fifth_most_changed)})"
        yield "FRAGILITY", f"{fragility_told(told)}; {rest} {fifth}"
    if one.pace:
        yield "TIMELINE", f"{pace_told(one.pace)}; {one.pace.sooner} were done sooner, {one.pace.later} later"
    if one.partners:
        yield "PARTNERS", f"{partners_told(one.partners)}; {percent(one.partners.by_chance)} by chance"


def _silent(one: Replayed) -> Iterator[tuple[str, str]]:
    """What could not be scored, and why."""
    for gone in one.coverage:
        if gone.note:
            yield PARTS[gone.part], f"{gone.state}: {gone.note}."


def held(one: Replayed) -> list[str]:
    """What stands beside the touches, a sentence each: what held, what could not be scored, notes."""
    rows = [f"{name.capitalize()}: {words}" for name, words in (*_others(one), *_silent(one))]
    return [*rows, *one.notes]


def _missed(miss: Miss, told: Backtest) -> str:
    rest = miss.more + len(miss.touched[PATHS:])
    more = [f"{rest} more"] if rest else []
    when = day(date.fromisoformat(miss.day), today=date.fromisoformat(told.today))
    touched = listing([*(_said(one) for one in miss.touched[:PATHS]), *more])
    said = listing([_said(one) for one in miss.said[:PATHS]]) or "nothing"
    return f"{when}, “{_said(miss.title)}” touched {touched}; said {said}"
