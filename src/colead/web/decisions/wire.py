"""The wire form of decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from colead.web.decisions import models
from colead.web.decisions.files import Taken
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
    read: datetime | None


@dataclass(frozen=True, slots=True)
class Raised:
    """What somebody said to a decision that is open."""

    id: int
    by: str
    at: datetime
    kind: str  # "concern", "hold" or "none"
    text: str
    resolved: datetime | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """What would make a decision wrong."""

    id: int
    kind: str  # "day", "path" or "metric"
    sentence: str
    fired: datetime | None
    because: str
    answered: datetime | None


@dataclass(frozen=True, slots=True)
class Decision:
    """A question that somebody decides, its options, and what became of it."""

    number: int
    version: int
    question: str
    space: str  # "problem", "solution" or "outcome"
    owners: str  # who decides, in words
    background: str
    idea: int | None
    asked_by: str
    asked_at: datetime
    state: str  # "open", "decided", "again", "replaced" or "withdrawn"
    concerns_until: date | None
    options: tuple[Option, ...]
    raised: tuple[Raised, ...]
    doubts: tuple[Doubt, ...]
    proposed: int | None  # id of the option that one side proposes, where both decide
    proposed_by: str
    chosen: int | None  # id of the option
    why: str
    decided_by: str
    decided_at: datetime | None
    noted: str  # what was open at that moment
    before: int | None  # number of the decision that it replaces
    after: int | None  # number of the decision that replaced it


def of(one: models.Decision) -> Decision:
    """A decision as programs see it."""
    choice, call = getattr(one, "choice", None), getattr(one, "call", None)
    after, proposal = one.replaced, proposed(one)
    doubts = list(one.doubts.all())
    return Decision(
        number=one.number,
        version=one.version,
        question=one.question,
        space=str(one.space),
        owners=deciders(one),
        background=one.background,
        idea=one.brief.number if one.brief else None,
        asked_by=one.by.name,
        asked_at=one.made,
        state=_state(one, after),
        concerns_until=call.until if call else None,
        options=tuple(
            Option(each.pk, each.name, each.text, each.follows, each.read) for each in one.options.all()
        ),
        raised=tuple(map(raised, one.raised.all())),
        doubts=tuple(map(doubt, doubts)),
        proposed=proposal.option_id if proposal else None,
        proposed_by=proposal.by.name if proposal else "",
        chosen=choice.option_id if choice else None,
        why=choice.why if choice else "",
        decided_by=who(choice) if choice else "",
        decided_at=choice.at if choice else None,
        noted=choice.noted if choice else "",
        before=one.before.number if one.before else None,
        after=after.number if after else None,
    )


def raised(one: models.Raised) -> Raised:
    """What somebody said to it, which came with its person."""
    return Raised(one.pk, one.by.name, one.at, one.kind, one.text, one.resolved)


def doubt(one: models.Doubt) -> Doubt:
    """What would make it wrong."""
    return Doubt(one.pk, one.kind, one.sentence, one.fired, one.because, one.answered)


def _state(one: models.Decision, after: models.Decision | None) -> str:
    if hasattr(one, "withdrawal"):
        return "withdrawn"
    if after:
        return "replaced"
    if any(each.asks for each in one.doubts.all()):
        return "again"
    return "decided" if hasattr(one, "choice") else "open"


def brought(one: Taken) -> BroughtFile:
    """What became of a file."""
    return BroughtFile(one.name, one.what, one.decision.number if one.decision else None)
