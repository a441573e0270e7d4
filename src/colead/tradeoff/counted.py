"""Counted: what the code counts already that could be the number of this idea: events, counters, metrics.

A bounded look: the index names the pieces of code that speak both of counting
and of the idea; only these files are read, and only calls with a name in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from colead import phrase
from colead.codebase import SourceFile
from colead.evidence import Figure, Ledger, Source
from colead.partner import Texts
from colead.question import Side
from colead.spec import Space, Spec
from colead.terms import terms
from colead.touch import Index
from colead.tradeoff.parts import Act, Tradeoff

FILES, LARGEST = 40, 256 << 10  # files that are read, and the bytes of the largest
LINE, CALL = 400, 240  # characters of a line, of a call with its arguments
WANTED = 40  # terms of the spec that are searched for
SAID, SHORT = 8, 20  # words of a first name, characters of what may stand beside it
WORD = 0.1  # weight of a word that says nothing of what is counted
HALF = 0.5  # share of a name's telling words that the idea must say
COUNTING = (
    "analyt analytics telemetri telemetry metric statsd posthog mixpanel amplitud plausibl prometheus gaug "
    "histogram counter increment incr track trackev trackevent logevent recordevent event instrument"
).split()
# Words of a name that say nothing of what is counted.
EMPTY = frozenset(
    terms(
        "app event user click view page button success error fail failure count counter total number rate "
        "time duration request response api http v1 v2 ok ui web client server new start end complete called "
        "seconds latency metric metrics status state type action"
    )
)
_WORDS = re.compile(
    rb"analytics|telemetry|metric|statsd|posthog|mixpanel|amplitude|plausible|prometheus|counter|gauge|"
    rb"histogram|event|track",
    re.IGNORECASE,
)
_CALLS = re.compile(
    r"(?:analytics|telemetry|metrics?|statsd|stats|posthog|mixpanel|amplitude|plausible|tracker|tracking|(?<![a-z])meter)"
    r"\w{0,24}(?:[.?!:>-]{1,3}\w{1,40}){1,3}\s?\(|"
    r"\b(?:track|log|record|capture|send|report)_?(?:\w{1,16}_?)?[eE]vent\w{0,8}\(|\btrack\w{0,24}\(|"
    r"(?:Counter|Gauge|Histogram)\w{0,12}\s?[({]"
)
_METHOD = re.compile(r"[Mm]etrics?\w{0,24}\.(?:Increment|Inc|Observe|Record|Count|Add)(\w{4,60})\(")
_NAME = re.compile(r"""["'`]([A-Za-z$\[][\w .:/\[\]$-]{2,70})["'`]""")
_CONSTANT = re.compile(r"\b[A-Z]\w{2,30}\.([A-Z]\w{4,60})")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_KEYED = re.compile(r"""\b(?:type|event|name|Name|action|category)\s?[:=]\s?["'`]([\w .:/-]{3,70})["'`]""")


@dataclass(frozen=True, slots=True)
class Counted:
    """A counter or an event in the code whose name says words of the idea."""

    name: str
    path: str
    line: int
    words: tuple[str, ...]  # terms that name and idea share
    worth: float


def counted(spec: Spec, index: Index, product: Sequence[SourceFile], texts: Texts) -> tuple[Counted, ...]:
    """Names of counters and events that say what the idea speaks of, the best first, each name once.

    Args:
        spec: the idea; words of its title and its metric count double.
        index: of the files of `product`, in their order.
        texts: reads contents by hash.
    """
    wanted = _wanted(spec)
    if not wanted:
        return ()
    rarity, chosen = _files(list(wanted), index)
    weights = {term: weight * rarity.get(term, 0.0) for term, weight in wanted.items()}
    files = [product[one] for one in chosen if product[one].size <= LARGEST][:FILES]
    held = texts([one.oid for one in files])
    best: dict[str, Counted] = {}
    for file in files:
        for name, line in _names(held.get(file.oid, b"")):
            found = _held(name, file.path, line, weights)
            if found and found.worth > best.get(name, _NONE).worth:
                best[name] = found
    return tuple(sorted(best.values(), key=lambda one: (-one.worth, one.name)))


_NONE = Counted("", "", 0, (), 0.0)


def _wanted(spec: Spec) -> Mapping[str, float]:
    """The terms of the idea: those of its metric weigh most, then the title's; nothing that is out."""
    said = {one: [each.text for each in spec.sections if each.space is one] for one in Space}
    rest = "\n".join(text for space in (Space.PROBLEM, Space.SOLUTION, Space.OTHER) for text in said[space])
    heavy = {
        **dict.fromkeys(terms(spec.title), 2.0),
        **dict.fromkeys(terms("\n".join(said[Space.METRIC])), 3.0),
    }
    telling = {**dict.fromkeys(terms(rest), 1.0), **heavy}
    kept = {term: weight for term, weight in telling.items() if term not in EMPTY}
    kept |= dict.fromkeys(heavy.keys() & EMPTY, WORD)
    return dict(sorted(kept.items(), key=lambda one: -one[1])[:WANTED])


def _files(wanted: Sequence[str], index: Index) -> tuple[Mapping[str, float], Sequence[int]]:
    """How telling each term is here, and the files whose pieces speak of counting and most of the idea."""
    found, owner = index.chunks([*wanted, *COUNTING])
    units = len(found.lengths)
    telling = np.array([*(term not in EMPTY for term in wanted), *(False for _ in COUNTING)])
    idea, count = telling[found.term], found.term >= len(wanted)
    worth = np.bincount(found.document[idea], weights=found.rarity[found.term[idea]], minlength=units)
    counting = np.bincount(found.document[count], minlength=units) > 0
    worth = np.where(counting, worth, 0.0)
    ranked = np.argsort(-worth, kind="stable")[: 4 * FILES]
    chosen = dict.fromkeys(int(owner[one]) for one in ranked if worth[one] > 0)
    return {term: float(found.rarity[place]) for place, term in enumerate(wanted)}, list(chosen)


def _names(data: bytes) -> Iterator[tuple[str, int]]:
    """The names in calls that count something, with their lines."""
    if not _WORDS.search(data):
        return
    lines = data.decode("utf-8", "replace").split("\n")
    for place, line in enumerate(lines):
        if len(line) > LINE:
            continue
        for one in _METHOD.finditer(line):
            yield one[1], place + 1
        for one in _CALLS.finditer(line):
            call = " ".join((line[one.end() :], *lines[place + 1 : place + 4]))[:CALL]
            name = _name(call)
            if name:
                yield name, place + 1


def _name(call: str) -> str:
    """What a call counts: its first names side by side, or the one that stands behind "event" or "name"."""
    call = call.partition(")")[0]
    if keyed := _KEYED.search(call):
        return keyed[1]
    first = call.partition("{")[0]
    names = [one[1] for one in _NAME.finditer(first)]
    if names and len(names[0].split()) <= SAID:  # longer ones are descriptions
        return " ".join([names[0], *(one for one in names[1:] if " " not in one.strip() or len(one) < SHORT)])
    constant = _CONSTANT.search(first)
    return constant[1] if constant else ""


def _held(name: str, path: str, line: int, weights: Mapping[str, float]) -> Counted | None:
    """The name as a candidate, where the idea says at least two of its words and half of those that tell."""
    words = set(terms(" ".join(_PART.findall(name))))
    said, shared = words - EMPTY, {one for one in words if weights.get(one)}
    if len(shared) < 2 or shared <= EMPTY:
        return None
    share = len(shared - EMPTY) / len(said)
    if share < HALF:
        return None
    worth = share * sum(weights[one] for one in shared)
    return Counted(name, path, line, tuple(sorted(shared)), worth)


def watched(found: Sequence[Counted], *, ledger: Ledger, repository: str) -> tuple[Tradeoff, ...]:
    """X05: the likeliest counter or event that is in the code already; nothing where there is none."""
    if not found:
        return ()
    best = found[0]
    sources = tuple(Source("file", one.path, f"{one.name}, line {one.line}", "", repository) for one in found)
    row = ledger.file(
        "X05",
        "Names in calls that count or record something, of files that speak of the idea, by the words that "
        "they share with it.",
        n=len(found),
        sources=sources,
    )
    name = f"“{phrase.clip(phrase.literal(best.name), 50)}”"
    place = phrase.literal(best.path)
    return (
        Tradeoff(
            Act.WAIT,
            "",
            Side.BOTH,
            Figure(float(len(found)), row),
            None,
            f"{name} is counted already ({place}): if that is the number, it can be watched meanwhile.",
            f"{name} is counted already: if that is the number, how it stands can be read before deciding.",
            f"{name} is counted in {place}, line {best.line}: if that is the number, nothing has to be built "
            "to see how it moves while this waits.",
            f"shares {', '.join(best.words)} with the idea; {len(found)} such names; whether it is the "
            "number nobody but you can say",
            "X05",
        ),
    )
