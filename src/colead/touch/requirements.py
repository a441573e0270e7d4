"""Requirements told: which parts and files each requirement of a spec points at, and which points nowhere.

Each requirement is searched for as a text of its own, with the sum of views and its
odds, drawn towards those of the whole spec; the postings are fetched once for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from colead.activity import Activity
from colead.evidence import Figure, Ledger, Source
from colead.phrase import clip, listing, literal, odds
from colead.spec import Spec
from colead.spec.requirement import Requirement, requirements
from colead.touch.asked import Asked, asked_text
from colead.touch.chances import of_components, of_files
from colead.touch.held import Held
from colead.touch.parts import FileTouch, Index, Seen, Touches
from colead.touch.ranking import Floats
from colead.touch.reasons import clauses
from colead.touch.signals import Signals, signals

TERMS = 60  # of one requirement that are searched for
PARTS, FILES = 2, 3  # that are told of one
SHOWN = 0.3  # parts are told from this chance on
WHOLE = 0.3  # of the log odds of a file are those that it has for the whole spec
LEAST = 1e-5  # chance that a file counts with
# A requirement resembles nothing here when its likeliest file has a smaller chance by its own words, or when
# these stand here less often than in other software. Chosen on 124 requirements of Lighthouse's specs, read
# before these were built (2 in 100 resemble nothing), and 176 readings of foreign ones (94 in 100).
LIKE, AT_HOME = 0.15, 0.0
NAME = 160  # characters
METHOD = (
    "Each requirement of the spec was compared by itself with what each file says, its path, the names it "
    "defines, and the texts of past landings"
)
NEW = "nothing here resembles this: is it new?"


@dataclass(frozen=True, slots=True)
class PartTouch:
    """A component that one requirement points at."""

    repository: str
    component: str  # Component.key
    name: str
    probability: Figure


@dataclass(frozen=True, slots=True)
class RequirementTouch:
    """One requirement of the spec with what it points at."""

    name: str  # as the spec words it
    line: int  # of the spec
    parts: tuple[PartTouch, ...]  # likeliest first, at most 2
    files: tuple[FileTouch, ...]  # likeliest first, at most 3; none where nothing resembles it
    sentence: str
    technical: str
    code: str = "T02"

    @property
    def new(self) -> bool:
        """Whether nothing here resembles it."""
        return not self.files


def pointed(
    touches: Touches,
    spec: Spec,
    activity: Activity,
    index: Index,
    *,
    today: date,
    ledger: Ledger,
    repository: str,
) -> tuple[RequirementTouch, ...]:
    """What each requirement of a ranked spec points at, in their order; none where the ranking is silent."""
    asked_for, seen = requirements(spec), touches.seen
    if seen is None or not asked_for:
        return ()
    queries = [_query(one) for one in asked_for]
    wanted = list(dict.fromkeys(term for query in queries for term in query.terms))
    held = Held.of(index, wanted, activity.history.landings)
    lines = tuple(Source("spec", str(one.line), clip(literal(one.name), NAME)) for one in asked_for)
    desk = _Desk(
        seen, activity, today, ledger.file("T02", METHOD, n=len(asked_for), sources=lines), repository
    )
    return tuple(
        _told(desk, one, signals(query, activity, held, seen.signals.past) if query.terms else None)
        for one, query in zip(asked_for, queries, strict=True)
    )


def together(
    found: Sequence[tuple[RequirementTouch, ...]],
) -> tuple[RequirementTouch, ...]:
    """The requirements of one spec as several repositories see them: the likeliest of all."""
    known = [some for some in found if some]
    return tuple(_joined(same) for same in zip(*known, strict=True))


def _query(one: Requirement) -> Asked:
    query = asked_text("", one.text)
    return query.only(np.arange(min(TERMS, len(query.terms)), dtype=np.int32))


@dataclass(frozen=True)
class _Desk:
    """What the telling of one spec's requirements needs at hand."""

    seen: Seen
    activity: Activity
    today: date
    evidence: str
    repository: str


def _told(desk: _Desk, one: Requirement, found: Signals | None) -> RequirementTouch:
    name = clip(literal(one.name), NAME)
    chances = np.zeros(len(desk.seen.files)) if found is None else of_files(found)
    chances = np.where(desk.seen.ruled_out, 0.0, chances)
    if found is None or chances.max(initial=0.0) < LIKE or found.home < AT_HOME:
        return _worded(RequirementTouch(name, one.line, (), (), "", ""))
    chances = drawn(chances, desk.seen.files)
    top = np.argsort(-chances, kind="stable")[:FILES]
    files = tuple(_file(desk, found, int(place), chances) for place in top if chances[place] > 0)
    return _worded(RequirementTouch(name, one.line, _parts(desk, found, chances), files, "", ""))


def drawn(own: Floats, whole: Floats) -> Floats:
    """The chances by a requirement's own words, drawn towards those by the whole spec; none stays none."""
    a, b = (np.log(held / (1 - held)) for held in (np.clip(one, LEAST, 1 - LEAST) for one in (own, whole)))
    return np.where(own > 0, 1 / (1 + np.exp(-((1 - WHOLE) * a + WHOLE * b))), 0.0)


def _file(desk: _Desk, found: Signals, place: int, chances: Floats) -> FileTouch:
    reasons = clauses(found, [place], desk.activity.history.landings, desk.today)
    path = desk.activity.codebase.product[place].path
    return FileTouch(desk.repository, path, Figure(float(chances[place]), desk.evidence), reasons)


def _parts(desk: _Desk, found: Signals, chances: Floats) -> tuple[PartTouch, ...]:
    likely = of_components(chances, desk.seen.seat, found.named)
    order = [int(place) for place in np.argsort(-likely, kind="stable")[:PARTS] if likely[place] >= SHOWN]
    known, keys = desk.activity.codebase.by_key, desk.activity.components
    return tuple(
        PartTouch(
            desk.repository, keys[one], known[keys[one]].name, Figure(float(likely[one]), desk.evidence)
        )
        for one in order
    )


def _joined(same: Sequence[RequirementTouch]) -> RequirementTouch:
    if len(same) == 1:
        return same[0]
    parts = sorted((one for some in same for one in some.parts), key=lambda one: -one.probability.value)
    files = sorted((one for some in same for one in some.files), key=lambda one: -one.probability.value)
    return _worded(replace(same[0], parts=tuple(parts[:PARTS]), files=tuple(files[:FILES])))


def _worded(one: RequirementTouch) -> RequirementTouch:
    """With the sentences that say what it points at."""
    if not one.files:
        return replace(one, sentence=f"{NEW[0].upper()}{NEW[1:]}", technical="")
    names = [literal(part.name) for part in one.parts]
    likeliest = one.files[0]
    named = literal(likeliest.path.rpartition("/")[2])
    where = f"Points at {listing(names)}" if names else "Points at no part clearly"
    told = "; ".join(f"{literal(file.path)} {file.probability.value:.2f}" for file in one.files)
    return replace(one, sentence=f"{where}: {named} ({odds(likeliest.probability.value)}).", technical=told)
