"""Thread: a discussion on an idea or a part of it; a line says what is discussed and who decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from colead.settle import WAYS
from colead.space import SPOKEN
from colead.web.areas.models import Area, Membership
from colead.web.briefs.form import LONGEST_TITLE, SPACES
from colead.web.briefs.models import Brief
from colead.web.people.models import Person
from colead.web.threads.mentions import mentioned

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

LONGEST = 20_000  # characters of a message
KINDS = ("idea", "section", "suggestion", "decision", "concern")


class Outdated(Exception):
    """The message was changed in the meantime; `message` is as it stands now."""

    def __init__(self, message: Message) -> None:
        super().__init__(f"wording {message.number} stands now")
        self.message = message


class Threads(models.Manager["Thread"]):
    """The discussions of all ideas."""

    def begin(
        self, brief: Brief, by: Person, title: str, text: str, kind: str = "idea", key: str = ""
    ) -> Thread:
        """Open a discussion with its first message."""
        with brief.area.held():
            last = self.filter(brief=brief).aggregate(number=Max("number"))["number"] or 0
            made = self.create(brief=brief, number=last + 1, title=title, by=by, kind=kind, key=key)
            brief.area.enter(by, "opened a discussion", brief, thread=made.number, title=title)
            made._keep(by, text)
        return made

    def open_in(self, area: Area) -> models.QuerySet[Thread]:
        """What is still discussed in an area, what moved last first."""
        found = self.filter(brief__area=area, resolved=None)
        return found.select_related("brief").order_by("-moved", "-id")


class Thread(models.Model):
    """A discussion on an idea, or on one text, suggestion, decision or concern of it."""

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="threads")
    number = models.PositiveIntegerField()  # within the idea
    title = models.CharField(max_length=LONGEST_TITLE)
    kind = models.CharField(max_length=12, choices=[(one, one) for one in KINDS], default="idea")
    key = models.CharField(max_length=40, blank=True)  # which text, suggestion, decision, concern
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    moved = models.DateTimeField(default=timezone.now)  # when the last message came
    space = models.CharField(max_length=8, choices=list(SPOKEN.items()), blank=True)  # what people said it is
    settles = models.CharField(max_length=12, choices=[(one, one) for one in WAYS], blank=True)
    takes = models.CharField(max_length=200, blank=True)  # how long that takes, as it was said when chosen
    outcome = models.CharField(max_length=500, blank=True)
    resolved = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    messages: RelatedManager[Message]
    objects: ClassVar[Threads] = Threads()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["brief", "number"], name="thread_numbered_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["resolved", "-moved"])]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> str:
        """What it is opened on, in words; "" for the idea as a whole."""
        if self.kind == "section" and self.key in SPACES:
            return f"on the {self.key}"
        return "" if self.kind in ("idea", "section") else f"on {self.kind} {self.key}".strip()

    def about_at(self, area: Area) -> str:
        """Where that stands."""
        if self.kind in ("decision", "concern") and self.key.isdecimal():
            return reverse(self.kind, args=[area.slug, self.key])
        there = reverse("brief", args=[area.slug, self.brief.number])
        return f"{there}#{self.key}" if self.kind == "section" else there

    def line(self, area: Area) -> str:
        """What is discussed and who decides: "We are discussing: the solution. Emil decides."."""
        if not self.space:
            return "We are discussing: nobody said yet whether it is the problem, the solution or a fact."
        if self.space == "fact":
            return "We are discussing: a fact. Nobody decides: look it up or test it."
        decider = area.decider(self.space)
        sentence = f"{decider[:1].upper()}{decider[1:]}."
        return f"We are discussing: {SPOKEN[self.space]}. {sentence}"

    def takes_word_of(self, person: Person) -> bool:
        """Whether somebody who looks on may answer here: who is named may."""
        return Mention.objects.filter(thread=self, person=person).exists()

    def add(self, by: Person, text: str) -> Message:
        """Say something; whoever is named with an @ is mentioned."""
        with self.brief.area.held():
            made = self._keep(by, text)
            self._enter(by, "wrote in a discussion", message=made.pk)
        return made

    def _keep(self, by: Person, text: str) -> Message:
        made: Message = self.messages.create(by=by, text=_clean(text))
        Thread.objects.filter(pk=self.pk).update(moved=made.at)
        made.mention(self.brief.area)
        self.moved = made.at
        return made

    def discuss(self, by: Person, space: str) -> None:
        """Say what is discussed: "problem", "solution" or "fact"."""
        self._change(by, "said what is discussed", {"space": space}, before=self.space)

    def test(self, by: Person, way: str, takes: str) -> None:
        """Choose what would settle it, with the time that this takes."""
        self._change(by, "chose what settles it", {"settles": way, "takes": takes})

    def resolve(self, by: Person, outcome: str, **more: str) -> bool:
        """Close it with a sentence; False where somebody else did."""
        now = timezone.now()
        with self.brief.area.held():
            told = {"outcome": outcome, "resolved": now, "resolved_by": by}
            first = bool(Thread.objects.filter(pk=self.pk, resolved=None).update(**told))
            if first:
                self._enter(by, "closed a discussion", outcome=outcome, **more)
        self.refresh_from_db()
        return first

    def close(self, by: Person, outcome: str, into: str, membership: Membership) -> None:
        """Close it, and write the sentence into a text: who may does, everybody else suggests it there.

        Raises the text's Stale.
        """
        with self.brief.area.held():
            more = {"space": into} if into and membership.may_edit(into) else {}
            if not self.resolve(by, outcome, **more) or not into:
                return
            section = self.brief.by_space[into]
            section.brief = self.brief
            text = f"{section.text.rstrip()}\n\n{outcome}".strip()
            if membership.may_edit(into):
                section.save_text(by, text, over=section.version, within=True)
            else:
                section.suggest(by, text, f"came of the discussion “{self.title}”"[:500], within=True)

    def reopen(self, by: Person) -> None:
        """Discuss it again; what had come of it stays written in the entries."""
        with self.brief.area.held():
            closed = Thread.objects.filter(pk=self.pk).exclude(resolved=None)
            if closed.update(resolved=None, resolved_by=None, outcome=""):
                self._enter(by, "reopened a discussion", before=self.outcome)
        self.refresh_from_db()

    def _change(self, by: Person, verb: str, told: dict[str, str], **more: object) -> None:
        with self.brief.area.held():
            if Thread.objects.filter(pk=self.pk).exclude(**told).update(**told):
                self._enter(by, verb, **told, **more)
        self.refresh_from_db()

    def _enter(self, by: Person, verb: str, **told: object) -> None:
        self.brief.area.enter(by, verb, self.brief, thread=self.number, **told)


class Message(models.Model):
    """What somebody said in a discussion; its earlier wordings are kept."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="messages")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(max_length=LONGEST)
    number = models.PositiveIntegerField(default=1)  # of its wording
    changed = models.DateTimeField(null=True)

    wordings: RelatedManager[Wording]
    mentions: RelatedManager[Mention]

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["thread", "by", "id"])]

    def mention(self, area: Area) -> None:
        """Keep who is named in it."""
        names = {one.person_id: one.person.name for one in area.memberships.select_related("person")}
        for person in mentioned(self.text, names):
            if person != self.by_id:
                self.mentions.get_or_create(person_id=person, defaults={"thread": self.thread})

    def reword(self, by: Person, text: str, *, over: int) -> None:
        """Save another wording over wording `over`; raises Outdated."""
        with self.thread.brief.area.held():
            self.refresh_from_db()
            before, text = self.text, _clean(text)
            if text == before:
                return
            mine = Message.objects.filter(pk=self.pk, number=over)
            if not mine.update(text=text, number=models.F("number") + 1, changed=timezone.now()):
                raise Outdated(self)
            self.wordings.create(number=over, text=before)
            self.refresh_from_db()
            self.mention(self.thread.brief.area)
            told = {"thread": self.thread.number, "message": self.pk, "wording": self.number}
            self.thread.brief.area.enter(by, "reworded a message", self.thread.brief, **told)


class Wording(models.Model):
    """How a message read before."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="wordings")
    number = models.PositiveIntegerField()
    text = models.TextField()
    until = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "number"], name="message_worded_once")
        ]


class Mention(models.Model):
    """That a message names somebody, who answers by writing in the discussion."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="mentions")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "message"], name="mentioned_once")
        ]


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
