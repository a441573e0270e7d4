"""Underway as text for a terminal and as Markdown: the sentence, what is left out, the day it turned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from colead.evidence import Coverage, State
from colead.phrase import clip, listing, literal, plural
from colead.underway import Built, LeftOut, Underway, Unforeseen
from colead.writers.lines import PLAIN, Span, fill, pad
from colead.writers.markdown import inert

NARROWEST, WIDEST, MARGIN = 60, 200, 15
NAME, SENTENCE = 60, 2_000
PARTS_SHOWN, FOLDED = 6, 12
SINCE = {"branch": ("commit", "since"), "ticket": ("change", "naming"), "range": ("commit", "in")}
NAMES = {"left out": "LEFT OUT", "unforeseen": "NOT FORESEEN"}


def text(told: Underway, *, width: int, colour: bool, technical: bool = False) -> str:
    """All of it in `width` columns (60 to 200); `technical` adds the engineers' line to each finding."""
    columns = min(WIDEST, max(NARROWEST, width))
    return "\n".join(_lines(told, columns, colour, technical)) + "\n"


def quiet(told: Underway) -> str:
    """The sentence alone."""
    return said(told.sentence, SENTENCE) + "\n"


def said(words: str, most: int = NAME) -> str:
    """Text of a repository on one line with nothing invisible in it."""
    return clip(literal(" ".join(words.split())), most)


def _lines(told: Underway, width: int, colour: bool, technical: bool) -> Iterator[str]:
    yield from fill([(said(told.sentence, SENTENCE), "bold")], width, colour=colour)
    yield ""
    for one in told.repositories:
        yield from _section("CHANGED", [(where(_changed(one), one.repository, told), PLAIN)], width, colour)
    if told.spec:
        foreseen = listing([said(one) for one in told.foreseen]) or "no part"
        yield from _section("FORESEEN", [(f"{foreseen}, by {said(told.spec)}", PLAIN)], width, colour)
    yield from _section("LEFT OUT", _silence(told, "left out", told.left_out), width, colour)
    for gone in told.left_out:
        yield from _left_out(gone, told, width, colour, technical)
    if told.spec:
        yield from _section("NOT FORESEEN", _silence(told, "unforeseen", told.unforeseen), width, colour)
        yield from _unforeseen(told, width, colour, technical)
    yield ""
    yield from fill([(_foot(told), "soft")], width, colour=colour)


def _section(name: str, spans: Sequence[Span], width: int, colour: bool) -> list[str]:
    """Spans behind a name in the margin; nothing where there are none."""
    if not spans:
        return []
    first = [(pad(name, MARGIN), "bold soft")]
    return fill(spans, width, first=first, hang=MARGIN, colour=colour)


def _left_out(one: LeftOut, told: Underway, width: int, colour: bool, technical: bool) -> list[str]:
    name = _called(one, told)
    spans = [(f"{name}:", "bold"), (f"{said(one.sentence, SENTENCE)}.", PLAIN), (said(one.ask, 200), PLAIN)]
    rows = _section("LEFT OUT", [*spans, (f"[{one.code}]", "soft")], width, colour)
    if one.files:
        rows += _under(", ".join(said(file) for file in one.files), width, colour)
    return rows + (_under(said(one.technical, SENTENCE), width, colour) if technical else [])


def _unforeseen(told: Underway, width: int, colour: bool, technical: bool) -> Iterator[str]:
    for one in told.unforeseen[:1]:
        sentence = said(one.sentence, SENTENCE)
        spans: list[Span] = [(f"{sentence}.", "bold"), (f"[{one.code}]", "soft")]
        yield from _section("NOT FORESEEN", spans, width, colour)
        files = ", ".join(said(file) for file in one.files)
        yield from _under(f"“{said(one.title, 100)}”: {files}", width, colour)
        if technical:
            yield from _under(said(one.technical, SENTENCE), width, colour)
    if more := _later(told):
        yield from _under(more, width, colour)


def _later(told: Underway) -> str:
    """The later ones in one line."""
    later = told.unforeseen[1:]
    names = [f"{_called(one, told)} on day {one.day.value:.0f}" for one in later[:FOLDED]]
    more = [f"{len(later) - FOLDED} more"] if len(later) > FOLDED else []
    return f"later also {listing([*names, *more])}" if names else ""


def _under(words: str, width: int, colour: bool) -> list[str]:
    return fill([(words, "soft")], width, first=[(" " * MARGIN, PLAIN)], hang=MARGIN, colour=colour)


def _changed(one: Built) -> str:
    """What was changed: "4 product files in Cart and Tax: 3 commits since main, 1 staged, 0 edited"."""
    names = [said(name) for name in one.parts[:PARTS_SHOWN]]
    more = [f"{len(one.parts) - PARTS_SHOWN} more"] if len(one.parts) > PARTS_SHOWN else []
    inside = f" in {listing([*names, *more])}" if names else ""
    counts = [_since(one)] if one.against else []
    if one.meant == "branch":
        counts += [f"{one.staged} staged", f"{one.edited} edited"]
    return f"{plural(one.files, 'product file')}{inside}: {', '.join(counts)}."


def _since(one: Built) -> str:
    """The commits or landings that are meant: "3 commits since main"."""
    word, tie = SINCE[one.meant]
    return f"{plural(one.commits, word)} {tie} {said(one.against)}"


def _silence(told: Underway, part: str, found: Sequence[object]) -> list[Span]:
    """Why a part shows nothing, in one of the four words; nothing when it was not asked for."""
    if found:
        return []
    notes = [one for one in told.coverage if one.part == part]
    return [(_word(notes), "soft")] if notes else []


def _word(notes: Sequence[Coverage]) -> str:
    order = (State.FINDING, State.NOTHING, State.TOO_LITTLE, State.NOT_ANALYSED)
    best = min((one.state for one in notes), key=order.index)
    why = "; ".join(dict.fromkeys(said(one.note, SENTENCE).rstrip(".") for one in notes if one.state is best))
    return f"{best}: {why[:1].lower()}{why[1:]}."


def _foot(told: Underway) -> str:
    notes = dict.fromkeys(said(note, SENTENCE) for one in told.repositories for note in one.notes)
    asked = "W01" if any(one.part == "left out" for one in told.coverage) else "W02"
    codes = [*(one.code for one in told.left_out), *(one.code for one in told.unforeseen), asked]
    looked = f"Not looked at: {'; '.join(notes)}. " if notes else ""
    return f"{looked}How do we know? colead explain {codes[0]}"


def where(name: str, repository: str, told: Underway) -> str:
    """A name, with its repository when there are several."""
    beside = f" ({said(repository)})" if len(told.repositories) > 1 else ""
    return said(name, SENTENCE) + beside


def _called(one: LeftOut | Unforeseen, told: Underway) -> str:
    return where(said(one.name), one.repository, told)


def markdown(told: Underway) -> str:
    """The same as a comment on a pull request; text of others can only be read."""
    rows = [f"**{inert(told.sentence, SENTENCE)}**", "", *_items(told), "", *_folded(told)]
    return "\n".join(rows) + "\n"


def _items(told: Underway) -> Iterator[str]:
    for one in told.repositories:
        yield f"- **Changed:** {inert(where(_changed(one), one.repository, told), SENTENCE)}"
    for gone in told.left_out:
        sentence = f"{inert(_called(gone, told))}: {inert(gone.sentence, SENTENCE)}"
        yield f"- **Left out:** {sentence}. {inert(gone.ask)} \\[{gone.code}\\]"
    for first in told.unforeseen[:1]:
        yield f"- **Not foreseen:** {inert(first.sentence, SENTENCE)}. \\[{first.code}\\]"
    for part, found in (("left out", told.left_out), ("unforeseen", told.unforeseen)):
        for words, _ in _silence(told, part, found):
            yield f"- **{NAMES[part].capitalize()}:** {inert(words, SENTENCE)}"


def _folded(told: Underway) -> Iterator[str]:
    yield "<details><summary>More</summary>"
    yield ""
    if told.spec:
        yield f"- Foreseen by {inert(told.spec)}: {inert(listing(list(told.foreseen)), SENTENCE)}"
    for one in told.unforeseen:
        yield f"- {inert(one.sentence, SENTENCE)}: {inert(', '.join(one.files), SENTENCE)}"
    for row in told.evidence:
        yield f"- {inert(row.id)}: {inert(row.method, SENTENCE)} n = {row.n}"
    yield f"- {inert(_foot(told), SENTENCE)}"
    yield ""
    yield "</details>"
