"""Reserve: the slots kept free for health in the coming six weeks, told against what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from colead import phrase
from colead.ahead.parts import Reserve, Stretch
from colead.balance import WIDE, Agreed, Balancing, percent
from colead.citing import DAY, day_of, days_after, end_of
from colead.evidence import Coverage, Figure, Ledger, State
from colead.pace import WEEK, Known, Pace

WEEKS = 6
STRETCHES = 8
CODE = "L03"
RANGE = (0.5, 0.1, 0.9)  # the middle, and the ends of what holds 80 %
REACHED, BELOW, OPEN = "reached", "below", "cannot be told"
FEW = "Half a year and 30 changes by people in the past year are needed to say how many are coming."


@dataclass(frozen=True)
class Reserving:
    """The repositories while their reserve is told."""

    works: Sequence[Balancing]  # one per repository, kinds of the past year told
    known: Known
    agreed: Agreed
    rng: np.random.Generator
    ledger: Ledger

    @cached_property
    def at(self) -> NDArray[np.int64]:
        """When people's changes landed, all repositories."""
        histories = [one.activity.history for one in self.works]
        return np.sort(np.concatenate([one.at[one.by_people] for one in histories]))

    def expected(self, end: int, row: str) -> Figure | None:
        """Changes by people in the six weeks after a moment; None where the past before it is too short."""
        pace = Pace.counted(self.at, end)
        if not pace.enough:
            return None
        middle, low, high = np.quantile(pace.landed_in(WEEKS, self.rng), RANGE).tolist()
        return Figure(middle, row, low, high)

    def slots(self, landings: Figure) -> Figure:
        """The agreed share of them."""
        share = self.agreed.share
        ends = ((one or 0.0) * share for one in (landings.low, landings.high))
        return Figure(landings.value * share, landings.evidence, *ends)

    def told(self, taken: int, candidates: Sequence[str]) -> tuple[Reserve | None, Coverage]:
        """The reserve from now on, with the record of such ones."""
        row = self._filed(
            "Changes by people until then, drawn from the weeks of the past year at a pace that"
            " wanders; times the share of health.",
            len(self.at),
        )
        landings = self.expected(self.known.end, row)
        if landings is None:
            return None, Coverage("reserve", State.TOO_LITTLE, FEW)
        past, until = self.stretches(), days_after(self.known.today, 7 * WEEKS)
        slots = self.slots(landings)
        told = Reserve(
            until=until.isoformat(),
            landings=landings,
            share=self.agreed.share,
            slots=slots,
            taken=taken,
            candidates=tuple(candidates),
            stretches=past,
            sentence=self._sentence(landings, slots, until, taken),
            lately=_lately(past[0]) if past else "",
            record=_record(past) if past else "",
            technical=f"{landings.value:.1f} changes in {WEEKS} weeks (80 %: {landings.low:.1f}.."
            f"{landings.high:.1f}) times {self.agreed.share:.2f}; nothing here says that health work pays",
        )
        return told, Coverage("reserve", State.FINDING, self.known.doubt.strip(), row)

    def _filed(self, method: str, n: int) -> str:
        start = day_of(max(self.known.end - 365 * DAY, end_of(date.min))).isoformat()
        return self.ledger.file(CODE, method, n=n, window=(start, day_of(self.known.end - 1).isoformat()))

    def _sentence(self, landings: Figure, slots: Figure, until: date, taken: int) -> str:
        when, count = phrase.day(until, today=self.known.today), round(slots.value)
        share = f"{percent(self.agreed.share)} of about {landings.value:,.0f} changes"
        usual = "" if self.agreed.written else "; nothing is agreed here yet, so the usual share is taken"
        if not count:
            return f"No room of its own for a health change until {when}: {share} is less than one{usual}."
        room = f"Room for {_about(slots)} health {'change' if count == 1 else 'changes'} until {when}"
        return f"{room}: {share}{usual}.{_taken(taken, count)}"

    def stretches(self) -> tuple[Stretch, ...]:
        """The past stretches of six weeks with enough before them, newest first."""
        row = self._filed(
            "Of each past stretch of six weeks the reserve as it would have been told the day before it, and "
            "the changes by people in it; health is the sum of the chances of each to be health.",
            STRETCHES,
        )
        ends = [self.known.end - back * WEEKS * WEEK for back in range(1, STRETCHES + 1)]
        return tuple(one for end in ends if (one := self._stretch(end, row)))

    def _stretch(self, end: int, row: str) -> Stretch | None:
        landings, after = self.expected(end, row), end + WEEKS * WEEK
        if landings is None:
            return None
        slots, health = self.slots(landings), self._health(end, after, row)
        count = max(1, round(slots.value))
        reached, below = round(health.low or 0.0) >= count, round(health.high or 0.0) < count
        return Stretch(
            begins=day_of(end).isoformat(),
            ends=day_of(after - 1).isoformat(),
            landings=landings,
            landed=int(((self.at >= end) & (self.at < after)).sum()),
            slots=slots,
            health=health,
            kept=REACHED if reached else BELOW if below else OPEN,
        )

    def _health(self, start: int, end: int, row: str) -> Figure:
        """Health changes between two moments, with the range that a balance of them would have."""
        total, errors = 0.0, [0.0]
        for one in self.works:
            at = one.activity.history.at[one.kinds.landing]
            chosen = (at >= start) & (at < end)
            if chosen.any():
                chance = one.kinds.share(self.agreed.health)
                total += float(chance[chosen].sum())
                errors.append(one.error(chance, chosen) * float(chosen.sum()))
        wide = WIDE * float(np.linalg.norm(errors))
        return Figure(total, row, max(0.0, total - wide), total + wide)


def _about(one: Figure) -> str:
    low, high = round(one.low or 0.0), round(one.high or 0.0)
    ends = "" if low == high else f" ({low:,} to {high:,})"
    return f"about {phrase.number(round(one.value)) if one.value < 0.5 else f'{one.value:,.0f}'}{ends}"


def _taken(taken: int, count: int) -> str:
    if not taken:
        return ""
    spoken = f" {phrase.number(taken).capitalize()} {'is' if taken == 1 else 'are'} spoken for"
    return f"{spoken}, {count - taken:,} are free." if taken < count else f"{spoken}, so none is free."


def _lately(one: Stretch) -> str:
    came = {
        REACHED: ", at least as many",
        BELOW: ", fewer than that",
        OPEN: "; whether that is as many cannot be told",
    }[one.kept]
    said = f"Six weeks ago it would have said {_about(one.slots)}"
    return f"{said}; {_about(one.health)} health changes landed since{came}."


def _record(past: Sequence[Stretch]) -> str:
    held = sum((one.landings.low or 0) <= one.landed <= (one.landings.high or 0) for one in past)
    kept = [sum(one.kept == word for one in past) for word in (REACHED, BELOW, OPEN)]
    count = len(past)
    return (
        f"In the past {phrase.plural(count, 'such stretch', 'such stretches')} the number of changes was "
        f"within its range in {held} (8 in 10 are meant), and health came up to the slots in {kept[0]}, "
        f"stayed below in {kept[1]}, cannot be told in {kept[2]}."
    )
