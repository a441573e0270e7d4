"""It broke before: past fixes of what the spec speaks of, under a condition that it does not mention.

Strict on purpose: a question is asked only when most of what a fix's title
says stands in one sentence of the spec, and the condition under which it broke
does not. Most specs get none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log

import numpy as np

from colead.activity import Activity
from colead.citing import cite, day_of
from colead.evidence import Coverage, Ledger, State
from colead.phrase import clip, day, listing, literal, plural
from colead.question.conditions import COSMETIC, EDGES, GENERIC, LINKS, TECHNICAL
from colead.question.parts import Question, Side
from colead.spec import Section, Space, Spec
from colead.terms import spoken, terms

MOST_BROKE = 2
FEWEST_FIXES = 10  # with a condition, in the touched parts; fewer is too little to say anything
COMMON = 30  # the repository's most frequent title words, which do not count ...
COMMON_SHARE = 0.02  # ... when they stand in more than this share of the titles
FEWEST_WORDS = 2  # specific words that a fix and one sentence of the spec must share
COVERED = 0.5  # share of a title's weight that must be met
METHOD = (
    "Fixes in the touched parts whose title names a condition that the spec does not mention; "
    "a fix counts when one sentence of the spec holds most of the rest of its title."
)


@dataclass(frozen=True, slots=True)
class Fix:
    """One past fix with a condition: what it was about, and when it broke."""

    position: int  # in History.landings
    title: str
    about: frozenset[str]  # terms outside the condition
    edge: frozenset[str]  # terms of the condition


@dataclass(frozen=True, slots=True)
class Met:
    """A past fix that a spec's sentence met."""

    fix: Fix
    line: int
    shared: frozenset[str]
    weight: float
    covered: float


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
    fixes = conditional_fixes(activity, touched)
    if len(fixes) < FEWEST_FIXES:
        few = f"{plural(len(fixes), 'past fix', 'past fixes')} with a named condition in the touched parts"
        return (), Coverage("questions", State.TOO_LITTLE, few)
    found = met(spec, fixes, weights(activity), common(activity))[:MOST_BROKE]
    if not found:
        return (), Coverage("questions", State.NOTHING, _nobody(activity, touched, len(fixes)))
    asked = tuple(_ask(one, spec, activity, fixes, today, ledger, repository) for one in found)
    return asked, Coverage("questions", State.FINDING, "", asked[0].evidence)


def _nobody(activity: Activity, touched: Sequence[str], fixes: int) -> str:
    names = [activity.codebase.by_key[key].name for key in touched if key in activity.codebase.by_key][:2]
    who = f"ask someone who knows {listing(names)}" if names else "ask someone who knows this part"
    return f"no known pattern for this kind of change among {plural(fixes, 'past fix', 'past fixes')}; {who}"


def conditional_fixes(activity: Activity, touched: Sequence[str]) -> list[Fix]:
    """Fixes in the touched components whose title names a condition, oldest first."""
    wanted = [number for number, key in enumerate(activity.components) if key in set(touched)]
    landing, part = activity.pairs
    here = np.unique(landing[np.isin(part, wanted)])
    history = activity.history
    found = (_fix(int(one), history.landings[one].title) for one in here[history.is_fix[here]])
    return [one for one in found if one is not None]


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
    edges = {stem for match in EDGES.finditer(plain) for stem in terms(match[0])}
    clause = set(terms(plain[link.start() :])) if link else set()
    edge = clause | edges
    about = set(terms(plain)) - edge
    if not edge or not about - GENERIC:
        return None
    return Fix(position, plain, frozenset(about - GENERIC), frozenset(edge - GENERIC))


def weights(activity: Activity) -> Mapping[str, float]:
    """How telling a term is: its inverse document frequency over this repository's titles of people's landings."""
    seen = _frequency(activity)
    many = int(activity.history.by_people.sum())
    return {term: log((1 + many) / (1 + times)) for term, times in seen.items()}


def common(activity: Activity) -> frozenset[str]:
    """Words that say nothing here: component names and the repository's own most frequent title words."""
    named = {
        term
        for one in activity.codebase.components
        for name in (one.name, *one.says, one.key.rpartition("/")[2])
        for term in terms(name)
    }
    many = int(activity.history.by_people.sum())
    usual = {term for term, times in _frequency(activity).most_common(COMMON) if times > COMMON_SHARE * many}
    return frozenset(named | usual)


def _frequency(activity: Activity) -> Counter[str]:
    landings, people = activity.history.landings, activity.history.by_people
    return Counter(term for one in np.flatnonzero(people) for term in set(terms(landings[one].title)))


def met(spec: Spec, fixes: Iterable[Fix], weight: Mapping[str, float], usual: frozenset[str]) -> list[Met]:
    """The fixes that a sentence of the spec met, best first, near doubles merged."""
    everywhere = frozenset(terms(_all(spec)))
    sentences = _sentences(spec)
    found = [one for fix in fixes if (one := _meets(fix, sentences, everywhere, weight, usual))]
    found.sort(key=lambda one: (-one.weight * one.covered, -one.fix.position))
    kept: list[Met] = []
    for one in found:
        if not any(_alike(one.fix, other.fix) for other in kept):
            kept.append(one)
    return kept


def _all(spec: Spec) -> str:
    return "\n".join([spec.title, *(f"{one.heading}\n{one.text}" for one in spec.sections if _counts(one))])


def _counts(section: Section) -> bool:
    return section.space not in (Space.OUT, Space.WHEN)


def _sentences(spec: Spec) -> list[tuple[int, frozenset[str]]]:
    """Line and terms of the title and of every sentence; what is out of scope does not count."""
    said = [(one.line, one.text) for one in spec.sentences if _counts(spec.sections[one.section])]
    return [(line, frozenset(terms(text))) for line, text in [(1, spec.title), *said]]


def _meets(
    fix: Fix,
    sentences: Sequence[tuple[int, frozenset[str]]],
    everywhere: frozenset[str],
    weight: Mapping[str, float],
    usual: frozenset[str],
) -> Met | None:
    new = fix.edge - everywhere
    if not new:
        return None  # the spec already speaks of the condition
    whole = fix.about | (fix.edge & everywhere)
    total = sum(weight.get(term, 0.0) for term in whole - usual) or 1.0
    best: Met | None = None
    for line, there in sentences:
        shared = (whole & there) - usual
        mass = sum(weight.get(term, 0.0) for term in shared)
        enough = len(shared) >= FEWEST_WORDS and shared & fix.about and mass >= COVERED * total
        if enough and (best is None or mass > best.weight):
            best = Met(fix, line, shared, mass, mass / total)
    return best


def _alike(one: Fix, other: Fix) -> bool:
    mine, theirs = one.about | one.edge, other.about | other.edge
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
    like = [fix.position for fix in fixes if one.shared <= fix.about | fix.edge]
    sources = cite(activity.history, [one.fix.position], repository)
    others = cite(activity.history, set(like) - {one.fix.position}, repository)
    evidence = ledger.file("U01", METHOD, n=len(like) or 1, sources=sources + others)
    words = spoken(_all(spec))
    quoted = listing([f'"{words.get(term, term)}"' for term in sorted(one.shared, key=_place(spec))])
    when = day(day_of(landing.at), today=today)
    title = clip(literal(one.fix.title), 90)
    count = plural(len(like), "fix", "fixes") if like else "one fix"
    return Question(
        "U01",
        Side.ENGINEERING if TECHNICAL.search(one.fix.title) else Side.PRODUCT,
        f'On {when} this had to be fixed: "{title}". Does it apply here?',
        f"The spec speaks of {quoted}; {count} here with a condition did too.",
        one.line,
        evidence,
    )


def _place(spec: Spec) -> Placed:
    return Placed({term: number for number, term in reversed(list(enumerate(terms(_all(spec)))))})


@dataclass(frozen=True, slots=True)
class Placed:
    """Where in the spec a term stands first."""

    at: Mapping[str, int]

    def __call__(self, term: str) -> tuple[int, str]:
        return self.at.get(term, 1 << 30), term
