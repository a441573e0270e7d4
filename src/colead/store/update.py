"""Update: reads what is new in a repository into its store, inside one transaction.

Only commits that the store does not know are read, only landings that it does
not know are diffed. The walk over the whole graph is done anew each time, on
numbers (a tenth of a second for 40,000 commits): so a merge that gives old
commits another meaning, a rewind and a rewrite all end as if everything had
been read at once.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from colead.history.landing import walk
from colead.store.commits import graph, prune, read_commits
from colead.store.landings import settle
from colead.store.progress import Progress, Updated
from colead.store.rows import Ticker

if TYPE_CHECKING:
    from colead.readers.git import Door

_FORGET = ("DELETE FROM commits", "DELETE FROM messages", "DELETE FROM changes", "DELETE FROM landings")


def bring_up(connection: sqlite3.Connection, door: Door, state: str, progress: Progress) -> Updated:
    """Read what is new; the caller has begun the transaction and commits it."""
    facts = dict(connection.execute("SELECT key, value FROM facts").fetchall())
    old, _, boundary = facts.get("state", "").partition(" ")
    if boundary != state.partition(" ")[2]:
        old = _forget(connection)
    since = old if old and door.is_ancestor(old, door.tip) else None
    tick = Ticker(progress)
    numbers, read = read_commits(connection, door, since, int(facts.get("last", 0)), tick)
    last = max(int(facts.get("last", 0)), *numbers.values())
    known, tip = graph(connection, last), numbers[bytes.fromhex(door.tip)]
    if old and since is None:
        prune(connection, known, tip)
        known = graph(connection, last)
    steps = walk(known, tip)
    anew, vanished = settle(connection, door, {own: oid for oid, own in numbers.items()}, steps, tick)
    _note(connection, state=state, total=len(steps), last=last, coverage=_coverage(door))
    return Updated(read, anew, vanished, len(steps))


def _forget(connection: sqlite3.Connection) -> str:
    """The clone was deepened or cut, so that the same commits have other parents now: begin anew."""
    for statement in _FORGET:
        connection.execute(statement)
    return ""


def _note(connection: sqlite3.Connection, **facts: object) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO facts VALUES (?, ?)", [(key, str(value)) for key, value in facts.items()]
    )


def _coverage(door: Door) -> str:
    return "shallow: what happened before this clone begins is not here" if door.shallow else ""
