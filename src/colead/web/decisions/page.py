"""Page: one decision as one person sees it: a sentence that says where it stands, and what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils import timezone

from colead.phrase import day, listing, number, plural
from colead.web.areas.models import Area, Membership
from colead.web.decisions.models import Call, Decision, Doubt, Option, Raised
from colead.web.decisions.models.call import standing
from colead.web.decisions.models.proposal import Proposal, proposed, together
from colead.web.decisions.models.proposal import who as whom
from colead.web.people.models import Person

if TYPE_CHECKING:
    from colead.reading import Reading


def owners(area: Area, space: str) -> list[Person]:
    """Who decides in this space: the lead of the side, or of both."""
    from colead.web.decisions.models.decision import deciding

    return [one for one in map(area.lead, deciding(area, space)) if one is not None]


def deciders(decision: Decision) -> str:
    """Who decides, in words: a name, two, or the side that nobody leads yet."""
    names = [one.name for one in owners(decision.area, decision.space)]
    return listing(names) if names else f"whoever will lead {decision.sides[0]}"


@dataclass(frozen=True)
class Shown:
    """An option with what its reading says."""

    option: Option
    chosen: bool

    @cached_property
    def reading(self) -> Reading | None:
        """None where it was not read, or by another version of Colead."""
        from colead.errors import WrongUse
        from colead.writers.wire import from_json

        try:
            return from_json(self.option.wire) if self.option.wire else None
        except WrongUse:
            return None

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the reading says, so that options can be held side by side."""
        one = self.reading
        if one is None:
            return []
        touches = [each.touch.name for each in one.touches]
        along = [each.name for each in one.partners]
        told = [("Touches", listing(touches) if touches else "nothing found")]
        told += [("May change along", listing(along))] if along else []
        return [*told, ("Time", one.timeline.sentence if one.timeline else "too little data")]


@dataclass(frozen=True)
class Page:
    """One decision and the person who looks at it."""

    decision: Decision
    membership: Membership

    @cached_property
    def open(self) -> bool:
        """Whether it is neither decided nor withdrawn."""
        return not self.decision.settled

    @cached_property
    def deciders(self) -> str:
        """Who decides, in words."""
        return deciders(self.decision)

    @property
    def may_decide(self) -> bool:
        """Whether the person is one of those who decide."""
        return self.membership.leads and self.membership.side in self.decision.sides

    @property
    def may_word(self) -> bool:
        """Whether the person writes the question and its options: who asked, and the side that decides."""
        mine = self.membership.person_id == self.decision.by_id
        return self.membership.takes_part and (mine or self.membership.side in self.decision.sides)

    @cached_property
    def proposal(self) -> Proposal | None:
        """What one side would choose, where both decide."""
        return proposed(self.decision) if self.open else None

    @cached_property
    def with_whom(self) -> str:
        """Who else has to agree to what this person chooses; "" where nobody does."""
        return listing(together(self.decision, self.membership.side)) if self.may_decide else ""

    @property
    def may_agree(self) -> bool:
        """Whether the other side proposed, so that a word of this person settles it."""
        return bool(self.may_decide and self.proposal and self.proposal.side != self.membership.side)

    @cached_property
    def call(self) -> Call | None:
        """The call for concerns."""
        return getattr(self.decision, "call", None)

    @cached_property
    def raised(self) -> list[Raised]:
        """What was said to it, what stands first."""
        return sorted(self.decision.raised.all(), key=lambda one: (not one.stands, one.pk))

    @cached_property
    def standing(self) -> list[Raised]:
        """Concerns and holds that stand."""
        return standing(self.decision)

    @cached_property
    def options(self) -> list[Shown]:
        """Its options."""
        choice = getattr(self.decision, "choice", None)
        chosen = choice.option_id if choice else None
        return [Shown(one, one.pk == chosen) for one in self.decision.options.all()]

    @cached_property
    def asking(self) -> list[Doubt]:
        """What came about and makes it ask again."""
        return [one for one in self.decision.doubts.all() if one.asks]

    @cached_property
    def replaced(self) -> Decision | None:
        """The decision that replaced it."""
        return self.decision.replaced

    @property
    def hue(self) -> str:
        """The class of the side that decides; "" for both."""
        return {"problem": "problem", "solution": "solution"}.get(self.decision.space, "")

    @property
    def further(self) -> list[tuple[str, str]]:
        """What its file tells that has no place of its own here."""
        told = self.decision.file
        names = {"consequences": "Consequences", "confirmation": "How one would know", "more": "More"}
        return [(words, told[key]) for key, words in names.items() if told.get(key)]

    @property
    def ready(self) -> bool:
        """Whether the clock ran out with nothing open."""
        return bool(self.call and self.call.over(timezone.localdate()) and not self.standing)

    @property
    def sentence(self) -> str:
        """Where it stands, in one sentence or two."""
        if hasattr(self.decision, "withdrawal"):
            one = self.decision.withdrawal
            why = f": {one.why.rstrip('.')}" if one.why else ""
            return f"Withdrawn by {one.by.name} on {_day(one.at.date())}{why}."
        return self._decided() if not self.open else self._open()

    def _decided(self) -> str:
        choice = self.decision.choice
        what = f": {choice.option.name.rstrip('.')}" if choice.option else ""
        who = whom(choice)
        told = f"Decided by {who} on {_day(choice.at.date())}{what}."
        if self.replaced:
            return f"{told} Another decision has replaced it."
        if self.asking:
            return f"It asks again, because {listing([_bare(one.because) for one in self.asking])}. {told}"
        return told

    def _open(self) -> str:
        told = f"{self.deciders} decides" if " and " not in self.deciders else f"{self.deciders} decide"
        about = f"{told}, since it is about {self.decision.get_space_display()}."
        about = about[0].upper() + about[1:]
        if self.proposal:
            what = f"{self.proposal.by.name} proposes: {self.proposal.option.name.rstrip('.')}."
            about = f"{about} {what} The other side agrees, or proposes another."
        if self.call is None:
            return f"{about} Nobody was asked for concerns yet."
        left = len(self.standing)
        stands = (
            f"{number(left).capitalize()} {'stands' if left == 1 else 'stand'}." if left else "None is open."
        )
        if self.call.over(timezone.localdate()):
            return f"{about} The call for concerns ran out on {_day(self.call.until)}. {stands}"
        return f"{about} Concerns are welcome until {_day(self.call.until)}. {stands}"


def _day(on: object) -> str:
    return day(on, today=timezone.localdate())  # type: ignore[arg-type]  # a date, as phrase wants it


def _bare(told: str) -> str:
    return told.rstrip(".")


def lately(area: Area) -> str:
    """How many decisions took their owner from the area's table this month; "" where none did."""
    since = timezone.now() - timedelta(days=30)
    count = area.decisions.filter(choice__at__gte=since).exclude(choice__side="").count()
    whose = "its" if count == 1 else "their"
    return f"{plural(count, 'decision').capitalize()} took {whose} owner from it this month." if count else ""


def summary(asking: int, open_ones: int) -> str:
    """How many ask again and how many are open, in a sentence."""
    told = []
    if asking:
        told.append(f"{number(asking)} {'asks' if asking == 1 else 'ask'} again")
    if open_ones:
        told.append(f"{number(open_ones)} {'is' if open_ones == 1 else 'are'} open")
    return f"{listing(told).capitalize()}." if told else "Nothing is open, and nothing asks again."


def again(decision: Decision) -> str:
    """Why a decision asks again; "" where it does not."""
    told = [_bare(one.because) for one in decision.doubts.all() if one.asks]
    return f"asks again, because {listing(told)}" if told else ""


def line(decision: Decision) -> str:
    """Where a decision stands, in the few words of a list."""
    if hasattr(decision, "withdrawal"):
        return f"withdrawn {_day(decision.withdrawal.at.date())}"
    if hasattr(decision, "choice"):
        choice = decision.choice
        return choice.option.name if choice.option else f"decided by {whom(choice)}"
    call = getattr(decision, "call", None)
    stands = len(standing(decision))
    told = f"{plural(stands, 'concern stands', 'concerns stand')}" if stands else ""
    if call is None:
        return told or "no call for concerns yet"
    over = call.over(timezone.localdate())
    clock = "ready to be decided" if over and not stands else f"concerns until {_day(call.until)}"
    return f"{clock}; {told}" if told else clock
