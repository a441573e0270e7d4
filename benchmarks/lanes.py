"""How long an edited idea waits for its reading while something long is done; a Markdown table.

    python benchmarks/lanes.py CLONE [--edits N]
    python scripts/postgres.py python benchmarks/lanes.py CLONE

An installation is served with CLONE, bare or not, as its repository. A person edits the idea through the
page, N times with nothing else to do and N times while a job of each long kind runs; told is the time from
the answer to the edit until the reading of that text stands. A job that ends before the edits do is asked
for again. Then one of each kind is asked for and stopped: told is when its first step shows, counted from
its beginning, and when it has ended, counted from the request to stop it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "web"))
from standing import installation, run

PAGE = "/checkout/ideas/1/problem/text"
PATIENCE = 600.0  # seconds
TICK = 0.02


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("clone", type=Path)
    parser.add_argument("--edits", type=int, default=5)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, installation(Path(folder) / "data") as env:
        cookie = json.loads(run(env, "kills.py", "begin", told.clone.resolve()))
        rows = list(measured(env, cookie, told.edits))
    print("| meanwhile | reading after, s | longest | first step after, s | stopped after, s |")
    print("|---|--:|--:|--:|--:|")
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)


def measured(env: dict[str, str], cookie: dict[str, str], edits: int) -> Iterator[tuple[str, ...]]:
    """A row for nothing, and one for each long kind."""
    os.environ.update(env)
    import django

    django.setup()
    from test_kills import Site

    from colead.web.areas.models import Area
    from colead.web.repositories.look import KIND, RECORD, look_later, record_later

    site = Site(env)
    try:
        edited(site.port, cookie, lambda: None)  # reads the clone into the cache
        area = Area.objects.get()
        quiet()
        yield "nothing", *told(edited(site.port, cookie, quiet) for _ in range(edits)), "", ""
        for kind, ask in ((KIND, look_later), (RECORD, record_later)):
            times = [edited(site.port, cookie, lambda ask=ask: began(ask, area)) for _ in range(edits)]
            quiet()
            yield kind, *told(times), *stopped(site.port, cookie, lambda ask=ask: ask(area))
    finally:
        site.end()


def told(times: Any) -> tuple[str, str]:
    """The median and the longest."""
    every = list(times)
    return f"{statistics.median(every):.2f}", f"{max(every):.2f}"


def edited(port: int, cookie: dict[str, str], before: Callable[[], object]) -> float:
    """Seconds from the answer to an edit until its reading stands."""
    from test_kills import _posted

    from colead.web.briefs.models import Brief

    before()
    brief = Brief.objects.get()
    text = f"Gift notes are read aloud by the courier, {time.time()}."
    assert _posted(port, cookie, PAGE, text=text, over=brief.by_space["problem"].version)
    since = time.monotonic()
    digest = Brief.objects.get().digest
    until(lambda: Brief.objects.get().readings.filter(digest=digest).exists())
    return time.monotonic() - since


def began(ask: Callable[[Any], Any], area: Any) -> None:
    """Have the job run, asked for where none does."""
    from colead.web.jobs.models import Job

    job = ask(area)
    until(lambda: Job.objects.filter(kind=job.kind, state="running").exists())


def stopped(port: int, cookie: dict[str, str], ask: Callable[[], Any]) -> tuple[str, str]:
    """Seconds until the first step of a job shows, and until it has ended after it was told to stop."""
    from test_kills import _posted

    from colead.web.jobs.models import Job

    job = ask()
    until(lambda: Job.objects.filter(pk=job.pk, state="running").exists())
    since = time.monotonic()
    until(lambda: Job.objects.exclude(what="").filter(pk=job.pk).exists())
    first, since = time.monotonic() - since, time.monotonic()
    assert _posted(port, cookie, f"/checkout/jobs/{job.pk}")
    until(lambda: Job.objects.filter(pk=job.pk, ended__isnull=False).exists())
    job.refresh_from_db()
    return f"{first:.2f}", f"{time.monotonic() - since:.2f} ({job.state})"


def quiet() -> None:
    """Wait until nothing is left to do."""
    from colead.web.jobs.models import ALIVE, Job

    until(lambda: not Job.objects.filter(state__in=ALIVE).exists())


def until(holds: Callable[[], bool]) -> None:
    """Wait for it."""
    last = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < last, "it takes too long"
        time.sleep(TICK)


if __name__ == "__main__":
    main()
