"""It broke before: past fixes of what the spec speaks of, under a condition that it does not mention.

Strict on purpose: a question is asked only when two telling words in a row of a
fix's title stand together in the spec's title or in two of its sentences, and
the condition under which it broke does not. Most specs get none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import log

import numpy as np

from colead.activity import Activity
from colead.citing import DAY, cite, day_of, end_of
from colead.evidence import Coverage, Ledger, State
from colead.phrase import clip, day, listing, literal, plural
from colead.question.conditions import COSMETIC, EDGES, GENERIC, LINKS, TECHNICAL
from colead.question.parts import Question, Side
from colead.spec import Section, Space, Spec
from colead.spec.wording import ROLES
from colead.terms import terms

MOST_BROKE = 2
TITLES = 20_000  # the newest; enough to tell what is telling here
YEARS = 5  # older fixes mended code that is hardly there any more
NAMES = 8, 0.03  # a pair in that many titles, and in this share of them, is a name, not a matter
FEWEST_FIXES = 10  # with a condition, in the touched parts; fewer is too little to say anything
COMMON = 30  # the repository's most frequent title words, which do not count ...
COMMON_SHARE = 0.02  # ... when they stand in more than this share of the titles
NEAR = 2  # how many words apart the two may stand in the spec
COVERED = 0.35  # share of a title's weight that must be met
METHOD = (
    "Fixes of the last five years in the touched parts whose title names a condition that the spec does not "
    "mention; counted when two telling words in a row stand together in the spec's title or in two sentences."
)


@dataclass(frozen=True, slots=True)
class Fix:
    """One past fix with a condition: its words in order, and which of them say when it broke."""

    position: int  # in History.landings
    title: str
    words: tuple[str, ...]  # without people and what says nothing
    edge: frozenset[str]  # the words of the condition
    named: tuple[str, ...]  # the condition's words as written, the most telling first


@dataclass(frozen=True, slots=True)
class Met:
    """A past fix that a spec's sentence met."""

    fix: Fix
    line: int
    shared: tuple[str, ...]  # in the fix's order
    weight: float
    unsaid: str  # the word of the condition that the spec does not mention


def questions(
    spec: Spec,
    activity: Activity,
    touched: Sequence[str],
    *,
    today: date,
    ledger: Ledger,
    repository: str,
) -> tuple[tuple[Question, ...], Coverage]:
    """At most `MOST_BROKE` questions from fixes that landed in the touched components (`Component.key`).

    The coverage says finding, nothing found, not analysed (another language),
    or too little data (fewer than `FEWEST_FIXES` fixes with a condition).
    """
    if not spec.english:
        return (), Coverage("questions", State.NOT_ANALYSED, "the spec is not in English")
    fixes = conditional_fixes(activity, touched, today)
    if len(fixes) < FEWEST_FIXES:
        few = f"{plural(len(fixes), 'past fix', 'past fixes')} with a named condition in the touched parts"
        return (), Coverage("questions", State.TOO_LITTLE, few)
    near = spoken_of(spec, fixes)  # weighing words means reading every title, for nothing in most specs
    found = met(spec, near, Usage.of(activity))[:MOST_BROKE] if near else []
    if not found:
        return (), Coverage("questions", State.NOTHING, _nobody(activity, touched, len(fixes)))
    asked = tuple(_ask(one, spec, activity, fixes, today, ledger, repository) for one in found)
    return asked, Coverage("questions", State.FINDING, "", asked[0].evidence)


def _nobody(activity: Activity, touched: Sequence[str], fixes: int) -> str:
    names = [activity.codebase.by_key[key].name for key in touched if key in activity.codebase.by_key][:2]
    who = f"ask someone who knows {listing(names)}" if names else "ask someone who knows this part"
    return f"no known pattern for this kind of change among {plural(fixes, 'past fix', 'past fixes')}; {who}"


def conditional_fixes(activity: Activity, touched: Sequence[str], today: date) -> list[Fix]:
    """Fixes of the last `YEARS` in the touched components whose title names a condition, oldest first."""
    wanted = [number for number, key in enumerate(activity.components) if key in set(touched)]
    landing, part = activity.pairs
    here = np.unique(landing[np.isin(part, wanted)])
    history = activity.history
    young = history.at[here] >= end_of(today) - YEARS * 365.25 * DAY
    found = (_fix(int(one), history.landings[one].title) for one in here[history.is_fix[here] & young])
    return [one for one in found if one is not None]


LONGEST = 2000  # characters of one sentence or title that are looked at
_RAW = re.compile(r"\w+(?:[.-]\w+)*")
_TRAIL = re.compile(r"\s*\((?:#|gh-)?\d+\)\s*$|\s*\[[^\]]{1,40}\]\s*$", re.IGNORECASE)
_PREFIX = re.compile(
    r"^\s*(?:[a-z]+(?:\([^)]{1,40}\))?!?:\s+|\[[^\]]{1,40}\]\s*|(?:fix(?:e[sd])?|closes?) #\d+:?\s*)",
    re.IGNORECASE,
)


def said(title: str) -> str:
    """A landing's title without tracker marks around it.

    >>> said("fix(cart): keep the note when an order is split (#88)")
    'keep the note when an order is split'
    """
    return _PREFIX.sub("", _TRAIL.sub("", title[:300])).strip()


def _fix(position: int, title: str) -> Fix | None:
    plain = said(title)
    if COSMETIC.search(plain):
        return None
    link = LINKS.search(plain)
    edges = {stem for match in EDGES.finditer(plain) for stem in words_of(match[0])}
    clause = set(words_of(plain[link.start() :])) if link else set()
    people = {stem for match in ROLES.finditer(plain) for stem in words_of(match[0])}
    words = tuple(one for one in words_of(plain) if one not in GENERIC | people)
    edge = frozenset((clause | edges) - GENERIC)
    if not edge or not set(words) - edge:
        return None
    named = [match[0] for match in EDGES.finditer(plain)] + _RAW.findall(
        plain[link.start() :] if link else ""
    )
    return Fix(position, plain, words, edge, tuple(named))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in order, stemmed; an identifier is one word (its parts written together)."""
    found = (_word(raw) for raw in _RAW.findall(text[:LONGEST]))
    return tuple(one for one in found if one)


@lru_cache(maxsize=1 << 16)
def _word(raw: str) -> str:
    """A raw word as one: "split", "getobject", "drawio"; "" for what says nothing."""
    parts = terms(raw)
    return "".join(parts) if "." in raw else "".join(parts[-1:])


@dataclass(frozen=True)
class Usage:
    """How people word the titles of their landings here: what is telling, what says nothing."""

    weight: Mapping[str, float]  # inverse document frequency
    usual: frozenset[str]  # component names and the most frequent title words
    names: frozenset[tuple[str, str]]  # two words in a row that are a product's or a part's name

    @classmethod
    def of(cls, activity: Activity) -> Usage:
        """Read from the titles of people's landings."""
        landings = activity.history.landings
        people = np.flatnonzero(activity.history.by_people)[-TITLES:]
        titles = [words_of(said(landings[one].title)) for one in people]
        seen = Counter(word for words in titles for word in set(words))
        pairs = Counter(pair for words in titles for pair in set(pairwise(words)))
        many = len(titles)
        frequent = {word for word, times in seen.most_common(COMMON) if times > COMMON_SHARE * many}
        return cls(
            {word: log((1 + many) / (1 + times)) for word, times in seen.items()},
            frozenset(frequent | _component_names(activity)),
            frozenset(pair for pair, times in pairs.items() if times >= max(NAMES[0], NAMES[1] * many)),
        )


def _component_names(activity: Activity) -> set[str]:
    named = ((one.name, one.key.rpartition("/")[2]) for one in activity.codebase.components)
    return {term for names in named for name in names for term in terms(name)}


def spoken_of(spec: Spec, fixes: Iterable[Fix]) -> list[Fix]:
    """The fixes of which the spec speaks with two words in a row, whatever these weigh here."""
    text = _Text.of(spec)
    return [
        fix
        for fix in fixes
        if any(not set(pair) & fix.edge and _about(pair, text) for pair in pairwise(fix.words))
    ]


def met(spec: Spec, fixes: Iterable[Fix], usage: Usage) -> list[Met]:
    """The fixes that a sentence of the spec met, best first, near doubles merged."""
    text = _Text.of(spec)
    found = [one for fix in fixes if (one := _meets(fix, text, usage))]
    found.sort(key=lambda one: (-one.weight, -one.fix.position))
    kept: list[Met] = []
    for one in found:
        if not any(_alike(one.fix, other.fix) for other in kept):
            kept.append(one)
    return kept


@dataclass(frozen=True)
class _Text:
    """A spec's words: its title and sentences with their lines, and all words that stand anywhere in it."""

    title: tuple[str, ...]
    sentences: tuple[tuple[int, tuple[str, ...]], ...]
    all: frozenset[str]

    @classmethod
    def of(cls, spec: Spec) -> _Text:
        counted = [one for one in spec.sections if _counts(one)]
        sentences = [
            (one.line, words_of(one.text)) for one in spec.sentences if _counts(spec.sections[one.section])
        ]
        title = words_of(spec.title)
        headings = [word for one in counted for word in words_of(one.heading)]
        everything = {*title, *headings, *(word for _, words in sentences for word in words)}
        return cls(title, tuple(sentences), frozenset(everything))


def _counts(section: Section) -> bool:
    return section.space not in (Space.OUT, Space.WHEN)


def _meets(fix: Fix, text: _Text, usage: Usage) -> Met | None:
    new = fix.edge - text.all
    if not new:
        return None  # the spec already speaks of the condition
    whole = [one for one in dict.fromkeys(fix.words) if one not in usage.usual and one not in new]
    total = sum(usage.weight.get(one, 0.0) for one in whole)
    known = set(whole) - fix.edge
    unsaid = next((raw for raw in fix.named if _word(raw) in new), "")
    pairs = [pair for pair in pairwise(fix.words) if set(pair) <= known and pair not in usage.names]
    best: Met | None = None
    for pair in pairs:
        line = _about(pair, text)
        shared = tuple(one for one in whole if one in pair)
        mass = sum(usage.weight.get(one, 0.0) for one in shared)
        if line and mass >= max(COVERED * total, best.weight if best else 0.0):
            best = Met(fix, line, shared, mass, unsaid)
    return best


def _about(pair: tuple[str, str], text: _Text) -> int:
    """The line where the spec speaks of a pair: in its title, or in two sentences; else 0."""
    lines = [line for line, words in text.sentences if _near(words, *pair)]
    if _near(text.title, *pair):
        return lines[0] if lines else 1
    return lines[0] if len(lines) > 1 else 0


def _near(words: Sequence[str], one: str, other: str) -> bool:
    mine = [at for at, word in enumerate(words) if word == one]
    theirs = [at for at, word in enumerate(words) if word == other]
    return any(0 < abs(here - there) <= NEAR for here in mine for there in theirs)


def _alike(one: Fix, other: Fix) -> bool:
    mine, theirs = set(one.words), set(other.words)
    return len(mine & theirs) > 0.5 * min(len(mine), len(theirs))


def _ask(
    one: Met,
    spec: Spec,
    activity: Activity,
    fixes: Sequence[Fix],
    today: date,
    ledger: Ledger,
    repository: str,
) -> Question:
    landing = activity.history.landings[one.fix.position]
    like = {fix.position for fix in fixes if set(one.shared) <= set(fix.words)} | {one.fix.position}
    sources = cite(activity.history, [one.fix.position], repository)
    others = cite(activity.history, like - {one.fix.position}, repository)
    evidence = ledger.file("U01", METHOD, n=len(like), sources=sources + others)
    plain = _plain(one.fix.title)
    quoted = listing([f'"{literal(plain.get(word, word))}"' for word in one.shared])
    when = day(day_of(landing.at), today=today)
    title = clip(literal(one.fix.title), 90)
    return Question(
        "U01",
        Side.ENGINEERING if TECHNICAL.search(one.fix.title) else Side.PRODUCT,
        f'On {when} this had to be fixed: "{title}". Does it apply here?',
        f'The spec speaks of {quoted}, but not of "{literal(one.unsaid)}"; '
        f"{plural(len(like), 'such fix', 'such fixes')} here in {plural(YEARS, 'year')}.",
        one.line,
        evidence,
    )


def _plain(text: str) -> dict[str, str]:
    """Each word with the way it is written in a text."""
    return {_word(raw): raw for raw in reversed(_RAW.findall(text))}
