"""Many people at once on one area, through the real models, each a process of its own.

    python strain.py begin PEOPLE            an area, its people, a few ideas
    python strain.py work NUMBER SECONDS     person NUMBER does what comes to mind, as fast as it goes
    python strain.py look                    what stands afterwards

`work` says what it was told was done, `look` what is wrong with the whole; both in JSON.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections import Counter

import django
from django.core.exceptions import ObjectDoesNotExist

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colead.web.settings")
django.setup()

from between import Between  # noqa: E402 - after Django is set up
from django.db import connection  # noqa: E402 - Django is set up first
from django.db.models import F  # noqa: E402 - after Django is set up

from colead.web.areas.chain import verify  # noqa: E402 - after Django is set up
from colead.web.areas.models import Area, Entry, Side  # noqa: E402 - after Django is set up
from colead.web.briefs.models import Agreement, Brief, Draft, Section, Version  # noqa: E402 - after Django is set up
from colead.web.briefs.models.section import Stale  # noqa: E402 - after Django is set up
from colead.web.concerns.models import Closed as ConcernClosed  # noqa: E402 - after Django is set up
from colead.web.decisions.models import Stale as DecisionStale  # noqa: E402 - after Django is set up
from colead.web.people.models import Person  # noqa: E402 - after Django is set up
from colead.web.people.views import begin  # noqa: E402 - after Django is set up
from colead.web.questions.models import Closed as QuestionClosed  # noqa: E402 - after Django is set up

IDEAS = 12
FASTER = (Stale, DecisionStale, ConcernClosed, QuestionClosed)


def prepare(people: int) -> None:
    """An area with its ideas; the first one is everybody's."""
    made = [Person.objects.welcome(f"{number}@shop.example", str(number)) for number in range(people)]
    area = begin(made[0], "Checkout", Side.PRODUCT)
    for number in range(IDEAS):
        Brief.objects.write(area, made[0], f"Idea {number}", {"problem": "It hurts."}, None)


class Worker(Between):
    """One person, and what they were told was done."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.me = Person.objects.get(email=f"{number}@shop.example")
        self.area = Area.objects.get()
        self.number = number
        self.side = list(Side)[number % 2]
        self.count = 0
        self.done: Counter[str] = Counter()  # entries that must be there, by verb
        self.saved: list[tuple[int, int, str]] = []
        self.drafts: dict[int, str] = {}
        self.stale = 0
        self.faults: Counter[str] = Counter()

    def section(self) -> Section:
        """Everybody's text as often as any other."""
        briefs = Brief.objects.filter(number__lte=IDEAS)
        one = 1 if random.random() < 0.5 else random.randint(2, IDEAS)
        brief = briefs.select_related("area").get(number=one)
        section = brief.sections.get(space=random.choice(("problem", "approach")))
        section.brief = brief
        return section

    def text(self) -> str:
        """Words that nobody else writes."""
        self.count += 1
        return f"{self.number} says {self.count}. " * random.choice((1, 20))

    def edit(self) -> None:
        section, text = self.section(), self.text()
        over = section.version
        if section.save_text(self.me, text, over=over):
            self.saved.append((section.pk, over + 1, text))
            self.done["edited"] += 1

    def agree(self) -> None:
        section = self.section()
        before = self._mine("agreed")
        section.agree(self.me, self.side, section.version)
        self.done["agreed"] += self._mine("agreed") - before

    def take_back(self) -> None:
        before = self._mine("took back")
        self.section().take_back(self.me, self.side)
        self.done["took back"] += self._mine("took back") - before

    def order(self) -> None:
        brief = Brief.objects.order_by("?")[0]
        before = self._mine("ordered")
        brief.put(self.me, random.randint(1, IDEAS))
        self.done["ordered"] += self._mine("ordered") - before

    def draft(self) -> None:
        """A draft of the outcome, which nobody saves here."""
        brief = Brief.objects.get(number=random.randint(1, IDEAS))
        section, text = brief.sections.get(space="outcome"), self.text()
        section.keep_draft(self.me, text, 1)
        self.drafts[section.pk] = text

    def write(self) -> None:
        made = Brief.objects.write(self.area, self.me, "Another", {"problem": self.text()}, None)
        self.done["wrote"] += 1
        if random.random() < 0.8:
            made.drop(self.me)
            self.done["deleted"] += 1

    def suggest(self) -> None:
        section, text = self.section(), self.text()
        over = section.version
        made = section.suggest(self.me, text, "because")
        self.done["suggested"] += 1
        made.accept(self.me)
        self.saved.append((section.pk, over + 1, text))
        self.done["accepted"] += 1

    def _mine(self, verb: str) -> int:
        return Entry.objects.filter(by=self.me, verb=verb).count()

    def work(self, seconds: float) -> None:
        """Do things until the time is over."""
        likely = {
            self.edit: 8, self.agree: 3, self.take_back: 1, self.order: 2,
            self.draft: 2, self.write: 1, self.suggest: 2, **self.between,
        }  # fmt: skip
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            deed = random.choices(list(likely), list(likely.values()))[0]
            try:
                deed()
            except (*FASTER, ObjectDoesNotExist):  # somebody else was faster, or deleted it
                self.stale += 1
            except Exception as error:
                self.faults[f"{deed.__name__}: {type(error).__name__}: {error}"[:300]] += 1

    def told(self) -> dict[str, object]:
        """All of it."""
        found = Entry.objects.filter(by=self.me).values_list("verb", flat=True)
        entries = {verb: count for verb, count in Counter(found).items() if verb in self.done}
        own = {one.section_id: one.text for one in Draft.objects.filter(person=self.me)}
        versions = {(one.section_id, one.number): one.text for one in Version.objects.filter(by=self.me)}
        lost = [(pk, number) for pk, number, text in self.saved if versions.get((pk, number)) != text]
        unwritten = self.number and {k: v for k, v in self.done.items() if entries.get(k, 0) != v}
        drafts = [pk for pk, text in self.drafts.items() if own.get(pk) != text]
        return {
            "saved": len(self.saved), "deeds": sum(self.done.values()) + len(self.drafts),
            "stale": self.stale, "lost": lost, "entries": unwritten or {},
            "missing": self.missing(), "drafts": drafts, "faults": dict(self.faults),
        }  # fmt: skip


def wrong() -> dict[str, object]:
    """What does not add up in the whole."""
    area = Area.objects.get()
    places = list(area.briefs.order_by("place").values_list("place", flat=True))
    numbers = list(area.briefs.values_list("number", flat=True))
    gone = Entry.objects.filter(verb="deleted").values_list("told__number", flat=True)
    holes = []
    for one in Section.objects.all():
        found = list(one.versions.order_by("number").values_list("number", "text"))
        if [number for number, _ in found] != list(range(1, one.version + 1)) or found[-1][1] != one.text:
            holes.append(one.pk)
    stray = Agreement.objects.filter(lifted=None).exclude(version=F("section__version")).count()
    chain = verify(area)
    told: dict[str, object] = {
        "chain of entries": chain.wrong,
        "entries without a number": chain.entries != area.entered,
        "places": places != list(range(1, len(places) + 1)),
        "numbers": sorted([*numbers, *gone]) != list(range(1, area.numbered + 1)),
        "versions": holes,
        "signatures of texts that changed": stray,
    }
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            told["integrity"] = cursor.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
            told["keys"] = cursor.execute("PRAGMA foreign_key_check").fetchall()
    return {name: what for name, what in told.items() if what}


if __name__ == "__main__":
    what, *more = sys.argv[1:]
    if what == "begin":
        prepare(int(more[0]))
    elif what == "work":
        worker = Worker(int(more[0]))
        random.seed(worker.number)
        worker.work(float(more[1]))
        print(json.dumps(worker.told()))
    else:
        print(json.dumps(wrong()))
