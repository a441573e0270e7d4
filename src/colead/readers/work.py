"""Work: the changes that are meant by a branch, a range of commits or a ticket, read from a repository."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from colead.citing import end_of
from colead.efforts import SILENCE
from colead.errors import WrongUse
from colead.history import History
from colead.readers.git import Change, Commit, Door
from colead.readers.worktree import uncommitted
from colead.underway import Step

MOST_COMMITS = 5_000  # of a branch or range; a longer one is another line of work, and only its newest count
# Where a branch may have come from; of those that exist, the one it left last.
BASES = (
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/remotes/origin/develop",
    "refs/heads/main",
    "refs/heads/master",
    "refs/heads/develop",
)
TITLE = 300  # characters of a commit's first line
NO_BASE = "no main branch was found to compare with; name one: --diff BASE"


@dataclass(frozen=True)
class Work:
    """The changes of one repository that are meant."""

    meant: str  # "branch", "ticket" or "range"
    base: str  # full hash, "" for none
    against: str
    steps: tuple[Step, ...]  # commits or landings, oldest first
    paths: tuple[str, ...]  # all that is changed, also what is not committed
    under_way: frozenset[str] = frozenset()  # hashes that are no past yet
    staged: int = 0
    edited: int = 0
    notes: tuple[str, ...] = ()


def of_ticket(history: History, ticket: str) -> Work:
    """The newest run of landings that name the ticket; a silence of more than eight weeks parts runs."""
    named = ticket.strip().casefold()
    found = [n for n, one in enumerate(history.landings) if named in map(str.casefold, one.efforts)]
    if not found:
        raise nothing(f"no change here names {ticket!r}")
    run = [found.pop()]
    while found and history.landings[run[0]].at - history.landings[found[-1]].at <= SILENCE:
        run.insert(0, found.pop())
    steps = tuple(_landed(history, position) for position in run)
    notes = [f"{len(found)} older changes of the same name are left out"] if found else []
    return Work(
        meant="ticket",
        base=history.landings[run[0]].base,
        against=ticket.strip(),
        steps=steps,
        paths=_all_paths(steps),
        notes=tuple(notes),
    )


def _landed(history: History, position: int) -> Step:
    one = history.landings[position]
    first, last = history.change_landing.searchsorted([position, position + 1])
    paths = tuple(history.paths[file] for file in history.change_file[first:last].tolist())
    return Step(one.at, one.oid, one.title, paths)


def of_span(door: Door, span: str) -> Work:
    """What the second of two names has and the first has not."""
    start, dots, end = span.strip().partition("..")
    if not dots or end.startswith("."):
        raise WrongUse(
            "E02",
            f"--range {span!r} is not a range",
            why="a range is two names with two dots between them",
            hint="--range main..gift-notes",
        )
    old, new = door.resolve(start or "HEAD"), door.resolve(end or "HEAD")
    base = door.merge_base(old, new)
    steps, notes = _commits(door, new, base or old)
    if not steps:
        raise nothing(f"there is no change in the range {span!r}")
    return Work("range", base, span.strip(), steps, _all_paths(steps), notes=notes)


def of_branch(door: Door, name: str, today: date) -> Work:
    """The branch that HEAD is on since it left its base, and what is not committed yet."""
    base, against = _base(door, name)
    steps, notes = _commits(door, door.tip, base) if base else ((), (NO_BASE,))
    branch = [path for _, rows in door.changes([(door.tip, base)] if base else []) for path in _both(rows)]
    local = uncommitted(door)
    open_paths = [_text(one) for one in (*local.staged, *local.edited)]
    under_way = frozenset(one.ref for one in steps)
    if open_paths:
        latest = max([end_of(today) - 1, *(one.at for one in steps)])
        steps = (*steps, Step(latest, "", "", tuple(open_paths)))
    return Work(
        meant="branch",
        base=base or door.tip,
        against=against,
        steps=steps,
        paths=tuple(dict.fromkeys([*branch, *open_paths])),
        under_way=under_way,
        staged=len(local.staged),
        edited=len(local.edited),
        notes=(*notes, *local.notes),
    )


def _base(door: Door, name: str) -> tuple[str, str]:
    """The commit at which the branch left `name`, or the nearest main branch, and that one's name."""
    if name:
        base = door.merge_base(door.tip, door.resolve(name))
        return base, name if base else ""
    found = ("", "")
    for ref in BASES:
        held = door.holds(ref) if ref != door.branch else ""
        base = door.merge_base(door.tip, held) if held else ""
        if base and (not found[0] or (base != found[0] and door.is_ancestor(found[0], base))):
            found = base, ref.split("/", 2)[2]
    return found


def _commits(door: Door, new: str, old: str) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """The commits between two, oldest first, merges left out, and what was not looked at."""
    listed = list(islice(door.commits(new, old), MOST_COMMITS + 1))
    many = f"only the newest {MOST_COMMITS:,} commits were looked at"
    notes = (many,) if len(listed) > MOST_COMMITS else ()
    plain = [one for one in listed[:MOST_COMMITS] if len(one.parents) == 1]
    rows = door.changes((one.oid, one.parents[0]) for one in plain)
    steps = [_step(one, tuple(_both(changed))) for one, (_, changed) in zip(plain, rows, strict=True)]
    return tuple(sorted(steps, key=lambda one: one.at)), notes


def _step(commit: Commit, paths: tuple[str, ...]) -> Step:
    return Step(commit.at, commit.oid, commit.message.partition("\n")[0][:TITLE], paths)


def _both(rows: Iterable[Change]) -> list[str]:
    """The paths that the rows speak of, before and after a rename."""
    return [_text(path) for row in rows for path in (row.old_path, row.path) if path]


def _text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")


def _all_paths(steps: Sequence[Step]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path for one in steps for path in one.paths))


def nothing(what: str) -> WrongUse:
    """There is nothing that could be compared."""
    return WrongUse(
        "E38",
        what,
        why="the spec is held against the changes that were made for it",
        hint="colead check idea.md --ticket SHOP-12, --range main..gift-notes or --diff",
    )
