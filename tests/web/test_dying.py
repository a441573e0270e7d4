"""Whoever dies in the middle of a deed leaves all of it or nothing, and never a deed without its work."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from standing import installation, run, started

sys.path.append(str(Path(__file__).parents[1] / "doors"))
from smart import host, repository

EVERY = 1 if os.environ.get("COLEAD_DOSE") == "full" else 4  # words
STEPS = (
    "before the claim", "after the claim", "in git", "at its first word", "after its first word",
    "before its result", "in its result", "before the commit", "after the commit",
)  # fmt: skip
FEW = {"check": ("before the commit",), "look": ("after its first word",), "fetch": ("in git",)}
DEATHS = dict.fromkeys(FEW, STEPS) if EVERY == 1 else FEW


def test_a_deed_and_the_work_that_follows_from_it_are_done_both_or_neither(tmp_path: Path) -> None:
    with installation(tmp_path / "data") as env:
        told = json.loads(run(env, "dying.py", "deeds", tmp_path, EVERY))
    print(json.dumps(told))
    assert len(told) == 9 and all(one["kills"] >= 3 for one in told.values())
    assert {name: one["half"] for name, one in told.items() if one["half"]} == {}


def test_a_worker_that_dies_at_any_step_of_a_job_leaves_it_to_the_next(
    tmp_path: Path, record_property: Any
) -> None:
    repository(tmp_path / "root" / "shop")
    with host(tmp_path / "root", tmp_path) as served, installation(tmp_path / "data") as env:
        env |= {"COLEAD_REACH": "127.0.0.1", "COLEAD_CA": served.authorities}
        deaths = [(kind, step) for kind, steps in DEATHS.items() for step in steps]
        run(env, "dying.py", "ask", tmp_path, served.port, *(kind for kind, _ in deaths))
        assert [one for one in deaths if died(env, *one) != -signal.SIGKILL] == []
        run(env, "dying.py", "time")
        told = survived(env)
    print(json.dumps(told))
    record_property("told", json.dumps(told))
    assert (told.pop("alive"), told.pop("broken")) == (0, [])
    results = {"check": "1, then 1", "look": "2, then 1", "fetch": "1, then 1"}
    for kind, one in told.items():
        many = len(DEATHS[kind])
        ends = {"check": "done: read", "look": "done: looked", "fetch": "done: fetched"}
        assert one == {"ends": {ends[kind]: many}, "results": {results[kind]: many}}


def test_news_whose_sender_dies_are_sent_once_or_twice_and_never_lost(
    tmp_path: Path, record_property: Any
) -> None:
    with installation(tmp_path / "data") as env:
        told = json.loads(run(env, "dying.py", "mails", tmp_path, EVERY * 6 - 5))
    print(json.dumps(told))
    record_property("told", json.dumps(told))
    assert set(told) == {"digest", "chat", "link"}
    assert all(set(one) <= {"1", "2"} for one in told.values())
    assert EVERY > 1 or all(set(one) == {"1", "2"} for one in told.values())


def died(env: dict[str, str], kind: str, step: str) -> int:
    """How a worker ends that kills itself at this step."""
    with started(env, "dying.py", "work", kind, step) as process:
        process.communicate(timeout=60)
    return process.returncode


def survived(env: dict[str, str]) -> dict[str, Any]:
    """What is there when a worker that lives has done what the dead left."""
    worker = started(env, "-m", "colead", "serve", "--worker")
    try:
        until, told = time.monotonic() + 120, {"alive": 1}
        while told["alive"] and time.monotonic() < until:
            time.sleep(1)
            told = json.loads(run(env, "dying.py", "left"))
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=30)
    return told
