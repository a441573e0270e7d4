"""Choice: what the owner of a decision chose, why, and what was open at that moment."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from colead.web.areas.models import Side
from colead.web.decisions.models.call import standing
from colead.web.decisions.models.decision import Decision, Option, Stale
from colead.web.people.models import Person

LONGEST = 5_000  # characters


class Choice(models.Model):
    """Who chose what and why; `open` concerns, and whether the clock still ran."""

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="choice")
    option = models.ForeignKey(Option, models.RESTRICT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    names = models.CharField(max_length=300, blank=True)  # who decided, where a file told it or both did
    side = models.CharField(max_length=12, choices=Side, blank=True)  # "" where a file told it
    at = models.DateTimeField(default=timezone.now, db_index=True)
    why = models.TextField(blank=True, max_length=LONGEST)
    version = models.PositiveIntegerField()
    open = models.PositiveSmallIntegerField(default=0)
    early = models.BooleanField(default=False)

    @property
    def noted(self) -> str:
        """What was open when it was made, in words; "" where nothing was."""
        from colead.phrase import plural

        told = []
        if self.open:
            told.append(f"with {plural(self.open, 'concern')} open")
        if self.early:
            told.append("before the call for concerns had run out")
        return " and ".join(told)


def choose(
    decision: Decision, by: Person, side: str, option: Option, why: str, *, version: int, names: str = ""
) -> Choice:
    """Decide on an option of this version; raises Stale where another stands or it is settled.

    `names`: who decided, where it was more than one.
    """
    with decision.area.held():
        held = Decision.objects.get(pk=decision.pk)
        if held.version != version or held.settled:
            raise Stale(held)
        call = getattr(held, "call", None)
        made = Choice.objects.create(
            decision=decision,
            option=option,
            by=by,
            side=side,
            names=names[:300],
            why=why[:LONGEST],
            version=version,
            open=len(standing(held)),
            early=call is None or not call.over(timezone.localdate()),
        )
        told = {"number": decision.number, "question": decision.question, "option": option.name, "why": why}
        decision.area.enter(by, "decided", decision.brief, open=made.open, early=made.early, **told)
        if decision.before is not None:
            decision.before.doubts.filter(answered=None).update(answered=timezone.now())
    return made


class Withdrawal(models.Model):
    """That a question is no longer asked, or an answer no longer holds, without another one."""

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="withdrawal")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=500, blank=True)


def withdraw(decision: Decision, by: Person, why: str) -> Withdrawal:
    """Take it back, once."""
    with decision.area.held():
        made, new = Withdrawal.objects.get_or_create(decision=decision, defaults={"by": by, "why": why})
        if new:
            decision.doubts.filter(answered=None).update(answered=timezone.now())
            told = {"number": decision.number, "question": decision.question, "why": why}
            decision.area.enter(by, "withdrew a decision", decision.brief, **told)
    return made


class Kept(models.Model):
    """That a decision which asked again was looked at, and holds."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="kept")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=500)


def keep(decision: Decision, by: Person, why: str) -> None:
    """It still holds: what asked again is answered; nothing where nothing asks."""
    with decision.area.held():
        asking = decision.doubts.filter(fired__isnull=False, answered=None)
        if asking.update(answered=timezone.now()):
            decision.kept.create(by=by, why=why)
            told = {"number": decision.number, "question": decision.question, "why": why}
            decision.area.enter(by, "kept a decision", decision.brief, **told)
