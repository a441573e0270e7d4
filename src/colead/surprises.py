"""Surprises: opens repositories and tells where an idea went that its kept reading does not name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from colead.citing import day_of
from colead.errors import WrongUse
from colead.evidence import Ledger
from colead.look import Opening, PathLike, Progress, distinct, silent

if TYPE_CHECKING:
    from colead.readers.git import Door
    from colead.reading import Reading
    from colead.store import Store
    from colead.underway import Seats, Step, Unforeseen

BRANCHES = ("refs/heads/", "refs/remotes/origin/")


@dataclass(frozen=True, slots=True)
class Known:
    """By what the changes of an idea are known; "" where they are not."""

    branch: str
    ticket: str


def surprises(
    reading: Reading,
    repos: Sequence[PathLike],
    known: Known,
    *,
    today: date,
    beside: Mapping[str, Mapping[str, bytes]] | None = None,
    cache: Path | None = None,
    progress: Progress = silent,
) -> tuple[Unforeseen, ...]:
    """The parts that the idea's changes went into and the reading named neither as touched nor as partner.

    Changes are landings that name the ticket or the branch, and what the branch has that has not landed;
    a clone that holds the main line alone knows landings only. Days count from the first change of all
    repositories, which is day 1. `repos` are given in the order in which the reading was made.
    """
    opening = Opening(today, "", cache, progress, beside=beside or {})
    seen: list[_Seen] = []
    for where in repos:
        seen.append(_seen(opening, where, known, {one.name for one in seen}))
    first = min((step.at for one in seen for step in one.steps), default=None)
    if first is None:
        return ()
    found = [gone for one in seen for gone in _new(one, reading, day_of(first), today)]
    return tuple(sorted(found, key=lambda one: one.day.value))


def tips(repo: PathLike, branch: str) -> str:
    """The commits that a branch of this name stands on, here and at the origin; "" where there is none."""
    from colead.readers.git import Door

    with Door.open(repo) as door:
        return " ".join(filter(None, (door.holds(f"{one}{branch}") for one in BRANCHES)))


@dataclass(frozen=True)
class _Seen:
    """One repository with the changes that are meant."""

    name: str
    steps: tuple[Step, ...]
    seats: Seats


def _seen(opening: Opening, where: PathLike, known: Known, taken: set[str]) -> _Seen:
    from colead.readers.git import Door
    from colead.store import Store

    def read(cache: Path | None, *more: str) -> _Seen:
        with Door.open(where) as door:
            door.beside = opening.beside.get(str(where), {})
            with Store.open(door, cache) as store:
                return _read(opening, door, store, known, taken)

    return opening.kept(read)


def _read(opening: Opening, door: Door, store: Store, known: Known, taken: set[str]) -> _Seen:
    from colead.store.codebase import codebase
    from colead.underway import Seats

    store.update(door, opening.progress)
    code = codebase(store, door, opening.progress)
    steps = {one.ref: one for one in _steps(door, store, opening.today, known)}
    ordered = sorted(steps.values(), key=lambda one: one.at)
    return _Seen(distinct(door.name, taken), tuple(ordered), Seats(code))


def _steps(door: Door, store: Store, today: date, known: Known) -> Iterator[Step]:
    from colead.readers.work import of_span, of_ticket

    history = store.history().until(today)
    for name in filter(None, dict.fromkeys((known.ticket, known.branch))):
        with suppress(WrongUse):  # none names it
            yield from of_ticket(history, name).steps
    for tip in filter(None, (door.holds(f"{one}{known.branch}") for one in BRANCHES if known.branch)):
        with suppress(WrongUse):  # all of it has landed
            yield from of_span(door, f"{_left(door, known.branch)}..{tip}").steps


def _left(door: Door, branch: str) -> str:
    """What the branch is held against: the main line, also where somebody works on the branch itself."""
    from colead.readers.work import BASES

    if door.branch != f"refs/heads/{branch}":
        return door.tip
    others = (door.holds(one) for one in BASES if not one.endswith(f"/{branch}"))
    return next(filter(None, others), door.tip)


def _new(seen: _Seen, reading: Reading, begun: date, today: date) -> tuple[Unforeseen, ...]:
    from colead.underway import unforeseen

    named = {one.touch.component for one in reading.touches if one.touch.repository == seen.name}
    named |= {one.component for one in reading.partners if one.repository == seen.name}
    found, _ = unforeseen(
        seen.steps, seen.seats, named, begun=begun, today=today, ledger=Ledger(), repository=seen.name
    )
    return found
