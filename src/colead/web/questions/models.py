"""Question: something an idea leaves unclear: who asked it, who owes the answer, what was said."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models.functions import RowNumber
from django.utils import timezone

from colead.question import Side as Owes
from colead.question.answering import placed
from colead.web.areas.models import Area, Membership, Side
from colead.web.briefs.form import QUESTIONS
from colead.web.briefs.models import Brief, Section
from colead.web.people.models import Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

LONGEST = 4_000  # characters of an answer
ASKED = 600  # of a question
WRITES = {Owes.PRODUCT: "problem", Owes.ENGINEERING: "approach"}
HEADINGS = dict(zip(("Q01", "Q02", "Q03"), (QUESTIONS["problem"][place] for place in (0, 2, 3)), strict=True))
SIDES = [(str(one), str(one)) for one in Owes]


class How(models.TextChoices):
    """How a question ended."""

    ANSWERED = "answered", "answered"
    SET_ASIDE = "set aside", "not relevant"


class Closed(Exception):
    """Somebody else answered in the meantime; `question` says what."""

    def __init__(self, question: Question) -> None:
        super().__init__(f"question {question.pk} is closed")
        self.question = question


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions, asked for as people speak of them."""

    def open(self) -> QuestionQuerySet:
        """Those that still wait: neither ended, nor answered by the text itself."""
        return self.filter(ended=None, gone=None)

    def owed_by(self, side: str) -> QuestionQuerySet:
        """Those whose answer this side owes, alone or with the other."""
        return self.filter(turn__in=(side, Owes.BOTH))

    def few_of_each(self, most: int) -> dict[int, list[Question]]:
        """At most so many of each idea, what people ask first, then the oldest; one look for all of them."""
        people_first = models.Case(models.When(by=None, then=1), default=0)
        nth = models.Window(RowNumber(), partition_by="brief", order_by=[people_first, models.F("id")])
        found: dict[int, list[Question]] = {}
        for one in self.annotate(nth=nth).filter(nth__lte=most).order_by("nth"):
            found.setdefault(one.brief_id, []).append(one)
        return found


class Questions(models.Manager.from_queryset(QuestionQuerySet)):  # type: ignore[misc]  # made by Django
    """The questions of all ideas."""

    def ask(self, brief: Brief, by: Person, side: str, ask: str) -> Question:
        """A person's question to a side."""
        with brief.area.held():
            made: Question = self.create(
                area=brief.area, brief=brief, by=by, side=side, turn=side, ask=ask, code=""
            )
            brief.area.enter(by, "asked", brief, question=made.pk, ask=ask, side=side)
        return made


class Question(models.Model):
    """One question on an idea; it waits until it is answered, set aside, or answered by the text itself."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    brief = models.ForeignKey(Brief, models.CASCADE, related_name="questions")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # None: Colead
    key = models.CharField(max_length=64, blank=True)  # the same in every reading that asks it
    code = models.CharField(max_length=8, blank=True)
    side = models.CharField(max_length=12, choices=SIDES)
    turn = models.CharField(max_length=12, choices=SIDES)  # who has it now; another after it was asked back
    ask = models.CharField(max_length=ASKED)
    why = models.CharField(max_length=ASKED, blank=True)
    quote = models.TextField(blank=True)  # what in the text it was asked about
    asked = models.DateTimeField(default=timezone.now)
    turned = models.DateTimeField(default=timezone.now)  # since when the side in turn has it
    gone = models.DateTimeField(null=True)  # since when no reading asks it any more
    ended = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=12, choices=How, blank=True)
    answer = models.TextField(max_length=LONGEST, blank=True)  # or why it is not relevant

    turns: RelatedManager[Turn]
    objects: ClassVar[Questions] = Questions()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["brief", "key"],
                condition=models.Q(ended=None) & ~models.Q(key=""),
                name="asked_once_at_a_time",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["area", "turn", "turned"],
                condition=models.Q(ended=None, gone=None),
                name="questions_waiting",
            ),
            models.Index(fields=["brief", "ended"]),
        ]

    def __str__(self) -> str:
        return self.ask

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.ended is None and self.gone is None

    @property
    def asker(self) -> str:
        """Who asks, by name."""
        return self.by.name if self.by else "Colead"

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides that may answer it now."""
        return tuple(Side) if self.turn == Owes.BOTH else (self.turn,)

    def may_answer(self, membership: Membership) -> bool:
        """Whether it is this person's side that has it."""
        return membership.takes_part and membership.side in self.sides

    @property
    def heading(self) -> str:
        """What the answer stands under in the text."""
        return HEADINGS.get(self.code, self.ask)

    def in_text(self, text: str, answer: str) -> str:
        """A text of the answering side with this answer in its place."""
        after = self.quote if self.code in HEADINGS else ""
        return placed(text, self.heading, answer, after)

    def answer_with(self, by: Person, side: str, text: str) -> Section:
        """Write the answer into the side's own text and end the question; raises Closed.

        The area is held while it is written, so that nobody's version is lost in between.
        """
        with self.area.held():
            self._end(by, How.ANSWERED, text, space=WRITES[Owes(side)])
            section: Section = Section.objects.get(brief=self.brief_id, space=WRITES[Owes(side)])
            section.brief = self.brief
            section.save_text(by, self.in_text(section.text, text), over=section.version, within=True)
        return section

    def set_aside(self, by: Person, why: str) -> None:
        """Say why it is not relevant; it is not asked again unless its quote changes. Raises Closed."""
        with self.area.held():
            self._end(by, How.SET_ASIDE, why)

    def ask_back(self, by: Person, side: str, text: str) -> None:
        """Hand it to the other side with a question of one's own; raises Closed."""
        other = next(str(one) for one in Side if one != side)
        with self.area.held():
            now = timezone.now()
            mine = Question.objects.filter(pk=self.pk, ended=None, turn=self.turn)
            if not mine.update(turn=other, turned=now, gone=None):
                raise Closed(Question.objects.get(pk=self.pk))
            self.turns.create(by=by, side=side, at=now, text=text)
            self.area.enter(by, "asked back", self.brief, question=self.pk, text=text)

    def _end(self, by: Person, how: str, text: str, **more: str) -> None:
        told = {"ended": timezone.now(), "ended_by": by, "how": how, "answer": text}
        if not Question.objects.filter(pk=self.pk, ended=None).update(**told):
            raise Closed(Question.objects.select_related("ended_by").get(pk=self.pk))
        verb = "answered" if how == How.ANSWERED else "set aside"
        self.area.enter(by, verb, self.brief, question=self.pk, ask=self.ask, answer=text, **more)
        self.refresh_from_db()

    def still_settles(self, text: str, quote: str) -> bool:
        """Whether what ended it still holds for a text that is asked about with this quote."""
        if self.how == How.SET_ASIDE:
            return self.quote == quote
        return " ".join(self.answer.split()) in " ".join(text.split())

    def after(self, moment: datetime | None) -> bool:
        """Whether it was answered, or still waits, later than this moment."""
        return moment is not None and (self.ended is None or self.ended > moment)


class Turn(models.Model):
    """A question that was asked back: by whom, and what they want to know first."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="turns")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    side = models.CharField(max_length=12, choices=Side)  # of who asked back
    at = models.DateTimeField(default=timezone.now)
    text = models.CharField(max_length=1_000)
