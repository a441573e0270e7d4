"""Told: the outlook of one repository, composed; what is too poor to show is said instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from colead import fixes, phrase
from colead.activity import Activity
from colead.citing import day_of
from colead.evidence import Coverage, Evidence, Figure, Ledger, State
from colead.fragility import ENOUGH_DAYS, QUARTER, Fragilities, Fragility, fragilities
from colead.outlook.parts import Place, Record, Season
from colead.outlook.past import Then, quarters
from colead.outlook.record import record
from colead.struck import Tolls
from colead.systemmap import Plot, plots

MOST, EVERY = 20, 1_000  # places
NAMED = 3  # in the sentence
YEAR = 4  # quarters
ADVICE = 'Changes are told to be fixes by their titles: "fix: ..." or "Fix ..." is counted.'


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: everything by part or by file, the files of a part, or one file."""

    component: str | None = None  # key
    path: str = ""
    files: bool = False
    every: bool = False  # part, not the first of them alone


@dataclass(frozen=True)
class Found:
    """What an outlook of one repository says."""

    sentence: str
    places: tuple[Place, ...]
    more: int
    plots: tuple[Plot, ...]
    record: Record | None
    coverage: Coverage
    evidence: tuple[Evidence, ...]


def outlook(
    activity: Activity, asked: Asked, *, today: date, repository: str, tolls: Tolls | None = None
) -> Found:
    """Where fixes are likely next in one repository, as of the end of `today` (UTC)."""
    desk = _Desk(fragilities(activity, today=today, repository=repository), Ledger(), tolls)
    coverage, told = desk.now.coverage, None
    if coverage.state is State.FINDING:
        told = record(desk.past, desk.ledger)
        coverage = _covered(coverage, told, desk.past)
    if coverage.state is not State.FINDING:
        counted = coverage.state is State.TOO_LITTLE and desk.now.days >= ENOUGH_DAYS
        sentence = f"{coverage.note} {ADVICE}" if counted else coverage.note
        return Found(sentence, (), 0, (), told, coverage, desk.ledger.table())
    places, more = desk.places(asked)
    areas = () if asked.files or asked.component is not None else plots(desk.now, desk.ledger, "F02")
    return Found(_sentence(places), places, more, areas, told, coverage, desk.ledger.table())


def _covered(coverage: Coverage, told: Record | None, past: Sequence[Then]) -> Coverage:
    """What was looked at, or why a list would mislead here."""
    if told and not told.held:
        share = f"{told.pairs.value:.0%}".replace("%", " %")
        note = (
            f"No list is shown: over {told.quarters} past quarters here it would have been right in {share}"
            " of pairs of files, and by chance it is in half."
        )
        return Coverage(coverage.part, State.TOO_LITTLE, note, told.pairs.evidence)
    if past and not told:
        note = "No list is shown: fewer than two past quarters here had five fixes of files."
        return Coverage(coverage.part, State.TOO_LITTLE, note)
    return coverage


def _sentence(places: Sequence[Place]) -> str:
    if not places:
        return "Nothing here has a history of changes."
    said = phrase.listing([f"{one.name} ({expecting(one)})" for one in places[:NAMED]])
    return f"Likeliest to need fixes in the next three months: {said}."


def expecting(place: Place) -> str:
    """The fixes to expect, or the odds of one where their number tells little: "about 3", "4 in 10"."""
    if place.expected.value >= fixes.COUNTED:
        return f"about {place.expected.value:,.0f}"
    return phrase.odds(place.chance.value)


@dataclass
class _Desk:
    """One outlook while it is composed."""

    now: Fragilities
    ledger: Ledger
    tolls: Tolls | None = None

    @property
    def activity(self) -> Activity:
        """The repository's activity."""
        return self.now.activity

    @cached_property
    def past(self) -> list[Then]:
        """The starts of past quarters, newest first."""
        return quarters(self.now)

    @cached_property
    def counts(self) -> dict[str, str]:
        """Ids of the evidence that all places share."""
        ledger = self.ledger
        seasons = (
            "For each quarter of the past year, the fixes that would have been expected on the day before it,"
            " and those that came; line counts are today's."
        )
        year = self.past[:YEAR]
        window = (year[-1].today.isoformat(), day_of(self.now.end - 1).isoformat()) if year else None
        lines = ledger.file("F02", "Lines with something on them, today.", n=int(self.now.alive.sum()))
        return {"lines": lines, "seasons": ledger.file("F02", seasons, n=len(year), window=window)}

    def places(self, asked: Asked) -> tuple[tuple[Place, ...], int]:
        """Those with the most expected fixes, and how many more there are."""
        by_file = asked.files or asked.component is not None
        expected = self.now.file_expected if by_file else self.now.component_expected
        peers = np.flatnonzero(self.now.alive if by_file else self.now.component_files > 0)
        wanted = peers[self._wanted(asked)[peers]] if by_file else peers
        first = wanted[np.argsort(-expected[wanted], kind="stable")][: EVERY if asked.every else MOST]
        made = self._file if by_file else self._part
        positions = [1 + int(np.sum(expected[peers] > expected[one])) for one in first]
        told = (made(int(one), at, len(peers)) for one, at in zip(first, positions, strict=True))
        return tuple(told), len(wanted) - len(first)

    def _wanted(self, asked: Asked) -> NDArray[np.bool_]:
        """Which file ids are asked about."""
        seats = self.activity.file_component
        wanted = np.ones(len(seats), dtype=bool)
        if asked.path:
            wanted[:] = False
            wanted[self.activity.history.file_of.get(asked.path, slice(0))] = True
        elif asked.component is not None:
            wanted = seats == self.activity.components.index(asked.component)
        return wanted

    def _part(self, number: int, position: int, of: int) -> Place:
        key = self.activity.components[number]
        here = self.now.alive & (self.activity.file_component == number)
        seasons = ((then.component_expected[number], then.parts_came[number]) for then in self.past[:YEAR])
        name = self.activity.codebase.by_key[key].name
        told = self.now.component(key, self.ledger)
        toll = self.tolls.component(key, self.ledger) if self.tolls else None
        place = self._place("part", name, told, here, tuple(seasons), (position, of))
        return replace(place, incidents=toll)

    def _file(self, number: int, position: int, of: int) -> Place:
        path = self.activity.history.paths[number]
        here = np.zeros(len(self.now.alive), dtype=bool)
        here[number] = True
        seasons = ((then.file_expected[number], then.files_came[number]) for then in self.past[:YEAR])
        told = self.now.file(path, self.ledger)
        return self._place("file", path, told, here, tuple(seasons), (position, of))

    def _place(
        self,
        kind: str,
        name: str,
        told: Fragility,
        here: NDArray[np.bool_],
        seasons: Sequence[tuple[float, float]],
        rank: tuple[int, int],
    ) -> Place:
        lines, files = int(self.now.lines[here].sum()), int(here.sum())
        return Place(
            kind,
            told.key,
            name,
            told.level,
            told.expected or Figure(0.0, told.fixes.evidence),
            told.chance or Figure(0.0, told.fixes.evidence),
            position=rank[0],
            of=rank[1],
            lines=Figure(lines, self.counts["lines"]),
            files=files,
            changed=told.changed,
            fixes=told.fixes,
            seasons=tuple(self._seasons(seasons)),
            reasons=tuple(self._reasons(kind, lines, files, told)),
            technical=told.technical,
        )

    def _seasons(self, counted: Sequence[tuple[float, float]]) -> Iterator[Season]:
        """The past year's quarters, oldest first."""
        row = self.counts["seasons"]
        for then, (said, came) in reversed(list(zip(self.past, counted, strict=False))):
            first, last = then.today + timedelta(days=1), then.today + timedelta(days=QUARTER)
            expected = Figure(round(float(said), 2), row, *fixes.interval(float(said)))
            yield Season(first.isoformat(), last.isoformat(), expected, Figure(int(came), row))

    def _reasons(self, kind: str, lines: int, files: int, told: Fragility) -> Iterator[str]:
        size = phrase.plural(lines, "line")
        yield f"{size} in {phrase.plural(files, 'file')}" if kind == "part" else size
        changed, fixed = int(told.changed.value), int(told.fixes.value)
        yield fixes.counted(changed, fixed, self.now.known.year)
        if fixed:
            newest = next(row for row in self.ledger.rows if row.id == told.fixes.evidence).sources[0]
            when = phrase.day(date.fromisoformat(newest.date), today=self.now.today)
            yield f"newest fix {when}: “{phrase.clip(newest.title, 60)}”"
