"""Deeds that a process dies in the middle of, and what is left of them.

python dying.py deeds FOLDER N   each deed, killed before every (Nth) word to the database or commit; how
                                 often it was killed and what was left half, by deed, in JSON
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

sys.path.append(str(Path(__file__).parents[1] / "doors"))

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colead.web.settings")
django.setup()

from django.db import connection  # noqa: E402 - Django is set up first
from django.utils import timezone  # noqa: E402 - after Django is set up
from smart import git, land, repository  # noqa: E402 - found by the path above

from colead.correction import Correction, Kind  # noqa: E402 - after Django is set up
from colead.web.areas.models import Side  # noqa: E402 - after Django is set up
from colead.web.briefs.models import Brief, Version  # noqa: E402 - after Django is set up
from colead.web.concerns import follow  # noqa: E402 - after Django is set up
from colead.web.concerns.models import Trail  # noqa: E402 - after Django is set up
from colead.web.decisions.models import Decision  # noqa: E402 - after Django is set up
from colead.web.decisions.models.decision import Wish  # noqa: E402 - after Django is set up
from colead.web.jobs.models import Job, State  # noqa: E402 - after Django is set up
from colead.web.parts import lessons  # noqa: E402 - after Django is set up
from colead.web.parts.models import Amiss  # noqa: E402 - after Django is set up
from colead.web.people.models import Person  # noqa: E402 - after Django is set up
from colead.web.people.views import begin  # noqa: E402 - after Django is set up
from colead.web.prototypes.models import Prototype  # noqa: E402 - after Django is set up
from colead.web.repositories import look  # noqa: E402 - after Django is set up
from colead.web.repositories.models import Repository  # noqa: E402 - after Django is set up

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


if __name__ == "__main__":
    print(json.dumps(kills(Path(sys.argv[2]), int(sys.argv[3]))))
