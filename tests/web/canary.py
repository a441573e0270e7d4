"""Canary: an area in which every text that people or a repository wrote carries a word of its own."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

from django.utils import timezone
from past import git, make
from story import Change

from colead.agreement import Owned
from colead.correction import Correction, Kind
from colead.readers.settings import Word
from colead.web.areas.models import Area, Membership, Role, Side
from colead.web.briefs.models import Brief
from colead.web.concerns.follow import follow
from colead.web.concerns.models import Concern
from colead.web.decisions.models import Choice, Decision, Doubt
from colead.web.decisions.models.call import call, say
from colead.web.decisions.models.choice import choose, keep, withdraw
from colead.web.decisions.models.decision import Wish
from colead.web.decisions.models.doubt import doubt
from colead.web.jobs.models import Job
from colead.web.jobs.work import do
from colead.web.meetings.models import Meeting
from colead.web.parts.lessons import keep_amiss, keep_words
from colead.web.people.models import Person, Token
from colead.web.people.views import begin
from colead.web.prototypes.models import Prototype
from colead.web.questions.models import Question
from colead.web.repositories.check import check_later
from colead.web.repositories.look import look_later
from colead.web.repositories.models import Origin, Repository
from colead.web.repositories.secret import sealed
from colead.web.reserve.models import WEEK, Guess, Place, Repair, monday
from colead.web.threads.models import Thread
from colead.web.tradeoffs.models import accept, end, keep_occasion, write
from people import EMIL

STEM = "zanary"
FOUND = re.compile(rf"{STEM}([a-z]+)")
SOUGHT = STEM[:-1]  # what is typed into a search, and is no canary itself
LEADS = {f"address{one}" for one in ("paula", "erik", "mia", "vic", "left", "out", "gone")}
OWN = {  # what one person alone may see
    "product lead": {"draft", "owntoken", "addresspaula"},
    "engineering lead": {"addresserik"},
    "member": {"addressmia"},
    "viewer": {"addressvic"},
}
NOBODYS = {"hook", "password", "tokenofrepository"}  # what is kept and shown to nobody
CAST = {
    "product lead": ("paula", Side.PRODUCT, Role.LEAD),
    "engineering lead": ("erik", Side.ENGINEERING, Role.LEAD),
    "member": ("mia", Side.ENGINEERING, Role.MEMBER),
    "viewer": ("vic", Side.PRODUCT, Role.VIEWER),
    "left": ("left", Side.PRODUCT, Role.MEMBER),
    "put out": ("out", Side.ENGINEERING, Role.MEMBER),
    "locked out": ("gone", Side.PRODUCT, Role.LEAD),
}
MADE: set[str] = set()  # the canaries that were let fly
BRANCH = "try/zanarybranch"


def c(name: str) -> str:
    """The canary of this name, which nothing but its own text holds."""
    MADE.add(name)
    return f"{STEM}{name}"


def seen(*texts: bytes | str) -> set[str]:
    """The names of the canaries in what somebody got: also in an address, in a zip, between marks."""
    found: set[str] = set()
    for one in texts:
        text = opened(one) if isinstance(one, bytes) else one
        plain = unescape(unquote(re.sub(r"</?mark>", "", text))).lower()
        found.update(FOUND.findall(plain.replace("\\u200b", "")))
    return found


def opened(raw: bytes) -> str:
    """The text of an answer; of a zip, every name and every file in it."""
    if not raw.startswith(b"PK\x03\x04"):
        return raw.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return "\n".join(
            f"{one} {archive.read(one).decode('utf-8', 'replace')}" for one in archive.namelist()
        )


def ground(folder: Path) -> SimpleNamespace:
    """The area, its people, and others who have nothing to do with it."""
    people = {who: _person(name) for who, (name, _, _) in CAST.items()}
    area = begin(people["product lead"], "Harbour", Side.PRODUCT)
    for who, (_, side, role) in list(CAST.items())[1:]:
        Membership.objects.create(area=area, person=people[who], side=side, role=role)
    Area.objects.filter(pk=area.pk).update(name=c("area"))
    area.refresh_from_db()
    made = SimpleNamespace(
        area=area, people=people, paula=people["product lead"], erik=people["engineering lead"]
    )
    made.mine = Membership.objects.select_related("area", "person").get(person=made.paula)
    made.his = Membership.objects.select_related("area", "person").get(person=made.erik)
    for step in (_repository, _idea, _debate, _decided, _risks, _met, _built, _private):
        step(made, folder)
    _others(made)
    return made


def _person(name: str) -> Person:
    return Person.objects.welcome(f"{c(f'address{name}')}@shop.example", c(f"name{name}"), c("password"))


def _repository(made: Any, folder: Path) -> None:
    today, file = datetime.now(UTC).date(), f"services/{c('part')}/{c('file')}.py"
    changes = [
        Change(today - timedelta(days=400 - 7 * week), f"{c('commit')} {c('spoken')} {week}", (file,))
        for week in range(50)
    ]
    other = f"services/{c('partner')}/bill.py"
    shop = make(
        folder / f"{c('repository')}.git", changes, {file: "def one(): pass\n", other: "def two(): pass\n"}
    )
    now, told = int(timezone.now().timestamp()), ""
    for branch in (BRANCH, f"try/{c('otherbranch')}"):
        told += f"commit refs/heads/{branch}\ncommitter {EMIL.signature} {now} +0000\ndata 3\nTry\n"
        told += f"from refs/heads/main^0\nM 100644 inline {other}\ndata 3\nx=1\n"
    git(shop, "fast-import", "--quiet", "--done", stream=f"{told}done\n")
    made.shop = made.area.repositories.create(name=c("repository"), path=str(shop), tip="0" * 40)
    far = Repository.objects.create(area=made.area, name=c("far"), path="clones/far/far.git")
    secret, address = sealed(c("tokenofrepository")), f"https://git.example.com/{c('faraddress')}"
    made.far = Origin.objects.create(repository=far, address=address, secret=secret)


def _idea(made: Any, _: Path) -> None:
    texts = {"problem": c("oldproblem"), "outcome": c("outcome")}
    made.brief = Brief.objects.write(made.area, made.paula, c("title"), texts, None)
    check_later(made.brief)
    work()
    made.brief.readings.update(made=timezone.now() - timedelta(days=9))
    Brief.objects.write(made.area, made.paula, c("gone"), {}, None).drop(made.paula)
    sections = made.brief.by_space
    for one in sections.values():
        one.brief = made.brief
    sections["problem"].save_text(made.paula, f"{c('problem')} {c('spoken')}\n\nZ.", over=1)
    sections["approach"].save_text(made.erik, c("approach"), over=1)
    made.suggestion = sections["problem"].suggest(made.erik, c("suggested"), c("suggestedwhy"))
    sections["problem"].suggest(made.erik, c("declined"), "").decline(made.paula, c("declinedwhy"))
    check_later(made.brief)
    look_later(made.area)
    work()
    made.question = Question.objects.ask(made.brief, made.erik, "product", c("question"))
    made.question.ask_back(made.paula, "product", c("askedback"))
    Question.objects.ask(made.brief, made.erik, "product", "Who?").set_aside(made.paula, c("aside"))
    Question.objects.ask(made.brief, made.paula, "engineering", "How?").answer_with(
        made.erik, "engineering", c("answer")
    )
    said = Correction(
        Kind.MISSING, f"services/{STEM}partner", "", c("title"), ("words",), c("amiss"), timezone.localdate()
    )
    keep_amiss(made.shop, made.brief, made.erik, said)
    word = Word(c("calls"), f"services/{STEM}part", (c("otherword"),))
    keep_words(made.area, made.shop, made.paula, [word])
    work()


def work() -> None:
    """Do every job that waits, but nothing far away; the idea of one of them was deleted meanwhile."""
    Job.objects.filter(kind="fetch").delete()
    while (job := Job.objects.claim()) is not None:
        do(job)
        job.refresh_from_db()
        assert job.state == "done" or job.what == "what it was about is gone", job.what


def _debate(made: Any, _: Path) -> None:
    made.thread = Thread.objects.begin(made.brief, made.erik, c("thread"), f"{c('oldmessage')}")
    message = made.thread.messages.get()
    message.reword(made.erik, f"{c('message')}, @{made.paula.name}?", over=1)
    made.message = message
    Thread.objects.begin(made.brief, made.paula, "Over?", "Yes.").resolve(made.paula, c("cameof"))
    made.concern = Concern.objects.raise_it(made.area, made.erik, "timeline", c("concern"), made.brief)
    made.concern.reply(made.paula, c("reply"))
    Concern.objects.raise_it(made.area, made.paula, "other", "Rain").resolve(made.paula, c("because"))
    for who in ("left", "put out", "locked out", "member", "viewer"):
        Concern.objects.raise_it(made.area, made.people[who], "other", f"Wind, says {who}")


def _decided(made: Any, _: Path) -> None:
    ways = (Wish(c("option"), c("optiontext"), c("follows")), Wish("Neither"))
    told = {"background": c("background"), "options": ways, "brief": made.brief}
    one = made.decision = Decision.objects.ask(made.area, made.paula, c("decision"), "solution", **told)
    call(one, made.erik, timezone.localdate() + timedelta(days=9))
    made.raised = say(one, made.paula, "concern", c("raised"))
    say(one, made.erik, "concern", "A doubt").resolve(made.erik, c("resolvedhow"))
    told = {"metric": c("metric"), "direction": "below", "value": 3}
    made.doubt = doubt(one, made.erik, kind="metric", **told)
    past = Decision.objects.ask(made.area, made.erik, c("settled"), "solution", options=[Wish("Now")])
    choose(past, made.erik, "engineering", past.options.get(), c("choicewhy"), version=1)
    again = doubt(past, made.erik, kind="day", on=timezone.localdate())
    Doubt.objects.get(pk=again.pk).fire("the day has come")
    keep(past, made.erik, c("keptwhy"))
    back = Decision.objects.ask(made.area, made.paula, c("takenback"), "problem")
    withdraw(back, made.paula, c("withdrawnwhy"))
    assert Choice.objects.count() == 1


def _risks(made: Any, _: Path) -> None:
    day = timezone.localdate() + timedelta(days=40)
    sale = made.occasion = keep_occasion(made.area, made.paula, c("occasion"), day, day, c("occasionwhat"))
    made.tradeoff = write(made.area, made.erik, "repair", c("skip"), c("risk"), brief=made.brief)
    write(made.area, made.erik, "feature", c("unaccepted"), "It waits")
    accept(made.tradeoff, made.paula, "product", day, occasion=sale, why=c("acceptedwhy"))
    other = write(made.area, made.erik, "feature", c("ended"), "Over")
    accept(other, made.paula, "product", day)
    end(other, made.paula, c("endedhow"))
    owns = [Owned("the problem", "decides", "is asked"), Owned(c("owned"), "decides", "decides")]
    made.area.agree_on(made.paula, "product", 25, owns)
    part = Place(c("place"), f"services/{STEM}part", made.shop)
    made.repair = Repair.objects.propose(made.his, c("repair"), part, monday() + WEEK, Guess(2, 20))
    made.repair.move(made.his, monday() + WEEK, monday() + 2 * WEEK, c("movedwhy"))


def _met(made: Any, _: Path) -> None:
    made.meeting = Meeting.objects.plan(made.area, made.paula, timezone.localdate() + timedelta(days=3))
    made.meeting.put(made.paula, made.brief)
    made.outcome = made.meeting.note(made.erik, "product", c("owed"), made.brief)
    made.meeting.note(made.erik, "decided", c("agreed"), None)


def _built(made: Any, _: Path) -> None:
    soon = timezone.localdate() + timedelta(days=2)
    made.prototype = Prototype.objects.start(made.brief, made.erik, c("tried"), BRANCH, soon)
    MADE.add("branch")
    done = Prototype.objects.start(made.brief, made.erik, "Does it fit?", f"try/{c('otherbranch')}", soon)
    done.end(made.erik, "yes", c("showed"))
    made.brief.go_ahead(made.paula, "product")
    follow(made.brief, made.erik, f"build/{c('followed')}", "")
    work()


def _private(made: Any, _: Path) -> None:
    made.brief.by_space["problem"].keep_draft(made.paula, c("draft"), 1)
    made.token = Token.objects.make(made.paula, c("owntoken"), "write", 9)
    made.invitation = made.area.invite(made.paula, "product", "member")


def _others(made: Any) -> None:
    """Those who see nothing of it: some of them did once."""
    for who, name in (("stranger", "Sam"), ("other lead", "Olga"), ("invited", "Ivo")):
        made.people[who] = Person.objects.welcome(f"{name.lower()}@elsewhere.example", name)
    made.people["admin"] = Person.objects.welcome("ada@elsewhere.example", "Ada", is_admin=True)
    elsewhere = begin(made.people["other lead"], "Elsewhere", Side.PRODUCT)
    Brief.objects.write(elsewhere, made.people["other lead"], "Their own", {"problem": "Whose?"}, None)
