"""Grading: opens repositories, replays their past as it was, and keeps how far Colead is to be trusted there.

What every door calls for a backtest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from colead.look import Beside, Opening, PathLike, Progress, distinct, silent

if TYPE_CHECKING:
    from colead.activity import Activity
    from colead.backtest import Backtest, Case, Foreseen, Quarter, Replayed
    from colead.evidence import Coverage
    from colead.history import History, Landing
    from colead.readers.git import Door
    from colead.spec import Spec
    from colead.store import Store

MOMENTS, APART = 4, 90  # quarters looked back, days of one
BELOW = "backtest"  # folder in that of the caches: the past is kept apart, so that readings stay quick
SEED = 2026


def backtest(
    repos: PathLike | Sequence[PathLike] = ".",
    *,
    today: date | None = None,
    beside: Beside | None = None,
    cache: Path | None = None,
    progress: Progress = silent,
) -> Backtest:
    """Replay the past of one or several repositories, and say how far to trust Colead in each.

    Args:
        repos: folders inside git repositories, bare ones too.
        today: the day up to which the history is read; today by default.
        beside: texts that hold beside a repository's own settings files, by the folder in `repos`.
        cache: folder of the caches; later readings find the result there.
        progress: called with (done, total, what).

    Raises:
        ColeadError: with a code, what happened, why, and what to try.
    """
    from colead import __version__
    from colead.backtest import SCHEMA, Backtest
    from colead.readers.git import Door

    counted_from = today or datetime.now(UTC).date()
    opening = Opening(counted_from, "", cache, progress)
    told: list[Replayed] = []
    for where in [repos] if isinstance(repos, (str, Path)) else repos:
        with Door.open(where) as door:
            door.beside = (beside or {}).get(str(where), {})
            told.append(_graded(opening, door, {one.repository for one in told}))
    several = len(told) > 1
    return Backtest(
        schema=SCHEMA,
        version=__version__,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        today=counted_from.isoformat(),
        sentence=" ".join(f"{one.repository}: {one.sentence}" if several else one.sentence for one in told),
        repositories=tuple(told),
    )


def _graded(opening: Opening, door: Door, taken: set[str]) -> Replayed:
    def use(cache: Path | None, *more: str) -> Replayed:
        with ExitStack() as stack:
            return _Past.of(stack, opening, door, cache, distinct(door.name, taken), more).replayed()

    return opening.kept(use)


@dataclass(frozen=True)
class _Then:
    """A day of the past, and what came in the quarter after it."""

    day: date
    moment: int  # the first second after it
    activity: Activity
    after: tuple[Landing, ...]  # by people
    changed: Mapping[str, frozenset[str]]  # product files of that day, by landing


@dataclass(frozen=True)
class _Past:
    """One repository while it is replayed: its store, and one aside in which the past is read."""

    door: Door
    store: Store
    aside: Store
    name: str
    today: date
    progress: Progress
    whole: History
    notes: tuple[str, ...]

    @classmethod
    def of(
        cls,
        stack: ExitStack,
        opening: Opening,
        door: Door,
        cache: Path | None,
        name: str,
        notes: Sequence[str],
    ) -> _Past:
        """Open both stores and bring them up to date."""
        from colead.store import Store
        from colead.store.replayed import aside

        store = stack.enter_context(Store.open(door, cache))
        store.update(door, opening.progress)
        other = stack.enter_context(Store.open(door, cache / BELOW if cache else None))
        aside(store, other)
        other.update(door, opening.progress)
        whole = store.history().until(opening.today)
        said = (*door.notes, *store.notes, *other.notes, *notes)
        return cls(door, store, other, name, opening.today, opening.progress, whole, said)

    def replayed(self) -> Replayed:
        """Everything scored, told and kept."""
        import numpy as np

        from colead.backtest import Replayed, fragile, headline, paced, partnered, records, touched
        from colead.store.replayed import keep

        found: list[Foreseen] = []
        quarters: list[Quarter] = []
        days = [self._moment(one, found, quarters) for one in range(MOMENTS, 0, -1)]
        self.progress(MOMENTS, MOMENTS, "replaying pace and partners")
        now = self._now()
        touches = touched(found, [one for one in days if one])
        fragility, pace = fragile(quarters), paced(now, np.random.default_rng(SEED))
        partners = partnered(now)
        told = Replayed(
            repository=self.name,
            tip=self.door.tip,
            sentence=headline(touches),
            touches=touches,
            fragility=fragility,
            pace=pace,
            partners=partners,
            coverage=_coverage(len(found), touches, fragility, pace, partners),
            notes=self.notes,
        )
        keep(self.store, self.door.tip, self.today, records(told))
        return told

    def _now(self) -> Activity:
        from colead.activity import activity
        from colead.store.codebase import codebase

        return activity(self.whole, codebase(self.aside, self.door, self.progress))

    def _moment(self, back: int, found: list[Foreseen], quarters: list[Quarter]) -> date | None:
        """Replay one moment into the lists; its day, None where the repository was not there yet."""
        from colead.backtest import cases, foreseen, quarter
        from colead.store.index import index

        place = self._place(back)
        if place is None:
            return None
        day, tip = place
        with self.door.at(tip) as earlier:
            then = self._then(day, earlier)
            searched = index(self.aside, earlier, then.activity.codebase, self.progress)
            quarters += filter(None, [quarter(then.activity, _fixed(then), day)])
            before = then.activity.history.landings
            chosen = cases(then.after, then.changed, self._texts(then.after), before, then.moment)
            for number, case in enumerate(chosen):
                self.progress(number, len(chosen), f"replaying what followed {day.isoformat()}")
                found.append(foreseen(case, _as_spec(case), then.activity, searched, day))
        return day

    def _place(self, back: int) -> tuple[date, str] | None:
        """A day so many quarters ago, and the newest commit of the main line then."""
        from colead.citing import day_of, end_of
        from colead.store.replayed import tips

        if not self.whole.landings:
            return None
        day = day_of(self.whole.landings[-1].at) - timedelta(days=APART * back)
        tip = tips(self.aside, self.door.tip, [end_of(day)])[0]
        return (day, tip) if tip else None

    def _then(self, day: date, earlier: Door) -> _Then:
        """Tree and history as they were, and what people changed in the quarter after."""
        from colead.activity import activity
        from colead.citing import DAY, end_of
        from colead.history import Kind
        from colead.store.codebase import codebase
        from colead.store.index import Contents

        moment = end_of(day)
        cut = (Contents(self.aside, self.progress),)
        code = codebase(self.aside, earlier, self.progress, visitors=cut)
        after = tuple(
            one
            for one in self.whole.landings
            if moment <= one.at < moment + APART * DAY and one.kind is Kind.PERSON
        )
        there = {one.path for one in code.product}
        changed = dict(_changed(self.door, after, there))
        return _Then(day, moment, activity(self.aside.history(moment), code), after, changed)

    def _texts(self, landings: Sequence[Landing]) -> dict[str, tuple[str, str]]:
        wanted = {one.oid for one in landings}
        return {oid: (title, body) for oid, title, body in self.aside.messages() if oid in wanted}


def _changed(
    door: Door, landings: Sequence[Landing], there: set[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """The files, there before, that each landing changed."""
    for oid, rows in door.changes((one.oid, one.base) for one in landings):
        paths = ((row.old_path or row.path).decode("utf-8", "surrogateescape") for row in rows)
        yield oid, frozenset(path for path in paths if path in there)


def _fixed(then: _Then) -> list[str]:
    return [path for one in then.after if one.fix for path in then.changed.get(one.oid, ())]


def _as_spec(case: Case) -> Spec:
    """The words of a change, read as a spec is read."""
    from colead.readers.markdown import read_spec

    return read_spec(f"# {case.title}\n\n{case.body}\n".encode("utf-8", "replace"), "a past change")


def _coverage(landings: int, *scored: object) -> tuple[Coverage, ...]:
    """What could be scored, and why the rest could not."""
    from colead.evidence import Coverage, State

    why = (
        f"{landings} usable past changes, and at least 20 are needed",
        "no quarter of the last year has half a year before it and five fixed files",
        "fewer than five ranges could be held against what came",
        "fewer than five pairs of parts went together often enough",
    )
    names = ("touches", "fragility", "timeline", "partners")
    return tuple(
        Coverage(
            name, State.FINDING if one is not None else State.TOO_LITTLE, "" if one is not None else note
        )
        for name, note, one in zip(names, why, scored, strict=True)
    )
