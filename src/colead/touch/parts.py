"""What a ranking returns, and the few questions that it asks of a search index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from colead.codebase import ComponentKind
from colead.correction import Used
from colead.evidence import Coverage, Figure
from colead.history import IntArray, Landing
from colead.touch.ranking import Floats, Postings
from colead.touch.trees import Trees

if TYPE_CHECKING:  # they know what is here themselves
    from colead.touch.born import Birth
    from colead.touch.requirements import RequirementTouch
    from colead.touch.signals import Signals


@dataclass(frozen=True, slots=True)
class FileTouch:
    """One file that will probably change."""

    repository: str
    path: str
    probability: Figure
    reasons: tuple[
        str, ...
    ]  # each a short clause: 'the words "slip" and "print"', 'changed in "save cart notes"'
    words: tuple[str, ...] = ()  # of the spec, that speak loudest for it


@dataclass(frozen=True, slots=True)
class Touch:
    """One component that will probably change."""

    repository: str
    component: str  # Component.key
    name: str
    kind: ComponentKind
    probability: Figure
    reasons: tuple[str, ...]
    files: tuple[FileTouch, ...]  # its likeliest files, at most 5
    thin: bool  # the evidence is thin: treat as a guess
    sentence: str
    technical: str
    code: str = "T01"
    words: tuple[str, ...] = ()  # of the spec, that speak loudest for it


@dataclass(frozen=True)
class Once:
    """The odds of one change alone, to be held against past changes; empty where nothing was ranked."""

    files: Floats  # probability, as `Codebase.product` counts files
    components: Floats  # probability, as `Activity.components` counts them
    alike: Floats  # of each past landing, how much it resembles the spec


@dataclass(frozen=True)
class Touches:
    """What a spec will probably touch in one repository."""

    components: tuple[Touch, ...]  # likeliest first, at most 6
    files: tuple[FileTouch, ...]  # likeliest first, at most 10
    coverage: Coverage
    every: Mapping[str, float]  # Component.key -> probability, of all components
    used: tuple[Used, ...] = ()  # corrections of the team
    once: Once = field(default_factory=lambda: Once(*np.zeros((3, 0))), compare=False)
    seen: Seen | None = field(default=None, compare=False)  # what it was read from, if anything was found
    requirements: tuple[RequirementTouch, ...] = ()  # where it was looked at closely
    births: tuple[Birth, ...] = ()  # the same


@dataclass(frozen=True)
class Seen:
    """What a ranking was read from, for whoever asks more closely."""

    signals: Signals
    files: Floats  # the chance of each product file in work of one change
    seat: IntArray  # the component of each, -1 outside all
    ruled_out: NDArray[np.bool_]  # files named after what the spec rules out
    size: float  # changes that the work may take


class Index(Protocol):
    """Where the asked terms stand: terms as positions in `asked`, files as those in `Codebase.product`."""

    @property
    def trees(self) -> Trees | None:
        """What was learnt of ranking elsewhere; None where there is nothing."""
        ...

    def chunks(self, asked: Sequence[str]) -> tuple[Postings, IntArray]:
        """Which chunks of code hold the terms, and the file of every chunk."""
        ...

    def symbols(self, asked: Sequence[str]) -> Postings:
        """Which files define a name made of the terms."""
        ...

    def paths(self, asked: Sequence[str]) -> Postings:
        """Which files have the terms in their path."""
        ...

    def messages(self, asked: Sequence[str], landings: Sequence[Landing]) -> Postings:
        """Which of the landings (counted as given) speak of the terms; titles count twice."""
        ...
