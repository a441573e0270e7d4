"""Decision: a question, its space, its owner, options, choice, why, and what would make it wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Case, Exists, IntegerField, Max, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from colead.web.areas.models import Area, Side
from colead.web.briefs.models import Brief
from colead.web.people.models import Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from colead.web.decisions.models.call import Call, Raised
    from colead.web.decisions.models.choice import Choice, Kept, Withdrawal
    from colead.web.decisions.models.doubt import Doubt
    from colead.web.decisions.models.proposal import Proposal

LONGEST_QUESTION = 200  # characters
LONGEST = 20_000  # characters of a background or an option
MOST = 6  # options
USUAL = timedelta(days=10)  # that a call for concerns lasts unless somebody says otherwise


class Space(models.TextChoices):
    """What a question is about, which says who decides."""

    PROBLEM = "problem", "the problem"
    SOLUTION = "solution", "the solution"
    OUTCOME = "outcome", "the outcome"


def deciding(area: Area, space: str) -> tuple[str, ...]:
    """The sides of which a lead decides in this space, by the area's table; both where it tells none."""
    return area.ownership.deciding(space) or tuple(map(str, Side))


class Stale(Exception):
    """Somebody else saved in the meantime; `decision` holds what stands now."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(f"version {decision.version} stands now")
        self.decision = decision


@dataclass(frozen=True, slots=True)
class Wish:
    """An option as a form or a file tells it; `pk` is 0 where it is new."""

    name: str
    text: str = ""  # what would be done: what a reading reads in place of the approach
    follows: str = ""  # what follows from it, as people see it
    pk: int = 0


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, asked for as people speak of them."""

    def open(self) -> DecisionQuerySet:
        """Neither decided nor withdrawn."""
        return self.filter(choice=None, withdrawal=None)

    def asking(self) -> DecisionQuerySet:
        """Decided, and something that would make them wrong came about."""
        return self.filter(_asks(), withdrawal=None).exclude(after__choice__isnull=False)

    def decided(self) -> DecisionQuerySet:
        """Those that were settled and do not ask again."""
        return self.exclude(choice=None, withdrawal=None).exclude(_asks())

    def in_order(self) -> DecisionQuerySet:
        """Open ones first, then those that ask again, then what was decided last."""
        rank = Case(
            When(Q(choice=None, withdrawal=None), then=Value(0)),
            When(_asks(), then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return self.alias(rank=rank).order_by("rank", models.F("choice__at").desc(nulls_last=True), "-number")


def _asks() -> Exists:
    from colead.web.decisions.models.doubt import Doubt

    return Exists(Doubt.objects.filter(decision=OuterRef("pk"), fired__isnull=False, answered=None))


class Decisions(models.Manager.from_queryset(DecisionQuerySet)):  # type: ignore[misc]  # made by Django
    """The decisions of all areas."""

    def ask(
        self,
        area: Area,
        by: Person,
        question: str,
        space: str,
        *,
        background: str = "",
        options: Sequence[Wish] = (),
        brief: Brief | None = None,
        before: Decision | None = None,
        verb: str = "asked to decide",
    ) -> Decision:
        """Put a question to whoever owns it; `before` is the decision that the answer will replace."""
        with area.held():
            last = self.filter(area=area).aggregate(last=Max("number"))["last"] or 0
            told: dict[str, Any] = {"brief": brief, "by": by, "background": background, "before": before}
            made: Decision = self.create(area=area, number=last + 1, question=question, space=space, **told)
            made.keep_options(options)
            made.wordings.create(number=1, by=by, text=made.worded)
            told = {"number": made.number, "question": question, "space": space}
            area.enter(by, verb, brief, **told)
            made.read_anew(by)
        return made


class Decision(models.Model):
    """A question that somebody decides; never deleted, only replaced or withdrawn."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="decisions")
    brief = models.ForeignKey(Brief, models.SET_NULL, null=True, related_name="decisions")
    number = models.PositiveIntegerField()  # within the area
    question = models.CharField(max_length=LONGEST_QUESTION)
    space = models.CharField(max_length=10, choices=Space)
    background = models.TextField(blank=True, max_length=LONGEST)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made = models.DateTimeField(default=timezone.now)
    before = models.ForeignKey("self", models.RESTRICT, null=True, related_name="after")
    file = models.JSONField(default=dict)  # of one that came as a file: its name, and what it told further

    options: RelatedManager[Option]
    wordings: RelatedManager[Wording]
    raised: RelatedManager[Raised]
    doubts: RelatedManager[Doubt]
    kept: RelatedManager[Kept]
    proposals: RelatedManager[Proposal]
    after: RelatedManager[Decision]
    call: Call
    choice: Choice
    withdrawal: Withdrawal
    objects: ClassVar[Decisions] = Decisions()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["area", "number"], name="decision_numbered_once")
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def address(self) -> str:
        """Where its page is; the decision came with its area."""
        return reverse("decision", args=[self.area.slug, self.number])

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides of which a lead decides."""
        return deciding(self.area, self.space)

    @property
    def settled(self) -> bool:
        """Whether it was decided or withdrawn."""
        return hasattr(self, "choice") or hasattr(self, "withdrawal")

    @property
    def replaced(self) -> Decision | None:
        """The decision that replaced it."""
        made = (one for one in self.after.all() if hasattr(one, "choice") and not hasattr(one, "withdrawal"))
        return min(made, key=lambda one: one.pk, default=None)

    @property
    def worded(self) -> str:
        """Everything that a version holds, as one text."""
        told = [self.question, "", self.background.strip()]
        for one in self.options.order_by("place"):
            told += ["", f"## {one.name}", one.text.strip(), one.follows.strip()]
        return "\n".join(told).strip()

    def reword(self, by: Person, told: dict[str, str], options: Sequence[Wish], *, over: int) -> bool:
        """Save question, background and options over version `over`; False where nothing changed.

        Raises Stale; refuses nothing else: what was decided is replaced, which the view sees to.
        """
        with self.area.held():
            mine = Decision.objects.filter(pk=self.pk, version=over, choice=None, withdrawal=None)
            before = self.worded, self.space
            if not mine.update(version=models.F("version") + 1, **told):
                self.refresh_from_db()
                raise Stale(self)
            self.refresh_from_db()
            self.keep_options(options)
            if (self.worded, self.space) == before:
                Decision.objects.filter(pk=self.pk).update(version=over)
                self.refresh_from_db(fields=["version"])
                return False
            self.wordings.create(number=over + 1, by=by, text=self.worded)
            self.area.enter(by, "reworded a decision", self.brief, number=self.number, version=over + 1)
            self.read_anew(by)
        return True

    def read_anew(self, by: Person) -> None:
        """Ask for readings of its options; in the transaction of the deed that changed them."""
        from colead.web.decisions.readings import read_later

        read_later(self, by)

    def keep_options(self, wishes: Sequence[Wish]) -> None:
        """These options in place of those before; one keeps its reading while its text stays."""
        there = {one.pk: one for one in self.options.all()}
        for place, wish in enumerate(wishes[:MOST]):
            one = there.pop(wish.pk, None) or Option(decision=self)
            if one.text != wish.text:
                one.wire = ""
            one.place, one.name, one.text, one.follows = place, wish.name, wish.text, wish.follows
            one.save()
        for gone in there.values():
            gone.delete()


class Option(models.Model):
    """One of the ways that a decision may go, and what follows from it."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=LONGEST_QUESTION)
    text = models.TextField(blank=True, max_length=LONGEST)
    follows = models.TextField(blank=True, max_length=LONGEST)
    wire = models.TextField(blank=True)  # JSON, colead.reading/1: read with this text as the approach
    read = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["place"]


class Wording(models.Model):
    """A decision's question, background and options as they were saved; never changed."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="wordings")
    number = models.PositiveIntegerField()
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["decision", "number"], name="worded_once")
        ]
