"""The wire form of a backtest: what was said of past changes, and what then happened."""

from __future__ import annotations

from dataclasses import dataclass

from colead.evidence import Coverage

SCHEMA = "colead.backtest/1"


@dataclass(frozen=True, slots=True)
class Scored:
    """One way to tell files beforehand, scored on past changes."""

    name: str  # "Colead", "most changed", "plain search"
    hits: int  # changes with a file among the first ten that was then changed
    files: float  # of the files that a change touched, the share among the first ten, mean over changes
    parts: int  # changes with one of the first three parts right


@dataclass(frozen=True, slots=True)
class Band:
    """Parts that were given odds in one band: what was said on average, and in how many it came true."""

    low: float
    high: float
    n: int
    said: float
    happened: float


@dataclass(frozen=True, slots=True)
class Miss:
    """A change of which no touched file stood among the first ten."""

    landing: str  # full hash
    title: str
    day: str  # ISO date
    touched: tuple[str, ...]  # paths, at most 3
    more: int  # touched files beyond these
    said: tuple[str, ...]  # the first paths of the reading, at most 3


@dataclass(frozen=True, slots=True)
class TouchesReplayed:
    """Touches, foreseen from the text of past changes at least two weeks before they landed."""

    moments: tuple[str, ...]  # ISO dates of the days as of which everything was read
    landings: int
    silent: int  # of these, no file was named beforehand
    rules: tuple[Scored, ...]  # Colead first, then the simple rules
    bands: tuple[Band, ...]
    misses: tuple[Miss, ...]  # the surest first
    expected: float = 0.0  # parts of a change, as spread would have said, mean over changes
    reached: float = 0.0  # parts that it then touched


@dataclass(frozen=True, slots=True)
class FragilityReplayed:
    """Which files needed fixes in the quarter after, against how they were ranked; means over quarters."""

    quarters: int
    files: int  # fixed ones, all quarters
    pairs: float  # share of pairs of a fixed and another file in which the fixed one was ranked higher
    pairs_most_changed: float
    fifth: float  # share of fixes in the fifth of the files ranked highest
    fifth_most_changed: float


@dataclass(frozen=True, slots=True)
class Foretold:
    """One range that was said, and what then happened, in weeks from that day on."""

    day: str  # ISO date of the day it was said
    low: float
    high: float
    took: float | None  # None: not done within the weeks that are followed

    @property
    def held(self) -> bool:
        """Whether it was done within the range."""
        return self.took is not None and self.low <= self.took <= self.high


@dataclass(frozen=True, slots=True)
class PaceReplayed:
    """Ranges for eight weeks' worth of changes; 8 in 10 should hold."""

    ranges: int
    held: int
    sooner: int  # done before the range began
    later: int
    each: tuple[Foretold, ...] = ()  # oldest first


@dataclass(frozen=True, slots=True)
class PartnersReplayed:
    """Parts that had often changed along, and in the half year after did; means over pairs."""

    pairs: int
    before: float  # how often they had changed along
    said: float  # the chance that was told of the next time
    happened: float
    by_chance: float


@dataclass(frozen=True, slots=True)
class Replayed:
    """One repository, replayed; what could not be scored is None, and `coverage` says why."""

    repository: str
    tip: str  # full hash
    sentence: str
    touches: TouchesReplayed | None
    fragility: FragilityReplayed | None
    pace: PaceReplayed | None
    partners: PartnersReplayed | None
    coverage: tuple[Coverage, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Backtest:
    """How far to trust Colead here."""

    schema: str
    version: str
    made: str  # ISO moment
    today: str  # ISO date
    sentence: str
    repositories: tuple[Replayed, ...]
    code: str = "B01"
