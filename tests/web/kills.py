"""A served installation for the test that kills it.

python kills.py begin REPOSITORY   an area with one idea; its person's session, in JSON
python kills.py wait SECONDS       time passes for those who wait for a dead worker; then how the jobs ended
python kills.py saved              the versions of the idea's problem by number, in JSON
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colead.web.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django is set up first
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 - after Django is set up
from django.utils import timezone  # noqa: E402 - after Django is set up

from colead.web.areas.models import Area, Entry, Side  # noqa: E402 - after Django is set up
from colead.web.briefs.models import Brief, Version  # noqa: E402 - after Django is set up
from colead.web.jobs.models import ALIVE, Job, State  # noqa: E402 - after Django is set up
from colead.web.people.models import Person  # noqa: E402 - after Django is set up
from colead.web.people.sessions import SessionStore  # noqa: E402 - after Django is set up
from colead.web.people.views import begin  # noqa: E402 - after Django is set up
from colead.web.repositories.models import KeptReading  # noqa: E402 - after Django is set up


def prepare(repository: str) -> dict[str, str]:
    """The area, and the cookie of its person."""
    person = Person.objects.welcome("priya@shop.example", "Priya")
    area = begin(person, "Checkout", Side.PRODUCT)
    area.repositories.create(name="shop", path=repository)
    Brief.objects.write(area, person, "Gift notes", {"problem": "Start."}, None)
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key)}


def ended(seconds: float) -> dict[str, object]:
    """How the jobs ended and how many readings were kept; leases of the dead run out at once."""
    until = time.monotonic() + seconds
    while Job.objects.filter(state__in=ALIVE).exists() and time.monotonic() < until:
        dead = Job.objects.filter(state=State.RUNNING, lease__lt=timezone.now() + timedelta(seconds=25))
        dead.update(lease=timezone.now() - timedelta(seconds=1))
        time.sleep(0.5)
    area = Area.objects.get()
    checks = Counter(Job.objects.filter(kind="check").values_list("state", flat=True))
    told = {"readings": KeptReading.objects.count(), "read": Entry.objects.filter(verb="read").count()}
    edits = Entry.objects.filter(area=area, verb="edited").count()
    return {**told, "jobs": dict(checks), "edited": edits, "versions": Version.objects.count()}


if __name__ == "__main__":
    what, *more = sys.argv[1:]
    if what == "begin":
        print(json.dumps(prepare(more[0])))
    elif what == "wait":
        print(json.dumps(ended(float(more[0]))))
    else:
        found = Version.objects.filter(section__space="problem").values_list("number", "text")
        print(json.dumps(dict(found)))
