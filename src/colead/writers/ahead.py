"""What is ahead as text for a terminal: the sentence, what to do, the parts, room for health, repairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from colead.ahead import TWICE, Ahead, Exposed
from colead.evidence import State
from colead.phrase import clip, literal, number, short
from colead.writers.lines import PLAIN, Span, cut, fill, pad, painted

NARROWEST, WIDEST, MARGIN = 60, 200, 14
SENTENCE = 600
ROOMY = 88  # columns from which ranges have room
COLUMNS, CLOSE = (28, 15, 25), (16, 10, 13)  # name, ideas, changes that a fix followed
HEADS = (
    ("THE IDEAS MEET", "ideas", "changes a", "odds that one"),
    ("", "", "fix followed", "follows (usual)"),
)
LEAST = 0.095  # odds below which a part has no line
IDEAS = 4  # named among those that something is to be said of
UNPROVED = "Odds and shares of the past, not causes. How do we know? colead explain L02, L03, L04"


def text(told: Ahead, *, width: int, colour: bool, technical: bool = False) -> str:
    """All of it in `width` columns (60 to 200)."""
    return "\n".join(_lines(told, min(WIDEST, max(NARROWEST, width)), colour, technical)) + "\n"


def quiet(told: Ahead) -> str:
    """The sentence alone."""
    return _said(told.sentence) + "\n"


def _lines(told: Ahead, width: int, colour: bool, technical: bool) -> Iterator[str]:
    yield from fill([(_said(told.sentence), "bold")], width, colour=colour)
    yield from [""] if told.advice or _noted(told) else []
    yield from _section("TO DO", told.advice, width, colour, "warn")
    yield from _section("IDEAS", _noted(told), width, colour)
    if told.places:
        yield ""
        yield from _table(told, width, colour, technical)
    yield ""
    yield from _reserve(told, width, colour, technical)
    for place, one in enumerate(told.estimates):
        yield from _section("" if place else "REPAIRS", one.sentence, width, colour, "engineering")
        if technical and one.technical:
            yield from _section("", one.technical, width, colour)
    yield from _sure(told, width, colour)


def _noted(told: Ahead) -> str:
    rest = [one for one in told.ideas if one.note]
    named = [f"{literal(one.title) or one.source}: {one.note}" for one in rest[:IDEAS]]
    more = [f"{number(len(rest) - IDEAS)} more"] if len(rest) > IDEAS else []
    return f"{'; '.join([*named, *more])}." if rest else ""


def _table(told: Ahead, width: int, colour: bool, technical: bool) -> Iterator[str]:
    roomy = width >= ROOMY
    for head in HEADS:
        yield painted(_row(head, roomy), "soft", colour)
    for one in _worth(told):
        yield _row(_cells(one, told, roomy), roomy)
        if technical:
            yield from fill([(one.technical, "soft")], width, first=[("  ", PLAIN)], hang=2, colour=colour)
    if told.usual_share:
        yield _row(("the usual part", "", f"{100 * told.usual_share.value:.0f} of 100", ""), roomy)


def _worth(told: Ahead) -> Sequence[Exposed]:
    """The parts that are worth a line; the first one always is."""
    return [one for place, one in enumerate(told.places) if not place or one.odds.value >= LEAST]


def _cells(one: Exposed, told: Ahead, roomy: bool) -> tuple[str, str, str, str]:
    several = len(told.repositories) > 1
    name = f"{one.repository}: {one.name}" if several else one.name
    counted = sum(idea.note != TWICE for idea in told.ideas)
    maybe = "" if one.likely else ", maybe" if roomy else "?"
    ideas = f"{one.likely or len(one.meetings)} of {counted}{maybe}"
    usual = f" ({short(one.usual_odds.value)})" if one.usual_odds else ""
    return _said(name), ideas, _needed(one, roomy), f"{short(one.odds.value)}{usual}"


def _needed(one: Exposed, roomy: bool) -> str:
    if one.needed is None:
        return f"too few ({one.changes})"
    low, high = (100 * (end or 0.0) for end in (one.needed.low, one.needed.high))
    ends = f" ({low:.0f} to {high:.0f})" if roomy else ""
    return f"{100 * one.needed.value:.0f} of 100{ends}"


def _row(cells: Sequence[str], roomy: bool) -> str:
    widths = COLUMNS if roomy else CLOSE
    row = "".join(pad(cut(cell, size - 1), size) for cell, size in zip(cells, widths, strict=False))
    return f"{row}{cells[-1]}".rstrip()


def _reserve(told: Ahead, width: int, colour: bool, technical: bool) -> Iterator[str]:
    room = told.reserve
    if room is None:
        note = next(one for one in told.coverage if one.part == "reserve")
        yield from _section("ROOM", f"{note.state}: {note.note}", width, colour)
        return
    fill_in = f" Most met by the ideas: {', '.join(map(_said, room.candidates))}." if room.candidates else ""
    if not told.sentence.endswith(room.sentence):
        yield from _section("ROOM", f"{room.sentence}{fill_in}", width, colour, "engineering")
    yield from _section("SO FAR", f"{room.lately} {room.record}".strip(), width, colour)
    if technical:
        yield from _section("", room.technical, width, colour)


def _sure(told: Ahead, width: int, colour: bool) -> Iterator[str]:
    exposed = next(one for one in told.coverage if one.part == "exposure")
    words = [f"{exposed.state}: {exposed.note}"] if exposed.state is not State.FINDING else []
    yield from _section("HOW SURE", " ".join([*words, UNPROVED]), width, colour)
    for note in told.notes:
        yield from _section("", note, width, colour)


def _section(name: str, words: str, width: int, colour: bool, style: str = "") -> list[str]:
    if not words:
        return []
    head: list[Span] = [(pad(name, MARGIN), f"bold {style or 'soft'}")]
    return fill([(_said(words), PLAIN if style else "soft")], width, first=head, hang=MARGIN, colour=colour)


def _said(words: str) -> str:
    return clip(literal(" ".join(words.split())), SENTENCE)
