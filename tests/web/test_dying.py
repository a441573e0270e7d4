"""Whoever dies in the middle of a deed leaves all of it or nothing, and never a deed without its work."""

from __future__ import annotations

import json
import os
from pathlib import Path

from standing import installation, run

EVERY = 1 if os.environ.get("COLEAD_DOSE") == "full" else 4  # steps


def test_a_deed_and_the_work_that_follows_from_it_are_done_both_or_neither(tmp_path: Path) -> None:
    with installation(tmp_path / "data") as env:
        told = json.loads(run(env, "dying.py", "deeds", tmp_path, EVERY))
    print(json.dumps(told))
    assert len(told) == 9 and all(one["kills"] >= 3 for one in told.values())
    assert {name: one["half"] for name, one in told.items() if one["half"]} == {}
