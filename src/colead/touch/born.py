"""Born: the parts in which new files will probably be made, since what is new cannot be ranked.

A part is expected to get a file as often as changes to the parts that the text reaches
brought one there lately: into the part itself, or elsewhere, as changes to models bring
a step of the schema's history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colead.activity import Activity
from colead.evidence import Figure, Ledger, Source
from colead.history import MANY_FILES
from colead.phrase import clip, literal
from colead.touch.chances import SEVERAL_COMPONENTS, grown
from colead.touch.parts import Touches
from colead.touch.ranking import Floats, IntArray

LAST = 40  # changes to a part that are counted, the newest
LOOKED_AT = 6000  # landings, the newest
DOUBT = 2.0  # changes without a new file that every part is taken to have had besides
ADDED = ord("A")
SHOWN, MOST = 0.3, 2  # parts are told from this chance on, and so many
METHOD = "Counted how many of the last changes to the part, at most 40, also added a file"


@dataclass(frozen=True)
class Nursery:
    """Where changes to each part brought new files: one row per part changed and part that got a file."""

    changed: IntArray  # position of the part that was changed
    into: IntArray  # position of the part that got a file
    times: Floats  # how many of the last changes to `changed` brought one
    of: Floats  # of each part: how many changes to it were counted, at most LAST

    @property
    def rate(self) -> Floats:
        """How often a change to `changed` brings a file, with doubt."""
        return np.asarray(self.times / (self.of[self.changed] + DOUBT))


def nursery(activity: Activity) -> Nursery:
    """Count the newest landings by people that changed at most `MANY_FILES` product files."""
    width, landings = max(1, len(activity.components)), len(activity.history.landings)
    landing = activity.row_landing.astype(np.int64)
    sizes = np.bincount(landing, minlength=landings)
    kept = (landing >= landings - LOOKED_AT) & (sizes[landing] <= MANY_FILES)
    pair = landing[kept] * width + activity.file_component[activity.row_file[kept]]
    new = activity.history.change_status[activity.rows[kept]] == ADDED
    births, changes = np.unique(pair[new]), _last(np.unique(pair[~new]), width)
    start = np.searchsorted(births // width, np.arange(landings + 1))
    first, fan = start[changes // width], np.diff(start)[changes // width]
    place = np.repeat(first - np.cumsum(fan) + fan, fan) + np.arange(int(fan.sum()))
    both = np.repeat(changes % width, fan) * width + births[place] % width
    rows, times = np.unique(both, return_counts=True)
    of = np.bincount(changes % width, minlength=width).astype(np.float64)
    return Nursery(
        (rows // width).astype(np.int32), (rows % width).astype(np.int32), times.astype(np.float64), of
    )


def _last(pairs: NDArray[np.int64], width: int) -> NDArray[np.int64]:
    """The newest LAST landings of each part, from sorted (landing, part) pairs."""
    order = np.argsort(pairs % width, kind="stable")[::-1]
    part = (pairs % width)[order]
    begins = np.flatnonzero(np.r_[True, part[1:] != part[:-1]]) if len(part) else np.zeros(0, dtype=np.int64)
    sizes = np.diff(np.append(begins, len(part)))
    nth = np.arange(len(part)) - np.repeat(begins, sizes)
    return np.sort(pairs[order[nth < LAST]])


def carried(parts: Floats, held: Nursery) -> tuple[Floats, IntArray]:
    """Of each part the highest product of a chance to change and how often that brings a file; its row."""
    best, row = np.zeros(len(parts)), np.full(len(parts), -1, dtype=np.int32)
    through = parts[held.changed] * held.rate
    order = np.argsort(through, kind="stable")
    best[held.into[order]] = through[order]
    row[held.into[order]] = order
    return best, row


@dataclass(frozen=True, slots=True)
class Birth:
    """A part in which the idea will probably make a new file, told under the touched part that brings it."""

    repository: str
    component: str  # Component.key of the touched part
    into: str  # Component.key of the part that gets the file, often the same
    name: str  # of that part
    probability: Figure
    times: Figure  # how many of the last changes to the touched part brought one there,
    of: Figure  # and how many these were
    like: str  # path of the newest file that was made so
    sentence: str
    technical: str
    code: str = "T03"


def births(touches: Touches, activity: Activity, *, ledger: Ledger, repository: str) -> tuple[Birth, ...]:
    """Where new files will probably be made: the likeliest, at most `MOST`, of the parts that are shown."""
    if touches.seen is None:
        return ()
    held = nursery(activity)
    shown = {one.component for one in touches.components if not one.thin}
    reached = np.isin(np.array(activity.components), list(shown))
    chance, row = carried(np.where(reached, touches.once.components, 0.0), held)
    chance = grown(chance, SEVERAL_COMPONENTS, touches.seen.size)
    top = [int(one) for one in np.argsort(-chance, kind="stable")[:MOST] if chance[one] >= SHOWN]
    return tuple(_birth(activity, held, int(row[one]), float(chance[one]), ledger, repository) for one in top)


def likeliest(found: Sequence[tuple[Birth, ...]]) -> tuple[Birth, ...]:
    """The likeliest of several repositories, at most `MOST`."""
    every = sorted((one for some in found for one in some), key=lambda one: -one.probability.value)
    return tuple(every[:MOST])


def _birth(
    activity: Activity, held: Nursery, row: int, chance: float, ledger: Ledger, repository: str
) -> Birth:
    changed, into = int(held.changed[row]), int(held.into[row])
    times, of = int(held.times[row]), int(held.of[changed])
    key, other = activity.components[changed], activity.components[into]
    named, like = literal(activity.codebase.by_key[other].name), _newest(activity, into)
    source = (Source("file", like, repository=repository),) if like else ()
    evidence = ledger.file("T03", METHOD, n=of, sources=source, coverage=activity.codebase.coverage)
    where = "here" if changed == into else f"in {named}"
    example = f", like {literal(clip(like.rpartition('/')[2], 40))}" if like else ""
    return Birth(
        repository=repository,
        component=key,
        into=other,
        name=activity.codebase.by_key[other].name,
        probability=Figure(chance, evidence),
        times=Figure(float(times), evidence),
        of=Figure(float(of), evidence),
        like=like,
        sentence=f"A new file {where}? {times} of the last {of} changes brought one{example}.",
        technical=f"p = {chance:.2f}, {times} of {of} landings; newest {literal(like)}",
    )


def _newest(activity: Activity, part: int) -> str:
    """The newest product file of a part; "" where none was ever added."""
    new = activity.history.change_status[activity.rows] == ADDED
    mine = np.flatnonzero(new & (activity.file_component[activity.row_file] == part))
    return activity.history.paths[int(activity.row_file[mine[-1]])] if len(mine) else ""
