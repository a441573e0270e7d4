"""Records: of decision records that public repositories keep, how many tell title, status, day and decision.

    python benchmarks/records.py CLONE [CLONE ...]

Reads every Markdown file of a folder named adr, adrs, decisions or architecture-decisions in each
clone's newest commit; templates, indexes and read-me files are no records.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from time import perf_counter

from colead.readers.madr import read

PLACE = re.compile(r"(?:^|/)(?:adrs?|decisions|architecture-decisions)/(?:[^/]+/)?[^/]+\.md$", re.IGNORECASE)
NONE = re.compile(r"readme|template|index|contribut|changelog|test/", re.IGNORECASE)


def records(clone: str) -> Iterator[tuple[str, bytes]]:
    """The path and the bytes of every record."""
    paths = _git(clone, "ls-tree", "-rz", "--name-only", "HEAD").decode("utf-8", "replace").split("\0")
    for path in paths:
        if PLACE.search(path) and not NONE.search(path):
            yield path, _git(clone, "show", f"HEAD:{path}")


def _git(clone: str, *words: str) -> bytes:
    return subprocess.run(["git", "-C", clone, *words], capture_output=True, check=False).stdout


def main(clones: list[str]) -> None:
    """One line for each clone, then all of them."""
    total: Counter[str] = Counter()
    began, misses = perf_counter(), []
    for clone in clones:
        told: Counter[str] = Counter()
        for path, data in records(clone):
            one = read(data, path)
            found = {
                "title": bool(one.title),
                "status": one.status != "unknown",
                "day": one.date is not None,
                "decision": one.decided,
            }
            told.update({"records": 1, "all four": all(found.values())})
            told.update({name: int(there) for name, there in found.items()})
            lacks = [name for name, there in found.items() if not there]
            misses += [f"{clone} {path}: no {', '.join(lacks)}"] if lacks else []
        print(clone, dict(told))
        total.update(told)
    print("all", dict(total), f"{perf_counter() - began:.1f} s")
    for one in misses if "-v" in sys.argv else []:
        print(one)


if __name__ == "__main__":
    main([one for one in sys.argv[1:] if one != "-v"])
