"""Busy: what is debated, owed, decided and tried in an area that is filled for measuring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from _words import text
from django.utils import timezone

LONG = 5000  # the number of the idea that has several of each
PAST = timedelta(days=730)  # for how long there has been an area
OVER = 10  # of so many things, all but two are over
WRITTEN = 500  # rows at once


@dataclass(frozen=True)
class Site:
    """The area, its ideas by number, its people; Priya and Emil lead it."""

    area: Any
    briefs: list[Any]
    people: list[Any]
    now: datetime

    def share(self, of_100: int) -> list[tuple[int, Any, Any]]:
        """So many of each 100 ideas, with a number and somebody each; several times the one that is LONG."""
        count = max(1, len(self.briefs) * of_100 // 100)
        long = self.briefs[min(LONG, len(self.briefs)) - 1]
        some = [self.briefs[at * 100 // of_100 % len(self.briefs)] for at in range(count)]
        for one in (long, *some):
            one.area = self.area
        among = [long] * min(5, count) + some[: max(0, count - 5)]
        return [(at, one, self.people[at % len(self.people)]) for at, one in enumerate(among)]

    def at(self, number: int, of: int) -> datetime:
        """The moment of one of so many things, from the first day until now."""
        return self.now - PAST + PAST * (number + 0.5) / of

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)


def busy(site: Site) -> None:
    """All of it: of 100 ideas so many concerns, decisions and other things as the functions below say."""
    for deed in (
        _discussed,
        _raised,
        _decided,
        _asked,
        _skipped,
        _proposed,
        _tried,
        _repaired,
        _met,
        _worked,
    ):
        deed(site)


def _kept(rows: Any) -> list[Any]:
    every = list(rows)
    return type(every[0]).objects.bulk_create(every, batch_size=WRITTEN) if every else []


def _discussed(site: Site) -> None:
    """Half as many discussions as ideas, two messages each, one that names somebody; one of 400 messages."""
    from colead.web.threads.models import Mention, Message, Thread

    def told() -> Iterator[Any]:
        numbers: dict[int, int] = {}
        for at, brief, by in (every := site.share(50)):
            numbers[brief.pk] = numbers.get(brief.pk, 0) + 1
            when = site.at(at, len(every))
            open_one = at % OVER < 2
            ended = {} if open_one else {"resolved": when, "resolved_by": by, "outcome": text(at, 12)}
            yield Thread(
                brief=brief,
                number=numbers[brief.pk],
                title=f"Who loses a cart, {at}?",
                by=by,
                at=when,
                moved=when,
                space=("problem", "solution", "fact", "")[at % 4],
                **ended,
            )

    made = _kept(told())
    said = [
        Message(thread=one, by=site.people[at % 12 - more], at=one.at, text=text(at + more))
        for at, one in enumerate(made)
        for more in (0, 1)
    ]
    said += [Message(thread=made[0], by=site.people[at % 12], text=text(at, 150)) for at in range(400)]
    named = _kept(said)[::5]
    _kept(
        Mention(message=one, thread=one.thread, person=site.people[at % 12]) for at, one in enumerate(named)
    )


def _raised(site: Site) -> None:
    from colead.web.concerns.models import LAMPS, Concern, Reply

    def told() -> Iterator[Any]:
        for at, brief, by in (every := site.share(50)):
            when = site.at(at, len(every))
            ended = {} if at % OVER < 2 else {"ended": when, "ended_by": by, "because": "It is mended."}
            yield Concern(
                area=site.area,
                brief=brief,
                by=by if at % 7 else None,
                at=when,
                kind=LAMPS[at % 4],
                text=f"Notes are printed twice, {at}",
                **ended,
            )

    made = _kept(told())
    _kept(
        Reply(concern=one, by=site.people[at % 12], at=one.at, text=text(at, 24))
        for at, one in enumerate(made[::3])
    )


def _decided(site: Site) -> None:
    """One of ten is open, one called for, the others decided; of these, some ask again."""
    from colead.web.decisions.models import Call, Choice, Decision, Doubt, Option, Raised

    every = site.share(30)
    told = (
        Decision(
            area=site.area,
            brief=brief,
            number=at + 1,
            by=by,
            made=site.at(at, len(every)),
            question=f"Printer {at} or label?",
            background=text(at),
            space=("solution", "problem")[at % 2],
        )
        for at, brief, by in every
    )
    made = _kept(told)
    ways = (
        Option(decision=one, place=at, name=f"Way {at}", text=text(one.number + at, 24))
        for one in made
        for at in (0, 1)
    )
    first = _kept(ways)[::2]
    called = made[1::OVER]
    _kept(Call(decision=one, by=one.by, until=site.today + timedelta(days=5)) for one in called)
    _kept(Raised(decision=one, by=one.by, kind="concern", text="Why?") for one in called)
    ended = [(one, way) for at, (one, way) in enumerate(zip(made, first, strict=True)) if at % OVER > 1]
    _kept(
        Choice(
            decision=one,
            option=way,
            by=one.by,
            side="product",
            version=1,
            at=one.made,
            why=text(one.number, 24),
        )
        for one, way in ended
    )
    day, fired = {"kind": "day", "on": site.today}, {"fired": site.now, "because": "Its day came."}
    _kept(
        Doubt(decision=one, area=site.area, by=one.by, **day, **(fired if at % 50 == 0 else {}))
        for at, (one, _) in enumerate(ended[::2])
    )


def _asked(site: Site) -> None:
    from colead.web.questions.models import Question

    def told() -> Iterator[Any]:
        for at, brief, by in (every := site.share(50)):
            when, side = site.at(at, len(every)), ("product", "engineering")[at % 2]
            ended = (
                {}
                if at % OVER < 2
                else {"ended": when, "ended_by": by, "how": "answered", "answer": text(at, 24)}
            )
            yield Question(
                area=site.area,
                brief=brief,
                by=by if at % 3 else None,
                ask=f"Who reads note {at}?",
                side=side,
                turn=side,
                asked=when,
                turned=when,
                **ended,
            )

    _kept(told())


def _skipped(site: Site) -> None:
    """One of ten nobody accepted; of the others every second was ended."""
    from colead.web.tradeoffs.models import Acceptance, Occasion, Tradeoff

    sale = {"area": site.area, "by": site.people[0]}
    days = [site.today + timedelta(days=30 * at) for at in range(-25, 25)]
    occasions = _kept(Occasion(name=f"Sale {at}", first=one, last=one, **sale) for at, one in enumerate(days))
    every = site.share(30)
    told = (
        Tradeoff(
            area=site.area,
            brief=brief,
            by=by,
            kind=("repair", "feature")[at % 2],
            skip=f"repair {at}",
            risk=text(at, 24),
            made=site.at(at, len(every)),
        )
        for at, brief, by in every
    )

    def word(at: int, one: Any) -> Any:
        ended = {"ended": site.now, "ended_by": one.by, "how": "It was mended."} if at % 2 else {}
        until = site.today + timedelta(days=at % 180 - 20)
        side, when = ("product", "engineering")[at // 2 % 2], one.made
        return Acceptance(
            tradeoff=one,
            area=site.area,
            by=one.by,
            side=side,
            at=when,
            until=until,
            occasion=occasions[at % 50],
            **ended,
        )

    _kept(word(at, one) for at, one in enumerate(_kept(told)) if at % OVER)


def _proposed(site: Site) -> None:
    from colead.web.briefs.models import Section, Suggestion

    every = site.share(10)
    there = Section.objects.filter(space="problem", brief__in=[one for _, one, _ in every])
    texts = {one.brief_id: one for one in there}

    def told() -> Iterator[Any]:
        for at, brief, by in every:
            ended = {} if at % OVER < 2 else {"accepted": False, "answered_by": by, "answered": site.now}
            yield Suggestion(section=texts[brief.pk], by=by, over=1, text=text(at, 150), **ended)

    _kept(told())


def _tried(site: Site) -> None:
    """One of ten is overdue, one runs, the others ended."""
    from colead.web.prototypes.models import Prototype

    def told() -> Iterator[Any]:
        for at, brief, by in (every := site.share(10)):
            ended = (
                {}
                if at % OVER < 2
                else {"ended": site.now, "ended_by": by, "verdict": "yes", "answer": text(at, 24)}
            )
            until = site.today + timedelta(days=5 if at % OVER else -1)
            began = site.at(at, len(every))
            yield Prototype(
                brief=brief,
                by=by,
                question="Does it fit?",
                branch=f"try-{at}",
                until=until,
                began=began,
                **ended,
            )

    _kept(told())


def _repaired(site: Site) -> None:
    """One slot for 20 ideas, five a week, of which the last eight weeks are to come."""
    from colead.web.parts.models import Part
    from colead.web.reserve.models import Estimate, Repair, Yes, monday

    parts = list(Part.objects.filter(repository__area=site.area)[:20]) or [None]
    every = site.share(5)

    def told() -> Iterator[Any]:
        for at, _, by in every:
            week = monday(site.today) + timedelta(weeks=8 - (len(every) - at) // 5)
            part = parts[at % len(parts)]
            where = (
                {"key": part.key, "name": part.name, "repository": part.repository}
                if part
                else {"name": "tax"}
            )
            over = week < monday(site.today)
            ended = {"ended": site.now, "ended_by": by, "done": True} if over else {}
            yield Repair(area=site.area, what=f"Split it, {at}", week=week, by=by, **where, **ended)

    made = _kept(told())
    sides = zip(("product", "engineering"), site.people, strict=False)
    _kept(Yes(repair=one, side=side, week=one.week, by=by) for side, by in [*sides] for one in made)
    _kept(Estimate(repair=one, by=one.by, slots=2, fewer=10) for one in made)


def _met(site: Site) -> None:
    """A meeting each week, eight ideas and ten outcomes each; one comes."""
    from colead.web.meetings.models import Item, Meeting, Outcome

    weeks = [site.today - timedelta(weeks=at) for at in range(100, 0, -1)]
    over = _kept(Meeting(area=site.area, on=one, begun=site.now, ended=site.now) for one in weeks)
    coming = Meeting.objects.create(area=site.area, on=site.today + timedelta(days=3))
    agenda = site.briefs[:8]
    _kept(Item(meeting=one, brief=brief) for one in (*over, coming) for brief in agenda)
    kinds = ("decided", "product", "engineering")
    _kept(
        Outcome(
            meeting=one,
            brief=agenda[at % len(agenda)],
            kind=kinds[at % 3],
            text=f"Ask the packers, {at}",
            by=site.people[at],
            done=None if one in over[-3:] else site.now,
        )
        for one in over
        for at in range(10)
    )


def _worked(site: Site) -> None:
    """Each idea was read once by a job that is done."""
    from colead.web.jobs.models import QUICK, Job, State

    _kept(Job(area=site.area, kind=QUICK, about=str(one.pk), state=State.DONE) for one in site.briefs)
