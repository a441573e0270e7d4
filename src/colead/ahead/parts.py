"""The wire form of what is ahead: ideas, the parts that they meet, the reserve, repairs."""

from __future__ import annotations

from dataclasses import dataclass

from colead.evidence import Coverage, Evidence, Figure

SCHEMA = "colead.ahead/1"


@dataclass(frozen=True, slots=True)
class Idea:
    """One spec of those that are coming."""

    title: str
    source: str  # its file
    counted: bool  # False where no part is likely enough to be touched, or it was given before
    note: str  # why it is not counted, or that its parts are a guess; else ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One idea and a part that it may touch."""

    idea: int  # position in `ideas`
    chance: Figure  # that it touches the part, 0..1


@dataclass(frozen=True, slots=True)
class Exposed:
    """A part that the coming ideas meet. It says how often fixes followed there, never "bad code"."""

    repository: str
    component: str  # Component.key
    name: str
    likely: int  # ideas that touch it at least as likely as not
    meetings: tuple[Meeting, ...]  # of ideas from 3 in 10 on, likeliest first
    needed: Figure | None  # share of changes there that a fix on the same files followed; None: too few
    changes: int  # that the share is counted from
    more: bool  # than in the usual part here, beyond chance
    expected: Figure  # ideas that a fix on the same files will follow there
    usual: Figure | None  # the same, were it the usual part here; None where no part is known well enough
    odds: Figure  # that at least one of the ideas will, 0..1
    usual_odds: Figure | None  # the same, were it the usual part here
    sentence: str
    technical: str
    code: str = "L02"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Six weeks of the past: what the reserve would have said on the day before, and what came."""

    begins: str  # ISO date of its first day
    ends: str
    landings: Figure  # expected, with the 80 % range
    landed: int
    slots: Figure  # that would have been said
    health: Figure  # changes by people that were health, with the 90 % range
    kept: str  # "reached", "below" or "cannot be told"


@dataclass(frozen=True, slots=True)
class Reserve:
    """The slots kept free for health in the coming six weeks."""

    until: str  # ISO date
    landings: Figure  # changes by people expected until then, with the 80 % range
    share: float  # of health, agreed or usual
    slots: Figure  # landings times share
    taken: int  # slots of open repairs
    candidates: tuple[str, ...]  # names of parts to consider first
    stretches: tuple[Stretch, ...]  # newest first, at most 8
    sentence: str
    lately: str  # on the newest stretch, "" where there is none
    record: str  # on all of them
    technical: str
    code: str = "L03"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A repair with what a person says that it will gain, kept and scored once its date is over."""

    repair: str
    repository: str
    part: str  # as it was written
    by: str  # the person who says so
    on: str  # ISO date of the day it was said
    until: str  # ISO date up to which fixes are counted
    slots: int
    fewer: int  # of 100 fixes there, those that the person says will not come
    over: bool  # its date is over
    without: Figure | None  # fixes expected there from `on` to `until` without it; None where not known
    said: Figure | None  # the same less what the person says
    came: Figure | None  # fixes that came, once it is over
    sentence: str
    technical: str
    code: str = "L04"


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the coming ideas will probably meet. Every figure carries the id of a row of `evidence`."""

    schema: str  # SCHEMA
    version: str  # of Colead
    made: str  # ISO date-time with zone
    today: str  # ISO date
    repositories: tuple[str, ...]
    agreed: float  # share of health
    written: bool  # the share stands in the settings; else it is the usual one
    sentence: str
    advice: str  # what to do, "" where nothing follows
    ideas: tuple[Idea, ...]
    places: tuple[Exposed, ...]  # where most fixes are expected first, at most 5
    more: int  # places beyond these
    expected: Figure | None  # ideas that a fix will follow, summed over all parts
    usual: Figure | None  # the same, were every part the usual one
    usual_share: Figure | None  # of changes of the usual part, those that a fix followed
    own: Figure | None  # chance of an idea that its own lines come back for a fix, mean over those counted
    reserve: Reserve | None
    estimates: tuple[Estimate, ...]  # open ones first
    coverage: tuple[Coverage, ...]  # exposure, reserve, estimates
    evidence: tuple[Evidence, ...]
    notes: tuple[str, ...]
