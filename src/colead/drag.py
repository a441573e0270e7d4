"""Drag: how much further features reached that changed a part than features that changed as much of others.

A feature is seen from each of the parts that it changed, and compared with features
seen from other parts, of which they changed as many files in the same years. So what
is compared is what came along. An association: a part may be what makes work wide, or
only where wide work ends. What features needed afterwards, fixes and further changes,
did not differ in a way that held on later years, so it is not told.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from colead import phrase
from colead.activity import Activity
from colead.citing import DAY, cite, day_of
from colead.codebase import Boundary, boundary_of
from colead.evidence import Coverage, Figure, Ledger, State
from colead.fixes import FloatArray
from colead.history import MANY_FILES
from colead.kinds import Kinds
from colead.tradeoff.effects import Effect

CODE, SCHEMA = "F03", "the database schema"
NAME = 60  # letters of a name
YEARS, SPELL = 6, 2 * 365 * DAY  # looked back; landings of one spell are compared with each other
ENOUGH, ENOUGH_LIKE = 20, 5  # features that changed a part; others in a band
LIKELY = 0.5  # chance of being a feature, from which a landing is taken for one
FILES = np.array([1, 2, 3, 4, 5, 7, 9, 12, 16, 22])  # changed inside the part: like is compared with like
# Parts differ by so much in truth: standard deviation of the logarithm, on 24 public repositories. What a
# part's own features say is drawn towards "as usual" by it, lest the luckiest of many parts stand out.
SPREAD = 0.3
WIDE = 2.33  # standard deviations either way that hold 98 %
WORTH = 1.25  # times as many; below, nobody would plan otherwise
EFFECT = Effect(
    "Told of 66 of 485 parts, of 2 where parts were dealt out by chance; of 23 told from three years features"
    " reached further in the next three, too, in 22.",
    "39 public repositories",
    "2026-11-22",
    "Drag",
)


@dataclass(frozen=True, slots=True)
class Drag:
    """How many other parts features reached that changed a part, against features like them."""

    key: str  # Component.key, "" for the schema
    times: Figure  # as many other parts, with the range that holds 98 %; drawn towards 1
    here: Figure  # other parts, on average
    usual: Figure  # the same of features that changed as many files of another part in the same years
    sentence: str
    technical: str
    code: str = CODE


@dataclass(frozen=True)
class Seen:
    """Features seen from each part that they changed, in columns; the schema is one more part."""

    landing: NDArray[np.int64]
    part: NDArray[np.int64]
    besides: FloatArray  # other parts
    band: NDArray[np.int64]


@dataclass(frozen=True)
class Compared:
    """The features of one part against their like."""

    n: int
    like: int
    here: float
    usual: float
    ratio: float  # drawn towards 1
    error: float  # of its logarithm
    raw_error: float  # of the logarithm of here / usual

    @property
    def low(self) -> float:
        """The lower end of the ratio's 98 % range."""
        return float(self.ratio * np.exp(-WIDE * self.error))

    @property
    def high(self) -> float:
        """The upper end of it."""
        return float(self.ratio * np.exp(WIDE * self.error))

    @property
    def told(self) -> bool:
        """Whether it is beyond chance, and enough to plan otherwise."""
        return self.low > 1 and self.ratio >= WORTH


@dataclass(frozen=True)
class Drags:
    """The drag of every part of one repository."""

    activity: Activity
    kinds: Kinds
    repository: str

    @cached_property
    def features(self) -> NDArray[np.int64]:
        """Landings that are probably features, of the past years."""
        likely = self.kinds.landing[self.kinds.share(("feature",)) >= LIKELY]
        at = self.activity.history.at
        files = np.bincount(self.activity.row_landing, minlength=len(at))[likely]
        fit = (at[likely] >= at.max(initial=0) - YEARS * 365 * DAY) & (files > 0) & (files <= MANY_FILES)
        features: NDArray[np.int64] = likely[fit]
        return features

    @cached_property
    def schema(self) -> NDArray[np.bool_]:
        """Which file ids define a database schema, or are one step of it."""
        paths = self.activity.history.paths
        return np.array([boundary_of(one) is Boundary.SCHEMA for one in paths], dtype=bool)

    @cached_property
    def seen(self) -> Seen:
        """The features from each part that they changed; a schema owns the parts that hold what changed."""
        activity, width = self.activity, len(self.activity.components) + 1
        rows = np.isin(activity.row_landing, self.features)
        landing, file = activity.row_landing[rows].astype(np.int64), activity.row_file[rows]
        each, steps = landing * width + activity.file_component[file], self.schema[file]
        pair, inside = np.unique(each, return_counts=True)
        changed, of_schema = np.unique(landing[steps], return_counts=True)
        holding = np.bincount(np.unique(each[steps]) // width, minlength=1)
        owner = np.concatenate([pair // width, changed])
        own = np.concatenate([np.ones(len(pair)), holding[changed]])
        part = np.concatenate([pair % width, np.full(len(changed), width - 1)])
        band = self._band(owner, np.concatenate([inside, of_schema]))
        return Seen(owner, part, activity.spread[owner] - own, band)

    def _band(self, landing: NDArray[np.int64], files: NDArray[np.int64]) -> NDArray[np.int64]:
        at = self.activity.history.at
        spell = (at.max(initial=0) - at[landing]) // SPELL
        band: NDArray[np.int64] = np.searchsorted(FILES, files, side="right") * (YEARS + 1) + spell
        return band

    def compared(self, part: int) -> Compared | None:
        """The features of the part at this position (the schema: one behind the last); None of too few."""
        seen, schema = self.seen, len(self.activity.components)
        mine = seen.part == part
        if part == schema:
            other = ~np.isin(seen.landing, seen.landing[mine])
        else:
            other = ~mine & (seen.part != schema)
        return against(seen.band, seen.besides, mine, other)

    def of(self, key: str, ledger: Ledger) -> tuple[Drag | None, Coverage]:
        """What is to be told of a part by its key ("" is the schema), and what was looked at."""
        number = self.activity.components.index(key) if key else len(self.activity.components)
        found = self.compared(number)
        if found is None:
            count = int(np.sum(self.seen.part == number))
            return None, Coverage(
                "drag", State.TOO_LITTLE, f"{_features(count)} changed it; {ENOUGH} are needed."
            )
        looked = f"{_features(found.n)} changed it, held against {found.like:,} like them."
        if not found.told:
            return None, Coverage("drag", State.NOTHING, f"{looked} They reached no further than these.")
        return self._told(key, number, found, ledger), Coverage("drag", State.FINDING, looked)

    def holds_schema(self, key: str) -> bool:
        """Whether files of the part are of a database schema."""
        return bool(
            (self.schema & (self.activity.file_component == self.activity.components.index(key))).any()
        )

    def _told(self, key: str, number: int, found: Compared, ledger: Ledger) -> Drag:
        history, mine = self.activity.history, self.seen.landing[self.seen.part == number]
        method = (
            "How many other parts probable features reached that changed it, against features that changed as"
            " many files of another part in the same two years; drawn towards what is usual."
        )
        first, last = (
            day_of(int(one)).isoformat() for one in (history.at[mine].min(), history.at[mine].max())
        )
        sources = cite(history, mine, self.repository)
        row = ledger.file(CODE, method, n=found.n, sources=sources, window=(first, last))
        name = phrase.clip(phrase.literal(self.activity.codebase.by_key[key].name), NAME) if key else SCHEMA
        return Drag(
            key,
            Figure(found.ratio, row, found.low, found.high),
            Figure(found.here, row),
            Figure(found.usual, row),
            f"Features that changed {name} reached {found.here:.1f} other parts on average, features that"
            f" changed as much elsewhere {found.usual:.1f}: {found.low:.1f} to {found.high:.1f} times as many"
            f" ({_features(found.n)}).",
            f"{found.here:.2f} other parts against {found.usual:.2f} of {found.like:,} like them, drawn to"
            f" x{found.ratio:.2f} (98 %: {found.low:.2f}..{found.high:.2f}); an association, not a cause",
        )


def against(
    band: NDArray[np.int64],
    value: FloatArray,
    mine: NDArray[np.bool_],
    other: NDArray[np.bool_],
    enough: int = ENOUGH,
) -> Compared | None:
    """A mean against that of others, weighted by band as mine are (direct standardisation); None of too few.

    The logarithm of their ratio, its error by the delta method, is drawn
    towards 0 as a normal prior of SPREAD says.
    """
    wanted, n = (np.bincount(band[one], minlength=int(band.max(initial=0)) + 1) for one in (mine, other))
    shared = (wanted > 0) & (n >= ENOUGH_LIKE)
    counted = mine & shared[band]
    if counted.sum() < max(1, enough):
        return None
    mean, variance = _moments(band[other], value[other], n)
    weight = wanted[shared] / counted.sum()
    here, usual = float(value[counted].mean()), float(weight @ mean[shared])
    if not here or not usual:
        return None
    own = float(np.var(value[counted] - mean[band[counted]])) / int(counted.sum())
    theirs = float(np.sum(weight**2 * variance[shared] / n[shared]))
    raw = own / here**2 + theirs / usual**2
    drawn = SPREAD**2 / (SPREAD**2 + raw)
    ratio, error = float(np.exp(drawn * np.log(here / usual))), float(np.sqrt(drawn * raw))
    return Compared(int(counted.sum()), int(n[shared].sum()), here, usual, ratio, error, float(np.sqrt(raw)))


def _moments(
    band: NDArray[np.int64], value: FloatArray, n: NDArray[np.int64]
) -> tuple[FloatArray, FloatArray]:
    """Mean and variance by band."""
    total, squares = (np.bincount(band, weights=one, minlength=len(n)) for one in (value, value**2))
    mean = total / np.maximum(1, n)
    return mean, np.maximum(0.0, squares / np.maximum(1, n) - mean**2)


def _features(count: int) -> str:
    return f"{count:,} feature{'' if count == 1 else 's'}"
