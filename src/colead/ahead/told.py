"""What is ahead, composed: the ideas' exposure, the reserve, the repairs with their estimates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from colead import phrase
from colead.activity import Activity
from colead.ahead.exposure import SHOWN, Exposure
from colead.ahead.followed import followed
from colead.ahead.parts import Ahead, Estimate, Exposed, Idea, Reserve
from colead.ahead.repair import Repair, Repairs, estimates, taken
from colead.ahead.reserve import Reserving
from colead.audit import Audited
from colead.balance import Agreed, Balancing
from colead.correction import Lesson
from colead.evidence import Coverage, Figure, Ledger, State, replayed
from colead.forge import opened
from colead.fragility import fragilities
from colead.kinds import Kinds
from colead.pace import Known
from colead.spec import Spec
from colead.touch import Index, Touch, Touches, rank

CANDIDATES = 3
WORTH = 0.15  # odds of a fix below which nobody keeps time for one
QUIET = "Nowhere that the ideas meet do fixes follow clearly more often than usual."
NO_IDEA = "No spec was given."
UNPLACED = "its words single out no part here"
GUESS = "its words hardly single out any file, so its parts are a guess"
TWICE = "it was given before"
THIN = "no part has 20 changes in two years yet"


@dataclass(frozen=True)
class Ground:
    """One repository, ready to be looked ahead in."""

    name: str
    activity: Activity
    index: Index
    kinds: Kinds  # of the past year
    audit: Audited | None = None  # whose kinds they are
    lessons: tuple[Lesson, ...] = ()
    repairs: tuple[Repair, ...] = ()
    notes: tuple[str, ...] = ()
    records: Mapping[str, str] = field(default_factory=dict)  # by code, how often it was right here
    page: str = ""  # of a commit in a browser


@dataclass(frozen=True)
class Looking:
    """What is asked, while it is answered."""

    specs: Sequence[Spec]
    grounds: Sequence[Ground]
    agreed: Agreed
    today: date
    rng: np.random.Generator
    ledger: Ledger = field(default_factory=Ledger)

    @cached_property
    def once(self) -> list[bool]:
        """Which specs were not given before."""
        digests = [one.digest for one in self.specs]
        return [one not in digests[:place] for place, one in enumerate(digests)]

    @cached_property
    def exposures(self) -> list[Exposure]:
        """One per repository."""
        return [
            Exposure(
                one.activity,
                followed(one.activity, self.today),
                [self._touches(spec, one) for spec, new in zip(self.specs, self.once, strict=True) if new],
                one.name,
                self.ledger,
                fragilities(one.activity, today=self.today, repository=one.name),
                len(self.grounds) > 1,
            )
            for one in self.grounds
        ]

    def _touches(self, spec: Spec, one: Ground) -> Touches:
        return rank(
            spec,
            one.activity,
            one.index,
            today=self.today,
            ledger=self.ledger,
            repository=one.name,
            lessons=one.lessons,
        )

    @cached_property
    def ideas(self) -> tuple[Idea, ...]:
        """The specs, and whether they are counted."""
        found = iter(zip(*(one.met for one in self.exposures), strict=True))
        notes = [_note(next(found)) if new else TWICE for new in self.once]
        return tuple(
            Idea(one.title, one.source, note in ("", GUESS), note)
            for one, note in zip(self.specs, notes, strict=True)
        )

    @cached_property
    def places(self) -> list[Exposed]:
        """The parts that the ideas meet, of all repositories, where most fixes are expected first."""
        every = [place for one in self.exposures for place in one.places(sum(self.once))]
        return sorted(every, key=lambda one: -one.expected.value)

    @cached_property
    def estimates(self) -> tuple[tuple[Estimate, ...], Coverage]:
        """The repairs that are written down."""
        desks = {
            one.name: Repairs(one.activity, Known.of([one.activity], self.today), one.name, self.ledger)
            for one in self.grounds
        }
        return estimates(self._written, desks, self.today)

    @property
    def _written(self) -> dict[str, Sequence[Repair]]:
        return {one.name: one.repairs for one in self.grounds}

    @cached_property
    def reserve(self) -> tuple[Reserve | None, Coverage]:
        """The slots of the coming six weeks."""
        known = Known.of([one.activity for one in self.grounds], self.today)
        works = [self._work(one) for one in self.grounds]
        names = [self._named(one) for one in self.places if one.more]
        desk = Reserving(works, known, self.agreed, self.rng, self.ledger)
        return desk.told(taken(self._written, self.today), names[:CANDIDATES])

    def _work(self, one: Ground) -> Balancing:
        return Balancing(
            one.activity, one.kinds, self.agreed, self.today, self.today, one.name, self.ledger, one.audit
        )

    def _named(self, one: Exposed) -> str:
        return phrase.literal(f"{one.repository}: {one.name}" if len(self.grounds) > 1 else one.name)

    @cached_property
    def totals(self) -> tuple[Figure | None, Figure | None]:
        """Ideas that need a fix, over all parts, and what it were if every part were the usual one."""
        return self._total(usual=False), self._total(usual=True)

    def _total(self, *, usual: bool) -> Figure | None:
        if not self.places:
            return None
        sums = [
            float(one.chances.sum() * (one.usual or 0.0) if usual else one.expected.sum())
            for one in self.exposures
        ]
        if usual and any(one.usual is None for one in self.exposures):
            return None
        method = "Over all parts and ideas: the odds that it touches the part times the share there, summed."
        return Figure(sum(sums), self.ledger.file("L02", method, n=sum(one.counted for one in self.ideas)))

    def exposed(self) -> Coverage:
        """What was looked at for the exposure."""
        if not self.specs:
            return Coverage("exposure", State.NOT_ANALYSED, NO_IDEA)
        if not self.places:
            count = len(self.specs)
            note = "The idea singles" if count == 1 else f"None of the {count} ideas singles"
            return Coverage("exposure", State.TOO_LITTLE, f"{note} out a part here.")
        if not any(one.needed for one in self.places):
            return Coverage("exposure", State.TOO_LITTLE, f"{THIN[:1].upper()}{THIN[1:]}.")
        return Coverage("exposure", State.FINDING, "", self.places[0].expected.evidence)

    def sentence(self) -> str:
        """The headline."""
        if self.places:
            return self.places[0].sentence
        told = self.reserve[0].sentence if self.reserve[0] else self.reserve[1].note
        return f"{self.exposed().note} {told}" if self.specs else told

    def advice(self) -> str:
        """What to do."""
        found = next((one for one in self.places if stands_out(one)), None)
        if found is None or found.usual_odds is None:
            known = any(one.needed for one in self.places)
            return f"{QUIET}{self._rest()}" if known else ""
        again = (
            f"{phrase.odds(found.odds.value)} that a fix follows one of the ideas there within three months"
        )
        usual = f"({phrase.odds(found.usual_odds.value)} in the usual part)"
        return (
            f"Before dates are promised, keep time for {self._named(found)}: {again} {usual}.{self._rest()}"
        )

    def _rest(self) -> str:
        return self._all() + self._own()

    @cached_property
    def own(self) -> Figure | None:
        """The chance of an idea that its own lines come back for a fix, mean over those counted."""
        found = [max(one.own(idea) for one in self.exposures) for idea in range(sum(self.once))]
        known = [one for one in found if one]
        if not known:
            return None
        method = (
            "A formula fitted on 22 public repositories, from the parts from 3 in 10 on, their fragility and "
            "the share of fixes here, for a feature of one change; mean over the ideas."
        )
        return Figure(sum(known) / len(known), self.ledger.file("L02", method, n=len(known)))

    def _own(self) -> str:
        if self.own is None:
            return ""
        odds = phrase.odds(self.own.value)
        return (
            f" Busy parts get fixes anyway: that an idea's own lines come back for one is {odds} on average."
        )

    def _all(self) -> str:
        if None in self.totals:
            return ""
        expected, usual = (round(one.value) for one in self.totals if one)
        if expected <= max(1, usual):
            return ""
        other = f"{phrase.number(usual) if usual else 'fewer than one'} if all parts were as usual"
        return f" In all parts together about {phrase.plural(expected, 'fix', 'fixes')} are likely, {other}."


def stands_out(one: Exposed) -> bool:
    """Whether time for fixes in a part is worth a word: more than usual, and told apart in the odds, too."""
    if not one.more or one.usual_odds is None or one.odds.value < WORTH:
        return False
    return phrase.odds(one.odds.value) != phrase.odds(one.usual_odds.value)


def _note(met: Sequence[Mapping[str, Touch]]) -> str:
    """What to say of an idea, from the parts that it may touch in each repository."""
    every = [touch for one in met for touch in one.values()]
    return UNPLACED if not every else GUESS if all(one.thin for one in every) else ""


def look_ahead(looking: Looking, *, version: str, made: str, schema: str) -> Ahead:
    """Everything that is asked, as it goes on the wire."""
    exposed, (reserve, room), (repairs, kept) = looking.exposed(), looking.reserve, looking.estimates
    sentence, advice, places = looking.sentence(), looking.advice(), looking.places
    expected, usual = looking.totals
    share = looking.exposures[0].usual_share if len(looking.exposures) == 1 and places else None
    rows = replayed(looking.ledger.table(), {one.name: one.records for one in looking.grounds})
    return Ahead(
        schema=schema,
        version=version,
        made=made,
        today=looking.today.isoformat(),
        repositories=tuple(one.name for one in looking.grounds),
        agreed=looking.agreed.share,
        written=looking.agreed.written,
        sentence=sentence,
        advice=advice,
        ideas=looking.ideas,
        places=tuple(places[:SHOWN]),
        more=max(0, len(places) - SHOWN),
        expected=expected,
        usual=usual,
        usual_share=share,
        own=looking.own,
        reserve=reserve,
        estimates=repairs,
        coverage=(exposed, room, kept),
        evidence=opened(rows, {one.name: one.page for one in looking.grounds}),
        notes=tuple(note for one in looking.grounds for note in one.notes),
    )
