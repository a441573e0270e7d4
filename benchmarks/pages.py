"""How long the shared page's pages take in an area with 10,000 ideas and 100,000 entries; a Markdown table.

    python benchmarks/pages.py [--ideas N] [--entries N] [--runs N]

The area is made in an empty installation, on SQLite or at COLEAD_DATABASE. Each address is asked for RUNS
times in this process, as the product lead: milliseconds from the request to the finished answer, without
the way over the network; the same in milliseconds of this process's processor, which a busy machine blurs
less (on PostgreSQL the database's share is not in it); and how many questions the page asks the database.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from typing import Any

PAGES = (
    "", "terms", "people", "repositories", "system", "balance", "ideas", "ideas?page=200",
    "ideas/new",
    "ideas/5000",
    "ideas/5000.md", "ideas/5000/past", "ideas/5000/deletion", "ideas/5000/title", "ideas/5000/problem/text",
    "ideas/5000/problem/versions", "ideas/5000/problem/suggestions",
    "discussions", "discussions?page=20", "ideas/5000/discussions", "ideas/5000/discussions/1",
)  # fmt: skip
TEXT = "Buyers put gift messages into the delivery box, and the courier reads them aloud.\n\n" * 12


def filled(ideas: int, entries: int) -> Any:
    """Priya, who leads product of an area with so many ideas and entries."""
    from colead.web.areas.chain import link, moment
    from colead.web.areas.models import Area, Entry, Membership, Side
    from colead.web.briefs.models import Agreement, Brief, Section, Version
    from colead.web.people.models import Person
    from colead.web.people.views import begin

    priya = Person.objects.welcome("priya@shop.example", "Priya")
    emil = Person.objects.welcome("emil@shop.example", "Emil")
    area = begin(priya, "Checkout", Side.PRODUCT)
    Membership.objects.create(area=area, person=emil, side=Side.ENGINEERING, role="lead")
    numbers = range(1, ideas + 1)
    made = [Brief(area=area, number=one, place=one, title=f"Idea {one}") for one in numbers]
    briefs = Brief.objects.bulk_create(made, batch_size=500)
    Area.objects.filter(pk=area.pk).update(numbered=ideas)
    spaces = ("problem", "approach", "outcome")
    texts = [Section(brief=brief, space=space, text=TEXT) for brief in briefs for space in spaces]
    texts = Section.objects.bulk_create(texts, batch_size=500)
    Version.objects.bulk_create([Version(section=one, number=1, text=TEXT, by=priya) for one in texts], 500)
    signed = [one for one in texts if one.space == "problem" and one.brief_id % 2]
    pairs = ((Side.PRODUCT, priya), (Side.ENGINEERING, emil))
    Agreement.objects.bulk_create(
        [Agreement(section=one, version=1, side=side, by=by) for one in signed for side, by in pairs], 500
    )
    told = {"space": "problem", "version": 1, "lifted": 0}
    kept = Area.objects.get(pk=area.pk)
    before, notes = kept.entered, []
    for number in range(before + 1, before + entries + 1):
        one = Entry(
            area=area, brief=briefs[number % ideas], by=priya, verb="edited", told=told, number=number
        )
        one.idea = briefs[number % ideas].number
        one.digest = kept.head = link(
            kept.head, number, moment(one.at), priya.pk, one.idea, one.verb, one.told
        )
        notes.append(one)
    Entry.objects.bulk_create(notes, 500)
    Area.objects.filter(pk=area.pk).update(entered=before + entries, head=kept.head)
    discussed(briefs, priya, emil)
    return priya


def discussed(briefs: Any, priya: Any, emil: Any) -> None:
    """One discussion on every fifth idea, with one message; on idea 5,000 it has 400."""
    from colead.web.threads.models import Message, Thread

    fifth = (one for one in briefs if not one.number % 5)
    told = [Thread(brief=one, number=1, title="Who loses a cart?", by=priya) for one in fifth]
    threads = Thread.objects.bulk_create(told, batch_size=500)
    said = [Message(thread=one, by=priya, text=TEXT) for one in threads]
    long = next((one for one in threads if one.brief.number == 5000), threads[-1])
    said += [Message(thread=long, by=(priya, emil)[one % 2], text=TEXT) for one in range(400)]
    Message.objects.bulk_create(said, batch_size=500)


def main() -> None:
    """Make the area and measure its pages."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--ideas", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=40)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="colead-pages-") as folder:
        os.environ["COLEAD_DATA"] = folder
        from colead.web import server

        server.prepare()
        measured(filled(told.ideas, told.entries), told.runs)


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
        _row(
            page or "home",
            [_took(lambda page=page: client.get(f"/checkout/{page}")) for _ in range(runs)],
            questions,
        )
    brief = Brief.objects.get(number=1)
    _row(
        "moving an idea over all",
        [_took(lambda: brief.put(person, 1 if brief.place > 1 else 10**6)) for _ in range(6)],
        0,
    )
    _row(
        "moving an idea by one", [_took(lambda: brief.put(person, brief.place % 2 + 1)) for _ in range(20)], 0
    )


def _took(deed: Any) -> tuple[float, float]:
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
