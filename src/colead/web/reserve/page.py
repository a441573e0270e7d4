"""Page: one repair as one person sees it: where it stands, what it protects, and what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from colead.phrase import day, listing, odds, plural
from colead.web.areas.models import Area, Membership, Side
from colead.web.parts.models import Part, Reached, address
from colead.web.reserve.models import Held, Move, Place, Repair
from colead.web.reserve.score import score

IDEAS = 12  # coming ideas that a repair's page names
PARTS = 200  # names of parts that a form offers


def place(area: Area, told: str, where: str = "") -> Place:
    """The part that is meant, by its name or folder; else what people call it, of no known part."""
    found = _parts(area).filter(name__iexact=told) | _parts(area).filter(key=told)
    several = list(found.select_related("repository").order_by("id")[:5])
    mine = [one for one in several if one.repository.name == where] or several
    if not mine:
        return Place(told)
    return Place(mine[0].name, mine[0].key, mine[0].repository)


def parts_named(area: Area) -> list[str]:
    """Names of parts that a form offers."""
    return list(_parts(area).order_by("name").values_list("name", flat=True).distinct()[:PARTS])


def _parts(area: Area) -> QuerySet[Part]:
    return Part.objects.filter(repository__area=area)


def protected(one: Repair) -> list[Reached]:
    """The open ideas whose newest reading names its part, the likeliest first."""
    if one.repository is None:
        return []
    found = Reached.objects.filter(repository=one.repository, key=one.key, partner=False)
    found = found.filter(brief__shipped=None, brief__area=one.area_id).select_related("brief")
    return list(found.order_by("-odds", "brief__place")[:IDEAS])


def where(one: Repair, side: str = "") -> str:
    """Where it stands, a sentence."""
    today = timezone.localdate()
    week = f"the week of {day(one.week, today=today)}"
    if one.ended is not None:
        on = day(timezone.localtime(one.ended).date(), today=today)
        return f"Done on {on}." if one.done else f"Its slot was given back on {on}."
    if one.is_over:
        return f"Its week is over: {week}. Was it done?"
    if one.is_filled:
        return f"Planned for {week}; both leads said yes."
    waits = listing([f"{each}'s" for each in one.missing])
    return f"Proposed for {week}; it waits for {'your' if one.missing == [side] else waits} yes."


@dataclass(frozen=True)
class Shown:
    """What the page tells."""

    one: Repair
    membership: Membership

    @property
    def sentence(self) -> str:
        """Where it stands."""
        return where(self.one, self.membership.side if self.membership.leads else "")

    @property
    def asks(self) -> bool:
        """Whether this person's yes is asked for."""
        return self.membership.leads and self.may_change and self.membership.side in self.one.missing

    @property
    def may_change(self) -> bool:
        """Whether it can still be changed by this person."""
        return self.one.ended is None and self.membership.takes_part

    @property
    def may_finish(self) -> bool:
        """Whether this person says that it is done."""
        return self.may_change and self.membership.side == Side.ENGINEERING

    @property
    def may_reopen(self) -> bool:
        """Whether this person may say that it is not done after all."""
        mine = self.membership.takes_part and self.membership.side == Side.ENGINEERING
        return mine and self.one.done

    @cached_property
    def protects(self) -> list[tuple[Reached, str]]:
        """The ideas it protects, each with its odds in words."""
        return [(one, odds(one.odds)) for one in protected(self.one)]

    @cached_property
    def protection(self) -> str:
        """What it protects, a sentence."""
        if self.one.repository is None:
            return "It is of no part that Colead knows, so it cannot tell which ideas go through it."
        count = len(self.protects)
        if not count:
            return f"No reading of a coming idea names {self.one.name}."
        ideas = plural(count, "coming idea goes", "coming ideas go").capitalize()
        return f"{ideas} through {self.one.name}:"

    @cached_property
    def part(self) -> str:
        """Where its part's page is; "" where it has none."""
        one = self.one
        if one.repository is None or not Part.objects.filter(repository=one.repository, key=one.key).exists():
            return ""
        one.repository.area = one.area
        return address(one.repository, one.key)

    @cached_property
    def trail(self) -> list[Move]:
        """Where it was before, and why it left."""
        return list(self.one.moves.select_related("by").order_by("-id")[:20])

    @property
    def yeses(self) -> list[str]:
        """Who said yes in its week, in words."""
        said = [one for one in self.one.yeses.select_related("by") if one.week == self.one.week]
        today = timezone.localdate()
        return [
            f"{one.by.name} ({one.side}), {day(timezone.localtime(one.at).date(), today=today)}"
            for one in sorted(said, key=lambda one: one.pk)
        ]

    @property
    def held(self) -> Held | None:
        """What its estimate lets expect; None where that was not computed yet."""
        return getattr(self.one.estimate, "held", None)

    @property
    def score(self) -> str:
        """What was said against what came; "" before its quarter is over."""
        return score(self.held, caveat=False) if self.held else ""


def shown(one: Repair, membership: Membership) -> Shown:
    """The page of a repair."""
    return Shown(one, membership)


def link(one: Repair) -> str:
    """Where its page is."""
    return reverse("repair", args=[one.area.slug, one.pk])
