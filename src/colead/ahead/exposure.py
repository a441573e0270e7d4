"""Exposure: which parts the coming ideas meet, and how often a fix followed changes there, ranked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from colead import phrase
from colead.activity import Activity
from colead.ahead.followed import Floats, Followed
from colead.ahead.parts import Exposed, Meeting
from colead.citing import cite
from colead.evidence import Figure, Ledger
from colead.fragility import Fragilities
from colead.risk import Risks
from colead.touch import Touch, Touches
from colead.tradeoff import fixed_later

SHOWN = 5
LIKELY = 0.5
MAYBE = 0.3  # below, a part is not shown for an idea
CODE = "L02"


def ranked(chances: Floats, share: Floats) -> tuple[Floats, list[int]]:
    """Ideas that a fix will follow in each part, and the parts with the most first.

    Args:
        chances: (ideas, parts), the chance of each idea to touch each part.
        share: of each part, of changes there that a fix there followed.
    """
    expected: Floats = chances.sum(axis=0) * share
    return expected, [int(one) for one in np.argsort(-expected, kind="stable")]


@dataclass(frozen=True)
class Exposure:
    """The ideas that are at home in one repository, held against how its parts fared."""

    activity: Activity
    followed: Followed
    touches: Sequence[Touches]  # of each idea
    repository: str
    ledger: Ledger
    fragile: Fragilities
    several: bool = False  # repositories

    @cached_property
    def met(self) -> list[dict[str, Touch]]:
        """The parts that each idea may touch, from 3 in 10 on, as a check shows them."""
        return [
            {one.component: one for one in found.components if one.probability.value >= MAYBE}
            for found in self.touches
        ]

    @cached_property
    def chances(self) -> Floats:
        """(ideas, parts); 0 throughout for an idea that is not at home here."""
        rows = [
            [found.every.get(key, 0.0) if met else 0.0 for key in self.activity.components]
            for found, met in zip(self.touches, self.met, strict=True)
        ]
        return np.array(rows, dtype=np.float64).reshape(len(self.touches), len(self.activity.components))

    @cached_property
    def usual(self) -> float | None:
        """The share of the usual part."""
        return self.followed.usual

    @cached_property
    def usual_share(self) -> Figure | None:
        """The same as a figure."""
        if self.usual is None:
            return None
        method = (
            "Of each part with enough changes the share that a fix on the same files followed 1 to 90 days "
            "later; the middle one of these shares."
        )
        return Figure(self.usual, self.ledger.file(CODE, method, n=int(self.followed.known.sum())))

    def own(self, idea: int) -> float:
        """The chance that an idea's own lines come back for a fix, taken for one change; 0 if unknown."""
        if self.fragile.too_little or not self.met[idea]:
            return 0.0
        return Risks(self.fragile).chance([*self.met[idea]])

    @cached_property
    def expected(self) -> Floats:
        """Ideas that a fix will follow in each part."""
        return ranked(self.chances, self.followed.share)[0]

    def places(self, ideas: int) -> list[Exposed]:
        """The parts that some of so many ideas may touch, where most fixes are expected first."""
        order = ranked(self.chances, self.followed.share)[1]
        shown = {key for met in self.met for key in met}
        return [self._place(one, ideas) for one in order if self.activity.components[one] in shown]

    def _place(self, part: int, ideas: int) -> Exposed:
        component = self.activity.codebase.by_key[self.activity.components[part]]
        row, chances = self._filed(part), self.chances[:, part]
        low, high = self.followed.range(part)
        touched, share = float(chances.sum()), float(self.followed.share[part])
        told = Exposed(
            repository=self.repository,
            component=component.key,
            name=component.name,
            likely=int((chances >= LIKELY).sum()),
            meetings=self._meetings(component.key),
            needed=Figure(self._share(part), row, low, high) if self.followed.known[part] else None,
            changes=int(self.followed.changes[part]),
            more=self.followed.more(part),
            expected=Figure(touched * share, row, touched * min(low, share), touched * max(high, share)),
            usual=None if self.usual is None else Figure(touched * self.usual, row),
            odds=Figure(one_at_least(chances * share), row),
            usual_odds=None if self.usual is None else Figure(one_at_least(chances * self.usual), row),
            sentence="",
            technical=self._technical(part),
        )
        return replace(told, sentence=f"{self.meets(told, ideas)}; {self.fared(told)}.")

    def _share(self, part: int) -> float:
        return float(self.followed.fixed[part] / self.followed.changes[part])

    def _meetings(self, key: str) -> tuple[Meeting, ...]:
        found = [Meeting(number, met[key].probability) for number, met in enumerate(self.met) if key in met]
        return tuple(sorted(found, key=lambda one: -one.chance.value))

    def _filed(self, part: int) -> str:
        landings = self.activity.landings_of(part)
        latest = landings[fixed_later(self.activity)[landings]]
        return self.ledger.file(
            CODE,
            "People's changes of two years, up to 90 days ago, that changed this part; whether a fix changed "
            "the same files of it 1 to 90 days later. Times the odds that each idea touches it, summed up.",
            n=int(self.followed.changes[part]),
            sources=cite(self.activity.history, latest, self.repository),
        )

    def _technical(self, part: int) -> str:
        followed = self.followed
        usual = "unknown" if self.usual is None else f"{self.usual:.2f}"
        return (
            f"sum of odds {self.chances[:, part].sum():.2f}; {followed.fixed[part]} of "
            f"{followed.changes[part]} followed by a fix, drawn to the repository's {followed.whole:.2f}: "
            f"{followed.share[part]:.2f}; median part {usual}; an association, not a cause"
        )

    def meets(self, told: Exposed, ideas: int) -> str:
        """How many ideas touch it: "2 of your 3 ideas will probably touch Tax"."""
        name = phrase.literal(f"{self.repository}: {told.name}" if self.several else told.name)
        verb = "will probably touch" if told.likely else "may touch"
        count = told.likely or len(told.meetings)
        who = f"{count} of your {ideas} ideas" if ideas > 1 else "Your idea"
        alone = f" ({phrase.odds(told.meetings[0].chance.value)})" if count == 1 else ""
        return f"{who} {verb} {name}{alone}"

    def fared(self, told: Exposed) -> str:
        """How changes there fared against the usual part."""
        if told.needed is None:
            if not told.changes:
                return "no change there in two years is three months old yet, so its fixes are not known"
            few = phrase.plural(told.changes, "change")
            return f"only {few} there in two years, too few to say how often a fix follows"
        here = (
            f"a fix on the same files followed {hundred(told.needed.value)} changes there within three months"
        )
        if self.usual is None:
            return here
        if told.more:
            return f"{here}, {100 * self.usual:.0f} in the usual part here"
        return f"{here}, which cannot be told apart from the usual part ({100 * self.usual:.0f})"


def one_at_least(chances: Floats) -> float:
    """The chance that one of several happens, taken as if they had nothing to do with each other."""
    return float(1 - np.prod(1 - chances))


def hundred(share: float) -> str:
    """A share as people count it: "31 of 100"."""
    return f"{100 * share:.0f} of 100"
