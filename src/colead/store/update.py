"""Update: reads what is new in a repository into its store, inside one transaction.

Only commits that the store does not know are read, only landings that it does
not know are diffed. The walk over the whole graph is done anew each time, on
numbers (a tenth of a second for 40,000 commits): so a merge that gives old
commits another meaning, a rewind and a rewrite all end as if everything had
been read at once.
"""

from __future__ import annotations

import re
import sqlite3
import time
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from colead.codebase import role_of
from colead.history import Kind
from colead.history.kind import (
    LOCKED, all_bots, branch_numbers, efforts_of, is_bot, is_bot_branch, is_fix, is_lock, kind_of, title_of,
)  # fmt: skip
from colead.history.landing import Graph, Step, walk
from colead.history.pull import Claim, Pull, is_mainline, read_pull
from colead.store.store import Progress, Updated

if TYPE_CHECKING:
    from colead.readers.git import Change, Commit, Door

T = TypeVar("T")
BODY_KEPT = 4096  # bytes of a message's body that are kept
BATCH = 1000  # rows that are written together
TICK = 0.1  # seconds between two reports of progress

_COMMIT = "INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_MESSAGE = "INSERT INTO messages VALUES (?, ?, ?, ?)"
_LANDING = "INSERT OR REPLACE INTO landings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def bring_up(connection: sqlite3.Connection, door: Door, state: str, progress: Progress) -> Updated:
    """Read what is new; the caller has begun the transaction and commits it."""
    facts = dict(connection.execute("SELECT key, value FROM facts").fetchall())
    tip, old = door.tip, facts.get("state", "").partition(" ")[0]
    if facts.get("state", "").partition(" ")[2] != state.partition(" ")[2]:
        _forget(connection)  # the clone was deepened or cut: the same commits have other parents now
        old = ""
    since = old if old and door.is_ancestor(old, tip) else None
    numbers, read = _read_commits(connection, door, since, _Ticker(progress))
    graph = _graph(connection)
    if old and since is None:
        _prune(connection, graph, numbers[bytes.fromhex(tip)])
    steps = walk(graph, numbers[bytes.fromhex(tip)])
    told, vanished = _Telling(connection, door, numbers, _Ticker(progress)).settle(steps)
    new = {"state": state, "total": str(len(steps)), "coverage": _coverage(door)}
    connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", new.items())
    return Updated(read, told, vanished, len(steps))


def _coverage(door: Door) -> str:
    return "shallow: history before the boundary of this clone is not here" if door.shallow else ""


def _forget(connection: sqlite3.Connection) -> None:
    for table in ("commits", "messages", "changes", "landings"):
        connection.execute(f"DELETE FROM {table}")


@dataclass
class _Ticker:
    """Passes progress on, at most every TICK seconds."""

    progress: Progress
    last: float = field(default_factory=time.monotonic)

    def __call__(self, done: int, total: int, what: str) -> None:
        if (now := time.monotonic()) - self.last >= TICK:
            self.last = now
            self.progress(done, total, what)


def _read_commits(
    connection: sqlite3.Connection, door: Door, since: str | None, tick: _Ticker
) -> tuple[dict[bytes, int], int]:
    """Write the commits that are new; returns the number of each hash and how many were read."""
    numbers: dict[bytes, int] = dict(connection.execute("SELECT oid, id FROM commits"))
    last = connection.execute("SELECT max(max(id), max(first), max(second)) FROM commits").fetchone()[0] or 0
    last = max([last, *numbers.values()])
    read = 0
    for batch in _batches(_new(door, since, numbers, last)):
        connection.executemany(_COMMIT, (row for row, _ in batch))
        connection.executemany(_MESSAGE, (message for _, message in batch))
        read += len(batch)
        tick(read, 0, "reading commits")
    return numbers, read


CommitRow = tuple[int, bytes, int, int, str | None, int, int, int, int, bool, bool, str | None]
MessageRow = tuple[int, bytes, bytes, bytes]


def _new(
    door: Door, since: str | None, numbers: dict[bytes, int], last: int
) -> Iterator[tuple[CommitRow, MessageRow]]:
    """Rows of the commits with numbers above `last`; parents get their number when they are first named."""
    spare = iter(range(last + 1, 1 << 31))

    def number(oid: str) -> int:
        raw = bytes.fromhex(oid)
        if raw not in numbers:
            numbers[raw] = next(spare)
        return numbers[raw]

    for commit in door.commits(door.tip, since):
        own = number(commit.oid)
        if own > last:
            yield _rows(commit, own, [number(parent) for parent in dict.fromkeys(commit.parents)])


def _rows(commit: Commit, own: int, parents: Sequence[int]) -> tuple[CommitRow, MessageRow]:
    merge = len(parents) > 1
    pull = read_pull(commit.message, merge=merge)
    body = _body(commit.message, pull)
    first, second, *more = [*parents, 0, 0][: max(2, len(parents))]
    opens = merge and not pull.number and is_mainline(pull.branch)
    bot = is_bot(commit.author, commit.email) or is_bot_branch(pull.branch)
    row: CommitRow = (
        own, bytes.fromhex(commit.oid), first, second, " ".join(map(str, more)) or None, commit.at,
        pull.number, int(pull.claim), _echo(pull, commit), opens, bot, _issues(pull, body),
    )  # fmt: skip
    return row, (own, _raw(pull.title), _raw(pull.branch), _raw(body)[:BODY_KEPT])


def _body(message: str, pull: Pull) -> str:
    """What stands below the title; a pull request's title, which is its first line, is not said twice."""
    body = message.lstrip("\n").partition("\n")[2].strip()
    first, _, rest = body.partition("\n")
    return (rest.strip() if first.strip() == pull.title else body)[: 2 * BODY_KEPT]


def _echo(pull: Pull, commit: Commit) -> int:
    said = _raw(f"{pull.title}\n{commit.email}")
    return int.from_bytes(blake2b(said, digest_size=7).digest(), "big")


def _issues(pull: Pull, body: str) -> str | None:
    """Numbers that a pull request's merge calls its issues: what it closes, what its branch is named after."""
    if pull.claim != Claim.MERGE:
        return None
    closes = [
        key[1:] for key in efforts_of(pull.title, body, pull.branch) if re.fullmatch(r"#[0-9]{1,9}", key)
    ]
    return " ".join(dict.fromkeys([*closes, *map(str, branch_numbers(pull.branch))])) or None


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _graph(connection: sqlite3.Connection) -> Graph:
    """The commit graph in columns, from the store."""
    size = (
        connection.execute("SELECT max(max(id), max(first), max(second)) FROM commits").fetchone()[0] or 0
    ) + 1
    parents: list[tuple[int, ...] | None] = [None] * size
    pull, claim, echo = [0] * size, [0] * size, [0] * size
    rows = connection.execute("SELECT id, first, second, more, pull, claim, echo FROM commits")
    for own, first, second, more, number, sure, said in rows:
        parents[own] = (first, second) if second else (first,) if first else ()
        if more:
            parents[own] = (first, second, *map(int, more.split()))
        pull[own], claim[own], echo[own] = number, sure, said
    opens = frozenset(row[0] for row in connection.execute("SELECT id FROM commits WHERE opens"))
    named = connection.execute("SELECT id, issues FROM commits WHERE issues IS NOT NULL")
    return Graph(
        parents, pull, claim, echo, opens, {own: frozenset(map(int, said.split())) for own, said in named}
    )


def _prune(connection: sqlite3.Connection, graph: Graph, tip: int) -> None:
    """Forget commits that cannot be reached any more."""
    kept = bytearray(len(graph.parents))
    kept[tip] = 1
    open_ends = [tip]
    while open_ends:
        for parent in graph.parents[open_ends.pop()] or ():
            if not kept[parent]:
                kept[parent] = 1
                open_ends.append(parent)
    gone = [(own,) for own, known in enumerate(graph.parents) if known is not None and not kept[own]]
    connection.executemany("DELETE FROM commits WHERE id = ?", gone)
    connection.executemany("DELETE FROM messages WHERE id = ?", gone)


class _Telling:
    """Makes the landings of the store equal to the steps of the walk."""

    def __init__(
        self, connection: sqlite3.Connection, door: Door, numbers: dict[bytes, int], tick: _Ticker
    ) -> None:
        self.connection, self.door, self.tick = connection, door, tick
        self.oid = {number: raw for raw, number in numbers.items()}
        self.path_number: dict[bytes, int] = {}
        self.roles: list[str] = []  # by path number

    def settle(self, steps: Sequence[Step]) -> tuple[int, int]:
        """Returns how many landings were told (anew) and how many vanished."""
        stored = self._stored()
        gone = [(own,) for own in stored.keys() - {step.commit for step in steps}]
        self.connection.executemany("DELETE FROM landings WHERE id = ?", gone)
        self._move(steps, stored)
        changed = [
            (place, step)
            for place, step in enumerate(steps)
            if stored.get(step.commit, (0,))[1:] != _key(step)
        ]
        gone += [(step.commit,) for _, step in changed if step.carrier]
        self.connection.executemany("DELETE FROM changes WHERE id = ?", gone)
        if changed:
            self._tell_all(changed)
        return len(changed), sum(own not in {step.commit for step in steps} for (own,) in gone)

    def _stored(self) -> dict[int, tuple[int, bool, int, bool, str]]:
        rows = self.connection.execute("SELECT id, place, kind, pull, shared, inner FROM landings")
        return {
            own: (place, kind == Kind.CARRIER, pull, bool(shared), inner)
            for own, place, kind, pull, shared, inner in rows
        }

    def _move(self, steps: Sequence[Step], stored: dict[int, tuple[int, bool, int, bool, str]]) -> None:
        """Give landings that stay what they are their new place, where an insertion or a rewind moved them."""
        moved = (
            (place, step.commit)
            for place, step in enumerate(steps)
            if step.commit in stored and stored[step.commit][0] != place
        )
        self.connection.executemany("UPDATE landings SET place = ? WHERE id = ?", moved)

    def _tell_all(self, changed: Sequence[tuple[int, Step]]) -> None:
        """Diff what was never diffed, then write each landing."""
        for (path,) in self.connection.execute("SELECT path FROM paths ORDER BY id"):
            self._seat(path)
        known = {row[0] for row in self.connection.execute("SELECT id FROM changes")}
        self._diff([step for _, step in changed if not step.carrier and step.commit not in known], len(known))
        for batch in _batches(self._row(place, step) for place, step in changed):
            self.connection.executemany(_LANDING, batch)

    def _diff(self, steps: Sequence[Step], known: int) -> None:
        pairs = (
            (self.oid[step.commit].hex(), self.oid[step.base].hex() if step.base else "") for step in steps
        )
        before, done = len(self.roles), 0
        named = zip(steps, self.door.changes(pairs), strict=True)
        for batch in _batches((step.commit, self._pack(files)) for step, (_, files) in named):
            self.connection.executemany("INSERT INTO changes VALUES (?, ?)", batch)
            done += len(batch)
            self.tick(done, len(steps), "reading what each landing changed")
        fresh = islice(self.path_number.items(), before, None)
        self.connection.executemany("INSERT INTO paths VALUES (?, ?)", ((own, path) for path, own in fresh))

    def _seat(self, path: bytes) -> int:
        if path not in self.path_number:
            self.path_number[path] = len(self.roles)
            text = _text(path)
            self.roles.append(LOCKED if is_lock(text) else role_of(text).value)
        return self.path_number[path]

    def _pack(self, files: Iterable[Change]) -> bytes:
        """Changes as 32-bit integers, three per file."""
        packed = array("i")
        for one in files:
            old = self._seat(one.old_path) if one.old_path else -1
            packed.extend((self._seat(one.path), old, ord(one.status)))
        return packed.tobytes()

    def _row(self, place: int, step: Step) -> tuple[object, ...]:
        title, branch, body = self._message(step.commit)
        inner = [self._message(one)[0] for one in step.inner] if step.inner else []
        title = title_of(title, inner)
        files = array("i", self._files(step))
        kind = Kind.CARRIER if step.carrier else self._kind(step, title, branch, files)
        efforts = list(efforts_of(title, body, branch)) + (
            [f"#{step.pull}"] if step.shared and step.pull else []
        )
        return (
            step.commit, place, step.base, step.pull, step.shared, kind.value, is_fix(title), len(files) // 3,
            _raw(title), _raw("\n".join(dict.fromkeys(efforts))), " ".join(map(str, step.inner)),
        )  # fmt: skip

    def _kind(self, step: Step, title: str, branch: str, files: Sequence[int]) -> Kind:
        makers = [self._bot(one) for one in step.inner]
        roles = [self.roles[path] for path in files[::3]]
        return kind_of(bot=all_bots(makers, self._bot(step.commit)), title=title, branch=branch, roles=roles)

    def _message(self, commit: int) -> tuple[str, str, str]:
        row = self.connection.execute(
            "SELECT title, branch, body FROM messages WHERE id = ?", (commit,)
        ).fetchone()
        return (_text(row[0]), _text(row[1]), _text(row[2]))

    def _bot(self, commit: int) -> bool:
        return bool(self.connection.execute("SELECT bot FROM commits WHERE id = ?", (commit,)).fetchone()[0])

    def _files(self, step: Step) -> bytes:
        row = self.connection.execute("SELECT files FROM changes WHERE id = ?", (step.commit,)).fetchone()
        return b"" if row is None else bytes(row[0])


def _key(step: Step) -> tuple[bool, int, bool, str]:
    return (step.carrier, step.pull, step.shared, " ".join(map(str, step.inner)))


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    flow = iter(rows)
    while batch := list(islice(flow, BATCH)):
        yield batch
