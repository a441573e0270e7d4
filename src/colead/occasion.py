"""Occasion: a date that matters to the business (launch, sale, audit) that risks are told against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from colead import phrase
from colead.codebase import Codebase
from colead.correction import place
from colead.evidence import Figure

FILE = ".colead/occasions.yml"
AHEAD = 2  # occasions that a reading tells of: the nearest
LATER = 28  # days that "four weeks later" means
SURE = 0.95  # odds beyond which an occasion is no risk


@dataclass(frozen=True, slots=True)
class Occasion:
    """One entry of the occasions file, as people wrote it."""

    name: str
    first: date
    last: date  # the same for an occasion of one day
    what: str = ""
    parts: tuple[str, ...] = ()  # names, keys or folders of the parts it is about; none for all
    line: int = 0  # in its file

    def said(self, today: date) -> str:
        """Its day or days: "27 November", "7 to 24 December"."""
        last = phrase.day(self.last, today=today)
        if self.first == self.last:
            return last
        alike = (self.first.year, self.first.month) == (self.last.year, self.last.month)
        return f"{self.first.day if alike else phrase.day(self.first, today=today)} to {last}"


@dataclass(frozen=True, slots=True)
class Ready:
    """The odds of being done by the hoped-for date or the first day of an occasion."""

    name: str  # of the occasion, "" for the hoped-for date
    on: str  # ISO date
    what: str
    parts: tuple[str, ...]  # names of touched parts that it lists
    line: int  # of `.colead/occasions.yml`, 0 for the hoped-for date
    odds: Figure  # when begun today, 0..1
    later: Figure  # when begun four weeks later, 0..1
    sentence: str  # "2 in 10 to be ready for Black Friday, 27 November"

    @property
    def risky(self) -> bool:
        """Whether it is told on the page."""
        return bool(self.name) and (bool(self.parts) or self.odds.value <= SURE)


def ahead(
    occasions: Iterable[Occasion], names: Callable[[str], str], today: date
) -> tuple[tuple[Occasion, tuple[str, ...]], ...]:
    """The nearest occasions that begin after `today` and are about everything or about a touched part.

    Args:
        occasions: as written down.
        names: the name of the touched part that an entry of `Occasion.parts` means, "" for none.

    Returns at most AHEAD, each with the names of the touched parts that it lists.
    """
    coming = sorted((one for one in occasions if one.first > today), key=lambda one: one.first)
    listed = ((one, tuple(dict.fromkeys(filter(None, map(names, one.parts))))) for one in coming)
    return tuple((one, touched) for one, touched in listed if touched or not one.parts)[:AHEAD]


def named_in(codebase: Codebase, touched: Sequence[str]) -> Callable[[str], str]:
    """Tells the name of the touched part that a name, a key or a folder means, "" for none."""

    def name(told: str) -> str:
        found = place(told, codebase)
        return codebase.by_key[found[0]].name if found and found[0] in touched else ""

    return name


def readiness(
    by: date | None,
    coming: Sequence[tuple[Occasion, tuple[str, ...]]],
    done: Callable[[int], float],
    evidence: str,
    today: date,
) -> tuple[Ready, ...]:
    """The odds for the hoped-for date and each occasion; an occasion on that very day gives it its name.

    Args:
        by: the hoped-for date.
        coming: what `ahead` returned.
        done: the odds of being done within so many days.
        evidence: the row that `done` was computed from.
    """

    def odds(when: date, after: int = 0) -> Figure:
        left = (when - timedelta(days=after) - today).days
        return Figure(done(left) if left > 0 else 0.0, evidence)

    hoped = () if by is None else (Ready("", by.isoformat(), "", (), 0, odds(by), odds(by, LATER), ""),)
    told = (
        Ready(
            one.name,
            one.first.isoformat(),
            one.what,
            parts,
            one.line,
            odds(one.first),
            odds(one.first, LATER),
            _sentence(one, parts, odds(one.first).value, today),
        )
        for one, parts in coming
    )
    return (*hoped, *told)


def _sentence(one: Occasion, parts: Sequence[str], odds: float, today: date) -> str:
    listed = f" (lists {phrase.listing(parts)})" if parts else ""
    return f"{phrase.odds(odds)} to be ready for {phrase.literal(one.name)}, {one.said(today)}{listed}"
