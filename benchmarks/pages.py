"""How long the shared page's pages take in an area with 10,000 ideas and 100,000 entries; a Markdown table.

    python benchmarks/pages.py [--ideas N] [--entries N] [--read N] [--runs N] [--only TEXT] [--on DATABASE]

The area is made in an empty installation on SQLite, and again on a PostgreSQL of its own
(scripts/postgres.py); READ of its ideas have two real readings of the made-up shop each, and of all else
there is as much as _busy.py says. Another process then asks for each address RUNS times, as the product
lead, after one look that is not counted; what is kept for a while also after an entry before each time, so
that it is made anew. Told are how many questions the page asks the database, and at most how many
milliseconds 95 in 100 answers took from the request to the finished answer, without the way over the
network: of this process's processor, which a busy machine blurs less (on PostgreSQL the database's share is
not in it), and on the clock. SLOW marks more than 100.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from _words import COMMON, RARE

LIMIT = 100  # milliseconds
SLOWEST = 3_000  # of one answer that is asked for as often as the others
DATABASES = ("sqlite", "postgresql")
HERE = Path(__file__)
SEARCHED = (COMMON, RARE, "gift", "Printer", "notes printed", "absent")

PAGES = (
    "", "inbox", "inbox?page=2", "inbox?page=4", "menu", "menu?q=Idea+77",
    *(f"search?q={one.replace(' ', '+')}" for one in SEARCHED),
    "search?q=gift&kind=ideas", "search?q=gift&kind=discussions", "search?q=gift&kind=ideas&from=200",
    "ideas", "ideas?page=200", "ideas/new", "ideas/5000", "ideas/5000.md", "ideas/5000/past",
    "ideas/5000/deletion", "ideas/5000/title", "ideas/5000/problem/text", "ideas/5000/problem/versions",
    "ideas/5000/problem/suggestions", "ideas/5000/file", "ideas/5000/sheet.html",
    "discussions", "discussions?page=20", "ideas/5000/discussions", "ideas/5000/discussions/1",
    "concerns", "concerns?page=6", "concerns/{Concern}", "ideas/5000/concerns", "ideas/5000/trail",
    "decisions", "decisions?page=60", "decisions/1", "decisions/2", "decisions/9", "decisions/new",
    "decisions/files", "ideas/5000/questions", "ideas/5000/questions/{Question}", "ideas/5000/answers",
    "ideas/5000/prototypes", "ideas/5000/prototypes/{Prototype}", "ideas/5000/prototypes/{Prototype}/pack.md",
    "tradeoffs", "tradeoffs?page=60", "tradeoffs/{Tradeoff}", "occasions",
    "meeting", "meeting/sheet.html", "meetings/{Meeting}", "meetings/{over}",
    "ahead", "ahead/slots", "ahead/repairs", "ahead/repairs/new", "ahead/repairs/{Repair}",
    "together", "together?quarter={quarter}", "record", "balance", "system", "system/{part}", "told",
    "terms", "terms.yml", "people", "people/{Membership}", "repositories", "keeping", "chat",
    "jobs/{Job}",
)  # fmt: skip
ANEW = ("", "inbox", "ideas/5000")
ELSEWHERE = ("", "me", "me/notices", "me/tokens", "today.json", "installation", f"search?q={COMMON}")
LISTS = {
    "ideas": "Brief", "entries": "Entry", "discussions": "Thread", "concerns": "Concern",
    "decisions": "Decision", "tradeoffs": "Tradeoff", "repairs": "Repair", "meetings": "Meeting",
    "jobs": "Job",
}  # fmt: skip
FORMS = ("ideas", "discussions", "concerns", "decisions", "tradeoffs", "ahead/repairs", "meeting", "inbox")
Told = dict[str, dict[str, float]]


def main() -> None:
    """Make the areas, have their pages measured, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name, usual in (("ideas", 10_000), ("entries", 100_000), ("read", 1_000), ("runs", 40)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--only", default="", help="part of the address")
    parser.add_argument("--on", choices=DATABASES, action="append")
    parser.add_argument("--step", choices=("fill", "measure"), help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.step:
        return _step(told)
    found = {name: _measured(name) for name in told.on or DATABASES}
    print(_table(found))


def _measured(database: str) -> Told:
    """What the other process told; where COLEAD_DATA stands, what is filled there is taken as it is."""
    with tempfile.TemporaryDirectory(prefix="colead-pages-") as folder:
        env = {"COLEAD_DATA": folder, **os.environ}
        words = [sys.executable, HERE, *sys.argv[1:], "--step"]
        if database == "postgresql" and not env.get("COLEAD_TEST_DATABASE"):
            words = [
                sys.executable,
                HERE.parent.parent / "scripts" / "postgres.py",
                "sh",
                "-c",
                '"$@" fill && "$@" measure',
                "sh",
                *words,
            ]
            return _said(words, env)
        env["COLEAD_DATABASE"] = env.get("COLEAD_TEST_DATABASE", "") if database == "postgresql" else ""
        subprocess.run([*words, "fill"], env=env, check=True)
        return _said([*words, "measure"], env)


def _said(words: list[Any], env: dict[str, str]) -> Told:
    ran = subprocess.run(words, env=env, check=True, stdout=subprocess.PIPE, text=True)
    made: Told = json.loads(ran.stdout)
    return made


def _step(told: argparse.Namespace) -> None:
    os.environ.setdefault("COLEAD_DATABASE", os.environ.get("COLEAD_TEST_DATABASE", ""))
    from colead.web import server

    _database(os.environ["COLEAD_DATABASE"])
    server.prepare()
    server.application()
    from colead.web.areas.models import Area, Membership

    if told.step == "fill":
        if not Area.objects.exists():
            from _site import filled

            filled(told.ideas, told.entries, told.read)
        return
    lead = Membership.objects.select_related("person").order_by("pk")[0]
    json.dump(measured(lead.person, told.runs, told.only), sys.stdout)


def _database(address: str) -> None:
    """Make the database of this address where it is not there."""
    if not address:
        return
    import psycopg

    with psycopg.connect(address.replace("/colead?", "/postgres?"), autocommit=True) as made:
        if not made.execute("SELECT 1 FROM pg_database WHERE datname = 'colead'").fetchone():
            made.execute("CREATE DATABASE colead")


def _table(found: dict[str, Told]) -> str:
    loads = {name: rows.pop("load") for name, rows in found.items()}
    lines = [
        f"{name}: load {one['before']:.1f} before, {one['after']:.1f} after" for name, one in loads.items()
    ]
    heads = [f"{name}: questions | processor p95 ms | clock p50 ms | clock p95 ms" for name in found]
    lines += ["", f"| page | {' | '.join(heads)} |", f"|---|{'--:|' * 4 * len(heads)}"]
    for page in next(iter(found.values())):
        cells = [rows[page] for rows in found.values()]
        slow = " SLOW" if any(max(one["busy"], one["late"]) > LIMIT for one in cells) else ""
        told = (
            f"{one['asked']} | {one['busy']:.0f} | {one['middle']:.0f} | {one['late']:.0f}" for one in cells
        )
        lines.append(f"| {page}{slow} | {' | '.join(told)} |")
    return "\n".join(lines)


def measured(person: Any, runs: int, only: str) -> Told:
    """Ask for every page, and move an idea from one end to the other."""
    from django.test import Client

    from colead.web.briefs.models import Brief

    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    told: Told = {"load": {"before": os.getloadavg()[0]}}
    for name, address in _addresses():
        if only in name:
            told[name] = _of(client, address, runs)
    for page in ANEW:
        if only in (name := f"{page or 'home'}, made anew"):
            told[name] = _of(client, f"/checkout/{page}", runs, anew=True)
    if not only:
        brief = Brief.objects.get(number=1)
        over_all = [_took(lambda: brief.put(person, 1 if brief.place > 1 else 10**6)) for _ in range(6)]
        told["moving an idea over all"] = _row(over_all, 0)
        by_one = [_took(lambda: brief.put(person, brief.place % 2 + 1)) for _ in range(20)]
        told["moving an idea by one"] = _row(by_one, 0)
    told["load"]["after"] = os.getloadavg()[0]
    return told


def _addresses() -> Iterator[tuple[str, str]]:
    """Each page's name and address; the last of a kind stands for its {Name}, else the one on idea 5,000."""
    from django.apps import apps
    from django.db.models import QuerySet

    from colead.web.api.call import cursor
    from colead.web.parts.models import Part
    from colead.web.together.views import Quarter, began

    def rows(name: str) -> QuerySet[Any]:
        model = next(one for one in apps.get_models() if one.__name__ == name)
        return model._default_manager.order_by("-pk")

    area = rows("Area")[0]
    known: dict[str, object] = {
        name: rows(name)[0].pk for name in ("Concern", "Tradeoff", "Meeting", "Repair", "Membership", "Job")
    }
    known |= {name: rows(name).filter(brief__number=5000)[0].pk for name in ("Question", "Prototype")}
    known |= {"over": rows("Meeting").exclude(ended=None)[0].pk, "part": Part.objects.order_by("pk")[0].key}
    first = Quarter.of(began(area))
    known["quarter"] = f"{first.after.year}-{first.after.number}"
    for page in PAGES:
        yield page.format(**known) or "home", f"/checkout/{page.format(**known)}"
    for page in ELSEWHERE:
        yield f"/{page}", f"/{page}"
    for page, name in LISTS.items():
        last = cursor(
            rows(name).order_by("-pk" if page in ("ideas", "discussions", "decisions") else "pk")[50].pk
        )
        yield f"API {page}", f"/api/1/areas/checkout/{page}?limit=50"
        yield f"API {page}, last 50", f"/api/1/areas/checkout/{page}?limit=50&cursor={last}"
    for page in FORMS:
        for form in ("json", "csv"):
            yield f"{page}.{form}", f"/checkout/{page}.{form}"


def _of(client: Any, address: str, runs: int, *, anew: bool = False) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    if anew:
        _entered()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
        questions = len(asked)
    assert answer.status_code in (200, 302), (address, answer.status_code)
    took = []
    for _ in range(runs):
        if anew:
            _entered()
        took.append(_took(lambda: client.get(address)))
        if sum(one for one, _ in took) > SLOWEST * 3 and len(took) > 4:
            break
    return _row(took, questions)


def _entered() -> None:
    """Somebody did something in the area, so that no page of it is kept any longer."""
    from colead.web.areas.models import Area

    Area.objects.get(slug="checkout").enter(None, "measured")


def _took(deed: Any) -> tuple[float, float]:
    began, busy = time.perf_counter(), time.process_time()
    deed()
    return (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000


def _row(every: list[tuple[float, float]], asked: int) -> dict[str, float]:
    clock, busy = zip(*every, strict=True)
    return {"asked": asked, "busy": _late(busy), "middle": statistics.median(clock), "late": _late(clock)}


def _late(every: tuple[float, ...]) -> float:
    return statistics.quantiles(every, n=20, method="inclusive")[-1]


if __name__ == "__main__":
    main()
