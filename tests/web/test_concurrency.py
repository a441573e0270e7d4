"""Eight people at once lose nothing, and nobody is told that the database is busy."""

from __future__ import annotations

import json
import os
from pathlib import Path

from standing import installation, run, started

PEOPLE = 8
SECONDS = 60 if os.environ.get("COLEAD_DOSE") == "full" else 5


def test_eight_processes_lose_nothing(tmp_path: Path) -> None:
    with installation(tmp_path / "data") as env:
        run(env, "strain.py", "begin", PEOPLE)
        every = [started(env, "strain.py", "work", number, SECONDS) for number in range(PEOPLE)]
        told = [json.loads(one.communicate()[0]) for one in every]
        assert json.loads(run(env, "strain.py", "look")) == {}
    for one in told:
        assert (one["faults"], one["lost"], one["missing"]) == ({}, [], [])
        assert (one["drafts"], one["entries"]) == ([], {})
    count = {name: sum(one[name] for one in told) for name in ("saved", "deeds", "stale")}
    print(f"{PEOPLE} processes, {SECONDS} s: {count}")
    assert count["saved"] > PEOPLE and count["stale"]
