"""Scene: a served installation to look at: the demo's area, an empty one, one of many ideas."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PATIENCE = 90  # seconds until the first reading and both looks are there
WALKED = ("prototype",)  # pages to which a state leads: no address of theirs is known before
LEAD = "product lead"  # who looks
OPEN = ("sign-in", "link", "join")  # pages for whoever is not signed in
NOBODY = "smtp://127.0.0.1:9"  # a mail server that is not there: its pages are
FILES = (
    *("decision-file", "decision-archive", "brief-file", "terms-file", "meeting-sheet", "idea-sheet"),
    "export",
    *("reserve-file", "today", "job", "pack"),
)
PART = "services/checkout"  # a part of the demo's system
ENDLESS = "Reading history"  # what the job does that never ends
LONG_NAME = "Wilhelmina-Alexandra van den Bergh-Oosterhuis the Younger of Nether Wallop"
POST_ROOM = (
    "Labels once",
    "One tray per courier",
    "Parcels-that-nobody-fetched-for-three-weeks-go-back-to-where-they-came-from without anybody having to"
    " remember it, and whoever ordered them is told in the language that they ordered in",
)
AREAS = {"demo": "checkout", "empty": "returns", "many": "warehouse"}


@dataclass(frozen=True)
class Scene:
    """Where it is served, and what lets people in."""

    base: str
    secrets: dict[str, str]  # the path of a link by person, and of an invitation
    shapes: dict[str, str]  # what an address looks like, by the name of its route
    broken: str  # the page that is shown when Colead itself failed
    folder: Path
    states: dict[str, Any] = field(default_factory=dict)  # the cookies of who came in

    def session(self, browser: Any, who: str, **more: Any) -> Any:
        """A browser context in which this person is signed in."""
        if who not in self.states:
            with browser.new_context() as context:
                page = context.new_page()
                page.goto(self.base + self.secrets[who])
                page.get_by_role("button", name=re.compile("Sign in as")).click()
                if page.url.endswith("/second"):
                    page.get_by_label("The code on your phone").fill(self.secrets["spare"])
                    page.get_by_role("button", name="Sign in").click()
                self.states[who] = context.storage_state()
        return browser.new_context(storage_state=self.states[who], **more)

    def screens(self, table: Mapping[str, Any], area: str) -> dict[str, str]:
        """The address of every page of this table of routes in this area, by name."""
        found = {}
        for name, (parts, seen, *_) in table.items():
            elsewhere = area != "demo" and ("area" not in parts or parts.keys() & {"number", "key", "pk"})
            if not (LEAD in (seen or ()) or name == "part") or name in (*FILES, *WALKED) or elsewhere:
                continue
            told = {**parts, "area": AREAS[area], "key": PART, "pk": 1, "message": 1, "question": 1}
            path = re.sub(r"<\w+:(\w+)>", lambda one, told=told: str(told[one[1]]), self.shapes[name])
            found[name] = f"{self.base}/{path}"
        if area == "demo":
            found["discussion-debate"] = f"{self.base}/{AREAS[area]}/ideas/2/discussions/1"
        further = {"demo": "order=1", "many": "page=50"}.get(area)
        if further:
            found["briefs-further"] = f"{found['briefs']}?{further}"
        return found

    def doors(self) -> dict[str, str]:
        """The address of every page for whoever is not signed in."""
        return {name: self.base + self.secrets.get(name, f"/{name}") for name in OPEN}


@contextmanager
def scene(folder: Path, many: int = 0) -> Iterator[Scene]:
    """Serve the three areas out of this folder until the block ends."""
    env = {**os.environ, "COLEAD_DATA": str(folder), "PYTHONUNBUFFERED": "1", "COLEAD_MAIL": NOBODY}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    made = subprocess.run(
        [sys.executable, __file__, str(folder), str(many)], env=env, stdout=subprocess.PIPE, check=True
    )
    with served(["--data", str(folder)], env) as (base, _):
        yield Scene(base, **json.loads(made.stdout), folder=folder)


@contextmanager
def served(more: list[str], env: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """`colead serve` with these words: its address, and the path that lets the first person in."""
    command = [sys.executable, "-m", "colead", "serve", *more]
    running = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert running.stdout is not None
    way_in = base = ""
    for line in running.stdout:
        if found := re.match(r"Sign in: http://[^/]+(\S+)", line):
            way_in = found[1]
        if found := re.match(r"Colead: (\S+)/ ", line):
            base = found[1]
            break
    try:
        yield base, way_in
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=20)
        running.stdout.close()


def read_through(folder: Path) -> None:
    """Wait until the demo's ideas are read and both looks at its repository were taken."""
    import sqlite3

    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with sqlite3.connect(f"file:{folder / 'colead.sqlite3'}?mode=ro", uri=True) as found:
            open_jobs = "select count(*) from jobs_job where state in ('waiting', 'running') and what <> ?"
            if not found.execute(open_jobs, [ENDLESS]).fetchone()[0]:
                return
        time.sleep(0.3)


def fill(folder: Path, many: int) -> dict[str, Any]:
    """The areas and their people; what lets each of them in, and where the pages are."""
    from colead.web import server

    server.prepare(folder)
    from datetime import timedelta

    from django.test import RequestFactory
    from django.urls import URLPattern, reverse
    from wordy import crowd, wordy

    from colead.web import demo, faults
    from colead.web.areas.models import Area, Membership, Role, Side
    from colead.web.people.models import Link, Person
    from colead.web.people.views import begin
    from colead.web.urls import urlpatterns

    links = dict(demo.install())
    ada = Person.objects.welcome("ada@shop.example", "Ada", is_admin=True)
    begin(ada, "Returns", Side.PRODUCT)
    if many:
        full = begin(ada, "Warehouse", Side.PRODUCT)
        _crowd(full, many)
        crowd(full, ada, many)
    omar = Membership.objects.get(role=Role.VIEWER).person
    shop = Area.objects.get(demo=True)
    links["spare"], nina = _guarded()
    _post_room(ada)
    wordy(ada)
    for one in (ada, omar, nina):
        links[one.name] = reverse("link", args=[Link.objects.make(one, lasts=timedelta(days=1))])
    lead = shop.lead(Side.PRODUCT)
    assert lead is not None
    links["link"] = reverse("link", args=[Link.objects.make(lead, lasts=timedelta(days=1))])
    links["join"] = reverse("join", args=[shop.invite(lead, Side.ENGINEERING, Role.MEMBER)])
    shapes = {one.name: str(one.pattern) for one in urlpatterns if isinstance(one, URLPattern) and one.name}
    broken = faults.broken(RequestFactory().get("/")).content.decode()
    return {"secrets": links, "shapes": shapes, "broken": broken}


def _guarded() -> tuple[str, Any]:
    """Somebody who signs in with two factors, and one of their spare codes."""
    import pyotp

    from colead.web.people.models import Factor, Person

    nina = Person.objects.welcome("nina@shop.example", "Nina", "a long password")
    secret = pyotp.random_base32()
    return Factor.objects.switch_on(nina, secret, pyotp.TOTP(secret).now())[0], nina


def _post_room(by: Any) -> None:
    """An area with an idea that could not be read, one that is being read, and one of many words."""
    from datetime import timedelta

    from django.utils import timezone

    from colead.web.areas.models import Membership, Role, Side
    from colead.web.briefs.models import Brief
    from colead.web.jobs.models import Job, State
    from colead.web.people.models import Person
    from colead.web.people.views import begin
    from colead.web.repositories.check import KIND

    area = begin(by, "Post room", Side.PRODUCT)
    texts = {"problem": "Labels are printed twice."}
    failed, running, _ = (Brief.objects.write(area, by, one, texts, None) for one in POST_ROOM)
    failed.by_space["problem"].save_text(by, "Every label is printed twice.", over=1)
    told = {"area": area, "kind": KIND, "by": by}
    why = "the repository shop could not be opened: it was moved or taken away"
    Job.objects.create(about=str(failed.pk), state=State.FAILED, what=why, ended=timezone.now(), **told)
    told |= {"lease": timezone.now() + timedelta(days=1), "done": 412, "total": 1_260}
    Job.objects.create(about=str(running.pk), state=State.RUNNING, what=ENDLESS, **told)
    long = Person.objects.welcome("long@shop.example", LONG_NAME)
    Membership.objects.create(area=area, person=long, side=Side.ENGINEERING, role=Role.LEAD)


def _crowd(area: Any, many: int) -> None:
    from colead.web.briefs.models import Brief, Section

    told = [
        Brief(area=area, number=n, place=n, title=f"Idea {n} for the people who pack, count and send")
        for n in range(1, many + 1)
    ]
    made = Brief.objects.bulk_create(told, batch_size=500)
    spaces = ("problem", "approach", "outcome")
    texts = (Section(brief=one, space=space, text="It is counted twice.") for one in made for space in spaces)
    Section.objects.bulk_create(texts, batch_size=500)
    type(area).objects.filter(pk=area.pk).update(numbered=many)


if __name__ == "__main__":
    print(json.dumps(fill(Path(sys.argv[1]), int(sys.argv[2]))))
