"""The spread told: how many parts an idea crosses, and whether it changes a schema or a public interface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from colead.activity import Activity
from colead.citing import cite, day_of
from colead.codebase import Boundary, ComponentKind
from colead.evidence import Coverage, Figure, Ledger, State
from colead.history import IntArray
from colead.phrase import odds, plural
from colead.spread.past import Past
from colead.spread.reach import CROSSED, Reach, crossing_chance, is_told, reach_of
from colead.touch import Touch, Touches

POOR = "S01 poor"  # the key of a record that says why the number of parts is not to be shown here
ENOUGH = 30  # landings, below which "usual here" means nothing
ENOUGH_CROSSED = 3  # of them, below which nothing is said of a schema or an interface
CODES = {Boundary.SCHEMA: "S02", Boundary.INTERFACE: "S03"}
NAMES = {Boundary.SCHEMA: "the database schema", Boundary.INTERFACE: "a public interface"}


@dataclass(frozen=True, slots=True)
class Crossing:
    """The chance that the idea changes what others rely on the shape of."""

    boundary: str  # "schema", "interface"
    chance: Figure
    usual: Figure  # share of past landings here that did
    told: bool  # at least as likely as not, or clearly above what is usual here
    sentence: str  # "4 in 10 to change the database schema (usual: 1 in 10)."
    code: str


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the idea reaches."""

    parts: Figure  # expected number of components touched
    services: Figure  # of these, by the odds that services have of all
    usual: Figure  # share of past landings here that touched at most `usual_parts`
    usual_parts: int
    beyond: Figure  # chance that it touches more than that
    wide: bool  # more likely than not
    crossings: tuple[Crossing, ...]  # schema and interface, where past landings here changed any
    sentence: str  # "about 2 of these 3 services; 8 in 10 changes here touch 1."
    technical: str
    code: str = "S01"


def spread(
    ranked: Touches,
    activity: Activity,
    *,
    shown: Sequence[Touch],
    ledger: Ledger,
    repository: str,
    poor: str = "",
) -> tuple[Spread | None, Coverage]:
    """How far an idea reaches, against people's landings of the two years before the last one.

    The number of parts comes from the odds of all parts, shown or not, and
    from what the landings that resemble the idea most reached; the chances of
    a schema and an interface from what these landings changed.

    Args:
        ranked: what the idea will probably touch in this repository.
        activity: its history and codebase.
        shown: the components of it that the reading shows; nothing is told where there are none.
        ledger: takes one row of evidence for the parts and one for each crossing.
        repository: its name for people.
        poor: how often it was wrong here, where that is too often for it to be told.
    """
    if not shown:
        return None, Coverage("spread", State.NOTHING, "no part that will probably be touched was found")
    if poor:
        return None, Coverage("spread", State.TOO_LITTLE, f"it did not hold here, so it is not told ({poor})")
    past = Past.of(activity)
    if len(past.landings) < ENOUGH:
        count = plural(len(past.landings), "change")
        note = f"only {count} by people in two years, too few to say what is usual here"
        return None, Coverage("spread", State.TOO_LITTLE, note)
    found = _Desk(past, ranked, shown, ledger, repository).told()
    return found, Coverage("spread", State.FINDING, "", found.parts.evidence)


def expected_parts(activity: Activity, ranked: Touches) -> float:
    """The number of parts that `spread` would tell; the sum of their odds where the past is too short."""
    past = Past.of(activity)
    return reach_of(past, ranked).parts if len(past.landings) >= ENOUGH else sum(ranked.every.values())


@dataclass(frozen=True)
class _Desk:
    """What the telling of one spread needs at hand."""

    past: Past
    ranked: Touches
    shown: Sequence[Touch]
    ledger: Ledger
    repository: str

    def told(self) -> Spread:
        past, reach = self.past, reach_of(self.past, self.ranked)
        share = float(np.mean(past.parts <= reach.usual))
        evidence = self._file(
            "S01",
            "Odds of all parts, and how many parts the past changes that are most like this one reached; "
            "counted how many parts each change by people reached in the two years before the latest one",
            past.landings[reach.closest],
        )
        services = Figure(self._services(reach.parts), evidence)
        crossings = tuple(filter(None, map(self._crossing, NAMES)))
        return Spread(
            parts=Figure(reach.parts, evidence),
            services=services,
            usual=Figure(share, evidence),
            usual_parts=reach.usual,
            beyond=Figure(reach.beyond, evidence),
            wide=reach.wide,
            crossings=crossings,
            sentence=_sentence(reach, self.shown, share),
            technical=self._technical(reach, services, share, crossings),
        )

    def _services(self, parts: float) -> float:
        every, kinds = self.ranked.every, self.past.activity.codebase.by_key
        services = sum(odds for key, odds in every.items() if kinds[key].kind is ComponentKind.SERVICE)
        return parts * services / max(sum(every.values()), 1e-9)

    def _crossing(self, boundary: Boundary) -> Crossing | None:
        past = self.past
        crossed = past.crossed(boundary)
        if np.sum(crossed) < ENOUGH_CROSSED:
            return None
        usual, chance = float(np.mean(crossed)), crossing_chance(past, self.ranked.once, boundary)
        code, name = CODES[boundary], NAMES[boundary]
        closest, _ = past.closest(self.ranked.once)
        alike = past.landings[closest[crossed[closest]]]
        likely = "how likely today's files of it are to change"
        evidence = self._file(
            code,
            f"Which of the {len(closest)} past changes that are most like this one changed {name}"
            f"{f', and {likely}' if CROSSED[boundary][2] else ''}; counted how many of all did in two years",
            alike if len(alike) else past.landings[crossed],
        )
        return Crossing(
            boundary=boundary.value,
            chance=Figure(chance, evidence),
            usual=Figure(usual, evidence),
            told=is_told(chance, usual),
            sentence=f"{odds(chance)} to change {name} (usual: {odds(usual)}).",
            code=code,
        )

    def _technical(self, reach: Reach, services: Figure, share: float, crossings: Sequence[Crossing]) -> str:
        told = [
            f"{one.boundary} p = {one.chance.value:.2f} (usual {one.usual.value:.2f})" for one in crossings
        ]
        return "; ".join(
            (
                f"expected {reach.parts:.1f} parts, {services.value:.1f} of them services "
                f"(odds of all add up to {reach.sum:.1f}, similar changes reached {reach.alike:.1f})",
                f"P(more than {reach.usual}) = {reach.beyond:.2f}",
                f"{share:.0%} of {len(self.past.landings)} landings touch <= {reach.usual}",
                *told,
            )
        )

    def _file(self, code: str, method: str, landings: IntArray) -> str:
        history, past = self.past.activity.history, self.past.landings
        return self.ledger.file(
            code,
            method,
            n=len(past),
            sources=cite(history, landings.tolist(), self.repository),
            window=(day_of(history.at[past[0]]).isoformat(), day_of(history.at[past[-1]]).isoformat()),
            coverage=self.past.activity.codebase.coverage,
        )


def _sentence(reach: Reach, shown: Sequence[Touch], share: float) -> str:
    usual = f"{reach.usual}" if reach.usual == 1 else f"at most {reach.usual}"
    return f"{_parts(max(1, round(reach.parts)), shown)}; {odds(share)} changes here touch {usual}."


def _parts(count: int, shown: Sequence[Touch]) -> str:
    """The expected number beside those shown, which are likely one by one but seldom all together."""
    noun = "service" if all(one.kind is ComponentKind.SERVICE for one in shown) else "part"
    if count > len(shown):
        return f"about {count} parts, {len(shown)} of them named here"
    if count == len(shown):
        return f"about {count} {noun}{'s' if count > 1 else ''}"
    among = round(sum(one.probability.value for one in shown))
    return (
        f"about {count} of these {len(shown)} {noun}s"
        if count <= among
        else f"about {count} part{'s' if count > 1 else ''} in all"
    )
