"""Landings of a store: makes its rows equal to what the walk found, diffing only what was never diffed."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from colead.codebase import Role, role_of
from colead.history import Kind
from colead.history.kind import LOCKED, all_bots, efforts_of, is_fix, is_lock, kind_of, title_of
from colead.history.landing import Step
from colead.store.rows import Ticker, batches, raw, text

if TYPE_CHECKING:
    from colead.readers.git import Change, Door

Placed = tuple[int, Step]
Told = tuple[bool, int, int, str]  # what a stored landing must agree with its step in
_LANDING = "INSERT OR REPLACE INTO landings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_MESSAGE = "SELECT title, branch, body FROM messages WHERE id = ?"


def settle(
    connection: sqlite3.Connection, door: Door, hashes: dict[int, bytes], steps: Sequence[Step], tick: Ticker
) -> tuple[int, int]:
    """Make the landings equal to the steps; returns how many were told anew and how many vanished."""
    stored = {
        own: (place, (kind == Kind.CARRIER, pull, issue, inner))
        for own, place, kind, pull, issue, inner in connection.execute(
            "SELECT id, place, kind, pull, issue, inner FROM landings"
        )
    }
    vanished = [(own,) for own in stored.keys() - {step.commit for step in steps}]
    connection.executemany("DELETE FROM landings WHERE id = ?", vanished)
    connection.executemany("DELETE FROM changes WHERE id = ?", vanished)
    anew = [(place, step) for place, step in enumerate(steps) if _differs(step, stored)]
    moved = (
        (place, step.commit)
        for place, step in enumerate(steps)
        if step.commit in stored and stored[step.commit][0] != place
    )
    connection.executemany("UPDATE landings SET place = ? WHERE id = ?", moved)
    if anew:
        _tell(connection, door, hashes, anew, tick)
    return len(anew), len(vanished)


def _differs(step: Step, stored: dict[int, tuple[int, Told]]) -> bool:
    return step.commit not in stored or stored[step.commit][1] != (
        step.carrier, step.pull, step.issue, " ".join(map(str, step.inner)),
    )  # fmt: skip


def _tell(
    connection: sqlite3.Connection, door: Door, hashes: dict[int, bytes], anew: Sequence[Placed], tick: Ticker
) -> None:
    """Diff and write these landings."""
    carriers = ((step.commit,) for _, step in anew if step.carrier)
    connection.executemany("DELETE FROM changes WHERE id = ?", carriers)
    known = {row[0] for row in connection.execute("SELECT id FROM changes")}
    paths = _Paths(connection)
    _diff(
        connection,
        door,
        hashes,
        paths,
        [one for _, one in anew if not one.carrier and one.commit not in known],
        tick,
    )
    paths.save()
    done = 0
    for batch in batches(anew):
        connection.executemany(_LANDING, [_row(connection, paths, place, step) for place, step in batch])
        done += len(batch)
        tick(done, len(anew), "telling landings apart")


def _diff(
    connection: sqlite3.Connection,
    door: Door,
    hashes: dict[int, bytes],
    paths: _Paths,
    steps: Sequence[Step],
    tick: Ticker,
) -> None:
    pairs = ((hashes[one.commit].hex(), hashes[one.base].hex() if one.base else "") for one in steps)
    done = 0
    found = zip(steps, door.changes(pairs), strict=True)
    for batch in batches((step.commit, paths.pack(files)) for step, (_, files) in found):
        connection.executemany("INSERT INTO changes VALUES (?, ?)", batch)
        done += len(batch)
        tick(done, len(steps), "reading what each landing changed")


class _Paths:
    """Paths by number, as the store keeps them, and what each is for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.number: dict[bytes, int] = {}
        self.roles: list[str] = []
        for (path,) in connection.execute("SELECT path FROM paths ORDER BY id"):
            self.seat(path)
        self.saved = len(self.roles)

    def seat(self, path: bytes) -> int:
        """The number of a path."""
        if path not in self.number:
            self.number[path] = len(self.roles)
            said = text(path)
            self.roles.append(LOCKED if is_lock(said) else role_of(said).value)
        return self.number[path]

    def pack(self, files: Iterable[Change]) -> bytes:
        """Changes as 32-bit integers, three per file."""
        packed = array("i")
        for one in files:
            old = self.seat(one.old_path) if one.old_path else -1
            packed.extend((self.seat(one.path), old, ord(one.status)))
        return packed.tobytes()

    def save(self) -> None:
        """Write the paths that are new."""
        fresh = islice(self.number.items(), self.saved, None)
        self.connection.executemany("INSERT INTO paths VALUES (?, ?)", ((own, path) for path, own in fresh))


def _row(connection: sqlite3.Connection, paths: _Paths, place: int, step: Step) -> tuple[object, ...]:
    title, branch, body = map(text, connection.execute(_MESSAGE, (step.commit,)).fetchone())
    title = title_of(title, [text(connection.execute(_MESSAGE, (one,)).fetchone()[0]) for one in step.inner])
    kept = connection.execute("SELECT files FROM changes WHERE id = ?", (step.commit,)).fetchone()
    files = array("i", kept[0] if kept else b"")
    roles = [paths.roles[path] for path in files[::3]]
    bot = all_bots([_bot(connection, one) for one in step.inner], _bot(connection, step.commit))
    kind = Kind.CARRIER if step.carrier else kind_of(bot=bot, title=title, branch=branch, roles=roles)
    efforts = dict.fromkeys([*([f"#{step.issue}"] if step.issue else []), *efforts_of(title, body, branch)])
    fix = is_fix(title) and Role.PRODUCT in roles
    return (
        step.commit, place, step.base, step.pull, step.issue, kind.value, fix, len(roles),
        raw(title), raw("\n".join(efforts)), " ".join(map(str, step.inner)),
    )  # fmt: skip


def _bot(connection: sqlite3.Connection, commit: int) -> bool:
    return bool(connection.execute("SELECT bot FROM commits WHERE id = ?", (commit,)).fetchone()[0])
