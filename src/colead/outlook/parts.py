"""The wire form of an outlook: places by expected fixes, their past quarters, the record of such lists."""

from __future__ import annotations

from dataclasses import dataclass

from colead.drag import Drag
from colead.evidence import Coverage, Evidence, Figure
from colead.fragility import Level
from colead.struck import Toll
from colead.systemmap import Plot

SCHEMA = "colead.fragility/1"


@dataclass(frozen=True, slots=True)
class Season:
    """A past quarter of a place: fixes that would have been expected on the day before it, and those seen."""

    begins: str  # ISO date of its first day
    ends: str
    expected: Figure
    came: Figure


@dataclass(frozen=True, slots=True)
class Place:
    """A part or a file with the fixes to expect there. It says "likely to need fixes", never "bad code"."""

    kind: str  # "part" or "file"
    key: str  # Component.key or path
    name: str
    level: Level
    expected: Figure  # fixes in the next 90 days, with the 80 % interval
    chance: Figure  # of at least one, 0..1
    position: int  # 1 is the place of its kind that most fixes are expected of in this repository
    of: int  # places of its kind
    lines: Figure  # non-blank, today
    files: int
    changed: Figure  # people's landings of the past year
    fixes: Figure  # of these, fixes
    seasons: tuple[Season, ...]  # the past year's quarters, oldest first
    reasons: tuple[str, ...]  # size; changes and fixes; the newest fix
    technical: str
    code: str = "F02"
    incidents: Toll | None = None  # None where none was imported that names it


@dataclass(frozen=True, slots=True)
class Record:
    """What such lists of files would have said before each of the past quarters, against what came."""

    quarters: int
    fixed: int  # fixes of files that came, all quarters
    pairs: Figure  # share of pairs of a fixed and another file in which the fixed one was ranked higher
    most_changed: Figure  # the same, ranked by changes of the year before alone
    fifth: Figure  # share of fixes in the fifth of the files ranked highest, mean over quarters
    said: Figure  # fixes of files, all quarters
    came: Figure
    held: bool  # False: too poor to show places by
    sentence: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where fixes are likely next. Every figure in it carries the id of a row of `evidence`."""

    schema: str  # SCHEMA
    version: str  # of Colead
    made: str  # ISO date-time with zone
    today: str  # ISO date
    repository: str
    tip: str  # full hash
    within: str  # name of the part, or path of the file, that was asked about; "" for all
    sentence: str
    places: tuple[Place, ...]  # most expected fixes first
    more: int  # places beyond these
    plots: tuple[Plot, ...]  # every part as an area of the system map; () where files are told
    record: Record | None  # None where nothing could be replayed
    drags: tuple[Drag, ...]  # of the part that was asked about, or of the schema where it holds that
    coverage: tuple[Coverage, ...]
    evidence: tuple[Evidence, ...]
    notes: tuple[str, ...]  # what was not looked at
