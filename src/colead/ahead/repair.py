"""Repairs: what a person says that one will gain, computed on, kept, and scored once its date is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from colead import fixes, phrase
from colead.activity import Activity
from colead.ahead.parts import Estimate
from colead.citing import cite, days_after, end_of
from colead.correction import place
from colead.evidence import Coverage, Figure, Ledger, State
from colead.fragility import QUARTER
from colead.outlook import Then
from colead.pace import Known

FILE = ".colead/reserve.yml"
CODE = "L04"
LONGEST = 366  # days that an estimate may reach
TOLD = 12
NONE = "No repair with an estimate is written down; --repair writes one."
NO_PROOF = "Whether the repair did it, this cannot show."


@dataclass(frozen=True, slots=True)
class Repair:
    """One entry of the reserve file, as people wrote it."""

    repair: str
    part: str  # a component's name, key or folder
    by: str
    on: date
    until: date
    slots: int = 1
    fewer: int = 0  # of 100 fixes there; 0 where no gain was said
    line: int = 0  # in its file


@dataclass(frozen=True)
class Repairs:
    """The repairs of one repository against its history."""

    activity: Activity
    known: Known
    repository: str
    ledger: Ledger
    kept: dict[date, Then] = field(default_factory=dict)

    def told(self, one: Repair) -> Estimate:
        """One repair with what was expected, said, and came."""
        over = end_of(one.until) <= self.known.end
        position = self._position(one.part)
        then = self._then(one.on)
        without = said = came = None
        if position is not None and one.fewer and not then.too_little:
            row = self._filed(one, position)
            days = (one.until - one.on).days / QUARTER
            without = ranged(float(then.component_expected[position]) * days, row)
            said = ranged(without.value * (1 - one.fewer / 100), row)
            came = Figure(self._came(one, position), row) if over else None
        return Estimate(
            repair=one.repair,
            repository=self.repository,
            part=one.part,
            by=one.by,
            on=one.on.isoformat(),
            until=one.until.isoformat(),
            slots=one.slots,
            fewer=one.fewer,
            over=over,
            without=without,
            said=said,
            came=came,
            sentence=self._sentence(one, without, said, came) or _silent(one, position, then.too_little),
            technical=_technical(without, said, came),
        )

    def _position(self, part: str) -> int | None:
        found = place(part, self.activity.codebase)
        return self.activity.components.index(found[0]) if found else None

    def _then(self, day: date) -> Then:
        if day not in self.kept:
            shared = next((one.kept for one in self.kept.values()), {})
            self.kept[day] = Then(self.activity, day, self.repository, shared)
        return self.kept[day]

    def _came(self, one: Repair, position: int) -> float:
        return float(fixes.fixed_parts(self.activity, end_of(one.on), end_of(one.until))[position])

    def _filed(self, one: Repair, position: int) -> str:
        history, landings = self.activity.history, self.activity.landings_of(position)
        at = history.at[landings]
        after = (at >= end_of(one.on)) & (at < end_of(one.until)) & history.is_fix[landings]
        return self.ledger.file(
            CODE,
            "Fixes of the part expected as of the day on which it was said, as fragility tells them, for as "
            "many days; less what the person says; against the fixes that came. Line counts are today's.",
            n=int(after.sum()),
            sources=cite(history, landings[after], self.repository),
            window=(one.on.isoformat(), one.until.isoformat()),
        )

    def _sentence(self, one: Repair, without: Figure | None, said: Figure | None, came: Figure | None) -> str:
        if without is None or said is None:
            return ""
        named, when = head(one), phrase.day(one.until, today=self.known.today)
        who, fewer = phrase.literal(one.by), without.value - said.value
        if came is None:
            count = "less than one fix fewer" if fewer < 0.5 else f"about {_fewer(round(fewer))}"
            usual = f"without it about {_counted(without)} are expected"
            return f"{named}: if {who} is right, {count} there by {when}; {usual}."
        expected = (
            f"{_counted(without)} were expected by {when} without it, {_counted(said)} if {who} was right"
        )
        return f"{named}: {expected}; {came.value:.0f} came. {verdict(without, said, came.value, who)}"


def ranged(expected: float, row: str) -> Figure:
    """A count of fixes with the range that holds it 8 times in 10."""
    low, high = fixes.interval(expected)
    return Figure(expected, row, low, high)


def verdict(without: Figure, said: Figure, came: float, who: str) -> str:
    """What came against what was expected and what was said, in words; never that the repair did it."""
    fits, right = (_within(one, came) for one in (without, said))
    if fits and right:
        return "The two cannot be told apart."
    if fits:
        return (
            f"That is as expected without it, and {'more' if came > said.value else 'less'} than {who} said."
        )
    if came > without.value:
        return "That is more than either."
    return f"That is fewer than expected without it{', as said' if right else ' and than said'}. {NO_PROOF}"


def _within(one: Figure, came: float) -> bool:
    return (one.low or 0.0) <= came <= (one.high or 0.0)


def head(one: Repair) -> str:
    """What a sentence about it begins with."""
    slots = phrase.plural(one.slots, "slot")
    return f"{phrase.literal(one.repair)} ({phrase.literal(one.part)}, {slots})"


def _fewer(count: int) -> str:
    return f"{phrase.plural(count, 'fix', 'fixes')} fewer"


def _counted(one: Figure) -> str:
    return f"{one.value:,.0f} ({one.low or 0:,.0f} to {one.high or 0:,.0f})"


def _silent(one: Repair, position: int | None, too_little: str) -> str:
    if position is None:
        return f"{head(one)}: there is no such part here, so nothing is computed."
    if not one.fewer:
        return f"{head(one)}: no gain was said, so there is nothing to hold it against."
    return f"{head(one)}: nothing can be expected as of that day. {too_little}"


def _technical(without: Figure | None, said: Figure | None, came: Figure | None) -> str:
    if without is None or said is None:
        return ""
    seen = "" if came is None else f", came {came.value:.0f}"
    return (
        f"expected {without.value:.1f} (80 %: {without.low}..{without.high}), said {said.value:.1f} "
        f"({said.low}..{said.high}){seen}; one case, so no cause can be told"
    )


def estimates(
    written: Mapping[str, Sequence[Repair]], desks: Mapping[str, Repairs], today: date
) -> tuple[tuple[Estimate, ...], Coverage]:
    """The repairs of all repositories, open ones first, of each the newest; at most TOLD are told."""
    every = [(name, one) for name, some in written.items() for one in some if one.on <= today]
    every.sort(key=lambda pair: (pair[1].until < today, -pair[1].on.toordinal()))
    told = tuple(desks[name].told(one) for name, one in every[:TOLD])
    rest = len(every) - len(told)
    note = f"{phrase.number(rest)} more in {FILE}" if rest else "" if told else NONE
    state = State.FINDING if told else State.NOTHING
    return told, Coverage("estimates", state, note)


def taken(written: Mapping[str, Sequence[Repair]], today: date) -> int:
    """Slots that open repairs take."""
    every = (one for some in written.values() for one in some)
    return sum(one.slots for one in every if one.on <= today <= one.until)


def latest(on: date) -> date:
    """The last day that an estimate of that day may reach."""
    return days_after(on, LONGEST)
