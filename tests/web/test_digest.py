"""Four weeks of twelve people and all that they do: at most two mails a day, each with news and a reason."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from deeds import DEEDS
from django.core import mail
from django.utils import timezone

from colead.web.areas.models import Area, Membership, Role, Side
from colead.web.briefs.models import Brief
from colead.web.inbox.digest import deliver
from colead.web.inbox.models import Mute, Notice, Rhythm, Sent
from colead.web.people.models import Person

FROM = datetime(2026, 11, 2, 0, 0, tzinfo=UTC)  # a Monday
STEP = timedelta(hours=1)
WEEK = timedelta(days=7)
STEPS = 28 * 24
ZONES = ("UTC", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata")
AWAY, OUT = 9, 3  # who is away in the second and third week, and who is put out in the third
MUTES = "question", FROM + timedelta(days=12)  # what the first person of the second area mutes, and when
OWN = r"(?m)^- (.+: )?P{0} (asks|suggests|agreed|changed|raised|wrote|proposes|called)\b|Why: P{0} changed"
KINDS = {
    *("suggestion", "agreement", "terms", "mention", "discussion", "question", "concern", "surprise"),
    *("decision", "again", "call", "tradeoff", "prototype", "repair", "promise", "reading"),
}
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
    """Two areas with six people each, who do whatever there is to do at random."""

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

    def act(self, week: int) -> str:
        """One deed of one person who is there; what it was."""
        area = self.chance.choice(self.areas)
        away = {self.people[AWAY].pk} if week in (1, 2) else set()
        there = [
            one
            for one in area.memberships.select_related("person").order_by("pk")
            if one.person_id not in away
        ]
        member = self.chance.choice([one for one in there if one.takes_part])
        member.area = area = Area.objects.get(pk=area.pk)
        brief = self.chance.choice(list(area.briefs.order_by("pk")))
        brief.area = area
        deed = self.chance.choice(DEEDS)
        deed(self.chance, member, brief)
        return deed.__name__


ABSENT = 4  # kinds of news that chance may leave out of a run; the first has all
Told = dict[str, list[tuple[datetime, Any]]]


def work(team: Team, clock: Any, told: Told, steps: int, *, quiet: bool = False) -> Counter[str]:
    """So many hours, in which people do something or not, and mails go."""
    done: Counter[str] = Counter()
    for _ in range(steps):
        clock.at += STEP
        now = timezone.localtime(clock.at)
        busy = not quiet and now.weekday() < 5 and 7 <= now.hour < 19
        for _ in range(team.chance.choice((0, 1, 1, 2)) if busy else 0):
            clock.at += timedelta(seconds=1)
            done[team.act((clock.at - FROM) // WEEK)] += 1
        clock.at = FROM + STEP * round((clock.at - FROM) / STEP)
        mail.outbox.clear()
        deliver(clock.at)
        for one in mail.outbox:
            told[one.to[0]].append((clock.at, one))
    return done


@pytest.mark.parametrize("seed", [0, *(pytest.param(one, marks=pytest.mark.full) for one in range(1, 8))])
def test_four_weeks_of_twelve_people(db: None, clock: Any, settings: Any, seed: int) -> None:
    settings.TIME_ZONE = ZONES[seed % len(ZONES)]
    team, told = Team(random.Random(seed)), defaultdict(list)
    done = work(team, clock, told, 12 * 24)
    kind, _ = MUTES
    Mute.objects.create(person=team.people[6], area=team.areas[1], kind=kind)
    done += work(team, clock, told, 4 * 24)
    out = team.areas[0].memberships.get(person=team.people[OUT])
    out.end(team.people[1], meant=True)
    done += work(team, clock, told, STEPS - 16 * 24)
    assert done.keys() == {one.__name__ for one in DEEDS}
    bodies = "\n".join(one.body for mails in told.values() for _, one in mails)
    kinds = {*re.findall(r"no mail about an? (\w+) in", bodies)}
    assert len(KINDS - kinds) <= (ABSENT if seed else 0), KINDS - kinds
    _judge(told)
    _heard(told)
    last = sum(map(len, told.values()))
    work(team, clock, told, 7 * 24, quiet=True)
    end = FROM + STEPS * STEP + 3 * timedelta(days=1)
    late = [who for who, mails in told.items() for at, _ in mails if at > end]
    weekly = {one.email for n, one in enumerate(team.people) if RHYTHMS[n % len(RHYTHMS)] is Rhythm.WEEKLY}
    assert len(set(late)) == len(late) and set(late) <= weekly, "nothing moved, and nothing is told"
    assert Sent.objects.count() == sum(map(len, told.values())) >= last


def _heard(told: Told) -> None:
    """Rhythms, mutes, and who is out, were kept to."""
    counts: Counter[str] = Counter()
    for one in Notice.objects.select_related("person"):
        counts[one.rhythm] += len(told[one.person.email])
    assert counts[Rhythm.NEVER] == 0
    assert counts[Rhythm.WEEKLY] <= 2 * 5
    assert counts[Rhythm.OFTEN] > counts[Rhythm.WEEKLY] > 0
    assert not [at for at, _ in told[f"p{OUT}@shop.example"] if at > FROM + timedelta(days=16, hours=1)]
    kind, since = MUTES
    for at, one in told["p6@shop.example"]:
        assert at < since or f"no mail about a {kind} in Stock" not in one.body, "it was muted"


def _judge(told: Told) -> None:
    for person, mails in told.items():
        days = Counter(timezone.localtime(at).date() for at, _ in mails)
        assert max(days.values(), default=0) <= 2, (person, days.most_common(1))
        for at, one in mails:
            here = timezone.localtime(at)
            assert here.weekday() < 5 and 8 <= here.hour < 18
            assert "You get this because something is new" in one.body
            assert "List-Unsubscribe" in one.extra_headers
            lines = re.findall(r"(?m)^- (?!no mail).+$", one.body)
            assert lines, one.body
            for line in lines:
                assert "It is yours because " in line or "Why: " in line, line
            own = re.search(OWN.format(person[1 : person.index("@")]), one.body)
            assert not own, (person, own and own[0], one.body)
            assert person != "p2@shop.example" or "suggests another" not in one.body, "it was muted"
        said = [key for one in Sent.objects.filter(person__email=person) for key in one.keys]
        assert len(said) == len(set(said)), "told twice"


def test_whoever_is_told_twice_a_day_hears_of_every_suggestion_that_stayed_open(db: None, clock: Any) -> None:
    team = Team(random.Random(7))
    area, first = team.areas[0], team.people[0]
    made = []
    for step in range(12 * 48):
        clock.at = FROM + step * STEP / 2
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
