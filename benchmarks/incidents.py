"""How well post-mortems are matched to parts: prints each match with its words, to be judged by hand.

    python benchmarks/incidents.py CLONE FOLDER [--json]

CLONE is a git clone (bare ones too), FOLDER where it keeps its post-mortems. What was judged, and
how it came out, stands in docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from colead.readers.exports import kept
from colead.readers.git import Door
from colead.readers.imports import PAGES
from colead.readers.incidents import as_incidents, every, read_postmortem
from colead.store import Store
from colead.store.codebase import codebase
from colead.struck import Tolls


def main() -> None:
    """Match the post-mortems of one clone."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("clone")
    asked.add_argument("folder")
    given = asked.parse_args()
    with Door.open(given.clone) as door, Store.open(door, None) as store:
        store.update(door, lambda done, total, what: None)
        code = codebase(store, door, lambda done, total, what: None)
        found = kept(door, given.folder, PAGES, needed=True)
        incidents, notes = every(read_postmortem(data, name) for name, data in found)
    tolls = Tolls(as_incidents(incidents), code, datetime.now(UTC).date(), door.name)
    say(f"{door.name}: {len(code.components)} parts, {len(incidents)} post-mortems; {' '.join(notes)}")
    for one, hits in zip(tolls.incidents, tolls.hits, strict=True):
        lasted = f", {one.minutes} minutes" if one.minutes else ""
        say(f"{one.day}{lasted}: {one.title} [{one.source.rpartition('/')[2]}] named {one.named}")
        for hit in hits:
            say(f"    {code.by_key[hit.component].name} ({hit.component}) by {hit.why}: {hit.quote}")
    struck = sum(bool(hits) for hits in tolls.hits)
    say(f"{struck} of {len(incidents)} name a part, {sum(map(len, tolls.hits))} matches")


def say(line: str) -> None:
    """Print one line."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
