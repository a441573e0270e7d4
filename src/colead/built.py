"""Built: opens repositories and holds what is being built in them against their past and the spec.

What every door calls for work that is under way.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from colead.citing import day_of
from colead.evidence import Coverage, Ledger
from colead.look import Opening, PathLike, Progress, chance, silent, spec_bytes

if TYPE_CHECKING:
    from colead.activity import Activity
    from colead.checking import Material
    from colead.readers.git import Door
    from colead.readers.work import Work
    from colead.reading import Reading
    from colead.spec import Spec
    from colead.underway import Built, LeftOut, Underway, Unforeseen

MOST_LEFT_OUT = 2  # of several repositories; one has at most one


def under_way(
    spec: PathLike | None = None,
    repos: PathLike | Sequence[PathLike] = ".",
    *,
    diff: str | None = None,
    ticket: str = "",
    span: str = "",
    text: str | bytes | None = None,
    source: str = "text",
    today: date | None = None,
    path: str = "",
    cache: Path | None = None,
    progress: Progress = silent,
) -> Underway:
    """What the changes so far leave out, and with a spec, where they go that nobody foresaw.

    Args:
        spec: the spec's file, or `text` instead; may be left out with `diff`.
        repos: folders inside git repositories.
        diff: the branch that HEAD is on, what is staged and what is edited, against the place where it
            left this branch, tag or full hash; "" finds the nearest main branch.
        ticket: landings that name this issue key.
        span: "A..B", two branches, tags or full hashes: what B has and A has not.
        text: the spec itself.
        source: what a spec given as `text` is called.
        today: the day to count from; today by default.
        path: look only at this subfolder of each repository.
        cache: folder of the caches.
        progress: called with (done, total, what).

    The reading that the changes are held against is made of the repository as it was at the commit they
    started from, with the history up to the day before the first of them.

    Raises:
        ColeadError: with a code, what happened, why, and what to try.
    """
    from colead.readers.markdown import read_spec
    from colead.readers.work import nothing

    given = spec is not None or text is not None
    if diff is None and not given:
        raise nothing("no spec was given to compare with")
    opening = Opening(today or datetime.now(UTC).date(), path, cache, progress)
    asked = read_spec(*spec_bytes(spec, text, source)) if given else None
    places = [repos] if isinstance(repos, (str, Path)) else list(repos)
    with ExitStack() as stack:
        return _Desk(opening, _Meant(diff, ticket, span), asked, stack).underway(places)


@dataclass(frozen=True, slots=True)
class _Meant:
    """Which changes are meant: one of the three."""

    diff: str | None
    ticket: str
    span: str


@dataclass(frozen=True)
class _Seen:
    """One repository and the changes in it that are meant."""

    name: str
    door: Door
    activity: Activity
    notes: tuple[str, ...]
    work: Work


@dataclass
class _Desk:
    """One comparison over several repositories."""

    opening: Opening
    meant: _Meant
    spec: Spec | None
    stack: ExitStack

    def __post_init__(self) -> None:
        self.ledger = Ledger()
        self.coverage: list[Coverage] = []

    @property
    def today(self) -> date:
        return self.opening.today

    def underway(self, places: Sequence[PathLike]) -> Underway:
        """All of it, composed."""
        from colead import __version__
        from colead.underway import SCHEMA, Underway, in_one_sentence

        seen: list[_Seen] = []
        for where in places:
            seen.append(self.seen(where, {one.name for one in seen}))
        left = sorted(
            (gone for one in seen for gone in self.left_out(one)),
            key=lambda one: -one.together.value / one.times.value,
        )[:MOST_LEFT_OUT]
        reading, new = self.compared(seen)
        return Underway(
            schema=SCHEMA,
            version=__version__,
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            today=self.today.isoformat(),
            spec=self.spec.title if self.spec else "",
            sentence=in_one_sentence(left, new, self.coverage, today=self.today),
            repositories=tuple(_built(one) for one in seen),
            foreseen=tuple(one.touch.name for one in reading.touches) if reading else (),
            left_out=tuple(left),
            unforeseen=new,
            coverage=tuple(self.coverage),
            evidence=self.ledger.table(),
        )

    def seen(self, where: PathLike, taken: set[str]) -> _Seen:
        """Open a repository and find the changes; nothing is searched, so no index is made."""
        from colead.look import distinct
        from colead.readers.git import Door
        from colead.readers.work import of_branch, of_span, of_ticket

        door = self.stack.enter_context(Door.open(where))
        past, notes = self.opening.kept(lambda cache, *more: self._past(door, cache, more))
        if self.meant.ticket:
            work = of_ticket(past.history, self.meant.ticket)
        elif self.meant.span:
            work = of_span(door, self.meant.span)
        else:
            work = of_branch(door, self.meant.diff or "", self.today)
        return _Seen(distinct(door.name, taken), door, past, notes, work)

    def _past(self, door: Door, cache: Path | None, more: Sequence[str]) -> tuple[Activity, tuple[str, ...]]:
        from colead.activity import activity
        from colead.store import Store
        from colead.store.codebase import codebase

        with Store.open(door, cache) as store:
            store.update(door, self.opening.progress)
            code = codebase(store, door, self.opening.progress, under=self.opening.path)
            return activity(store.history().until(self.today), code), (*door.notes, *store.notes, *more)

    def left_out(self, seen: _Seen) -> tuple[LeftOut, ...]:
        """What a diff leaves out; a ticket and a range are past, and no diff."""
        from colead.activity import activity
        from colead.apart import Apart
        from colead.correction import lessons, told_used, until
        from colead.store.corrections import corrections
        from colead.underway import before, left_out

        if self.meant.diff is None:
            return ()
        past = activity(before(seen.activity.history, seen.work.under_way), seen.activity.codebase)
        learnt, _ = lessons(until(corrections(seen.door), self.today), past.codebase)
        apart = Apart(learnt, self.spec.title if self.spec else "", past)
        found, coverage = left_out(
            past,
            seen.work.paths,
            today=self.today,
            ledger=self.ledger,
            repository=seen.name,
            silenced=apart,
        )
        corrected = told_used(len(apart.used))
        note = f"{coverage.note} {corrected[:1].upper()}{corrected[1:]}".rstrip()
        self.coverage.append(replace(coverage, note=note))
        return found

    def compared(self, seen: Sequence[_Seen]) -> tuple[Reading | None, tuple[Unforeseen, ...]]:
        """The changes against the reading from the day before the first of them."""
        first = min((one.work.steps[0].at for one in seen if one.work.steps), default=None)
        if self.spec is None or first is None:
            return None, ()
        begun = day_of(first)
        materials = [self._then(one, begun - timedelta(days=1)) for one in seen]
        reading = self._reading(self.spec, materials, begun - timedelta(days=1))
        new = [
            gone
            for one, material in zip(seen, materials, strict=True)
            for gone in self._unforeseen(one, material, reading, begun)
        ]
        return reading, tuple(sorted(new, key=lambda one: one.day.value))

    def _unforeseen(
        self, seen: _Seen, then: Material, reading: Reading, begun: date
    ) -> tuple[Unforeseen, ...]:
        from colead.underway import Seats, unforeseen

        touched = [one.touch for one in reading.touches]
        found, coverage = unforeseen(
            seen.work.steps,
            Seats(then.activity.codebase),
            {one.component for one in touched if one.repository == seen.name},
            begun=begun,
            today=self.today,
            ledger=self.ledger,
            repository=seen.name,
        )
        self.coverage.append(coverage)
        return found

    def _then(self, seen: _Seen, day: date) -> Material:
        """The repository at the commit that the changes started from, in a cache of its own."""
        earlier = self.stack.enter_context(seen.door.at(seen.work.base or seen.door.tip))
        opening = replace(self.opening, today=day, below="before")
        return replace(opening.seen(self.stack, earlier, set()), name=seen.name)

    def _reading(self, spec: Spec, materials: Sequence[Material], day: date) -> Reading:
        from colead import __version__
        from colead.checking import Request, read

        request = Request(spec=spec, today=day, made=datetime.now(UTC), version=__version__)
        return read(request, materials, rng=chance(spec.digest, materials, day))


def _built(seen: _Seen) -> Built:
    """What one repository's changes come to."""
    from colead.underway import Built, Seats

    work, seats = seen.work, Seats(seen.activity.codebase)
    parts = sorted(seats.by_part(work.paths).items(), key=lambda one: (-len(one[1]), one[0]))
    return Built(
        repository=seen.name,
        tip=seen.door.tip,
        base=work.base,
        meant=work.meant,
        against=work.against,
        commits=sum(1 for one in work.steps if one.ref),
        staged=work.staged,
        edited=work.edited,
        files=sum(len(files) for _, files in parts),
        parts=tuple(seats.name(key) for key, _ in parts),
        begun=day_of(work.steps[0].at).isoformat() if work.steps else "",
        notes=(*work.notes, *seen.notes),
    )
