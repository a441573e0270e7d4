"""Audit: what people said that some changes were, drawn at random, and how this sets guessed shares right.

The model that guesses kinds leans one way in a repository for a long time. A few
answers tell which way: its log odds of feature, fix, health and other upkeep are
moved and stretched as far as the answers carry, held back by how far the model
was off in repositories that it had not seen. What is left unknown then is small
and follows from the answers. This is the idea of prediction-powered inference
(arXiv 2301.09633), on log odds, so that every share stays one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from colead.activity import Activity
from colead.citing import day_of
from colead.codebase import role_of
from colead.history import History
from colead.kinds import HEALTH, KINDS, Kinds

FILE = ".colead/audit.csv"
USUAL = 80  # changes to sort; see docs/benchmarks.md
WIDE = 0.2  # of a range, above which an audit is offered
FEWEST = 10  # answers that are used at all
KEPT = 16  # leading characters of a hash that name a change in the file
ANY_HEALTH, SKIPPED = "health", "skipped"
WORDS = (*KINDS, ANY_HEALTH, SKIPPED)
COUNTS = 730  # days that a change may lie back for its answer to count
MOVED, STRETCHED = 0.5, 0.3  # how far log odds were off elsewhere, standard deviations
PARTLY, AFTER = 0.06, 0.07  # what the lean changes from quarter to quarter; after the newest answer
KEYS = {
    "f": "feature",
    "x": "fix",
    "h": ANY_HEALTH,
    "r": "refactor",
    "t": "tests",
    "d": "docs",
    "c": "ci",
    "b": "build",
    "v": "deps",
    "p": "perf",
    "y": "style",
    "o": "chore",
    "s": SKIPPED,
}
ROUNDS, NEAR, STEP = 30, 1e-6, 1.0

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said that a change was."""

    commit: str  # KEPT characters of the landing's hash
    kind: str  # one of WORDS
    day: date | None = None  # on which it was said


@dataclass(frozen=True, slots=True)
class Question:
    """A change to be sorted; what the model thinks of it is left out, so that it does not lead."""

    commit: str
    title: str
    day: date
    parts: tuple[str, ...]  # names of the parts that it changed
    files: tuple[tuple[str, int], ...]  # how many of each role ("product", "test" ...)


@dataclass(frozen=True)
class Audited:
    """Kinds set right by answers."""

    kinds: Kinds
    by_hand: NDArray[np.bool_]  # which of `kinds` were sorted by hand
    count: int  # answers that were used, also those on changes before the first of `kinds`
    last: date | None  # the newest day on which one was given
    lean: float  # what a guessed share of health is off by since the answers are few; standard deviation
    spanned: int  # guessed changes from the first to the last that was sorted
    after: NDArray[np.bool_]  # which of `kinds` landed after the last that was sorted

    def unsure(self, chosen: NDArray[np.bool_]) -> float:
        """What a guessed share of health among the chosen ones is off by, beyond chance; standard deviation.

        A quarter or a part leans its own way by more than the whole time that was drawn from.
        """
        part = min(1.0, int(chosen.sum()) / self.spanned)
        own = PARTLY**2 * (1 / part - 1) / 4
        return float(np.sqrt(self.lean**2 + own + (AFTER * float(self.after[chosen].mean())) ** 2))

    def since(self, start: int) -> Audited:
        """Without the changes at the first `start` positions."""
        found = self.kinds
        kept = Kinds(found.landing[start:], found.chance[start:], found.said[start:])
        return replace(self, kinds=kept, by_hand=self.by_hand[start:], after=self.after[start:])


def drawn(history: History, found: Kinds, seed: str) -> Places:
    """Positions in `found` of the changes that do not say their kind, in random order.

    The order is that of hashes, so it is the same whenever the same seed is given, and a
    change that lands later takes its place among the others without moving them: the first
    eighty are a random sample of whatever has landed.
    """
    guessed = np.flatnonzero(~found.said)
    oids = [history.landings[place].oid for place in found.landing[guessed]]
    order = [sha256(f"{seed} {oid}".encode("utf-8", "surrogateescape")).digest() for oid in oids]
    return guessed[np.array(sorted(range(len(order)), key=order.__getitem__), dtype=np.int64)]


def question(activity: Activity, place: int) -> Question:
    """The landing at this position of the history, as it is shown to somebody who sorts it."""
    history, (landing, part) = activity.history, activity.pairs
    one = history.landings[place]
    parts = part[slice(*np.searchsorted(landing, [place, place + 1]).tolist())]
    rows = slice(*np.searchsorted(history.change_landing, [place, place + 1]).tolist())
    roles = Counter(role_of(history.paths[file]).value for file in history.change_file[rows])
    named = tuple(activity.codebase.components[each].name for each in parts.tolist())
    return Question(one.oid[:KEPT], one.title, day_of(one.at), named, tuple(roles.most_common()))


def offer(guessed: int, low: float, high: float) -> str:
    """One line that offers an audit where it would pay, else ""."""
    if guessed < USUAL or high - low <= WIDE:
        return ""
    return f"Sort {USUAL} changes by hand in about three minutes: colead balance --audit"


def said(history: History, found: Kinds, answers: Sequence[Answer]) -> Mapping[int, Answer]:
    """The answers by position in `found`, without those on others and on changes that say their kind."""
    told = {one.commit: one for one in answers}
    named = ((place, history.landings[found.landing[place]].oid) for place in np.flatnonzero(~found.said))
    return {int(place): told[oid[:KEPT]] for place, oid in named if oid[:KEPT] in told}


def audited(
    history: History, found: Kinds, answers: Sequence[Answer], counted: tuple[str, ...] = HEALTH
) -> Audited | None:
    """The kinds set right, None where too few answers speak of them.

    Args:
        history: the landings.
        found: chances of their kinds.
        answers: of which those on other landings are left out.
        counted: the kinds of health that the area counts as such.
    """
    told = {place: one for place, one in said(history, found, answers).items() if one.kind != SKIPPED}
    if len(told) < FEWEST:
        return None
    places = np.array(sorted(told))
    sure = np.array([_sure(told[place].kind, found.chance[place]) for place in places.tolist()])
    groups = _groups(counted)
    lean = Lean.of(found.chance[places] @ groups, sure @ groups)
    chance, known, every = found.chance.copy(), found.said.copy(), np.arange(len(found.said))
    guessed = found.chance[~known]
    chance[~known] = lean.right(guessed, groups)
    chance[places], known[places] = sure, True
    days = [one.day for one in told.values() if one.day]
    return Audited(
        kinds=replace(found, chance=chance, said=known),
        by_hand=np.isin(every, places),
        count=len(told),
        last=max(days, default=None),
        lean=lean.unsure(guessed @ groups, 2),
        spanned=int((~found.said[places[0] : places[-1] + 1]).sum()),
        after=every > places[-1],
    )


def _groups(counted: tuple[str, ...]) -> Floats:
    """Which kinds are features, fixes, health that counts, and other upkeep; shape (kinds, groups)."""
    place = [KINDS.index(name) if name not in HEALTH else 2 if name in counted else 3 for name in KINDS]
    return np.eye(max(place) + 1)[place]


def _sure(kind: str, chance: Floats) -> Floats:
    """The chances of a change that was sorted; health alone leaves open which, as it was guessed."""
    meant = np.array([name in (HEALTH if kind == ANY_HEALTH else (kind,)) for name in KINDS])
    kept = np.where(meant, np.maximum(chance, NEAR), 0.0)
    return np.asarray(kept / kept.sum())


@dataclass(frozen=True)
class Lean:
    """Which way the guesses lean here: how far each group's log odds are moved, how much all are stretched.

    The likeliest values given the answers and what was found elsewhere, and how unsure they are.
    """

    by: Floats  # (groups + 1,), the last is the stretch less one
    covariance: Floats

    @classmethod
    def of(cls, chance: Floats, was: Floats) -> Lean:
        """Learn from answers; `chance` and `was` have shape (answers, groups)."""
        moved, held = _moved(chance), np.diag([MOVED**-2] * chance.shape[1] + [STRETCHED**-2])
        by = np.zeros(chance.shape[1] + 1)
        curve = held
        for _ in range(ROUNDS):
            now = _shares(chance, by)
            mean = np.einsum("ng,ngp->np", now, moved)
            curve = np.einsum("ng,ngp,ngq->pq", now, moved, moved) - mean.T @ mean + held
            step = np.linalg.solve(curve, np.einsum("ng,ngp->p", was - now, moved) - held @ by)
            by = by + np.clip(step, -STEP, STEP)
            if np.abs(step).max() < NEAR:
                break
        return cls(by, np.linalg.inv(curve))

    def right(self, chance: Floats, groups: Floats) -> Floats:
        """Chances of kinds set right; those of one group keep their proportions."""
        before = np.maximum(chance @ groups, NEAR)
        return np.asarray(chance * ((_shares(before, self.by) / before) @ groups.T))

    def unsure(self, chance: Floats, group: int) -> float:
        """Standard deviation of the mean share of a group that comes from the lean's own."""
        now, moved = _shares(chance, self.by), _moved(chance)
        slope = moved[:, group] - np.einsum("ng,ngp->np", now, moved)
        mean = (now[:, group, None] * slope).mean(axis=0)
        return float(np.sqrt(mean @ self.covariance @ mean))


def _moved(chance: Floats) -> Floats:
    """What each entry of a lean does to each log odds; shape (landings, groups, groups + 1)."""
    count, size = chance.shape
    each = np.broadcast_to(np.eye(size), (count, size, size))
    return np.concatenate([each, np.log(np.maximum(chance, NEAR))[:, :, None]], axis=2)


def _shares(chance: Floats, by: Floats) -> Floats:
    odds = np.log(np.maximum(chance, NEAR)) * (1 + by[-1]) + by[:-1]
    told = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(told / told.sum(axis=1, keepdims=True))
