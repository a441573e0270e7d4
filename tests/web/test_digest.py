"""Four weeks of twelve people: at most two mails a day each, none without news, none with old news only."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from colead.web.areas.models import Area, Membership, Role, Side
from colead.web.briefs.models import Brief, Suggestion
from colead.web.inbox.digest import deliver
from colead.web.inbox.models import Mute, Notice, Rhythm, Sent
from colead.web.people.models import Person

FROM = datetime(2026, 11, 2, 0, 0, tzinfo=UTC)  # a Monday
STEP = timedelta(minutes=30)
STEPS = 28 * 48
RHYTHMS = (Rhythm.OFTEN, Rhythm.WEEKLY, Rhythm.DAILY, Rhythm.NEVER, Rhythm.OFTEN, Rhythm.DAILY)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A clock that is set by hand, for everything that asks Django for the time."""

    class Clock(datetime):
        """What the web app takes for the class of moments."""

        at = FROM

        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            """The moment that was set."""
            return cls.at.astimezone(tz) if tz else cls.at

    monkeypatch.setattr(timezone, "datetime", Clock)
    return Clock


class Team:
    """Two areas with six people each, who suggest, edit, sign and agree on terms at random."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.people = [
            Person.objects.welcome(f"p{number}@shop.example", f"P{number}") for number in range(12)
        ]
        for number, one in enumerate(self.people):
            Notice.objects.create(person=one, told=FROM, rhythm=RHYTHMS[number % len(RHYTHMS)])
        self.areas = [self._area(name, self.people[at : at + 6]) for name, at in (("Cart", 0), ("Stock", 6))]
        Mute.objects.create(person=self.people[2], area=self.areas[0], kind="suggestion")

    def _area(self, name: str, people: list[Person]) -> Area:
        area = Area.objects.create(name=name, slug=name.lower())
        for number, one in enumerate(people):
            role = (Role.LEAD, Role.MEMBER, Role.VIEWER)[number // 2]
            Membership.objects.create(area=area, person=one, side=list(Side)[number % 2], role=role)
        for number in range(4):
            Brief.objects.write(
                area, people[0], f"{name} {number}", {"problem": "Why?", "approach": "How."}, None
            )
        return area

    def act(self) -> None:
        """One deed of one person."""
        area = self.chance.choice(self.areas)
        member = self.chance.choice(
            [one for one in area.memberships.select_related("person") if one.takes_part]
        )
        member.area = area
        brief = self.chance.choice(list(area.briefs.all()))
        section = brief.by_space[self.chance.choice(["problem", "approach"])]
        deed = self.chance.choice([self._text, self._text, self._sign, self._answer, self._terms])
        deed(member, section)

    def _text(self, member: Membership, section: Any) -> None:
        text = f"Text {self.chance.random()}"
        if member.may_edit(section.space):
            section.save_text(member.person, text, over=section.version)
        else:
            section.suggest(member.person, text, "")

    def _sign(self, member: Membership, section: Any) -> None:
        if member.leads:
            section.agree(member.person, member.side, section.version)

    def _answer(self, member: Membership, section: Any) -> None:
        waiting = Suggestion.objects.filter(section=section, accepted=None).first()
        if waiting and member.may_edit(section.space):
            waiting.decline(member.person, "not now")

    def _terms(self, member: Membership, _: Any) -> None:
        if member.leads:
            member.area.agree_on(member.person, member.side, self.chance.randint(10, 30), [])


@pytest.mark.parametrize("seed", [0, *(pytest.param(one, marks=pytest.mark.full) for one in range(1, 8))])
def test_four_weeks_of_twelve_people(db: None, clock: Any, seed: int) -> None:
    chance = random.Random(seed)
    team = Team(chance)
    told: dict[str, list[tuple[datetime, Any]]] = defaultdict(list)
    for step in range(STEPS):
        clock.at = FROM + step * STEP
        busy = clock.at.weekday() < 5 and 7 <= clock.at.hour < 19
        for _ in range(chance.choice((0, 0, 1, 2)) if busy else 0):
            clock.at += timedelta(seconds=1)
            team.act()
        mail.outbox.clear()
        deliver(clock.at)
        for one in mail.outbox:
            told[one.to[0]].append((clock.at, one))
    _judge(told)
    counts: Counter[str] = Counter()
    for one in Notice.objects.select_related("person"):
        counts[one.rhythm] += len(told[one.person.email])
    assert counts[Rhythm.NEVER] == 0
    assert counts[Rhythm.WEEKLY] <= 2 * 4
    assert counts[Rhythm.OFTEN] > counts[Rhythm.WEEKLY] > 0
    assert Sent.objects.count() == sum(map(len, told.values()))


def _judge(told: dict[str, list[tuple[datetime, Any]]]) -> None:
    for person, mails in told.items():
        days = Counter(at.date() for at, _ in mails)
        assert max(days.values()) <= 2, (person, days.most_common(1))
        for at, one in mails:
            assert at.weekday() < 5 and 8 <= at.hour < 18
            assert "You get this because something is new" in one.body
            assert "List-Unsubscribe" in one.extra_headers
            assert re.search(r"^- .+ It is yours because .+$", one.body, re.MULTILINE), one.body
            assert person != "p2@shop.example" or "suggests another" not in one.body, "it was muted"
        said = [key for one in Sent.objects.filter(person__email=person) for key in one.keys]
        assert len(said) == len(set(said)), "told twice"


def test_whoever_is_told_twice_a_day_hears_of_every_suggestion_that_stayed_open(db: None, clock: Any) -> None:
    team = Team(random.Random(7))
    area, first = team.areas[0], team.people[0]
    made = []
    for step in range(12 * 48):
        clock.at = FROM + step * STEP
        if step % 37 == 0 and step < 11 * 48:
            section = chance_of(area, step)
            made.append(section.suggest(team.people[1], f"Text {step}", "").section.brief.title)
        deliver(clock.at)
    bodies = "\n".join(one.body for one in mail.outbox if one.to == [first.email])
    heard = len(re.findall(r"P1 suggests another problem for", bodies))
    assert heard == len(made)


def chance_of(area: Area, step: int) -> Any:
    """The problem of one idea after the other."""
    return area.briefs.order_by("id")[step % 4].by_space["problem"]
