"""Past: what changed in a brief since a day, sentence by sentence, and what a new reading says anew."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from colead.phrase import day, listing, odds, plural
from colead.reading import Reading
from colead.web.areas.models import Entry
from colead.web.briefs.models import Section, Version

LONGEST = 20_000  # characters of a text that are compared sentence by sentence
_SENTENCE = re.compile(r"[^.!?\n]{0,2000}(?:[.!?]+[ \t]*|\n+|$)")
SAID = {
    "wrote": "wrote the idea down",
    "edited": "changed the {space}",
    "agreed": "agreed to version {version} of the {space}",
    "took back": "took the agreement to the {space} back",
    "suggested": "suggested another {space}",
    "accepted": "accepted a suggestion",
    "declined": "declined a suggestion",
    "named": "changed title or hoped-for date",
    "sized": "said how many changes it may take: {changes}",
    "ordered": "put it in place {place}",
    "went ahead": "decided to go ahead",
    "shipped": "said that people have it",
    "restored": "brought version {number} of the {space} back",
    "corrected": "said what the reading got wrong: {part}",
    "took a correction back": "took back what was said of {part}",
    "opened a discussion": "opened the discussion {title}",
    "said what is discussed": "said that discussion {thread} is about the {space}",
    "chose what settles it": "chose what would settle discussion {thread}",
    "closed a discussion": "settled discussion {thread}: {outcome}",
    "reopened a discussion": "opened discussion {thread} again",
    "read": "read it: {verdict}",
    "asked": "asked {side}: {ask}",
    "answered": "answered \u201c{ask}\u201d",
    "set aside": "set a question aside: {ask}",
    "asked back": "asked back: {text}",
    "put on the agenda": "put it on the next meeting",
    "took off the agenda": "took it off the next meeting",
    "noted in a meeting": "noted in a meeting: {text}",
    "did what was owed": "did what was owed: {text}",
    "raised a concern": "raised a concern: {text}",
    "answered a concern": "said to a concern: {text}",
    "resolved a concern": "resolved a concern: {text}",
    "began a prototype": "began a prototype: {question}",
    "ended a prototype": "wrote the answer of a prototype: {verdict}",
    "gave a prototype more time": "gave a prototype time until {until}",
    "read options": "read the options of a decision",
    "asked to decide": "asked to decide: {question}",
    "reworded a decision": "worded decision {number} anew",
    "called for concerns": "called for concerns until {until}: {question}",
    "moved the clock": "moved the clock to {until}: {question}",
    "answered a call": "answered the call for concerns: {question} {text}",
    "proposed an answer": "proposed: {question} {option}",
    "decided": "decided: {question} {option}",
    "withdrew a decision": "withdrew a decision: {question}",
    "kept a decision": "looked again, and it holds: {question}",
    "asks again": "asks again: {question} {because}",
    "said what would make it wrong": "said what would make a decision wrong: {what}",
    "took a doubt back": "took back what would make a decision wrong: {what}",
    "wrote a tradeoff down": "wrote a tradeoff down: without {skip}",
    "accepted a tradeoff": "accepted a tradeoff until {until}: without {skip}",
    "ended a tradeoff": "ended a tradeoff: without {skip}. {how}",
    "a tradeoff asks again": "asks again: without {skip}, accepted until {until}",
    "wrote in a discussion": "wrote in discussion {thread}",
    "follows": "said by what its changes are known: {branch} {ticket}",
}


class _Told(dict[str, object]):
    """What an entry tells; nothing where it does not tell a thing, as those of older versions."""

    def __missing__(self, name: str) -> object:
        return self["how"] if name == "text" else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: "same", "gone" or "new"."""

    kind: str
    text: str


def pieces(old: str, new: str) -> list[Piece]:
    """Two texts as one, with the sentences that went and those that came."""
    if max(len(old), len(new)) > LONGEST:
        return [Piece("gone", old), Piece("new", new)]
    before, after = _sentences(old), _sentences(new)
    found: list[Piece] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(before[a:b])))
            continue
        found += [Piece("gone", "".join(before[a:b]))] * (b > a)
        found += [Piece("new", "".join(after[c:d]))] * (d > c)
    return found


def _sentences(text: str) -> list[str]:
    return [one for one in _SENTENCE.findall(text) if one]


def version_at(section: Section, moment: datetime) -> Version:
    """The version that stood at a moment; the first one for an earlier moment."""
    versions = section.versions.select_related("by")
    return versions.filter(at__lte=moment).first() or versions.order_by("number")[0]


def said(entry: Entry) -> str:
    """An entry as a sentence without its subject."""
    told = _Told({name: _spoken(name, one) for name, one in entry.told.items()})
    return SAID.get(entry.verb, entry.verb).format_map(told).rstrip(" :")


def _spoken(name: str, told: object) -> object:
    """A day as people write it; everything else as it is."""
    try:
        return day(date.fromisoformat(told)) if name in ("until", "on") and isinstance(told, str) else told
    except ValueError:
        return told


def news_only(entries: Iterable[Entry]) -> list[Entry]:
    """The same, newest first, without readings that say what the one before them said already."""
    kept: list[Entry] = []
    later: Entry | None = None  # the reading after, which stays only where it says something else
    for one in entries:
        if one.verb == "read":
            if later is not None and later.told.get("verdict") == one.told.get("verdict"):
                kept.remove(later)
            later = one
        kept.append(one)
    return kept


def moved(old: Reading, new: Reading) -> list[str]:
    """What a new reading says that the one before did not, in plain sentences; most telling first."""
    return [*_named(old, new), *_numbers(old, new)]


def _named(old: Reading, new: Reading) -> Iterator[str]:
    kinds: tuple[tuple[str, Callable[[Reading], Sequence[str]]], ...] = (
        ("touched part", lambda one: [each.touch.name for each in one.touches]),
        ("part that may change along", lambda one: [each.name for each in one.partners]),
        ("question", lambda one: [each.ask for each in one.questions]),
    )
    for word, names in kinds:
        before, after = names(old), names(new)
        came = [one for one in after if one not in before]
        went = [one for one in before if one not in after]
        if came:
            yield f"{plural(len(came), f'new {word}')}: {listing(came)}"
        if went:
            yield f"{plural(len(went), word)} less: {listing(went)}"


def _numbers(old: Reading, new: Reading) -> Iterator[str]:
    before, after = old.timeline, new.timeline
    if before is None or after is None:
        return
    if before.odds and after.odds and odds(before.odds.value) != odds(after.odds.value):
        yield f"the hoped-for date has {odds(after.odds.value)}, before {odds(before.odds.value)}"
    elif round(before.weeks.value) != round(after.weeks.value):
        yield f"the middle of the range is {after.weeks.value:.0f} weeks, before {before.weeks.value:.0f}"
