"""Call: asks everybody for concerns about a decision until a day; who raised one says when it is resolved."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone

from colead.web.decisions.models.decision import Decision
from colead.web.people.models import Person

LONGEST = 2_000  # characters


class Call(models.Model):
    """That concerns were called for, and until when."""

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="call")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateField(db_index=True)

    def over(self, today: date) -> bool:
        """Whether its last day has passed."""
        return today > self.until


def call(decision: Decision, by: Person, until: date) -> Call:
    """Call for concerns, or move the clock of the call that runs."""
    with decision.area.held():
        found = Call.objects.filter(decision=decision).first()
        if found and found.until == until:
            return found
        made, new = Call.objects.update_or_create(
            decision=decision, defaults={"until": until}, create_defaults={"until": until, "by": by}
        )
        verb = "called for concerns" if new else "moved the clock"
        told = {"number": decision.number, "question": decision.question, "until": until.isoformat()}
        decision.area.enter(by, verb, decision.brief, **told)
    return made


class Kind(models.TextChoices):
    """What somebody says to a call."""

    CONCERN = "concern", "a concern"
    HOLD = "hold", "hold: I need time"
    NONE = "none", "nothing against it"


class Raised(models.Model):
    """What somebody said to a decision that is open: a concern, a hold, or nothing against it."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="raised")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField(blank=True, max_length=LONGEST)
    resolved = models.DateTimeField(null=True)
    how = models.CharField(max_length=500, blank=True)  # what resolved it

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["by", "resolved"])]

    @property
    def stands(self) -> bool:
        """Whether it is a concern or a hold that its raiser did not resolve."""
        return self.kind != Kind.NONE and self.resolved is None

    def resolve(self, by: Person, how: str) -> bool:
        """Its raiser is content; False where it was resolved before or is somebody else's."""
        with self.decision.area.held():
            mine = Raised.objects.filter(pk=self.pk, by=by, resolved=None).exclude(kind=Kind.NONE)
            if not mine.update(resolved=timezone.now(), how=how):
                return False
            one = self.decision
            one.area.enter(by, "resolved a concern", one.brief, number=one.number, how=how)
        return True


def standing(decision: Decision) -> list[Raised]:
    """The concerns and holds that nobody resolved."""
    return [one for one in decision.raised.all() if one.stands]


def say(decision: Decision, by: Person, kind: str, text: str) -> Raised:
    """Raise a concern, ask for time, or say that nothing speaks against it; the same twice counts once."""
    with decision.area.held():
        mine = decision.raised.filter(by=by)
        same = mine.filter(kind=kind, text=text, resolved=None).first()
        if same:
            return same
        made: Raised = decision.raised.create(by=by, kind=kind, text=text)
        told = {"number": decision.number, "question": decision.question, "kind": kind, "text": text[:500]}
        decision.area.enter(by, "answered a call", decision.brief, **told)
    return made
