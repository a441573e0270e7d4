"""What the demo's area keeps for health: repairs done and held against what was said, and those to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from colead.demo.story import LAST_DAY
from colead.web.areas.models import Membership
from colead.web.reserve.models import WEEK, Guess, Place, Repair, monday
from colead.web.story.told import Cast, Line, moment

BEFORE = timedelta(days=33)  # the area began so long before its first repair was done


@dataclass(frozen=True, slots=True)
class Old:
    """A repair whose quarter is over in the shop's history."""

    what: str
    name: str
    key: str
    guess: Guess
    done: date


OLD = (
    Old("One way to print a label instead of three", "Shipping", "services/shipping", Guess(2, 40),
        LAST_DAY.date() - timedelta(days=120)),
    Old("One place that rounds a total", "Prices", "services/pricing", Guess(1, 30),
        LAST_DAY.date() - timedelta(days=93)),
)  # fmt: skip


def first_day() -> date:
    """When the two began to keep a reserve."""
    return min(one.done for one in OLD) - BEFORE


def reserve(cast: Cast) -> Iterator[Line]:
    """Lines for each repair."""
    yield from (_long_done(cast, one) for one in OLD)
    yield _done(cast)
    yield _filled(cast)
    yield _asked(cast)


def _member(cast: Cast, name: str) -> Membership:
    return Membership.objects.select_related("person", "area").get(area=cast.area, person=cast.person(name))


def _place(cast: Cast, name: str, key: str) -> Place:
    return Place(name, key, cast.area.repositories.get())


def _long_done(cast: Cast, old: Old) -> Line:
    week = monday(old.done)
    yield moment(week - 3 * WEEK, 10)
    where = _place(cast, old.name, old.key)
    one = Repair.objects.propose(_member(cast, "Emil"), old.what, where, week, old.guess)
    yield moment(week - 3 * WEEK, 15)
    one.say_yes(_member(cast, "Priya"))
    yield moment(old.done, 15)
    one.finish(cast.person("Emil"))


def _done(cast: Cast) -> Line:
    """Done in its week; its quarter is not over yet."""
    yield cast.at(43, 10)
    week, where = monday(cast.day(33)), _place(cast, "Payments", "services/payments")
    what = "Ask the card company once instead of twice"
    one = Repair.objects.propose(_member(cast, "Lena"), what, where, week, Guess(1, 20))
    yield cast.at(42, 9, 30)
    one.say_yes(_member(cast, "Emil"))
    one.say_yes(_member(cast, "Priya"))
    yield moment(week + timedelta(days=3), 16)
    one.finish(cast.person("Lena"))


def _filled(cast: Cast) -> Line:
    yield cast.at(8, 10)
    where = _place(cast, "Checkout", "services/checkout")
    what, week = "Take the tax rates out of the till", monday(cast.today) + WEEK
    one = Repair.objects.propose(_member(cast, "Emil"), what, where, week, Guess(1, 30))
    yield cast.at(7, 9)
    one.say_yes(_member(cast, "Priya"))


def _asked(cast: Cast) -> Line:
    yield cast.at(5, 11)
    priya, week = _member(cast, "Priya"), monday(cast.today) + WEEK
    where = _place(cast, "Returns label", "services/returns")
    one = Repair.objects.propose(priya, "Tests for what comes back in parts", where, week)
    yield cast.at(3, 14)
    one.move(priya, week, week + WEEK, "the parcels sale needs everybody that week")
