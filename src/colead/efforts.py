"""Effort: the landings that one issue key or branch groups: what an idea came to in the past."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colead.activity import Activity
from colead.citing import DAY

FEWEST_LANDINGS = 3  # of an effort at the size of an idea; fewer are a change and its touch-up
SILENCE = 56 * DAY  # a longer pause parts a key's landings: a later mention is other work
STILL_OPEN = 28 * DAY  # a last landing this young may not be the last
LOOKED_BACK = 3 * 365 * DAY  # older efforts were another team's
ENOUGH = 12  # efforts that a reference class should hold
FEWEST = 8  # finished efforts that a forecast needs
NO_EFFORT = frozenset(  # branch names that say nothing of what was worked on
    "main master trunk dev develop development staging production release next stable random misc cleanup "
    "fix fixes hotfix bugfix patch patches docs typo update test wip".split()
)
NO_EFFORT_STARTS = ("patch-", "release/", "release-", "renovate/", "dependabot/")


@dataclass(frozen=True, slots=True)
class Effort:
    """One past effort over all repositories that were given."""

    name: str
    landings: tuple[tuple[int, int], ...]  # (position of the activity, position of the landing), oldest first
    first: int  # unix seconds
    last: int
    parts: frozenset[tuple[int, int]]  # (position of the activity, position of the component)
    done: bool  # silent for STILL_OPEN; else its length is only a lower bound

    @property
    def days(self) -> float:
        """From the first landing to the last."""
        return (self.last - self.first) / DAY


def efforts(activities: Sequence[Activity], end: int) -> list[Effort]:
    """Past efforts at the size of an idea, as of `end` (unix seconds): 3 or more landings on 2 or more days.

    `end` is when the history stops telling (`Known`): what nobody could see go
    on is still open. People's landings of the last three years. A silence of more than eight
    weeks parts the landings of one key.
    """
    named = _by_name(activities, end)
    parts = [_parts(one) for one in activities]
    runs = ((name, run) for name, members in named.items() for run in _runs(sorted(members)))
    told = (_effort(name, run, parts, end) for name, run in runs if len(run) >= FEWEST_LANDINGS)
    # Landings that a key, an issue and a branch name alike are one effort.
    once = {one.landings: one for one in told if one.last // DAY > one.first // DAY}
    return list(once.values())


@dataclass(frozen=True, slots=True)
class Cousins:
    """The past efforts that an idea is compared with."""

    efforts: tuple[Effort, ...]  # nearest first
    told: str  # what they have in common, for a sentence: "in one of these parts"

    @property
    def finished(self) -> int:
        """How many of them are over."""
        return sum(one.done for one in self.efforts)


def nearest(found: Sequence[Effort], parts: frozenset[tuple[int, int]], changes: int | None) -> Cousins:
    """The closest class of efforts that holds at least ENOUGH finished ones, else all of them.

    Classes widen from "touched one of these parts, about as many" over either
    to all; "about" means between half and twice as many. With `changes`, only
    efforts of about as many landings count at all.
    """
    spread = max(1, len(parts))
    pool = [one for one in found if changes is None or _about(len(one.landings), changes)]
    shared = [one for one in pool if one.parts & parts]
    classes = (
        ([one for one in shared if _about(len(one.parts), spread)], "of this reach in these parts"),
        (shared, "in one of these parts"),
        ([one for one in pool if _about(len(one.parts), spread)], "of this reach"),
        (pool, ""),
    )
    chosen, told = next(one for one in classes if _finished(one[0]) >= ENOUGH or one is classes[-1])

    def distance(one: Effort) -> tuple[int, int, int]:
        return -len(one.parts & parts), abs(len(one.parts) - spread), -one.last

    return Cousins(tuple(sorted(chosen, key=distance)), told)


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long efforts take: the share that is over after so many days."""

    days: NDArray[np.float64]  # ascending, from 0
    over: NDArray[np.float64]  # share over by then, ascending, below 1

    @classmethod
    def of(cls, found: Iterable[Effort]) -> Lengths:
        """Kaplan-Meier over finished and open efforts (Kaplan and Meier 1958).

        One place of n + 1 is kept for an effort longer than all seen, so that
        the middle 80 % is a range for the next effort, not for the past ones.
        Beyond the longest the curve goes on exponentially (Brown, Hollander
        and Korwar 1974).
        """
        ordered = sorted(found, key=lambda one: (one.days, not one.done))
        alive, left, days, over = len(ordered), 1.0, [0.0], [0.0]
        room = len(ordered) / (len(ordered) + 1)
        for number, one in enumerate(ordered):
            if one.done:
                left *= 1 - 1 / (alive - number)
                days.append(one.days)
                over.append((1 - left) * room)
        return cls(np.array(days), np.array(over))

    def after(self, share: float) -> float:
        """Days after which this share (below 1) is over; infinite when none is."""
        if not self.over[-1]:
            return float("inf")
        if share <= self.over[-1]:
            return float(np.interp(share, self.over, self.days))
        return float(self.days[-1] * np.log1p(-share) / np.log1p(-self.over[-1]))

    def by(self, days: float) -> float:
        """The share that is over within so many days."""
        if days <= self.days[-1] or not self.over[-1]:
            return float(np.interp(days, self.days, self.over))
        return float(1 - (1 - self.over[-1]) ** (days / self.days[-1]))


def _by_name(activities: Sequence[Activity], end: int) -> Mapping[str, list[tuple[int, int, int]]]:
    """(seconds, activity, landing) of people's landings under each name."""
    named: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, activity in enumerate(activities):
        history = activity.history
        recent = (history.at < end) & (history.at >= end - LOOKED_BACK)
        for position in np.flatnonzero(history.by_people & recent).tolist():
            landing = history.landings[position]
            for name in filter(_names_an_effort, landing.efforts):
                named[name].append((landing.at, number, position))
    return named


def _names_an_effort(name: str) -> bool:
    return name.lower() not in NO_EFFORT and not name.lower().startswith(NO_EFFORT_STARTS)


def _runs(members: list[tuple[int, int, int]]) -> list[list[tuple[int, int, int]]]:
    runs = [[members[0]]]
    for one in members[1:]:
        if one[0] - runs[-1][-1][0] > SILENCE:
            runs.append([])
        runs[-1].append(one)
    return runs


def _effort(
    name: str, run: list[tuple[int, int, int]], parts: Sequence[Mapping[int, list[int]]], end: int
) -> Effort:
    touched = {(number, part) for _, number, position in run for part in parts[number].get(position, ())}
    landings = tuple((number, position) for _, number, position in run)
    first, last = run[0][0], run[-1][0]
    return Effort(name, landings, first, last, frozenset(touched), end - last > STILL_OPEN)


def _parts(activity: Activity) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for landing, part in zip(*(one.tolist() for one in activity.pairs), strict=True):
        found[landing].append(part)
    return found


def _about(count: int, other: int) -> bool:
    return count <= 2 * other and other <= 2 * count


def _finished(found: Sequence[Effort]) -> int:
    return sum(one.done for one in found)
