"""Deeds that a process dies in the middle of, and what is left of them.

python dying.py deeds FOLDER N   each deed, killed before every (Nth) word to the database or commit; how
                                 often it was killed and what was left half, by deed, in JSON
python dying.py mails FOLDER N   mails and messages whose sender dies at every step and is followed by
                                 another: how often what was sent so many times, by kind, in JSON
python dying.py ask FOLDER PORT KIND...   a job of each of these kinds, each in an area of its own
python dying.py work KIND STEP     a worker that kills itself at this step of a job of this kind
python dying.py time               time passes for those who wait for the dead
python dying.py left               what became of the jobs, in JSON: their ends, and results of each
"""

from __future__ import annotations

import itertools
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

sys.path.append(str(Path(__file__).parents[1] / "doors"))

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colead.web.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django is set up first
from django.db import connection  # noqa: E402 - Django is set up first
from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: E402 - Django is set up first
from django.db.models import Q  # noqa: E402 - after Django is set up
from django.utils import timezone  # noqa: E402 - after Django is set up
from smart import git, land, repository  # noqa: E402 - found by the path above

from colead.correction import Correction, Kind  # noqa: E402 - after Django is set up
from colead.readers.git.address import address  # noqa: E402 - after Django is set up
from colead.web import worker  # noqa: E402 - after Django is set up
from colead.web.areas.models import Area, Entry, Membership, Role, Side  # noqa: E402 - after Django is set up
from colead.web.briefs.models import Brief, Version  # noqa: E402 - after Django is set up
from colead.web.concerns import follow  # noqa: E402 - after Django is set up
from colead.web.concerns.models import Trail  # noqa: E402 - after Django is set up
from colead.web.decisions.models import Decision  # noqa: E402 - after Django is set up
from colead.web.decisions.models.decision import Wish  # noqa: E402 - after Django is set up
from colead.web.inbox import chat, digest  # noqa: E402 - after Django is set up
from colead.web.inbox.models import Hook, Notice, Rhythm, Sent  # noqa: E402 - after Django is set up
from colead.web.jobs.models import ALIVE, Job, Jobs, State  # noqa: E402 - after Django is set up
from colead.web.parts import lessons  # noqa: E402 - after Django is set up
from colead.web.parts.models import Amiss  # noqa: E402 - after Django is set up
from colead.web.people.models import Letter, Person  # noqa: E402 - after Django is set up
from colead.web.people.models.turn import PAUSE  # noqa: E402 - after Django is set up
from colead.web.people.post import outside  # noqa: E402 - after Django is set up
from colead.web.people.views import begin  # noqa: E402 - after Django is set up
from colead.web.prototypes.models import Prototype  # noqa: E402 - after Django is set up
from colead.web.repositories import fetch, look  # noqa: E402 - after Django is set up
from colead.web.repositories.models import KeptReading, Repository  # noqa: E402 - after Django is set up
from colead.web.sealed import seal  # noqa: E402 - after Django is set up

Deed = Callable[[], object]
FRESH = itertools.count(1)


def survived(number: int, deed: Deed) -> bool:
    """Do it in a process that is killed before its so-many-th word to the database or commit."""
    connection.close()
    child = os.fork()
    if child == 0:
        said = itertools.count(1)

        def word() -> None:
            if next(said) == number:
                os.kill(os.getpid(), signal.SIGKILL)

        def executed(execute: Any, *told: Any) -> Any:
            word()
            return execute(*told)

        def committed(commit: Deed = connection._commit) -> None:
            word()
            commit()

        connection._commit = committed
        with connection.execute_wrapper(executed):
            deed()
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), status
    return status == 0


class Scene:
    """An area with everything that deeds need; how often each deed had its effect."""

    def __init__(self, scratch: Path) -> None:
        self.shop = repository(scratch / "shop")
        self.by = Person.objects.welcome("priya@shop.example", "Priya")
        self.area = begin(self.by, "Checkout", Side.PRODUCT)
        self.repository = self.area.repositories.create(name="shop", path=str(self.shop))
        self.brief = Brief.objects.write(self.area, self.by, "Gift notes", {"problem": "Start."}, None)
        self.section = self.brief.by_space["problem"]
        self.decision = Decision.objects.ask(
            self.area, self.by, "On what?", "solution", options=[Wish("A card", "Print it on a card.")]
        )
        self.brief.go_ahead(self.by, Side.PRODUCT)
        git(self.shop, "branch", "try")
        Trail.objects.create(brief=self.brief, branch="try")

    def write(self) -> Deed:
        """An idea that is not there yet."""
        return lambda: Brief.objects.write(self.area, self.by, "One more", {}, None)

    def edit(self) -> Deed:
        """A text."""
        self.section.refresh_from_db()
        text = f"Text {next(FRESH)}."
        return lambda: self.section.save_text(self.by, text, over=self.section.version)

    def name(self) -> Deed:
        """A title."""
        title = f"Gift notes {next(FRESH)}"
        return lambda: self.brief.name(self.by, title, None)

    def reword(self) -> Deed:
        """A decision."""
        one = Decision.objects.get(pk=self.decision.pk)
        told = {"question": "On what?", "background": f"{next(FRESH)}", "space": "solution"}
        return lambda: one.reword(self.by, told, [Wish("A card", "On a card.")], over=one.version)

    def correct(self) -> Deed:
        """A reading."""
        said = Correction(Kind.MISSING, f"part{next(FRESH)}", because="It is not there.")
        return lambda: lessons.keep_amiss(self.repository, self.brief, self.by, said)

    def end(self) -> Deed:
        """A prototype that is open."""
        until = timezone.localdate() + timedelta(days=3)
        one = Prototype.objects.start(self.brief, self.by, "Does it print?", "try", until)
        return lambda: one.end(self.by, "yes", "It does.")

    def ship(self) -> Deed:
        """An idea that is not shipped."""
        made = Brief.objects.write(self.area, self.by, "Another", {}, None)
        return lambda: made.ship(self.by, timezone.localdate())

    def landed(self) -> Deed:
        """Something lands."""
        land(self.shop, f"more{next(FRESH)}.txt")
        return look.notice

    def pushed(self) -> Deed:
        """Something lands on the branch."""
        told = f"commit refs/heads/try\ncommitter P <p@shop.example> {int(time.time())} +0000\ndata 3\nTry\n"
        more = f"from refs/heads/try^0\nM 100644 inline try{next(FRESH)}.py\ndata 1\nx\ndone\n"
        git(self.shop, "fast-import", "--quiet", "--done", "--force", given=(told + more).encode())
        return follow.notice_branches

    def deeds(self) -> dict[str, tuple[Callable[[], Deed], Callable[[], object], str]]:
        """By name: what prepares the deed, what tells whether it was done, and the work that follows."""
        ended = Prototype.objects.exclude(ended=None)
        shipped = Brief.objects.exclude(shipped=None)
        return {
            "notice what landed": (self.landed, lambda: Repository.objects.get().tip, "look"),
            "notice a branch": (self.pushed, lambda: Trail.objects.get().tips, "compare"),
            "write an idea": (self.write, Brief.objects.count, "check"),
            "edit a text": (self.edit, Version.objects.count, "check"),
            "name an idea": (self.name, lambda: Brief.objects.get(pk=self.brief.pk).title, "check"),
            "correct a reading": (self.correct, Amiss.objects.count, "check"),
            "ship an idea": (self.ship, shipped.count, "ahead"),
            "reword a decision": (self.reword, lambda: self._decided().version, "options"),
            "end a prototype": (self.end, ended.count, "prototype"),
        }

    def _decided(self) -> Decision:
        return Decision.objects.get(pk=self.decision.pk)


def kills(scratch: Path, every: int) -> dict[str, dict[str, object]]:
    """Each deed at each of its steps."""
    scene, told = Scene(scratch), {}
    look.notice()
    follow.notice_branches()
    for name, (prepared, effect, kind) in scene.deeds().items():
        over, number, hit, half = False, 1, 0, []
        while not over:
            deed = prepared()
            Job.objects.filter(state=State.WAITING).update(state=State.CANCELLED)
            before = effect()
            over = survived(number, deed)
            done, asked = effect() != before, Job.objects.filter(kind=kind, state=State.WAITING).count()
            if asked != done or (over and not done):
                half.append([number, done, asked])
            if asked != waking(kind):
                half.append([number, "woken", waking(kind)])
            hit, number = hit + (not over), number + every
        told[name] = {"kills": hit, "half": half}
    return told


def waking(kind: str) -> int:
    """How many of the jobs that wait have somebody who is told of it."""
    waiting = Job.objects.filter(kind=kind, state=State.WAITING)
    if connection.vendor != "postgresql":
        return waiting.count()
    from procrastinate.contrib.django.models import ProcrastinateJob

    keys = [str(one) for one in waiting.values_list("pk", flat=True)]
    return ProcrastinateJob.objects.filter(queueing_lock__in=keys, status="todo").count()


# --- mails and messages -------------------------------------------------------------------------


def mails(scratch: Path, every: int) -> dict[str, dict[int, int]]:
    """Each kind, its sender killed at each step and followed by another: how often what was sent."""
    box = scratch / "box"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH, settings.MAILS = str(box), True
    box.mkdir()
    chat.sent = lambda address, text: (outside(), (box / secrets.token_hex(8)).write_text(text), "")[-1]
    priya, emil = (Person.objects.welcome(f"{one}@shop.example", one) for one in ("priya", "emil"))
    area = begin(priya, "Checkout", Side.PRODUCT)
    Membership.objects.create(area=area, person=emil, side=Side.ENGINEERING, role=Role.LEAD)
    section = Brief.objects.write(area, priya, "Gift notes", {"problem": "One."}, None).by_space["problem"]
    Hook.objects.create(area=area, sealed=seal("https://chat.example/x", chat.PURPOSE), by=priya, host="chat")
    Notice.objects.create(person=emil, rhythm=Rhythm.NEVER)
    wish = Notice.objects.of(priya)
    today = timezone.localtime()
    monday = (today + timedelta(days=7 - today.weekday())).replace(hour=10)

    def told() -> None:
        section.suggestions.all().delete()
        section.suggest(emil, "Another text.", "")
        before = monday - timedelta(days=8)
        Notice.objects.filter(pk=wish.pk).update(told=before, sending=None, tries=0)
        Hook.objects.update(told=before, sending=None, tries=0)
        Sent.objects.all().delete()

    def asked() -> None:
        Letter.objects.create(to="priya@shop.example", base="http://shop.example")

    def link(at: Any) -> None:
        Letter.objects.update(sending=timezone.now() - 2 * PAUSE)
        Letter.objects.deliver()

    kinds = {"digest": (told, digest.deliver), "chat": (told, chat.deliver), "link": (asked, link)}
    return {name: dict(sendings(box, monday, every, *one)) for name, one in kinds.items()}


def sendings(box: Path, at: Any, every: int, prepared: Deed, send: Callable[[Any], object]) -> Counter[int]:
    """How often what was sent so many times, over all steps at which its sender may die."""
    found: Counter[int] = Counter()
    prepared()
    send(at)  # what is imported on the way is there in every child
    for one in box.iterdir():
        one.unlink()
    for number in itertools.count(1, every):
        prepared()
        over = survived(number, lambda: send(at))
        survived(0, lambda: send(at + PAUSE))
        survived(0, lambda: send(at + PAUSE + timedelta(hours=5)))
        sent = list(box.iterdir())
        found[len(sent)] += 1
        for one in sent:
            one.unlink()
        if over:
            return found
    raise AssertionError


# --- a worker that dies -------------------------------------------------------------------------


def ask(scratch: Path, port: int, kinds: list[str]) -> None:
    """Have these jobs wait."""
    shop = scratch / "root" / "shop"
    by = Person.objects.welcome("priya@shop.example", "Priya")
    for kind in kinds:
        area = begin(by, f"{kind} {next(FRESH)}", Side.PRODUCT)
        if kind == "fetch":
            fetch.connect(area, by, address(f"https://127.0.0.1:{port}/shop"))
            continue
        area.repositories.create(name="shop", path=str(shop), tip=git(shop, "rev-parse", "HEAD"))
        if kind == "check":
            Brief.objects.write(area, by, "Gift notes", {"problem": "Files are lost."}, None)
        else:
            look.look_later(area, by)


def die(*_: object, **__: object) -> None:
    """Be gone, as after kill -9."""
    os.kill(os.getpid(), signal.SIGKILL)


def after(deed: Any, when: Callable[[Any], bool] = lambda told: True) -> Any:
    """The same deed, which nobody survives."""

    def done(*told: Any, **more: Any) -> Any:
        found = deed(*told, **more)
        if when(found):
            die()
        return found

    return done


def at_commit(deed: Any) -> None:
    """Die at the commit that ends a job."""
    ended: list[Any] = []

    def end(*told: Any, end: Any = Job.end, **more: Any) -> bool:
        ended.append(told)
        return bool(end(*told, **more))

    def commit(self: Any, commit: Any = BaseDatabaseWrapper._commit) -> None:
        if ended and self.vendor in ("sqlite", "postgresql"):
            deed(self, commit)
        commit(self)

    Job.end = end
    BaseDatabaseWrapper._commit = commit


def in_git() -> None:
    """Die while git runs, which goes on alone."""

    class Started(subprocess.Popen):
        def __init__(self, words: Any, *told: Any, **more: Any) -> None:
            super().__init__(words, *told, **more)
            if "git" in " ".join(map(str, words)):
                die()

    subprocess.Popen = Started


STEPS: dict[str, Callable[[], None]] = {
    "before the claim": lambda: setattr(Jobs, "claim", die),
    "after the claim": lambda: setattr(Jobs, "claim", after(Jobs.claim, lambda job: job is not None)),
    "in git": in_git,
    "at its first word": lambda: setattr(Job, "go_on", die),
    "after its first word": lambda: setattr(Job, "go_on", after(Job.go_on)),
    "before its result": lambda: setattr(Job, "ending", die),
    "in its result": lambda: setattr(Job, "end", after(Job.end)),
    "before the commit": lambda: at_commit(die),
    "after the commit": lambda: at_commit(lambda self, commit: (commit(self), die())),
}


def work(kind: str, step: str) -> None:
    """Work in the lane of this kind, and do nothing else of it."""

    def claim(self: Any, now: Any = None, among: Any = None, claim: Any = Jobs.claim) -> Any:
        return claim(self, now, Q(kind=kind) & (Q() if among is None else among))

    Jobs.claim = claim
    worker.Helper.call = lambda self: None  # the long work has its own that dies
    STEPS[step]()
    worker.main(os.getppid(), "readings" if kind == "check" else "rest")


def pass_time() -> None:
    """Whoever died is found out now."""
    Job.objects.filter(state=State.RUNNING).update(lease=timezone.now() - timedelta(seconds=1))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")


def left() -> dict[str, object]:
    """By kind: how the jobs ended, and how many results each area has."""
    told: dict[str, dict[str, Any]] = {}
    for area in Area.objects.order_by("id"):
        kind = area.name.split()[0]
        one = told.setdefault(kind, {"ends": Counter(), "results": Counter()})
        follow_up = area.jobs.filter(kind={"check": "ahead", "look": "ahead", "fetch": "look"}[kind])
        looks, readings = area.looks.exclude(kind="ahead"), KeptReading.objects.filter(brief__area=area)
        kept = {"check": readings.count(), "look": looks.count()}
        fetched = Entry.objects.filter(area=area, verb="fetched").count()
        one["ends"].update(f"{job.state}: {job.what}" for job in area.jobs.filter(kind=kind))
        one["results"][f"{kept.get(kind, fetched)}, then {follow_up.count()}"] += 1
    alive = Job.objects.filter(state__in=ALIVE).count()
    every = [one for one in Repository.objects.all() if one.is_fetched and not alive]
    broken = [one.path for one in every if not whole(one)]
    return {"alive": alive, "broken": broken, **told}


def whole(one: Repository) -> bool:
    """Whether git finds nothing wrong with a clone, which has what the host has."""
    git(one.place, "fsck", "--strict")
    return git(one.place, "rev-parse", "HEAD") == one.tip != ""


if __name__ == "__main__":
    what, *more = sys.argv[1:]
    if what == "deeds":
        print(json.dumps(kills(Path(more[0]), int(more[1]))))
    elif what == "mails":
        print(json.dumps(mails(Path(more[0]), int(more[1]))))
    elif what == "ask":
        ask(Path(more[0]), int(more[1]), more[2:])
    elif what == "work":
        work(*more)
    elif what == "time":
        pass_time()
    else:
        print(json.dumps(left()))
