"""A served installation for the test that kills it.

python kills.py begin REPOSITORY   an area with one idea; its person's session, in JSON
python kills.py ask                a reading and a look
python kills.py wait SECONDS       time passes for those who wait for a dead worker; then how the jobs ended
python kills.py saved              the versions of the idea's problem by number, in JSON
python kills.py steps KIND FOLDER N  kill a job of this kind before each (Nth) word that it says to
                                   the database, and do it anew; then what became of it, in JSON
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

sys.path.append(str(Path(__file__).parents[1] / "doors"))

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colead.web.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django is set up first
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 - after Django is set up
from django.db import connection  # noqa: E402 - after Django is set up
from django.db.models import Q  # noqa: E402 - after Django is set up
from django.utils import timezone  # noqa: E402 - after Django is set up
from smart import host, land, repository  # noqa: E402 - found by the path above

from colead.readers.git.address import address  # noqa: E402 - after Django is set up
from colead.web.areas.models import Area, Entry, Side  # noqa: E402 - after Django is set up
from colead.web.briefs.models import Brief, Version  # noqa: E402 - after Django is set up
from colead.web.jobs.models import ALIVE, Job, State  # noqa: E402 - after Django is set up
from colead.web.jobs.work import do  # noqa: E402 - after Django is set up
from colead.web.parts.models import Part  # noqa: E402 - after Django is set up
from colead.web.people.models import Person  # noqa: E402 - after Django is set up
from colead.web.people.sessions import SessionStore  # noqa: E402 - after Django is set up
from colead.web.people.views import begin  # noqa: E402 - after Django is set up
from colead.web.repositories import check, fetch, look  # noqa: E402 - after Django is set up
from colead.web.repositories.models import KeptReading, Look  # noqa: E402 - after Django is set up


def prepare(repository: str) -> dict[str, str]:
    """The area, and the cookie of its person."""
    person = Person.objects.welcome("priya@shop.example", "Priya")
    area = begin(person, "Checkout", Side.PRODUCT)
    area.repositories.create(name="shop", path=repository)
    Brief.objects.write(area, person, "Gift notes", {"problem": "Start."}, None)
    return signed_in(person)


def signed_in(person: Person) -> dict[str, str]:
    """The cookie of a session of theirs."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key)}


def steps(kind: str, folder: str, every: int) -> dict[str, object]:
    """Jobs of a kind, each killed at one step and then left alone; the last one is not hit any more."""
    scratch = Path(folder)
    shop = repository(scratch / "root" / "shop")
    with host(scratch / "root", scratch) as served:
        settings.REACH, settings.AUTHORITIES = ("127.0.0.1",), served.authorities
        area = Area.objects.get()
        if kind == "fetch":
            where = address(f"https://127.0.0.1:{served.port}/shop")
            connected = fetch.connect(area, Person.objects.get(), where)
        ask = {
            "check": lambda: check.check_later(Brief.objects.get()),
            "look": lambda: look.look_later(area),
            "fetch": lambda: fetch.fetch_later(connected),
        }[kind]
        hit, asked, number = True, 0, 1
        while hit:
            land(shop, f"more{number}.txt")
            ask()
            asked += 1
            hit = survived(kind, number) is False
            survived(kind, 0)
            number += every
    made = Counter(Entry.objects.filter(verb__in=["read", "fetched"]).values_list("verb", flat=True))
    states = Counter(Job.objects.filter(kind=kind).values_list("state", flat=True))
    kept = {"readings": KeptReading.objects.count(), "looks": Look.objects.count()}
    return {"asked": asked, "jobs": dict(states), "parts": Part.objects.count(), **kept, **made}


def survived(kind: str, number: int) -> bool | None:
    """Do the job in a process that is killed at this step; None where there was nothing to do."""
    Job.objects.filter(state=State.RUNNING).update(lease=timezone.now() - timedelta(seconds=1))
    connection.close()
    child = os.fork()
    if child == 0:
        said = itertools.count(1)

        def killed(execute: Any, *told: Any) -> Any:
            if next(said) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*told)

        job = Job.objects.claim(among=Q(kind=kind))
        if job is not None:
            with connection.execute_wrapper(killed):
                do(job)
        os._exit(0 if job is not None else 1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, 1, -signal.SIGKILL), status
    return {0: True, 1: None, -signal.SIGKILL: False}[status]


def ended(seconds: float) -> dict[str, object]:
    """How the jobs ended and how many readings were kept; leases and pauses after deaths end at once."""
    until = time.monotonic() + seconds
    while Job.objects.filter(state__in=ALIVE).exists() and time.monotonic() < until:
        dead = Job.objects.filter(state=State.RUNNING, lease__lt=timezone.now() + timedelta(seconds=25))
        dead.update(lease=timezone.now() - timedelta(seconds=1))
        Job.objects.filter(after__gt=timezone.now()).update(after=None)
        time.sleep(0.5)
    area = Area.objects.get()
    checks = Counter(Job.objects.filter(kind="check").values_list("state", flat=True))
    others = Counter(Job.objects.exclude(kind="check").values_list("state", flat=True))
    told = {"readings": KeptReading.objects.count(), "read": Entry.objects.filter(verb="read").count()}
    edits = Entry.objects.filter(area=area, verb="edited").count()
    failed = Job.objects.filter(state=State.FAILED).order_by("id")
    why = [f"{one.kind}, attempt {one.attempts}: {one.what}" for one in failed]
    jobs = {"checks": dict(checks), "others": dict(others), "looks": Look.objects.count(), "why": why}
    return {**told, **jobs, "edited": edits, "versions": Version.objects.count()}


if __name__ == "__main__":
    what, *more = sys.argv[1:]
    if what == "begin":
        print(json.dumps(prepare(more[0])))
    elif what == "wait":
        print(json.dumps(ended(float(more[0]))))
    elif what == "ask":
        check.check_later(Brief.objects.get())
        look.look_later(Area.objects.get())
    elif what == "steps":
        print(json.dumps(steps(more[0], more[1], int(more[2]))))
    else:
        found = Version.objects.filter(section__space="problem").values_list("number", "text")
        print(json.dumps(dict(found)))
