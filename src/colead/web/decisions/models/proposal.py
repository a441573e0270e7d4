"""Proposal: what one side would choose where both decide; the other one agrees to it, or proposes another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from colead.phrase import listing
from colead.web.areas.models import Side
from colead.web.decisions.models.choice import LONGEST, Choice, choose
from colead.web.decisions.models.decision import Decision, Option, Stale
from colead.web.people.models import Person


class Proposal(models.Model):
    """A side's proposal; it stands until it is agreed to, another takes its place, or the wording changes."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="proposals")
    option = models.ForeignKey(Option, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    side = models.CharField(max_length=12, choices=Side)
    at = models.DateTimeField(default=timezone.now)
    why = models.TextField(blank=True, max_length=LONGEST)
    version = models.PositiveIntegerField()
    ended = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["decision"], condition=models.Q(ended=None), name="proposed_once_at_a_time"
            )
        ]


def proposed(decision: Decision) -> Proposal | None:
    """The proposal that stands, of the version that stands."""
    found = (one for one in decision.proposals.all() if one.ended is None)
    return next((one for one in found if one.version == decision.version), None)


def together(decision: Decision, side: str) -> list[str]:
    """Who else has to agree: the leads of the other side that decides; nobody where none leads it."""
    others = (decision.area.lead(one) for one in decision.sides if one != side)
    return [one.name for one in others if one is not None]


def settle(
    decision: Decision, by: Person, side: str, option: Option, why: str, *, version: int
) -> Choice | Proposal:
    """Decide; where both sides do, propose it, or agree to what the other side proposed. Raises Stale."""
    with decision.area.held():
        held = Decision.objects.select_related("area").get(pk=decision.pk)
        if held.version != version or held.settled:
            raise Stale(held)
        if not together(held, side):
            return choose(decision, by, side, option, why, version=version)
        there = proposed(held)
        if there is None or there.side == side or there.option_id != option.pk:
            return _propose(decision, by, side, option, why, version)
        _end(decision)
        names, both = f"{there.by.name}, {by.name}", "\n\n".join(filter(None, (there.why, why)))
        return choose(decision, by, side, option, both, version=version, names=names)


def _end(decision: Decision) -> None:
    Proposal.objects.filter(decision=decision, ended=None).update(ended=timezone.now())


def _propose(
    decision: Decision, by: Person, side: str, option: Option, why: str, version: int
) -> Proposal:  # fmt: skip
    told = {"option": option, "by": by, "side": side, "why": why, "version": version}
    same = Proposal.objects.filter(decision=decision, ended=None, **told).first()
    if same is not None:
        return same
    _end(decision)
    made = Proposal.objects.create(decision=decision, **told)
    entered = {"number": decision.number, "question": decision.question, "option": option.name, "why": why}
    decision.area.enter(by, "proposed an answer", decision.brief, **entered)
    return made


def who(choice: Choice) -> str:
    """Who decided, in words."""
    return listing([one.strip() for one in choice.names.split(",")]) if choice.names else choice.by.name
