"""Killed at any moment, the site loses no edit that it confirmed, and a finished job has one reading."""

from __future__ import annotations

import faulthandler
import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from standing import installation, run, started

from colead.demo.repository import demo_repository
from colead.web.worker import GRACE

FULL = os.environ.get("COLEAD_DOSE") == "full"
PARTS = int(os.environ.get("COLEAD_PARTS", "20")) if FULL else 1  # installations
KILLS = 25 if FULL else 8  # how often each is killed
EVERY = dict.fromkeys(("check", "look", "fetch"), 1) if FULL else {"check": 4, "look": 5, "fetch": 3}
PAGE, LOOK = "/checkout/ideas/1/problem/text", "/checkout/system"


class Site:
    """The served site, started again whenever it is gone."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env
        self.start()

    def start(self) -> None:
        """Serve on a free port."""
        self.process = started(self.env, "-m", "colead", "serve", "--port", str(free()))
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if found := re.match(r"Colead: http://127.0.0.1:(\d+)/", line):
                self.port = int(found[1])
                return
        raise AssertionError("the site did not start")

    def kill(self) -> str:
        """Kill the server, one of its processes for pages, or its worker; which one."""
        every = {pid: parent(pid) for pid in processes()}
        children = [pid for pid in every if every[pid] == self.process.pid]
        doers = [pid for pid in children if b"colead.web.worker" in told(pid, "cmdline")]
        pages = [pid for pid in children if pid not in doers]
        helpers = [pid for pid in every if every[pid] in doers]
        targets = {"worker": doers, "helper": helpers, "pages": pages, "server": []}
        what = random.choice(["worker", "worker", "helper", "pages", "server"])
        some = targets[what]
        if what != "server":
            return what if [pid for pid in some if killed(pid)] else ""
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.start()
        return what

    def end(self) -> None:
        """Stop it as a person does."""
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=30)


def killed(pid: int) -> bool:
    """Kill a process; False where it ended by itself in the meantime."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def free() -> int:
    """A port that nobody listens on."""
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def processes() -> list[int]:
    """Those that run."""
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]


def told(pid: int, what: str) -> bytes:
    """What the system says of a process; nothing of one that is gone."""
    try:
        return Path(f"/proc/{pid}/{what}").read_bytes()
    except OSError:
        return b""


def leavings(folder: bytes) -> list[int]:
    """Processes of an installation that ended; a worker whose server was killed may finish its job first."""
    until, left = time.monotonic() + GRACE + 5, [0]
    while left and time.monotonic() < until:
        time.sleep(1)
        left = [pid for pid in processes() if folder in told(pid, "environ") and pid != os.getpid()]
    return left


def parent(pid: int) -> int:
    """Who started it."""
    found = re.search(rb"^PPid:\s+(\d+)", told(pid, "status"), re.M)
    return int(found[1]) if found else 0


def edits(port: int, cookie: dict[str, str], start: int, until: float) -> dict[int, str]:
    """Edit until then; the texts that were confirmed, by the version that they became."""
    done: dict[int, str] = {}
    over = start
    while time.monotonic() < until:
        text = f"Gift notes are read aloud, {random.random()}."
        try:
            if random.random() < 0.02:
                _posted(port, cookie, LOOK)
            saved = _posted(port, cookie, PAGE, text=text, over=over)
            over += 1  # where it was refused, the answer to the one before was lost, but not the edit
            if saved:
                done[over] = text
        except (OSError, http.client.HTTPException):
            time.sleep(0.02)
    return done


def _posted(port: int, cookie: dict[str, str], page: str, **told: object) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    form = "f" * 32
    headers = {
        "Cookie": f"{cookie['name']}={cookie['value']}; colead-form={form}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode({"csrfmiddlewaretoken": form, **told})
    try:
        line.request("POST", page, body, headers)
        status = line.getresponse().status
    finally:
        line.close()
    assert status in (302, 409), status
    return status == 302


@pytest.mark.parametrize("part", range(PARTS))
def test_no_kill_loses_what_was_confirmed(part: int, tmp_path: Path, record_property: Any) -> None:
    if FULL:  # longer than a test may take that hangs
        faulthandler.dump_traceback_later(3600, exit=True, file=sys.__stderr__)
    shop = demo_repository(tmp_path / "shop")
    with installation(tmp_path / "data") as env:
        cookie = json.loads(run(env, "kills.py", "begin", shop))
        kept: dict[int, str] = {}
        counts = dict.fromkeys(("worker", "helper", "pages", "server"), 0)
        site = Site(env)
        program = [sys.executable, str(Path(__file__)), json.dumps(cookie)]
        while sum(counts.values()) < KILLS:
            start = max(kept, default=1)
            told_to = [*program, str(site.port), str(start)]
            editor = subprocess.Popen(told_to, text=True, stdout=subprocess.PIPE)
            time.sleep(random.uniform(0.1, 0.8))
            if what := site.kill():
                counts[what] += 1
            kept |= {int(one): text for one, text in json.loads(editor.communicate()[0]).items()}
        jobs = json.loads(run(env, "kills.py", "wait", 180))
        saved = {int(one): text for one, text in json.loads(run(env, "kills.py", "saved")).items()}
        site.end()
        left = leavings(f"COLEAD_DATA={tmp_path / 'data'}".encode())
        wrong = json.loads(run(env, "strain.py", "look"))
    lost = [one for one in kept if saved.get(one) != kept[one]]
    told = {**counts, "confirmed": len(kept), "lost": len(lost), "left": len(left), **jobs}
    print(json.dumps({"part": part, **told}), flush=True)
    record_property("told", json.dumps(told))
    assert kept and lost == [] and wrong == {} and left == []
    assert jobs["readings"] == jobs["read"] == jobs["checks"].get("done", 0) > 0
    assert set(jobs["checks"]) | set(jobs["others"]) <= {"done", "failed"}
    assert jobs["looks"] >= 2 or not jobs["others"].get("done")
    assert jobs["edited"] == jobs["versions"] - 3


@pytest.mark.parametrize("kind", ["check", "look", "fetch"])
def test_killed_at_any_step_and_done_anew_a_job_has_one_result(
    kind: str, tmp_path: Path, record_property: Any
) -> None:
    shop = demo_repository(tmp_path / "shop")
    with installation(tmp_path / "data") as env:
        run(env, "kills.py", "begin", shop)
        told = json.loads(run(env, "kills.py", "steps", kind, tmp_path, EVERY[kind]))
    print(f"{kind}: {told}")
    record_property("told", json.dumps({"kind": kind, **told}))
    assert told["asked"] > 4 and told["jobs"] == {"done": told["asked"]}
    assert told["readings"] == told.get("read", 0) == (told["asked"] if kind == "check" else 0)
    assert told["looks"] >= 2 if kind == "look" else told["looks"] == 0
    assert told.get("fetched", 0) == (told["asked"] if kind == "fetch" else 0)


if __name__ == "__main__":
    found, port, start = json.loads(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    print(json.dumps(edits(port, found, start, time.monotonic() + 1.0)))
