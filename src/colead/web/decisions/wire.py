"""The wire form of decisions."""

from __future__ import annotations

from dataclasses import dataclass

from colead.web.decisions import models
from colead.web.decisions.files import Taken
from colead.web.decisions.models import Decision
from colead.web.decisions.models.proposal import proposed, who
from colead.web.decisions.page import deciders


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """What became of a file: new, same, saved (a new version), differs (nothing was changed), or none."""

    name: str
    what: str
    decision: int | None  # its number


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of files that were brought in."""

    files: tuple[BroughtFile, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One of the ways that a decision may go."""

    id: int
    name: str
    text: str
    follows: str
    read: str  # ISO time of its reading, "" where it was not read


@dataclass(frozen=True, slots=True)
class Raised:
    """What somebody said to a decision that is open."""

    id: int
    by: str
    at: str
    kind: str  # "concern", "hold" or "none"
    text: str
    resolved: str  # ISO time, "" while it stands


@dataclass(frozen=True, slots=True)
class Doubt:
    """What would make a decision wrong."""

    id: int
    kind: str  # "day", "path" or "metric"
    sentence: str
    fired: str  # ISO time, "" as long as it did not come about
    because: str
    answered: str


@dataclass(frozen=True, slots=True)
class Wired:
    """A decision."""

    number: int
    version: int
    question: str
    space: str  # "problem", "solution" or "outcome"
    owners: str  # who decides, in words
    background: str
    idea: int | None
    asked_by: str
    asked_at: str
    state: str  # "open", "decided", "again", "replaced" or "withdrawn"
    concerns_until: str  # ISO date, "" without a call
    options: tuple[Option, ...]
    raised: tuple[Raised, ...]
    doubts: tuple[Doubt, ...]
    proposed: int | None  # id of the option that one side proposes, where both decide
    proposed_by: str
    chosen: int | None  # id of the option
    why: str
    decided_by: str
    decided_at: str
    noted: str  # what was open at that moment
    before: int | None  # number of the decision that it replaces
    after: int | None  # number of the decision that replaced it


def of(one: Decision) -> Wired:
    """A decision as programs see it."""
    choice, call = getattr(one, "choice", None), getattr(one, "call", None)
    after, proposal = one.replaced, proposed(one)
    doubts = list(one.doubts.all())
    return Wired(
        number=one.number,
        version=one.version,
        question=one.question,
        space=str(one.space),
        owners=deciders(one),
        background=one.background,
        idea=one.brief.number if one.brief else None,
        asked_by=one.by.name,
        asked_at=one.made.isoformat(),
        state=_state(one, after),
        concerns_until=call.until.isoformat() if call else "",
        options=tuple(
            Option(each.pk, each.name, each.text, each.follows, _time(each.read))
            for each in one.options.all()
        ),
        raised=tuple(map(raised, one.raised.all())),
        doubts=tuple(map(doubt, doubts)),
        proposed=proposal.option_id if proposal else None,
        proposed_by=proposal.by.name if proposal else "",
        chosen=choice.option_id if choice else None,
        why=choice.why if choice else "",
        decided_by=who(choice) if choice else "",
        decided_at=choice.at.isoformat() if choice else "",
        noted=choice.noted if choice else "",
        before=one.before.number if one.before else None,
        after=after.number if after else None,
    )


def raised(one: models.Raised) -> Raised:
    """What somebody said to it, which came with its person."""
    return Raised(one.pk, one.by.name, one.at.isoformat(), one.kind, one.text, _time(one.resolved))


def doubt(one: models.Doubt) -> Doubt:
    """What would make it wrong."""
    return Doubt(one.pk, one.kind, one.sentence, _time(one.fired), one.because, _time(one.answered))


def _state(one: Decision, after: Decision | None) -> str:
    if hasattr(one, "withdrawal"):
        return "withdrawn"
    if after:
        return "replaced"
    if any(each.asks for each in one.doubts.all()):
        return "again"
    return "decided" if hasattr(one, "choice") else "open"


def _time(at: object) -> str:
    return at.isoformat() if hasattr(at, "isoformat") else ""


def brought(one: Taken) -> BroughtFile:
    """What became of a file."""
    return BroughtFile(one.name, one.what, one.decision.number if one.decision else None)
