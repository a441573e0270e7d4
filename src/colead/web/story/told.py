"""Told: several lines of a story, merged in the order of their days and written down as on those days."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from colead.web import clock
from colead.web.areas.models import Area, Side
from colead.web.briefs.models import Brief, Section
from colead.web.jobs.models import Job
from colead.web.jobs.work import do
from colead.web.people.models import Person
from colead.web.questions.models import Question
from colead.web.repositories.check import KIND as CHECK

Line = Iterator[datetime]  # each moment at which it goes on
SOON = timedelta(minutes=35)
HOUR = timedelta(hours=1)


def tell(lines: Iterable[Line]) -> None:
    """Let each line go on at the moments that it names, all of them in the order of time."""
    waiting = [(moment, place, line) for place, line in enumerate(lines) for moment in [next(line)]]
    heapq.heapify(waiting)
    while waiting:
        moment, place, line = waiting[0]
        with clock.on(moment):
            following = next(line, None)
        if following is None:
            heapq.heappop(waiting)
        elif following < moment:
            raise ValueError(f"line {place} of the story goes back from {moment} to {following}")
        else:
            heapq.heapreplace(waiting, (following, place, line))


@dataclass
class Cast:
    """Who acts, on which area and ideas, and on which days."""

    area: Area
    people: Mapping[str, Person]
    today: date
    ideas: dict[str, Brief] = field(default_factory=dict)  # by title

    def person(self, name: str) -> Person:
        """One of them."""
        return self.people[name]

    def day(self, ago: int) -> date:
        """The day so many working days before today, none of which is at a weekend."""
        weeks, rest = divmod(ago, 5)
        found = self.today - timedelta(days=max(0, self.today.weekday() - 4), weeks=weeks)
        for _ in range(rest):
            found -= timedelta(days=3 if found.weekday() == 0 else 1)
        return found

    def at(self, ago: int, hour: int, minute: int = 0) -> datetime:
        """A moment of that day."""
        return moment(self.day(ago), hour, minute)

    def write(self, by: str, title: str, texts: Mapping[str, str], hoped: date | None) -> Brief:
        """An idea is written down."""
        made: Brief = Brief.objects.write(self.area, self.person(by), title, texts, hoped)
        self.ideas[title] = made
        return made

    def read(self, brief: Brief) -> None:
        """It is read as it stands, by the history up to this day."""
        self.run(CHECK, str(brief.pk))

    def run(self, kind: str, about: str) -> None:
        """A job is done at once, by the worker's own hand."""
        asked = Job.objects.ask(self.area, kind, about)
        job = Job.objects.claim(among=Q(pk=asked.pk))
        if job is not None:
            do(job)

    def text(self, brief: Brief, space: str) -> Section:
        """A text of an idea as it stands."""
        found: Section = Section.objects.select_related("brief__area").get(brief=brief, space=space)
        return found

    def agree(self, brief: Brief, space: str, *names: str) -> None:
        """These leads sign the text as it stands; both where none is named."""
        section = self.text(brief, space)
        for name in names or ("Priya", "Emil"):
            section.agree(self.person(name), self.side(name), section.version)

    def say(self, brief: Brief, space: str, by: str, text: str) -> None:
        """Somebody writes a text anew."""
        section = self.text(brief, space)
        section.save_text(self.person(by), text, over=section.version)

    def ask(self, brief: Brief, by: str, side: str, text: str) -> Question:
        """Somebody asks a side."""
        return Question.objects.ask(brief, self.person(by), side, text)

    def answer(self, one: Question, by: str, text: str) -> None:
        """The side answers; both texts are signed anew where they were signed."""
        signed = {space for space in ("problem", "approach") if self.text(one.brief, space).agreed}
        one.answer_with(self.person(by), self.side(by), text)
        for space in signed:
            self.agree(one.brief, space)

    def side(self, name: str) -> Side:
        """Which side somebody is on."""
        return Side.PRODUCT if name in ("Priya", "Omar") else Side.ENGINEERING


def moment(on: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day, where the people are."""
    return timezone.make_aware(datetime.combine(on, time(hour, minute)))
