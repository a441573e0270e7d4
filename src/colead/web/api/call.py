"""Call: one request to the API: who asks, in which area, with what rights; and how a list is cut."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from colead.web.api.problem import Problem
from colead.web.api.routes import Page
from colead.web.areas.models import Area, Membership
from colead.web.briefs.models import Brief
from colead.web.people.models import Person

MOST, USUAL = 200, 50  # things of a list at once
Item = TypeVar("Item")
Row = TypeVar("Row", bound=Any)


@dataclass
class Call:
    """One request; acts reach everything through it."""

    request: HttpRequest
    person: Person
    slug: str = ""
    headers: dict[str, str] = field(default_factory=dict)  # of the answer
    usual: int = USUAL  # things of a list where nobody says how many
    lifts: bool = True  # whether a version may be named in If-Match

    @cached_property
    def membership(self) -> Membership:
        """The person's place in the area; 404 for whoever does not belong to it."""
        mine = Membership.objects.select_related("area", "person")
        found = mine.filter(person=self.person, area__slug=self.slug).first()
        if found is None:
            raise Http404
        return found

    @property
    def area(self) -> Area:
        """The area."""
        return self.membership.area

    def demand(self, allowed: bool, why: str) -> None:
        """Refuse with a sentence where it is not allowed."""
        if not allowed:
            raise PermissionDenied(why)

    def takes_part(self) -> None:
        """Refuse viewers."""
        self.demand(self.membership.takes_part, "You look on in this area; ask a lead to take part.")

    def brief(self, number: int) -> Brief:
        """An idea of the area by its number."""
        found = self.area.briefs.filter(number=number).first()
        if found is None:
            raise Http404
        found.area = self.area
        return found

    def over(self, told: int | None) -> int:
        """Over which version something is saved: If-Match before what the body says."""
        named = self.request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
        if named:
            if not (named.isascii() and named.isdecimal() and len(named) < 9):
                raise Problem(412, "stale", "If-Match names no version.", param="If-Match")
            return int(named)
        if told is None:
            why = "Say over which version: the number in If-Match, or `over` in the body."
            raise Problem(428, "over", why, param="over")
        return told

    @property
    def stale_status(self) -> int:
        """412 where the version came as If-Match, else 409."""
        return 412 if self.lifts and self.request.headers.get("If-Match", "").strip() else 409

    def page(
        self, rows: QuerySet[Row], of: Callable[[Row], Item], *, newest_first: bool = False
    ) -> Page[Item]:
        """The part of a list that was asked for, by ids: what is added or moved meanwhile shifts nothing."""
        limit, after = self.limit, self.cursor
        if after is not None:
            rows = rows.filter(**{"pk__lt" if newest_first else "pk__gt": after})
        found = list(rows.order_by("-pk" if newest_first else "pk")[: limit + 1])
        more = len(found) > limit
        found = found[:limit]
        return Page(tuple(of(one) for one in found), cursor(found[-1].pk) if more else None)

    def cut(self, every: Sequence[Item]) -> Page[Item]:
        """The part that was asked for of a short list that is there as a whole."""
        first = self.cursor or 0
        after = first + self.limit
        return Page(tuple(every[first:after]), cursor(after) if after < len(every) else None)

    @property
    def limit(self) -> int:
        """How many things of a list are asked for."""
        told = self.request.GET.get("limit", str(self.usual))
        if not (told.isascii() and told.isdecimal() and len(told) < 5 and 1 <= int(told) <= MOST):
            raise Problem(422, "invalid", f"limit has to be from 1 to {MOST}.", param="limit")
        return int(told)

    @property
    def cursor(self) -> int | None:
        """After which of them a list goes on; None at its beginning."""
        told = self.request.GET.get("cursor", "")
        if not told:
            return None
        try:
            found = int(base64.urlsafe_b64decode(told[:40].encode("ascii")).decode("ascii"))
        except (ValueError, binascii.Error):
            found = -1
        if not 0 <= found < 2**63:
            raise Problem(422, "invalid", "cursor is not one that a list gave.", param="cursor")
        return found


def cursor(pk: int) -> str:
    """Where a list goes on."""
    return base64.urlsafe_b64encode(str(pk).encode()).decode("ascii")
