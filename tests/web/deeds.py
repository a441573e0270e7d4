"""Deeds: everything that people of an area do to each other's work, one at a time and by chance."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from reading import made, other

from colead.agreement import USUAL
from colead.web.areas.models import Membership
from colead.web.briefs.models import Brief, Suggestion
from colead.web.concerns.models import Concern
from colead.web.decisions.models import Decision
from colead.web.decisions.models.call import call, say
from colead.web.decisions.models.choice import choose, withdraw
from colead.web.decisions.models.decision import Wish
from colead.web.decisions.models.doubt import doubt
from colead.web.meetings.models import Meeting, Outcome
from colead.web.prototypes.models import Prototype
from colead.web.questions.models import Question
from colead.web.reserve.models import WEEK, Place, Repair, monday
from colead.web.threads.models import Thread
from colead.web.tradeoffs.models import Tradeoff, accept, write

Deed = Callable[[random.Random, Membership, Brief], object]


def one_of(chance: random.Random, rows: Any) -> Any:
    """One of these rows, the same for the same chance on every database; None where there is none."""
    found = list(rows.order_by("pk"))
    return chance.choice(found) if found else None


def soon(chance: random.Random) -> Any:
    """A day of the next days."""
    return timezone.localdate() + timedelta(days=chance.randint(1, 3))


def text(chance: random.Random, member: Membership, brief: Brief) -> None:
    """Edit a text, or suggest another one to the side that owns it."""
    section = brief.by_space[chance.choice(["problem", "approach"])]
    section.brief = brief
    if member.may_edit(section.space):
        section.save_text(member.person, f"Text {chance.random()}", over=section.version)
    else:
        section.suggest(member.person, f"Text {chance.random()}", "")


def sign(chance: random.Random, member: Membership, brief: Brief) -> None:
    """Agree to a text, or to the terms, or change these."""
    if not member.leads:
        return
    section = brief.by_space[chance.choice(["problem", "approach"])]
    section.brief = brief
    section.agree(member.person, member.side, section.version)
    if chance.random() < 0.2:
        member.area.agree_on(member.person, member.side, chance.randint(10, 30), USUAL)
    elif (terms := member.area.newest_terms) is not None:
        terms.sign(member.person, member.side)


def answer_suggestion(_: random.Random, member: Membership, brief: Brief) -> None:
    """Decline what was suggested first."""
    one = Suggestion.objects.filter(section__brief=brief, accepted=None).first()
    if one and member.may_edit(one.section.space):
        one.decline(member.person, "not now")


def talk(chance: random.Random, member: Membership, brief: Brief) -> None:
    """Open a discussion, write in one and name somebody, or settle it."""
    thread = one_of(chance, Thread.objects.filter(brief=brief, resolved=None))
    names = list(member.area.memberships.order_by("pk").values_list("person__name", flat=True))
    if thread is None or chance.random() < 0.3:
        thread = Thread.objects.begin(brief, member.person, f"Why {chance.random()}?", "Who knows?")
        thread.discuss(member.person, chance.choice(["problem", "solution", "fact"]))
    thread.brief = brief
    if chance.random() < 0.2:
        thread.resolve(member.person, "So it is.")
    else:
        thread.add(member.person, f"@{chance.choice(names)} what do you say?")


def question(chance: random.Random, member: Membership, brief: Brief) -> None:
    """Ask a side, also one's own; answer, set aside or ask back."""
    one = Question.objects.filter(brief=brief).open().order_by("id").first()
    if one is None or chance.random() < 0.4:
        side = chance.choice(["product", "engineering"])
        Question.objects.ask(brief, member.person, side, f"Who {chance.random()}?")
    elif one.may_answer(member):
        one.brief, one.area = brief, member.area
        way = chance.choice(["answer", "aside", "back"])
        if way == "answer":
            one.answer_with(member.person, member.side, f"They {chance.random()}")
        elif way == "aside":
            one.set_aside(member.person, "not relevant")
        else:
            one.ask_back(member.person, member.side, "Which?")


def concern(chance: random.Random, member: Membership, brief: Brief) -> None:
    """Raise bad news, say something to it, resolve one's own; or something lands that nobody foresaw."""
    one = Concern.objects.open_in(member.area).first()
    if one is None or chance.random() < 0.4:
        kind = chance.choice(["timeline", "hidden", "unclear", "complexity", "other"])
        Concern.objects.raise_it(member.area, member.person, kind, f"It rains {chance.random()}", brief)
    elif chance.random() < 0.1:
        Concern.objects.surprise(brief, "shop", f"part {chance.random()}", "A landing touches the till", 6)
    else:
        one.area = member.area
        mine = one.may_resolve(member)
        (one.resolve if mine else one.reply)(member.person, "We saw it.")


def decision(chance: random.Random, member: Membership, brief: Brief) -> None:
    """Ask, call for concerns, say something, decide, withdraw; a decision asks again."""
    one = one_of(chance, Decision.objects.filter(area=member.area).open())
    if one is None or chance.random() < 0.3:
        space, ways = chance.choice(["problem", "solution", "outcome"]), [Wish("Now"), Wish("Later")]
        title = f"When {chance.random()}?"
        one = Decision.objects.ask(member.area, member.person, title, space, options=ways, brief=brief)
        call(one, member.person, soon(chance))
        return
    one.area = member.area
    way = chance.choice(["say", "decide", "decide"] if member.leads else ["say", "say", "withdraw"])
    if way == "say":
        say(one, member.person, chance.choice(["concern", "hold", "none"]), f"Rain {chance.random()}")
    elif way == "decide" and one.sides == (member.side,):
        choose(one, member.person, member.side, one.options.all()[0], "So", version=one.version)
        doubt(one, member.person, kind="day", on=timezone.localdate()).fire("the day has come")
    elif way == "withdraw":
        withdraw(one, member.person, "nobody asks")


def tradeoff(chance: random.Random, member: Membership, brief: Brief) -> None:
    """Write one down, or live with it until a day."""
    one = one_of(chance, Tradeoff.objects.filter(area=member.area))
    if one is None or chance.random() < 0.5:
        write(member.area, member.person, "repair", f"it {chance.random()}", "It breaks", brief=brief)
    elif member.leads:
        one.area = member.area
        accept(one, member.person, member.side, soon(chance))


def prototype(chance: random.Random, member: Membership, brief: Brief) -> None:
    """Try something out, and write what it showed."""
    one = Prototype.objects.filter(brief=brief, ended=None).first()
    if one is None:
        Prototype.objects.start(brief, member.person, "Does it print?", "try/it", soon(chance))
    else:
        one.brief = brief
        one.end(member.person, "yes", "It does.")


def repair(chance: random.Random, member: Membership, _: Brief) -> None:
    """Propose one, say yes, move it, finish it."""
    one = one_of(chance, Repair.objects.filter(area=member.area, ended=None))
    if one is None or chance.random() < 0.4:
        Repair.objects.propose(member, f"Mend {chance.random()}", Place("till"), monday() + WEEK)
        return
    one.area = member.area
    if chance.random() < 0.3:
        one.finish(member.person)
    elif member.leads:
        one.say_yes(member)


def meeting(chance: random.Random, member: Membership, brief: Brief) -> None:
    """Plan one, begin it, note what a side owes, end it, do what is owed."""
    one = Meeting.objects.next_of(member.area)
    if one is None:
        Meeting.objects.plan(member.area, member.person, soon(chance)).put(member.person, brief)
        return
    one.area = member.area
    one.begin(member.person)
    one.note(member.person, chance.choice(["product", "engineering", "decided"]), "We look", brief)
    if chance.random() < 0.4:
        one.end(member.person)
    owed = Outcome.objects.filter(meeting__area=member.area, kind=member.side, done=None).first()
    if owed:
        owed.finish(member.person)


def reads(chance: random.Random, member: Membership, brief: Brief) -> None:
    """A landing, or an edit, gives another reading."""
    told = {
        "digest": chance.choice(["a", brief.digest]),
        "tips": f"{chance.random()}",
        "verdict": "Otherwise.",
    }
    last = brief.newest_reading
    wire = made()[1] if last is None or last.wire != made()[1] else other()
    brief.readings.create(wire=wire, concerns=[f"{chance.random()}"], **told)


DEEDS: tuple[Deed, ...] = (
    *(reads, text, text, sign, answer_suggestion, talk, question, concern, decision),
    *(tradeoff, prototype, repair, meeting, reads),
)
