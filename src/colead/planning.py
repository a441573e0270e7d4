"""Planning: opens repositories and tells what the coming ideas will probably meet; writes a repair down.

What every door calls for a look ahead.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from colead.balancing import agreed_in, audited_in, shipped
from colead.errors import ColeadError, DateError, RepositoryError, WrongUse
from colead.look import Beside, Opening, PathLike, Progress, chance, silent, spec_bytes

if TYPE_CHECKING:
    from colead.ahead import Ahead, Estimate, Ground, Repair
    from colead.balance import Agreed
    from colead.checking import Material
    from colead.codebase import Codebase
    from colead.readers.git import Door

MOST = 40  # specs at once
NAMED = 6  # parts named to somebody who named none of them
YEAR = 365


def ahead(
    specs: Sequence[PathLike] = (),
    repos: PathLike | Sequence[PathLike] = ".",
    *,
    texts: Mapping[str, str] | None = None,
    today: date | None = None,
    share: float | None = None,
    beside: Beside | None = None,
    cache: Path | None = None,
    progress: Progress = silent,
) -> Ahead:
    """What the coming ideas will probably meet, the room kept for health, and the repairs written down.

    Args:
        specs: files, one idea each; none for the reserve and the repairs alone.
        repos: folders inside git repositories, bare ones too.
        texts: ideas after those in files, as Markdown, by what they are called as a source.
        today: the day to count from and to read the history up to; today by default.
        share: the share of health that is agreed, of 1; by default what the first one's settings say.
        beside: texts that hold beside a repository's own settings files, by the folder in `repos`.
        cache: folder of the caches; the platform's by default.
        progress: called with (done, total, what) while something takes long.

    Raises:
        ColeadError: with a code, what happened, why, and what to try.
    """
    from colead import __version__
    from colead.ahead import SCHEMA, Looking, look_ahead
    from colead.readers.git import Door
    from colead.readers.markdown import read_spec

    told = texts or {}
    _refuse_many(len(specs) + len(told))
    read = [read_spec(*spec_bytes(one, None, "")) for one in specs]
    read += [read_spec(*spec_bytes(None, text, source)) for source, text in told.items()]
    day = today or datetime.now(UTC).date()
    opening = Opening(day, "", cache, progress)
    with ExitStack() as stack:
        doors: list[Door] = []
        materials: list[Material] = []
        for place in _places(repos):
            doors.append(stack.enter_context(Door.open(place)))
            doors[-1].beside = (beside or {}).get(str(place), {})
            materials.append(opening.seen(stack, doors[-1], {one.name for one in materials}))
        agreed = agreed_in(doors[0], share)
        looking = Looking(
            specs=read,
            grounds=[_ground(one, door, day, agreed) for one, door in zip(materials, doors, strict=True)],
            agreed=agreed,
            today=day,
            rng=chance("".join(one.digest for one in read), materials, day),
        )
        made = datetime.now(UTC).isoformat(timespec="seconds")
        return look_ahead(looking, version=__version__, made=made, schema=SCHEMA)


def _refuse_many(count: int) -> None:
    if count > MOST:
        raise WrongUse(
            "E01",
            f"{count:,} specs were given",
            why=f"at most {MOST} ideas are held against each other",
            hint="name those of the coming weeks",
        )


def _places(repos: PathLike | Sequence[PathLike]) -> list[PathLike]:
    return [repos] if isinstance(repos, (str, Path)) else list(repos)


def _ground(one: Material, door: Door, day: date, agreed: Agreed) -> Ground:
    from colead.ahead import FILE, Ground
    from colead.citing import DAY
    from colead.kinds import kinds
    from colead.pace import Known
    from colead.readers.reserve import read_reserve
    from colead.store.corrections import settings_text

    known, history = Known.of([one.activity], day), one.activity.history
    found = kinds(history, shipped(), known.end - YEAR * DAY)
    audit = audited_in(door, history, day, found, agreed)
    return Ground(
        name=one.name,
        activity=one.activity,
        index=one.index,
        kinds=audit.kinds if audit else found,
        audit=audit,
        lessons=one.lessons,
        repairs=read_reserve(settings_text(door, FILE)),
        notes=one.notes,
        records=one.records,
        page=one.page,
    )


def foretold(
    written: Mapping[PathLike, Sequence[Repair]],
    *,
    today: date | None = None,
    beside: Beside | None = None,
    cache: Path | None = None,
    progress: Progress = silent,
) -> list[list[Estimate]]:
    """What repairs that are kept elsewhere let expect, and what came: of each folder, in the order given.

    Args:
        written: by folder inside a git repository, repairs of parts of it.
        today: the day up to which the history is read; today by default.
        beside: texts that hold beside a repository's own settings files, by folder.
        cache: folder of the caches; the platform's by default.
        progress: called with (done, total, what) while something takes long.

    Raises:
        ColeadError: with a code, what happened, why, and what to try.
    """
    from colead.ahead import Repairs
    from colead.evidence import Ledger
    from colead.pace import Known

    day = today or datetime.now(UTC).date()
    opening = Opening(day, "", cache, progress, beside=beside or {})
    with opening.materials(list(written)) as materials:
        desks = [
            Repairs(one.activity, Known.of([one.activity], day), one.name, Ledger()) for one in materials
        ]
        return [
            [desk.told(one) for one in repairs] for desk, repairs in zip(desks, written.values(), strict=True)
        ]


# --- a repair, written down ---------------------------------------------------------------------


def repair(
    said: Repair,
    repos: PathLike | Sequence[PathLike] = ".",
    *,
    cache: Path | None = None,
    progress: Progress = silent,
) -> str:
    """Keep a repair with its estimate in `.colead/reserve.yml` and return the entry as YAML.

    Args:
        said: what a person says; `part` is a part's name, key or folder.
        repos: as for `ahead`; it is kept where the part is.

    The file is written whole or not at all, in the work tree and nowhere else.

    Raises:
        ColeadError: E39 when `part` is none here, E04 when its dates are off, E19 without a work tree,
            E07 or E45 when the file cannot be written or added to.
    """
    from colead.readers.git import Door

    _refuse_dates(said)
    opening, homes, names = Opening(said.on, "", cache, progress), list[tuple[Door, str]](), list[str]()
    with ExitStack() as stack:
        for where in _places(repos):
            door = stack.enter_context(Door.open(where))
            code = opening.kept(partial(_codebase, door, progress))
            homes += [(door, name) for name in _named(said.part, code)]
            names += [one.name for one in code.components]
        if len(homes) != 1:
            raise _no_part(said.part, names, len(homes))
        return _kept(homes[0][0], replace(said, part=homes[0][1]))


def _codebase(door: Door, progress: Progress, cache: Path | None, *more: str) -> Codebase:
    from colead.store import Store
    from colead.store.codebase import codebase

    with Store.open(door, cache) as store:
        store.update(door, progress)
        return codebase(store, door, progress)


def _named(part: str, code: Codebase) -> list[str]:
    """What to call the part that is meant, where it is here: its name, or its key where that is clearer."""
    from colead.correction import place

    found = place(part, code)
    if found is None:
        return []
    name = code.by_key[found[0]].name
    return [name if place(name, code) == (found[0], "") else found[0]]


def _refuse_dates(said: Repair) -> None:
    from colead.ahead import latest
    from colead.citing import days_after

    if said.on < said.until <= latest(said.on):
        return
    off = "is not ahead of" if said.until <= said.on else "is more than a year after"
    raise DateError(
        "E04",
        f"--until {said.until.isoformat()} {off} {said.on.isoformat()}",
        why="fixes are counted from the day an estimate is given, for a year at most",
        hint=f"--until {days_after(said.on, 90).isoformat()}",
    )


def _no_part(part: str, names: Sequence[str], count: int) -> WrongUse:
    named = ", ".join(map(repr, names[:NAMED])) + (" ..." if len(names) > NAMED else "")
    return WrongUse(
        "E39",
        f"{part!r} is {'in several repositories' if count else 'no part here, or more than one'}",
        why=f"the parts are {named}" if names else "there is no product source here",
        hint="write a part's name or its folder, as in services/checkout",
    )


def _kept(door: Door, said: Repair) -> str:
    from colead.ahead import FILE
    from colead.store.corrections import settings_text
    from colead.writers.kept import keep
    from colead.writers.reserve import added, entry, entry_line

    if door.root is None or not door.root.is_dir():
        raise RepositoryError(
            "E19",
            f"{door.name!r} has no work tree to write to",
            why=f"repairs are kept in {FILE} of a work tree, so that they are reviewed like code",
            hint=f"in a clone with a work tree, put this below 'repairs:' there: {entry_line(said)}",
        )
    before = settings_text(door, FILE).decode("utf-8", "replace")
    forms = (added(before, said, by) for by in ("  ", ""))
    told = next((text for text in forms if _holds(before, text, said)), "")
    if not told:
        raise WrongUse(
            "E45",
            f"{FILE} could not be added to",
            why="its list does not end the file, is full, or the entry cannot be told on a line",
            hint=f"put this below 'repairs:' there by hand: {entry_line(said)}",
        )
    try:
        keep(os.fsencode(door.root), FILE, told)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        hint = f"look at its folder and its permissions, or paste: {entry_line(said)}"
        raise WrongUse("E07", f"{FILE} could not be written", why=why, hint=hint) from error
    return entry(said)


def _holds(before: str, after: str, new: Repair) -> bool:
    """Whether the text says what was said before and the new repair, and nothing else."""
    from colead.readers.reserve import read_reserve

    old = [replace(one, line=0) for one in read_reserve(before.encode())]
    try:
        now = [replace(one, line=0) for one in read_reserve(after.encode())]
    except ColeadError:
        return False
    return now == [*old, replace(new, line=0)]
