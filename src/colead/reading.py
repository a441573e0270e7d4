"""Reading: the dated, immutable result of checking a brief against the repositories.

These dataclasses are the wire form: the only schema. Text, Markdown, HTML,
JSON, the API and MCP render them and compute nothing of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from colead.correction import Used
from colead.evidence import Coverage, Evidence
from colead.forecast import Forecast
from colead.fragility import Fragility
from colead.partner import FileAlong, Partner
from colead.question import Question
from colead.spec import Answer, Light, Spec, known_told, problem_told
from colead.spread import Spread
from colead.struck import Toll
from colead.systemmap import Plot
from colead.touch import Birth, FileTouch, RequirementTouch, Touch
from colead.tradeoff import Tradeoff

SCHEMA = "colead.reading/1"


@dataclass(frozen=True, slots=True)
class Repository:
    """One repository as it was read."""

    name: str
    tip: str  # full hash
    landings: int
    first: str  # ISO date of the oldest landing
    last: str  # ISO date of the newest
    files: int  # product files
    components: int
    notes: tuple[str, ...]  # "shallow: ...", "components from CODEOWNERS"


@dataclass(frozen=True, slots=True)
class Touched:
    """A component that will probably change, with how fragile it is."""

    touch: Touch
    fragility: Fragility
    incidents: Toll | None = None  # None where none was imported that names it


@dataclass(frozen=True, slots=True)
class Verdict:
    """One sentence in plain words; `strong` are parts of it, verbatim, that a page may set in bold."""

    sentence: str
    strong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpecInfo:
    """Which spec was read."""

    title: str
    source: str
    digest: str
    words: int
    notes: tuple[str, ...]
    problem: str  # what stands under its problem headings, plain, at most 600 characters
    known: str  # what stands under "How do we know?" or the like, in the same form

    @classmethod
    def of(cls, spec: Spec) -> SpecInfo:
        """What a reading tells of its spec."""
        return cls(
            title=spec.title,
            source=spec.source,
            digest=spec.digest,
            words=len(spec.text.split()),
            notes=spec.notes,
            problem=problem_told(spec),
            known=known_told(spec),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What Colead found. Every figure in it carries the id of a row of `evidence`."""

    schema: str  # SCHEMA
    version: str  # of Colead
    made: str  # ISO date-time with zone
    today: str  # ISO date the reading counts from
    spec: SpecInfo
    repositories: tuple[Repository, ...]
    verdict: Verdict
    answers: tuple[Answer, ...]  # the three questions, in order
    lights: tuple[Light, ...]  # five
    touches: tuple[Touched, ...]  # likeliest first, at most 6
    plots: tuple[Plot, ...]  # every part of a touched repository as an area; () where they are few
    files: tuple[FileTouch, ...]  # likeliest first, at most 10
    requirements: tuple[RequirementTouch, ...]  # as the spec tells them, at most 20
    births: tuple[Birth, ...]  # likeliest first, at most 2
    spread: Spread | None
    partners: tuple[Partner, ...]  # at most 3
    along: tuple[FileAlong, ...]  # files that go along with the likeliest ones, at most 2
    questions: tuple[Question, ...]  # at most 5
    timeline: Forecast | None
    tradeoffs: tuple[Tradeoff, ...]  # at most 3
    corrections: tuple[Used, ...]  # of the team, that this reading used
    # One per part: answers, touches, fragility, spread, partners, questions, timeline, tradeoffs; and
    # incidents where some were imported.
    coverage: tuple[Coverage, ...]
    evidence: tuple[Evidence, ...]
