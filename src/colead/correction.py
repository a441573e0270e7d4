"""Correction: what a team said of a wrong or missing touch or partner, and where that teaches a reading.

One is kept with the title of the spec that it was said of and with words of that
spec. For this spec it holds outright. For later ones its words alone are what was
learnt: they are no reason for a part that was wrong, and they point to one that
was missing. A silenced partner speaks again once it changed along often enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from colead.codebase import Codebase, Component
from colead.evidence import Source
from colead.phrase import clip, day, listing, literal, plural
from colead.terms import terms

FILE = ".colead/corrections.yml"
LONGEST = 200  # characters of a title or a reason that are kept
WORDS = 6  # that one correction keeps


class Kind(StrEnum):
    """What was said of a part."""

    WRONG = "wrong"
    MISSING = "missing"
    PARTNER = "not a partner"


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry of the corrections file, as people wrote it."""

    kind: Kind
    part: str  # a component's name or key, or the path of a file
    of: str = ""  # of a partner: the part that it does not go with
    spec: str = ""  # title of the spec that it was said of
    words: tuple[str, ...] = ()  # of that spec
    because: str = ""
    day: date | None = None  # None: not dated, so it holds at any time
    line: int = 0  # in its file; 0 where it was said elsewhere


@dataclass(frozen=True, slots=True)
class Lesson:
    """A correction with the part or file of this codebase that it speaks of."""

    said: Correction
    component: str  # Component.key
    name: str
    path: str = ""  # of the file, "" where the whole part is meant
    of: str = ""  # Component.key of the part beside it
    of_name: str = ""

    @property
    def terms(self) -> frozenset[str]:
        """Its words as the index knows them."""
        return frozenset(term for word in self.said.words for term in terms(word))

    def points(self, asked: Set[str]) -> bool:
        """Whether it is of a missing part and a spec with these terms says all of its words."""
        return self.said.kind is Kind.MISSING and bool(self.terms) and self.terms <= asked

    def meant(self, title: str) -> bool:
        """Whether it was said of the spec of this title."""
        return bool(self.said.spec) and kept_title(self.said.spec) == kept_title(title)


@dataclass(frozen=True, slots=True)
class Used:
    """A correction that a reading used."""

    repository: str
    kind: Kind
    name: str  # the part, or the path of a file
    words: tuple[str, ...]
    because: str
    day: str  # ISO date, "" where it is not dated
    line: int  # in `.colead/corrections.yml`
    sentence: str


def kept_title(title: str) -> str:
    """A spec's title as a correction keeps it: on one line, at most LONGEST characters, case aside."""
    return shown(title).casefold()


def shown(text: str) -> str:
    """A text as a corrections file can hold it."""
    return clip(literal(" ".join(text.split())), LONGEST)


def until(corrections: Iterable[Correction], today: date) -> tuple[Correction, ...]:
    """Those that were known on that day; what is not dated counts as known."""
    return tuple(one for one in corrections if one.day is None or one.day <= today)


def lessons(corrections: Iterable[Correction], codebase: Codebase) -> tuple[tuple[Lesson, ...], str]:
    """The corrections that speak of something in this codebase, and a note on those that do not."""
    found: list[Lesson] = []
    gone: list[str] = []
    for one in corrections:
        lesson = _lesson(one, codebase)
        if lesson is None:
            gone.append(one.part)
        else:
            found.append(lesson)
    names = ", ".join(literal(name) for name in dict.fromkeys(gone[:5]))
    return tuple(found), f"{FILE} names {names}, which is not here or not clear" if gone else ""


def _lesson(said: Correction, codebase: Codebase) -> Lesson | None:
    part, of = place(said.part, codebase), place(said.of, codebase) if said.of else None
    if part is None or (said.kind is Kind.PARTNER and of is None):
        return None
    component, path = part
    name = path or codebase.by_key[component].name
    beside = codebase.by_key[of[0]] if of else None
    return Lesson(said, component, name, path, *((beside.key, beside.name) if beside else ()))


def place(told: str, codebase: Codebase) -> tuple[str, str] | None:
    """The component that a name, a key or a folder means, or a file's component and its path.

    None where nothing here is called so, or more than one part.
    """
    wanted = told.strip().rstrip("/")
    if wanted in codebase.by_key:
        return wanted, ""
    called = [one.key for one in codebase.components if wanted.casefold() in _called(one)]
    if called:
        return (called[0], "") if len(called) == 1 else None
    key = codebase.seat(wanted) if any(one.path == wanted for one in codebase.product) else None
    return (key, wanted) if key is not None else None


def _called(component: Component) -> set[str]:
    return {one.casefold() for one in (component.name, *component.says, *component.roots)}


def taught(codebase: Codebase, learnt: Sequence[Lesson], asked: Set[str]) -> Codebase:
    """The codebase in which the words of missing parts are further words for these parts.

    Args:
        codebase: the parts.
        learnt: corrections.
        asked: the terms of a spec; only corrections of which it says all words count.
    """
    says: dict[str, tuple[str, ...]] = {}
    for one in learnt:
        if one.points(asked):
            says[one.component] = (*says.get(one.component, ()), *one.said.words)
    parts = [replace(one, says=(*one.says, *says.get(one.key, ()))) for one in codebase.components]
    return replace(codebase, components=tuple(parts)) if says else codebase


def used(lesson: Lesson, repository: str, *, outright: bool, today: date) -> Used:
    """What is told of a correction that a reading used."""
    said = lesson.said
    dated = f" ({day(said.day, today=today)})" if said.day else ""
    because = f": “{literal(said.because)}”" if said.because else ""
    return Used(
        repository,
        said.kind,
        lesson.name,
        said.words,
        said.because,
        said.day.isoformat() if said.day else "",
        said.line,
        f"{_effect(lesson, outright)}{because}{dated}",
    )


def told_used(count: int) -> str:
    """How many corrections were used, and where they are kept; "" for none."""
    return (
        f"{plural(count, 'correction')} of yours {'was' if count == 1 else 'were'} used: {FILE}"
        if count
        else ""
    )


def _effect(lesson: Lesson, outright: bool) -> str:
    name = literal(lesson.name)
    if lesson.said.kind is Kind.PARTNER:
        return f"{name} is no partner of {literal(lesson.of_name)}"
    if outright:
        return f"{name} was {'left out' if lesson.said.kind is Kind.WRONG else 'put in'}"
    words = listing([f'"{literal(word)}"' for word in lesson.said.words])
    if lesson.said.kind is Kind.WRONG:
        return f"{words} {'is' if len(lesson.said.words) == 1 else 'are'} no reason for {name}"
    return f"{words} point{'s' if len(lesson.said.words) == 1 else ''} to {name}"


def source(lesson: Lesson, repository: str) -> Source:
    """The correction as something that a person can open."""
    said = lesson.said
    when = said.day.isoformat() if said.day else ""
    place = f"{FILE}, line {said.line}" if said.line else "said on the shared page"
    return Source("settings", place, said.because, when, repository)
