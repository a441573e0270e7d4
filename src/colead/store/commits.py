"""Commits of a store: reads those that are new, and hands the graph of all of them to the walk."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from itertools import count
from typing import TYPE_CHECKING

from colead.history.kind import branch_numbers, efforts_of, is_bot, is_bot_branch
from colead.history.landing import Graph
from colead.history.pull import Claim, Pull, is_mainline, read_pull
from colead.store.rows import Ticker, batches, raw

if TYPE_CHECKING:
    from colead.readers.git import Commit, Door

BODY_KEPT = 4096  # bytes of a message's body that are kept

CommitRow = tuple[int, bytes, int, int, str | None, int, int, int, int, bool, bool, str | None]
MessageRow = tuple[int, bytes, bytes, bytes]
_COMMIT = "INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_MESSAGE = "INSERT INTO messages VALUES (?, ?, ?, ?)"


def read_commits(
    connection: sqlite3.Connection, door: Door, since: str | None, last: int, tick: Ticker
) -> tuple[dict[bytes, int], int]:
    """Write the commits that are not known yet.

    Args:
        connection: inside a transaction.
        door: the repository.
        since: everything that it reaches is known; None reads all and skips what is known.
        last: the highest number that any commit ever had in this store; numbers are never used twice.
        tick: told the progress.

    Returns:
        The number of each hash, and how many commits were written.
    """
    numbers: dict[bytes, int] = dict(connection.execute("SELECT oid, id FROM commits"))
    read = 0
    for batch in batches(_new(door, since, numbers, last)):
        connection.executemany(_COMMIT, (row for row, _ in batch))
        connection.executemany(_MESSAGE, (message for _, message in batch))
        read += len(batch)
        tick(read, 0, "reading commits")
    return numbers, read


def _new(
    door: Door, since: str | None, numbers: dict[bytes, int], last: int
) -> Iterator[tuple[CommitRow, MessageRow]]:
    """Rows of the commits above `last`; a parent gets its number when it is first named."""
    number = _numbering(numbers, last)
    for commit in door.commits(door.tip, since):
        own = number(commit.oid)
        if own > last:
            yield _rows(commit, own, [number(parent) for parent in dict.fromkeys(commit.parents)])


def _numbering(numbers: dict[bytes, int], last: int) -> Callable[[str], int]:
    spare = count(last + 1)

    def number(oid: str) -> int:
        key = bytes.fromhex(oid)
        if key not in numbers:
            numbers[key] = next(spare)
        return numbers[key]

    return number


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
    return row, (own, raw(pull.title), raw(pull.branch), raw(body)[:BODY_KEPT])


def _body(message: str, pull: Pull) -> str:
    """What stands below the title; a pull request's title, which is its first line, is not said twice."""
    body = message.lstrip("\n").partition("\n")[2].strip()
    first, _, rest = body.partition("\n")
    return (rest.strip() if first.strip() == pull.title else body)[:BODY_KEPT]


def _echo(pull: Pull, commit: Commit) -> int:
    said = raw(f"{pull.title}\n{commit.email}")
    return int.from_bytes(blake2b(said, digest_size=7).digest(), "big")


def _issues(pull: Pull, body: str) -> str | None:
    """Numbers that a merged pull request calls its issues: what it closes, what its branch is named after."""
    if pull.claim != Claim.MERGE:
        return None
    named = efforts_of(pull.title, body, pull.branch)
    closes = [int(key[1:]) for key in named if re.fullmatch(r"#[0-9]{1,9}", key)]
    return " ".join(map(str, dict.fromkeys(closes + branch_numbers(pull.branch)))) or None


def graph(connection: sqlite3.Connection, last: int) -> Graph:
    """The graph of every commit of the store, with numbers up to `last`."""
    parents: list[tuple[int, ...] | None] = [None] * (last + 1)
    pull, claim, echo = [0] * (last + 1), [0] * (last + 1), [0] * (last + 1)
    rows = connection.execute("SELECT id, first, second, more, pull, claim, echo FROM commits")
    for own, first, second, more, number, sure, said in rows:
        parents[own] = (first, second) if second else (first,) if first else ()
        if more:
            parents[own] = (first, second, *map(int, more.split()))
        pull[own], claim[own], echo[own] = number, sure, said
    opens = frozenset(row[0] for row in connection.execute("SELECT id FROM commits WHERE opens"))
    named = connection.execute("SELECT id, issues FROM commits WHERE issues IS NOT NULL")
    issues = {own: frozenset(map(int, said.split())) for own, said in named}
    return Graph(parents, pull, claim, echo, opens, issues)


def prune(connection: sqlite3.Connection, known: Graph, tip: int) -> None:
    """Forget the commits that cannot be reached from `tip`."""
    kept = bytearray(len(known.parents))
    kept[tip] = 1
    ends = [tip]
    while ends:
        for parent in known.parents[ends.pop()] or ():
            if not kept[parent]:
                kept[parent] = 1
                ends.append(parent)
    gone = [(own,) for own, here in enumerate(known.parents) if here is not None and not kept[own]]
    connection.executemany("DELETE FROM commits WHERE id = ?", gone)
    connection.executemany("DELETE FROM messages WHERE id = ?", gone)
