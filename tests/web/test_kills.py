"""Killed at any moment, the site loses no edit that it confirmed, and a finished job has one reading."""

from __future__ import annotations

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
from urllib.parse import urlencode

from standing import installation, run, started

from colead.demo.repository import demo_repository

KILLS = 500 if os.environ.get("COLEAD_DOSE") == "full" else 15
PAGE = "/checkout/ideas/1/problem/text"


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
        children = [pid for pid in processes() if parent(pid) == self.process.pid]
        doers = [pid for pid in children if b"colead.web.worker" in told(pid, "cmdline")]
        pages = [pid for pid in children if pid not in doers]
        what, some = random.choice([("worker", doers), ("worker", doers), ("pages", pages), ("server", [])])
        if what != "server":
            for pid in some:
                os.kill(pid, signal.SIGKILL)
            return what if some else ""
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
            if _posted(port, cookie, over, text):
                over += 1
                done[over] = text
            else:
                over += 1  # the answer to the one before was lost, but not the edit
        except (OSError, http.client.HTTPException):
            time.sleep(0.02)
    return done


def _posted(port: int, cookie: dict[str, str], over: int, text: str) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    form = "f" * 32
    headers = {
        "Cookie": f"{cookie['name']}={cookie['value']}; colead-form={form}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode({"csrfmiddlewaretoken": form, "text": text, "over": over})
    try:
        line.request("POST", PAGE, body, headers)
        status = line.getresponse().status
    finally:
        line.close()
    assert status in (302, 409), status
    return status == 302


def test_no_kill_loses_what_was_confirmed(tmp_path: Path) -> None:
    tmp_path.mkdir(exist_ok=True)
    shop = demo_repository(tmp_path / "shop")
    with installation(tmp_path / "data") as env:
        cookie = json.loads(run(env, "kills.py", "begin", shop))
        kept: dict[int, str] = {}
        counts = dict.fromkeys(("worker", "pages", "server"), 0)
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
        jobs = json.loads(run(env, "kills.py", "wait", 60))
        saved = {int(one): text for one, text in json.loads(run(env, "kills.py", "saved")).items()}
        site.end()
        time.sleep(1)
        folder = f"COLEAD_DATA={tmp_path / 'data'}".encode()
        left = [pid for pid in processes() if folder in told(pid, "environ") and pid != os.getpid()]
        wrong = json.loads(run(env, "strain.py", "look"))
    print(f"{counts}, {len(kept)} edits were confirmed; {jobs}")
    assert {one: saved.get(one) for one in kept} == kept and kept
    assert wrong == {} and left == []
    assert jobs["readings"] == jobs["read"] == jobs["jobs"].get("done", 0) > 0
    assert set(jobs["jobs"]) <= {"done", "failed"}
    assert jobs["edited"] == jobs["versions"] - 3


if __name__ == "__main__":
    found, port, start = json.loads(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    print(json.dumps(edits(port, found, start, time.monotonic() + 1.0)))
