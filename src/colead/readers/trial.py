"""Trial: what the branch of a prototype changed since it left the main line."""

from __future__ import annotations

from itertools import islice

from colead.citing import day_of
from colead.codebase import Codebase
from colead.errors import RepositoryError, WrongUse
from colead.readers.git import Door
from colead.readers.work import BASES
from colead.touch import Tried
from colead.underway import Seats

LARGEST = 5_000  # files; a branch that changes more is no prototype


def trial(door: Door, branch: str, code: Codebase) -> Tried | None:
    """What the branch changed; None where the repository has no such branch. E47 where it is none."""
    try:
        tip = door.resolve(branch)
    except RepositoryError:
        return None
    base = _left_at(door, tip)
    rows = [row for _, changed in door.changes([(tip, base)] if base else []) for row in changed]
    if not rows or len(rows) > LARGEST:
        raise _none(branch, "it changes nothing" if not rows else f"it changes more than {LARGEST:,} files")
    both = (path for row in rows for path in (row.old_path, row.path) if path)
    paths = [path.decode("utf-8", "surrogateescape") for path in both]
    newest = next(islice(door.commits(tip, base), 1))
    seats = Seats(code)
    files = {key: tuple(found) for key, found in seats.by_part(paths).items()}
    return Tried(branch, tip, day_of(newest.at), files)


def _left_at(door: Door, tip: str) -> str:
    """Where a branch left the line that HEAD is on; where HEAD is on it, the nearest main line."""
    base = door.merge_base(door.tip, tip)
    if base != tip:
        return base
    held = [one for one in map(door.holds, BASES) if one]
    found = [one for one in (door.merge_base(tip, each) for each in held) if one and one != tip]
    return found[0] if found else ""


def absent(branch: str) -> WrongUse:
    """No repository has the branch."""
    return _none(branch, "no branch of this name is in any of the repositories")


def _none(branch: str, why: str) -> WrongUse:
    return WrongUse(
        "E47", f"{branch!r} is no prototype", why=why,
        hint="name the branch as git does, and look at what it changes: git diff main...BRANCH",
    )  # fmt: skip
