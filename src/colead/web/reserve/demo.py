"""What the demo's area keeps for health: a filled slot, one that waits, a repair that was scored."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from colead.demo.story import LAST_DAY
from colead.web.areas.models import Area, Membership
from colead.web.people.models import Person
from colead.web.reserve.models import WEEK, Estimate, Guess, Place, Repair, Yes, monday

DONE = 120  # days before the shop's last change
WAITED = 3  # weeks from the proposal to the work


def reserve(area: Area, priya: Person, emil: Person) -> None:
    """Fill one, propose another, and let a third be long done."""
    shop = area.repositories.get()
    product = Membership.objects.select_related("person", "area").get(area=area, person=priya)
    engineering = Membership.objects.select_related("person", "area").get(area=area, person=emil)
    checkout = Place("Checkout", "services/checkout", shop)
    first = monday() + WEEK
    filled = Repair.objects.propose(
        engineering, "Take the tax rates out of the till", checkout, first, Guess(1, 30)
    )
    filled.say_yes(product)
    returns = Place("Returns label", "services/returns", shop)
    again = "the parcels sale needs everybody that week"
    asked = Repair.objects.propose(product, "Tests for what comes back in parts", returns, first)
    asked.move(product, first, first + WEEK, again)
    _long_done(engineering, product, Place("Shipping", "services/shipping", shop))


def _long_done(engineering: Membership, product: Membership, where: Place) -> None:
    one = Repair.objects.propose(
        engineering, "One way to print a label instead of three", where, monday(), Guess(2, 40)
    )
    one.say_yes(product)
    one.finish(engineering.person)
    day = LAST_DAY.date() - timedelta(days=DONE)
    then = datetime.combine(day, time(15), timezone.get_current_timezone())
    week, before = monday(day), then - WAITED * WEEK
    Repair.objects.filter(pk=one.pk).update(week=week, at=before, ended=then)
    Estimate.objects.filter(repair=one).update(at=before)
    Yes.objects.filter(repair=one).update(week=week, at=before)
