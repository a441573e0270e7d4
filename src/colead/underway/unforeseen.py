"""Unforeseen: the parts that the work went into, by day, beside those that the reading before it named."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from colead import phrase
from colead.citing import day_of
from colead.evidence import SOURCES_SHOWN, Coverage, Figure, Ledger, Source, State
from colead.underway.parts import Step, Unforeseen
from colead.underway.seats import Seats

SWEEP = 5  # parts that one change reaches when it goes over everything (a rename, a new rule of style)
FILES_SHOWN = 3
NOT_COMMITTED = "not committed yet"

Mechanical = Callable[[int, int], bool]


def mechanical(files: int, parts: int) -> bool:
    """Whether a change of so many files in a part, and of so many parts in all, only passed by."""
    return files == 1 and parts >= SWEEP


@dataclass(frozen=True, slots=True)
class Visit:
    """The first change of the series that went into a part."""

    key: str
    step: Step
    files: tuple[str, ...]


def first_seen(steps: Sequence[Step], seats: Seats, passing: Mechanical = mechanical) -> list[Visit]:
    """The parts in the order in which the steps went into them, each once; of one step, most files first.

    A step that only passes by (one file of the part in a change that sweeps
    over SWEEP parts or more) does not count, but a second one does.
    """
    found: dict[str, Visit] = {}
    passed: set[str] = set()
    for step in sorted(steps, key=lambda one: one.at):
        parts = seats.by_part(step.paths)
        for key, files in sorted(parts.items(), key=lambda one: -len(one[1])):
            if key in found:
                continue
            if passing(len(files), len(parts)) and key not in passed:
                passed.add(key)
            else:
                found[key] = Visit(key, step, tuple(files))
    return list(found.values())


def unforeseen(
    steps: Sequence[Step],
    seats: Seats,
    foreseen: Collection[str],
    *,
    begun: date,
    today: date,
    ledger: Ledger,
    repository: str,
) -> tuple[tuple[Unforeseen, ...], Coverage]:
    """The parts that the steps went into and `foreseen` (keys) does not hold, by day.

    Days count from `begun`, which is day 1, in UTC, by commit dates.
    """
    if not steps:
        return (), Coverage("unforeseen", State.NOT_ANALYSED, "No change to compare with.")
    if not foreseen:
        return (), Coverage("unforeseen", State.NOT_ANALYSED, "The reading named no part here.")
    visits = first_seen(steps, seats)
    note = f"{phrase.plural(len(steps), 'change')} in {phrase.plural(len(visits), 'part')}, by commit date."
    if not visits:
        return (), Coverage("unforeseen", State.TOO_LITTLE, "Nothing of the product source is changed.")
    new = [one for one in visits if one.key not in foreseen]
    if not new:
        return (), Coverage("unforeseen", State.NOTHING, note)
    row = ledger.file(
        "W02",
        "The parts that each change went into, beside those that the reading before the first one named.",
        n=len(steps),
        sources=tuple(_sources(new, repository)),
        window=(begun.isoformat(), today.isoformat()),
    )
    told = tuple(_told(one, seats, begun, today, row, repository) for one in new)
    return told, Coverage("unforeseen", State.FINDING, note, row)


def _sources(visits: Sequence[Visit], repository: str) -> Iterator[Source]:
    committed = [one.step for one in visits if one.step.ref]
    for step in list(dict.fromkeys(committed))[:SOURCES_SHOWN]:
        yield Source("landing", step.ref, step.title, day_of(step.at).isoformat(), repository)


def _told(visit: Visit, seats: Seats, begun: date, today: date, row: str, repository: str) -> Unforeseen:
    when = day_of(visit.step.at)
    number = (when - begun).days + 1
    name = seats.name(visit.key)
    count = phrase.plural(len(visit.files), "file")
    return Unforeseen(
        repository=repository,
        component=visit.key,
        name=name,
        day=Figure(number, row),
        date=when.isoformat(),
        files=visit.files[:FILES_SHOWN],
        title=visit.step.title or NOT_COMMITTED,
        sentence=f"day {number} ({phrase.day(when, today=today)}): also changes {name}, not foreseen",
        technical=f"{count} in {phrase.literal(visit.key)} by {visit.step.ref[:10] or NOT_COMMITTED}",
    )
