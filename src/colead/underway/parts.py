"""The wire form of what is under way: the changes so far, what they leave out, where they go unforeseen."""

from __future__ import annotations

from dataclasses import dataclass

from colead.evidence import Coverage, Evidence, Figure

SCHEMA = "colead.underway/1"


@dataclass(frozen=True, slots=True)
class Step:
    """One change on the way: a landing, a commit of a branch, or what is not committed yet."""

    at: int  # unix seconds
    ref: str  # full hash, "" for what is not committed yet
    title: str
    paths: tuple[str, ...]  # surrogateescape


@dataclass(frozen=True, slots=True)
class Built:
    """The changes so far in one repository."""

    repository: str
    tip: str  # full hash
    base: str  # full hash of what they are compared with, "" for none
    meant: str  # "branch", "ticket" or "range"
    against: str  # "origin/main", "SHOP-12", "v1..main"; "" where no branch was found to compare with
    commits: int  # or landings
    staged: int  # files
    edited: int  # files of the work tree that are not staged
    files: int  # product files, all in all
    parts: tuple[str, ...]  # names of the parts that they are in, most files first
    begun: str  # ISO date of the first commit or landing, "" where there is none
    notes: tuple[str, ...]  # what was not looked at


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What usually changes along with something that is changed, and is not changed yet."""

    repository: str
    level: str  # "part" or "file"
    key: str  # of the component, or the path
    name: str
    of: str  # key or path of what is changed
    of_name: str
    together: Figure  # times both changed
    times: Figure  # times `of` changed
    usual: Figure  # share at which one as active changes along by chance, 0..1
    anyway: Figure | None  # share of the times it was left out after which it changed within three days
    last: str  # ISO date of the last time together
    files: tuple[str, ...]  # of a part: those that changed most often along, at most 3
    sentence: str  # "usually changes along with Shipping: 18 of the last 29 times, ...; not in your diff"
    ask: str
    technical: str
    code: str = "W01"


@dataclass(frozen=True, slots=True)
class Unforeseen:
    """A part that the work went into although the reading before it began did not name it."""

    repository: str
    component: str  # key; a folder's path where no component was before
    name: str
    day: Figure  # 1 is the day of the first change
    date: str  # ISO date of that day
    files: tuple[str, ...]  # changed there on that day, at most 3
    title: str  # of the change that went there first
    sentence: str  # "day 6 (14 May): also changes Billing, not foreseen"
    technical: str
    code: str = "W02"


@dataclass(frozen=True, slots=True)
class Underway:
    """What Colead sees while an idea is built. Every figure in it carries the id of a row of `evidence`."""

    schema: str  # SCHEMA
    version: str  # of Colead
    made: str  # ISO date-time with zone
    today: str  # ISO date
    spec: str  # its title, "" where none was given
    sentence: str  # all of it in one sentence
    repositories: tuple[Built, ...]
    foreseen: tuple[str, ...]  # names of the parts that the reading names, likeliest first
    left_out: tuple[LeftOut, ...]  # at most 2
    unforeseen: tuple[Unforeseen, ...]  # by day; the first one is told, the others are folded
    coverage: tuple[Coverage, ...]  # left out, unforeseen
    evidence: tuple[Evidence, ...]
