"""Material: what a reading is made of: repositories ready to be read, and what is asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from colead.activity import Activity
from colead.correction import Lesson
from colead.cost import Cost
from colead.imported import NOTHING, Imported
from colead.occasion import Occasion
from colead.partner import Texts, nothing
from colead.spec import Spec
from colead.touch import Index, Tried


@dataclass(frozen=True)
class Material:
    """One repository, ready to be read: its history up to the reading's day, its codebase, its index."""

    name: str
    activity: Activity
    index: Index
    notes: tuple[str, ...] = ()
    records: Mapping[str, str] = field(default_factory=dict)  # by code, how often it was right here
    lessons: tuple[Lesson, ...] = ()  # what the team corrected
    page: str = ""  # of a commit in a browser (`colead.forge`)
    texts: Texts = nothing  # contents of files, where they are looked into
    occasions: tuple[Occasion, ...] = ()  # as the team wrote them down
    imported: Imported = NOTHING  # issues and incidents that the team handed over
    cost: Cost | None = None  # of an hour of downtime, as somebody wrote it down
    trial: Tried | None = None  # what a prototype of the idea changed here


@dataclass(frozen=True)
class Request:
    """What is asked: the spec, the hoped-for date, the expected number of changes, the day to count from."""

    spec: Spec
    today: date
    made: datetime
    version: str
    by: date | None = None
    changes: int | None = None
