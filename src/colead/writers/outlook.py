"""Outlook as text for a terminal: the sentence, places with their reasons, the record of such lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from colead.fragility import Level
from colead.outlook import Outlook, Place, Season
from colead.outlook.told import expecting
from colead.phrase import clip, literal, number
from colead.writers.lines import PLAIN, Span, cells, cut, fill, pad, painted

NARROWEST, WIDEST, INDENT = 60, 200, 2
WIDE = 92  # columns from which the past year has a column of its own
LINES = 40
NAME, SENTENCE = 60, 1_000
PEERS = 50  # from so many on, a rank is told as a share
DETAILED = 3  # expected fixes a quarter below which tenths are told
LEVEL, FIXES, RANK, YEAR = 9, 20, 11, 32  # columns
UNPROVED = "There are no past quarters yet to hold such a list against."


def text(told: Outlook, *, width: int, colour: bool, technical: bool = False) -> str:
    """All of it in `width` columns (60 to 200), at most 40 lines unless `technical` adds to them."""
    columns = min(WIDEST, max(NARROWEST, width))
    head = [*fill([(_said(told.sentence, SENTENCE), "bold")], columns, colour=colour)]
    head += [*_drags(told, columns, colour, technical), ""]
    foot = [*_foot(told, columns, colour)]
    head += [_head(told.places[0], columns, colour)] if told.places else []
    room, rows, shown = LINES - len(head) - len(foot) - 2, list[str](), 0
    for one in told.places:
        more = [*_place(one, columns, colour, technical)]
        if len(rows) + len(more) > room and not technical:
            break
        rows, shown = [*rows, *more], shown + 1
    rest = len(told.places) - shown + told.more
    if rest:
        rows += _soft(f"and {number(rest)} more; --json tells the first {len(told.places)}", columns, colour)
    return "\n".join([*head, *rows, *([""] if rows else []), *foot]) + "\n"


def quiet(told: Outlook) -> str:
    """The sentence alone."""
    return _said(told.sentence, SENTENCE) + "\n"


def _drags(told: Outlook, width: int, colour: bool, technical: bool) -> Iterator[str]:
    """What features that changed the part brought along."""
    for one in told.drags:
        yield from fill([(_said(one.sentence, SENTENCE), PLAIN)], width, colour=colour)
        if technical:
            yield from _soft(_said(one.technical, SENTENCE), width, colour)


def _said(words: str, most: int = NAME) -> str:
    return clip(literal(" ".join(words.split())), most)


def _head(first: Place, width: int, colour: bool) -> str:
    of = f"OF {first.of:,}"
    names = (first.kind.upper(), "", "FIXES TO EXPECT", of, "PAST YEAR: EXPECTED, CAME")
    return painted(_row(names, width).rstrip(), "soft", colour)


def _row(told: Sequence[str], width: int) -> str:
    """A name and its columns; the past year only where there is room for it."""
    widths = (LEVEL, FIXES, RANK, *((YEAR,) if width >= WIDE else ()))
    room = width - sum(widths)
    columns = (pad(cut(one, wide - 1), wide) for one, wide in zip(told[1:], widths, strict=False))
    return pad(cut(told[0], room - 1), room) + "".join(columns)


def _place(one: Place, width: int, colour: bool, technical: bool) -> Iterator[str]:
    """A row of the table, and its reasons under it."""
    year = _year(one.seasons)
    room = width - LEVEL - FIXES - RANK - (YEAR if width >= WIDE else 0) - 1
    row = _row((_name(one, room), str(one.level), fixes_of(one), rank(one), ", came ".join(year)), width)
    yield painted(row.rstrip(), "warn" if one.level is Level.FRAGILE else "bold", colour)
    why = [_said(one, 200) for one in (one.reasons if technical else one.reasons[:2])]
    if year and width < WIDE:
        why.append(f"past year: expected {', came '.join(year)}")
    yield from _soft("; ".join(why), width, colour)
    if one.incidents:
        yield from _soft(_said(one.incidents.sentence, 300), width, colour)
    if technical:
        yield from _soft(_said(one.technical, SENTENCE), width, colour)
    if technical and one.incidents:
        yield from _soft(_said(one.incidents.technical, SENTENCE), width, colour)


def _name(one: Place, room: int) -> str:
    """A part's name; of a long path its end."""
    name = _said(one.name, 2_000)
    while one.kind == "file" and cells(name) > room and "/" in name.removeprefix("…/"):
        name = f"…/{name.removeprefix('…/').partition('/')[2]}"
    return name


def fixes_of(one: Place) -> str:
    """The fixes to expect, with their range: "about 3 (1 to 6)"; "4 in 10 for one" where they are few."""
    said = expecting(one)
    if not said.startswith("about"):
        return f"{said} for one"
    return f"{said} ({one.expected.low or 0:.0f} to {one.expected.high or 0:.0f})"


def rank(one: Place) -> str:
    """The rank among peers: "top 3 %"; of few peers the place itself."""
    return str(one.position) if one.of < PEERS else f"top {ceil(100 * one.position / one.of)} %"


def _year(seasons: Sequence[Season]) -> tuple[str, ...]:
    """The year's quarters, oldest first: ("3 3 2 3", "2 5 1 4"); () where there are none."""
    if not seasons:
        return ()
    few = max(one.expected.value for one in seasons) < DETAILED
    said = " ".join(f"{one.expected.value:.1f}" if few else f"{one.expected.value:.0f}" for one in seasons)
    return said, " ".join(f"{one.came.value:.0f}" for one in seasons)


def _soft(words: str, width: int, colour: bool) -> list[str]:
    return fill([(words, "soft")], width, first=[(" " * INDENT, PLAIN)], hang=INDENT, colour=colour)


def _foot(told: Outlook, width: int, colour: bool) -> Iterator[str]:
    if told.record and told.places:
        first, rest = "How often such a list was right here:", _said(told.record.sentence, SENTENCE)
        spans: list[Span] = [(first, "bold"), (rest, PLAIN)]
        yield from fill(spans, width, colour=colour)
    if told.places and not told.record:
        yield from fill([(UNPROVED, PLAIN)], width, colour=colour)
    notes = "; ".join(_said(note, 200) for note in told.notes[:3])
    looked = f" Not looked at: {notes}." if notes else ""
    seen = _said(told.coverage[0].note, SENTENCE) if told.places else ""
    handed = [f" {_said(one.note, 300)}" for one in told.coverage if one.part == "incidents"]
    words = f"{seen}{''.join(handed)}{looked} How do we know? colead explain F02"
    yield from fill([(words.strip(), "soft")], width, colour=colour)
