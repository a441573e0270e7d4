"""How long the shared page's pages take in an area with 10,000 ideas and 100,000 entries; a Markdown table.

    python benchmarks/pages.py [--ideas N] [--entries N] [--read N] [--runs N]

The area is made in an empty installation, on SQLite or in the empty database COLEAD_TEST_DATABASE
(scripts/postgres.py); READ of its ideas have two real readings of the made-up shop each. Each address is
asked for RUNS times in this process, as the product lead, the page of an idea also after an entry before each
time, so that it is made anew: milliseconds from the request to the finished
answer, without the way over the network; the same in milliseconds of this process's processor, which a
busy machine blurs less (on PostgreSQL the database's share is not in it); and how many questions the page
asks the database.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from typing import Any

from _site import filled

PAGES = (
    "", "terms", "people", "repositories", "system", "balance", "ideas", "ideas?page=200",
    "ideas/new",
    "ideas/5000",
    "ideas/5000.md", "ideas/5000/past", "ideas/5000/deletion", "ideas/5000/title", "ideas/5000/problem/text",
    "ideas/5000/problem/versions", "ideas/5000/problem/suggestions",
    "discussions", "discussions?page=20", "ideas/5000/discussions", "ideas/5000/discussions/1",
    "inbox", "menu", "menu?q=Idea+77", "concerns", "concerns?page=6", "concerns/1", "ideas/5000/concerns",
    "ideas/5000/trail", "decisions", "decisions/1", "decisions/2", "decisions/new", "decisions/files",
    "ideas/5000/questions", "ideas/5000/answers", "ideas/5000/prototypes", "ideas/5000/prototypes/1",
    "tradeoffs", "tradeoffs/1", "occasions", "meeting", "meeting/sheet.html", "meetings/1",
    "ideas/5000/sheet.html", "ahead", "record", "told", "keeping", "chat", "people/1",
)  # fmt: skip


def main() -> None:
    """Make the area and measure its pages."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--ideas", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--read", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=40)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="colead-pages-") as folder:
        os.environ["COLEAD_DATA"] = folder
        os.environ["COLEAD_DATABASE"] = os.environ.get("COLEAD_TEST_DATABASE", "")
        from colead.web import server

        server.prepare()
        measured(filled(told.ideas, told.entries, told.read), told.runs)


def measured(person: Any, runs: int) -> None:
    """Ask for every page, and for moving an idea from one end to the other; print the table."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from colead.web.briefs.models import Brief

    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    print("| page | p50 ms | p95 ms | busy p50 | busy p95 | questions |\n|---|--:|--:|--:|--:|--:|")
    for page in PAGES:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"/checkout/{page}")
            questions = len(asked)
        assert answer.status_code == 200, (page, answer.status_code)
        took = [_took(lambda page=page: client.get(f"/checkout/{page}")) for _ in range(runs)]
        _row(page or "home", took, questions)
    anew = [_took(lambda: client.get("/checkout/ideas/5000"), _entered) for _ in range(runs)]
    _row("ideas/5000, after each entry in the area", anew, 0)
    brief = Brief.objects.get(number=1)
    _row(
        "moving an idea over all",
        [_took(lambda: brief.put(person, 1 if brief.place > 1 else 10**6)) for _ in range(6)],
        0,
    )
    _row(
        "moving an idea by one", [_took(lambda: brief.put(person, brief.place % 2 + 1)) for _ in range(20)], 0
    )


def _entered() -> None:
    """Somebody did something in the area, so that no page of it is kept any longer."""
    from colead.web.areas.models import Area

    area = Area.objects.get(slug="checkout")
    area.enter(None, "measured")


def _took(deed: Any, before: Any = None) -> tuple[float, float]:
    if before:
        before()
    began, busy = time.perf_counter(), time.process_time()
    deed()
    return (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000


def _row(name: str, every: list[tuple[float, float]], asked: int) -> None:
    cells = []
    for one in zip(*every, strict=True):
        late = statistics.quantiles(one, n=20, method="inclusive")[-1]
        cells.append(f"{statistics.median(one):.0f} | {late:.0f}")
    print(f"| {name} | {' | '.join(cells)} | {asked or ''} |")


if __name__ == "__main__":
    main()
