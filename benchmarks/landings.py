"""Which pull requests of a history are landings, once each: counted from titles alone, held against the walk.

    python benchmarks/landings.py FOLDER [NAME...]

FOLDER holds clones, bare or not, at any of the first three levels; NAME picks
those whose path contains it. The count knows nothing of the walk: every
reachable title "Merge pull request #n ..." or "... (#n)" names a number. Printed
per clone: numbers named, the share of them named on the first parent chain, the
share that are landings, landings that share a number (must be 0); then every
miss with its reason.

Numbers named only by single commits of a pull request that its merge calls its
own issues ("closes #12"), or by several different commits (an issue), are
counted as named all the same: the shares are lower bounds.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from colead.history import History
from colead.readers.git import Door
from colead.store import Store

MERGED = re.compile(r"Merge pull request #([0-9]+)\b")
SQUASHED = re.compile(r"\(#([0-9]+)\)\s*$")
HEADER = "| repository | commits | landings | numbers named | on the first parent | landings | twice |"


@dataclass(frozen=True)
class Named:
    """What the titles of a history name."""

    commits: int
    by_number: dict[int, list[tuple[str, str]]]  # number -> (hash, title) of every commit that names it
    first_parent: frozenset[int]


def clones(folder: Path, names: list[str]) -> Iterator[Path]:
    """Repositories below a folder, in order of their path."""
    for where, inside, files in sorted(os.walk(folder)):
        if ".git" in inside or ".git" in files or ("HEAD" in files and "objects" in inside):
            inside.clear()
            if not names or any(name in where for name in names):
                yield Path(where)
        elif len(Path(where).relative_to(folder).parts) >= 3:
            inside.clear()


def named(clone: Path) -> Named:
    """Count numbers in titles with plain git."""
    by_number: dict[int, list[tuple[str, str]]] = defaultdict(list)
    commits = 0
    for oid, title in _titles(clone):
        commits += 1
        if found := MERGED.match(title) or SQUASHED.search(title):
            by_number[int(found[1])].append((oid, title))
    chain = {oid for oid, _ in _titles(clone, "--first-parent")}
    on_it = frozenset(number for number, said in by_number.items() if any(oid in chain for oid, _ in said))
    return Named(commits, dict(by_number), on_it)


def _titles(clone: Path, *options: str) -> Iterator[tuple[str, str]]:
    command = ["git", "-C", str(clone), "log", "-z", "--format=%H %B", *options, "HEAD"]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")
    for record in filter(None, told.split("\0")):
        oid, _, message = record.partition(" ")
        yield oid, message.lstrip("\n").partition("\n")[0]


def landings(clone: Path) -> History:
    """The history, read anew."""
    with Door.open(clone) as door, Store.open(door, None) as store:
        store.update(door)
        return store.history()


def reason(said: list[tuple[str, str]], past: History) -> str:
    """Why no landing bears a number that titles name."""
    oids = {oid for oid, _ in said}
    if not any(one.oid in oids for one in past.landings):
        return "inside one pull request"
    return "the landing bears another number or none"


def main(folder: str, names: list[str]) -> None:
    """Print the table, then the misses."""
    misses: list[str] = []
    print(HEADER, "|---|---:|---:|---:|---:|---:|---:|", sep="\n")
    for clone in clones(Path(folder), names):
        counted, past = named(clone), landings(clone)
        bears = Counter(one.pull for one in past.landings if one.pull)
        numbers = counted.by_number.keys()
        missed = numbers - bears.keys()
        label = clone.parent.name if clone.name in ("repo", "repo.git") else clone.name
        share = f"{len(numbers - missed) / max(1, len(numbers)):.2%}"
        first = f"{len(counted.first_parent) / max(1, len(numbers)):.0%}"
        twice = sum(count > 1 for count in bears.values())
        told = (
            label,
            f"{counted.commits:,}",
            f"{len(past.landings):,}",
            f"{len(numbers):,}",
            first,
            share,
            twice,
        )
        print("|", " | ".join(map(str, told)), "|", flush=True)
        for number in sorted(missed):
            said = counted.by_number[number]
            misses.append(f"{label} #{number}: {reason(said, past)}: {said[0][1][:80]!r}")
    print("", f"{len(misses)} misses", *misses, sep="\n")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(sys.argv[1], sys.argv[2:])
