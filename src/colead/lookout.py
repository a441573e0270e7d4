"""Lookout: opens a repository and tells where fixes are likely next.

What every door calls for an outlook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from colead.errors import WrongUse
from colead.look import Opening, PathLike, Progress, silent

if TYPE_CHECKING:
    from colead.activity import Activity
    from colead.codebase import Codebase, Component
    from colead.drag import Drag
    from colead.evidence import Coverage, Evidence
    from colead.outlook import Asked, Outlook, Place
    from colead.readers.git import Door
    from colead.store import Store
    from colead.store.imports import Given

NAMED = 6  # parts named to somebody who asked for none of them


def fragility(
    repo: PathLike = ".",
    part: str = "",
    *,
    files: bool = False,
    today: date | None = None,
    path: str = "",
    given: Given | None = None,
    cache: Path | None = None,
    progress: Progress = silent,
) -> Outlook:
    """Where fixes are likely in the next three months, and how often such a list was right here.

    Args:
        repo: a folder inside a git repository, a bare one too.
        part: tell the files of this part only: its name, its folder, or one of its files.
        files: tell files instead of parts.
        today: the day to count from and to read the history up to; today by default.
        path: look only at this subfolder.
        given: exports of issues and incidents, beside those that the repository's settings name.
        cache: folder of the caches; the platform's by default.
        progress: called with (done, total, what).

    Raises:
        ColeadError: with a code; E39 when `part` is nothing here.
    """
    from colead.readers.git import Door

    opening = Opening(today or datetime.now(UTC).date(), path, cache, progress, given=given)
    with Door.open(repo) as door:
        return opening.kept(
            lambda cache, *more: _told(opening, door, cache, lambda code: _asked(code, part, files), more)
        )[0]


@dataclass(frozen=True)
class System:
    """A repository part by part."""

    outlook: Outlook  # of every part, and what features that changed it brought along
    components: tuple[Component, ...]

    @property
    def first(self) -> Outlook:
        """The outlook as `fragility` tells it: the first parts alone, without what only the others cite."""
        from colead.outlook.told import MOST

        first, rest = self.outlook.places[:MOST], self.outlook.places[MOST:]
        kept = {each for one in first for each in cited(one)}
        gone = {each for one in rest for each in cited(one)} | {
            one.times.evidence for one in self.outlook.drags
        }
        rows = tuple(one for one in self.outlook.evidence if one.id in kept or one.id not in gone)
        return replace(
            self.outlook, places=first, more=self.outlook.more + len(rest), drags=(), evidence=rows
        )


def cited(place: Place) -> Iterator[str]:
    """The rows of evidence that a place opens."""
    figures = (place.expected, place.chance, place.lines, place.changed, place.fixes)
    yield from (one.evidence for one in figures)
    yield from (one.came.evidence for one in place.seasons)
    if place.incidents:
        yield place.incidents.count.evidence


def system(
    repo: PathLike,
    *,
    today: date,
    beside: Mapping[str, bytes] | None = None,
    cache: Path | None = None,
    progress: Progress = silent,
) -> System:
    """Every part of a repository, with what `fragility` tells of all of them and of each alone.

    Args:
        repo: a folder inside a git repository, a bare one too.
        today: the day to count from and to read the history up to.
        beside: texts that hold beside its own settings files, by their path.
        cache: folder of the caches; the platform's by default.
        progress: called with (done, total, what).

    Raises:
        ColeadError: with a code.
    """
    from colead.outlook import Asked
    from colead.readers.git import Door

    opening = Opening(today, "", cache, progress)
    with Door.open(repo) as door:
        door.beside = beside or {}
        told, code = opening.kept(
            lambda cache, *more: _told(opening, door, cache, lambda code: Asked(every=True), more)
        )
    return System(told, code.components)


def _told(
    opening: Opening,
    door: Door,
    cache: Path | None,
    wanted: Callable[[Codebase], Asked],
    more: Sequence[str],
) -> tuple[Outlook, Codebase]:
    from colead import __version__
    from colead.activity import activity
    from colead.evidence import replayed
    from colead.forge import opened
    from colead.outlook import SCHEMA, Outlook, outlook
    from colead.store import Store
    from colead.store.codebase import codebase
    from colead.store.corrections import commits
    from colead.store.imports import imported
    from colead.struck import Tolls

    with Store.open(door, cache) as store:
        store.update(door, opening.progress)
        code = codebase(store, door, opening.progress, under=opening.path)
        past, notes = store.history().until(opening.today), (*door.notes, *store.notes, *more)
        seen, asked = activity(past, code), wanted(code)
        drags, covered, counted = _drags(store, seen, asked, door)
    handed = imported(door, opening.given).until(opening.today)
    tolls = Tolls(handed.incidents, code, opening.today, door.name)
    found = outlook(seen, asked, today=opening.today, repository=door.name, tolls=tolls)
    record = found.record.sentence if found.record else ""
    rows = replayed(found.evidence, {door.name: {"F01": record, "F02": record}} if record else {})
    told = Outlook(
        schema=SCHEMA,
        version=__version__,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        today=opening.today.isoformat(),
        repository=door.name,
        tip=door.tip,
        within=asked.path or (code.by_key[asked.component].name if asked.component is not None else ""),
        sentence=found.sentence,
        places=found.places,
        more=found.more,
        plots=found.plots,
        record=found.record,
        drags=drags,
        coverage=(found.coverage, *covered, *([tolls.coverage] if handed.incidents else [])),
        evidence=opened((*rows, *counted), {door.name: commits(door)}),
        notes=tuple(filter(None, (*notes, *handed.notes, code.coverage))),
    )
    return told, code


def _drags(
    store: Store, seen: Activity, asked: Asked, door: Door
) -> tuple[tuple[Drag, ...], tuple[Coverage, ...], tuple[Evidence, ...]]:
    """What features that changed a part brought along; nothing where neither one nor each is asked about."""
    from colead import __version__
    from colead.balancing import shipped, weighed
    from colead.citing import DAY
    from colead.drag import YEARS, Drags
    from colead.evidence import Ledger
    from colead.kinds import kinds
    from colead.store.kinds import kept

    part = asked.component
    if (part is None and not asked.every) or not seen.history.landings:
        return (), (), ()
    start = int(seen.history.at[-1]) - YEARS * 365 * DAY
    stretch = f"{__version__} {weighed()} {door.tip} {len(seen.history.landings)} {start}"
    known = kept(store, stretch, lambda: kinds(seen.history, shipped(), start))
    ledger, drags = Ledger(), Drags(seen, known, door.name)
    if part is None:
        every = (drags.of(one.key, ledger)[0] for one in seen.codebase.components if one.key)
        return tuple(filter(None, every)), (), ledger.table()
    own, coverage = drags.of(part, ledger)
    schema = drags.of("", ledger)[0] if own is None and drags.holds_schema(part) else None
    return tuple(filter(None, (own, schema))), (coverage,), ledger.table()


def _asked(code: Codebase, part: str, files: bool) -> Asked:
    from colead.outlook import Asked

    if not part:
        return Asked(files=files)
    from colead.correction import place

    found = place(part, code)
    if found is None:
        named = ", ".join(repr(one.name) for one in code.components[:NAMED])
        more = " ..." if len(code.components) > NAMED else ""
        raise WrongUse(
            "E39",
            f"{part!r} is no part and no file here, or more than one",
            why=f"the parts are {named}{more}" if named else "there is no product source here",
            hint="write a part's name, its folder, or a file's path, as in services/checkout",
        )
    return Asked(found[0], found[1], files=True)
