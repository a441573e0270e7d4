"""Reading all that the door gives of a repository, as the hostile tests do it.

As a program it reads one folder and prints what that took, so that a bomb goes off in a process of its own.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from colead.errors import ColeadError
from colead.readers.git import Change, Commit, Door, Entry, Limits


@dataclass(frozen=True, slots=True)
class Everything:
    """All that one door gave."""

    name: str
    tip: str
    commits: list[Commit]
    changes: dict[str, list[Change]]
    count: int
    tree: list[Entry]
    blobs: dict[str, bytes | None]
    notes: tuple[str, ...]


def read(where: str | Path, limits: Limits | None = None) -> Everything:
    """Read a repository with every method of its door."""
    with Door.open(where, limits) as door:
        commits = list(door.commits(door.tip))
        count = door.count_files(door.tip)
        tree = door.tree(door.tip)
        pairs = [(one.oid, one.parents[0] if one.parents else "") for one in commits]
        changes = list(door.changes(pairs))
        assert [oid for oid, _ in changes] == [oid for oid, _ in pairs]
        blobs = dict(door.blobs(sorted({entry.oid for entry in tree})))
        assert door.is_ancestor(commits[-1].oid, door.tip)
        return Everything(door.name, door.tip, commits, dict(changes), count, tree, blobs, door.notes)


def taken(where: str) -> dict[str, object]:
    """What reading `where` took: seconds, processor seconds and peak megabytes, and how it ended."""
    started, ended = time.monotonic(), ""
    try:
        read(where)
    except ColeadError as error:
        ended = error.code
    own, git = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "code": ended,
        "seconds": time.monotonic() - started,
        "processor": own.ru_utime + own.ru_stime + git.ru_utime + git.ru_stime,
        "megabytes": max(own.ru_maxrss, git.ru_maxrss) / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(taken(sys.argv[1])))
