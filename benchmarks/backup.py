"""How quick pages are while a backup is made, beside none; a Markdown table.

    python benchmarks/backup.py [--ideas N] [--entries N] [--runs N]
    python scripts/postgres.py python benchmarks/backup.py

A served installation is asked for the list and for one idea in turn, RUNS times with nothing else to do and
then for as long as backups are made, one after the other, at least RUNS times again.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "web"))
from standing import installation

PAGES = ("/checkout/ideas", "/checkout/ideas/20")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name, usual in (("ideas", 10_000), ("entries", 100_000), ("runs", 200)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, installation(Path(folder) / "data") as env:
        os.environ.update(env)
        quiet, busy, count, seconds = measured(env, Path(folder), told.ideas, told.entries, told.runs)
    print("| | pages | p50 ms | p95 ms |\n|---|--:|--:|--:|")
    for name, times in (("nothing else", quiet), (f"{count} backups of {seconds:.1f} s each", busy)):
        p50, p95 = np.percentile(times, [50, 95]) * 1000
        print(f"| {name} | {len(times)} | {p50:.0f} | {p95:.0f} |")


def measured(
    env: dict[str, str], folder: Path, ideas: int, entries: int, runs: int
) -> tuple[list[float], list[float], int, float]:
    """Seconds of each page without and with backups, how many of these, and how long each took."""
    import django

    django.setup()
    from _site import filled
    from kills import signed_in
    from test_kills import Site

    cookie = signed_in(filled(ideas, entries))
    site = Site(env)
    try:
        timed(site.port, cookie, lambda count: count < 20)
        quiet = timed(site.port, cookie, lambda count: count < runs)
        began, number, busy = time.monotonic(), 0, list[float]()
        while len(busy) < runs:
            number += 1
            words = [sys.executable, "-m", "colead", "serve", "--backup", folder / f"{number}.zip"]
            with subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL) as made:
                busy += timed(site.port, cookie, lambda count, made=made: made.poll() is None)
            assert made.returncode == 0
        return quiet, busy, number, (time.monotonic() - began) / number
    finally:
        site.end()


def timed(port: int, cookie: dict[str, str], more: Callable[[int], bool]) -> list[float]:
    """Seconds that each page took, for as long as there shall be more."""
    told: list[float] = []
    while more(len(told)):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        since = time.monotonic()
        line.request("GET", PAGES[len(told) % 2], headers={"Cookie": f"{cookie['name']}={cookie['value']}"})
        answer = line.getresponse()
        answer.read()
        told.append(time.monotonic() - since)
        line.close()
        assert answer.status == 200, json.dumps([answer.status, answer.getheader("Location")])
    return told


if __name__ == "__main__":
    main()
