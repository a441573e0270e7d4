"""Counted: what the database knows of an area in one quarter, counted where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import and_
from typing import Any, cast

from django.db.models import (
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils import timezone

from colead.together import Counts, Quarter
from colead.web.areas.models import Area, Entry, Role, Side
from colead.web.briefs.models import Agreement, Brief
from colead.web.concerns.models import Concern
from colead.web.decisions.models import Decision, Doubt
from colead.web.prototypes.models import Prototype
from colead.web.questions.models import Question
from colead.web.repositories.models import KeptReading
from colead.web.reserve.models import Held
from colead.web.tradeoffs.models import Acceptance

GRACE = timedelta(days=7)  # after the day of a review
MOST = 2_000  # reviews of one quarter


@dataclass(frozen=True, slots=True)
class Span:
    """A quarter as moments; `end` is now while it lasts."""

    begin: datetime
    end: datetime

    @classmethod
    def of(cls, quarter: Quarter, now: datetime) -> Span:
        """Of a quarter that has begun."""
        first, after = (
            timezone.make_aware(datetime.combine(one, time.min))
            for one in (quarter.first, quarter.after.first)
        )
        return cls(first, min(after, now))

    @property
    def days(self) -> tuple[date, date]:
        """Its first day, and the first that is not over or not in it."""
        return timezone.localdate(self.begin), timezone.localdate(self.end)


class Counted:
    """The rows behind each figure of a quarter."""

    def __init__(self, area: Area, span: Span) -> None:
        self.area, self.span = area, span

    def during(self, column: str) -> Q:
        """That this moment is in the quarter."""
        return Q(**{f"{column}__gte": self.span.begin, f"{column}__lt": self.span.end})

    def people(self) -> int:
        """How many took part."""
        told = Entry.objects.filter(self.during("at"), area=self.area, by=OuterRef("person"))
        return self.area.memberships.exclude(role=Role.VIEWER).filter(Exists(told)).count()

    def waiting(self) -> QuerySet[Decision]:
        """Decisions that were open at its end, the oldest first."""
        later = Q(choice=None) | Q(choice__at__gte=self.span.end)
        held = Q(withdrawal=None) | Q(withdrawal__at__gte=self.span.end)
        found: QuerySet[Decision] = Decision.objects.filter(
            later, held, area=self.area, made__lt=self.span.end
        )
        return found.order_by("made", "id")

    def questions(self) -> QuerySet[Question]:
        """Those asked in it."""
        found: QuerySet[Question] = Question.objects.filter(self.during("asked"), area=self.area)
        return found

    def concerns(self) -> QuerySet[Concern]:
        """Bad news that was raised in it."""
        return Concern.objects.filter(self.during("at"), area=self.area)

    def late(self) -> QuerySet[Concern]:
        """Of them, what came after the idea had gone ahead."""
        return self.concerns().filter(at__gt=F("brief__commitments__at"))

    def ahead(self) -> QuerySet[Brief]:
        """Ideas that went ahead in it."""
        return self.area.briefs.filter(self.during("commitments__at"))

    def coming(self) -> QuerySet[Brief]:
        """Ideas that had neither gone ahead nor shipped at its end."""
        end = self.span.end
        gone = Q(commitments__at__lt=end) | Q(shipped__lt=timezone.localdate(end))
        return self.area.briefs.filter(made__lt=end).exclude(gone)

    def agreed(self) -> Q:
        """That both sides had agreed on an idea's problem at its end."""
        end = self.span.end
        signed = Agreement.objects.filter(Q(lifted=None) | Q(lifted__gte=end), at__lt=end)
        mine = signed.filter(section__brief=OuterRef("pk"), section__space="problem")
        return reduce(and_, (Q(Exists(mine.filter(side=side))) for side in Side))

    def written(self) -> QuerySet[Brief]:
        """Ideas that were written in it."""
        return self.area.briefs.filter(self.during("made"))

    def took(self, rows: type[Any], moment: str) -> QuerySet[Brief]:
        """Of them, those that got one of these rows, by how long that took."""
        mine = rows.objects.filter(brief=OuterRef("pk"), **{f"{moment}__lt": self.span.end})
        first = mine.order_by("id").values(moment)[:1]
        lasted = ExpressionWrapper(F("first") - F("made"), output_field=DurationField())
        found = self.written().annotate(first=Subquery(first, output_field=DateTimeField()))
        return found.exclude(first=None).annotate(lasted=lasted).order_by("lasted", "id")

    def due(self) -> tuple[QuerySet[Acceptance], QuerySet[Doubt]]:
        """What was to be looked at again on a day in it."""
        first, last = self.span.days
        accepted = Acceptance.objects.filter(area=self.area, until__gte=first, until__lt=last)
        before = Q(ended=None) | Q(ended__gte=self.span.begin)
        asked = Doubt.objects.filter(
            area=self.area, kind="day", on__gte=first, on__lt=last, decision__choice__isnull=False
        )
        return accepted.filter(before), asked

    def hoped(self) -> QuerySet[Brief]:
        """Ideas that go ahead and were hoped for by a day in it."""
        first, last = self.span.days
        return self.area.briefs.filter(commitments__isnull=False, hoped__gte=first, hoped__lt=last)

    def estimates(self) -> QuerySet[Held]:
        """What somebody said of a repair, with what came until a day in it."""
        first, last = self.span.days
        mine: QuerySet[Held] = Held.objects.filter(estimate__repair__area=self.area, came__isnull=False)
        return mine.filter(until__gte=first, until__lt=last).order_by("-until", "-id")

    def counts(self) -> Counts:
        """All of it as numbers."""
        told: dict[str, Any] = {"people": self.people()}
        for each in (self._decided, self._asked, self._surprised, self._began, self._tried, self._promised):
            told |= each()
        return Counts(**told)

    def _decided(self) -> dict[str, Any]:
        found = self.waiting()
        n = found.count()
        ages = [(self.span.end - found.values_list("made", flat=True)[at]).total_seconds() / 86_400
                for at in ((n // 2, 0) if n else ())]  # fmt: skip
        if not ages:
            return {"waiting": 0}
        return {"waiting": n, "waiting_days": ages[0], "oldest_days": int(ages[1])}

    def _asked(self) -> dict[str, Any]:
        end = self.span.end
        done, began = Q(ended__lt=end) | Q(gone__lt=end), Q(brief__commitments__at__lt=end)
        late = Q(ended__gt=F("brief__commitments__at")) | Q(ended=None, gone__gt=F("brief__commitments__at"))
        return self.questions().aggregate(
            answered_before=Count("pk", filter=done & ~(late & Q(brief__commitments__isnull=False))),
            answered_after=Count("pk", filter=done & late),
            unanswered=Count("pk", filter=~done & began),
            unbegun=Count("pk", filter=~done & ~began),
        )

    def _surprised(self) -> dict[str, Any]:
        late = Q(at__gt=F("brief__commitments__at"))
        return self.concerns().aggregate(
            concerns=Count("pk"),
            late=Count("pk", filter=late),
            foretold=Count("pk", filter=late & Q(told_since__lt=F("at"))),
        )

    def _began(self) -> dict[str, Any]:
        ahead = self.ahead().aggregate(
            ahead=Count("pk"), ahead_agreed=Count("pk", filter=~Q(commitments__unsigned__contains="problem"))
        )
        coming = self.coming().aggregate(coming=Count("pk"), coming_agreed=Count("pk", filter=self.agreed()))
        return ahead | coming

    def _tried(self) -> dict[str, Any]:
        made: dict[str, Any] = {"written": self.written().count()}
        for name, rows, moment in (("read", KeptReading, "made"), ("tested", Prototype, "began")):
            found = self.took(rows, moment)
            made[name] = found.count()
            if made[name]:
                middle: Any = found[made[name] // 2]
                made[f"hours_{name}"] = middle.lasted.total_seconds() / 3_600
        return made

    def _promised(self) -> dict[str, Any]:
        accepted, asked = self.due()
        by_day = sum(
            ended <= _after(until) for until, ended in accepted.values_list("until", "ended")[:MOST] if ended
        )
        by_day += sum(done <= _after(on) for on, done in asked.values_list("on", "answered")[:MOST] if done)
        hoped = self.hoped().aggregate(n=Count("pk"), kept=Count("pk", filter=Q(shipped__lte=F("hoped"))))
        ends = self.estimates().values_list("said", "came")[:MOST]
        held = sum(came <= said[2] for said, came in ends if said)
        return {
            "estimated": len(ends),
            "held": held,
            "due": accepted.count() + asked.count(),
            "reviewed": by_day,
            "hoped": hoped["n"],
            "shipped": hoped["kept"],
        }


def _after(when: date | None) -> datetime:
    return timezone.make_aware(datetime.combine(cast(date, when), time.max)) + GRACE


def began(area: Area) -> date:
    """The day of what is oldest in the area."""
    first = area.briefs.aggregate(first=Min("made"))["first"]
    return timezone.localdate(min(filter(None, (first, area.made))))
