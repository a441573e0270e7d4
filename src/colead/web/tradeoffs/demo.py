"""What the demo's area lives with: one tradeoff against a sale, one that asks again, one without a word."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from colead.web.areas.models import Area, Side
from colead.web.people.models import Person
from colead.web.tradeoffs.models import Acceptance, accept, due, keep_occasion, write


def tradeoffs(area: Area, priya: Person, emil: Person) -> None:
    """Two dates, and what is accepted against them."""
    today = timezone.localdate()
    gift = area.briefs.order_by("place")[0]
    sale_day = today + timedelta(days=74)
    sale = keep_occasion(
        area, priya, "Winter sale", sale_day, sale_day + timedelta(days=12), "a third of the year"
    )
    keep_occasion(
        area, emil, "Audit of payments", today + timedelta(days=130), today + timedelta(days=131), ""
    )
    split = write(
        area,
        emil,
        "repair",
        "the repair of how an order is split",
        "Two parcels on one day can get each other's label; it happened twice this year.",
        brief=gift,
    )
    until = today + timedelta(days=100)
    accept(split, priya, Side.PRODUCT, until, occasion=sale, why="the sale needs the checkout as it is")
    old = write(
        area, priya, "feature", "a wish list", "People go on asking for it; about four a month write to us."
    )
    accept(old, emil, Side.ENGINEERING, today + timedelta(days=1), why="shipping comes first")
    then = timezone.now() - timedelta(days=92)
    Acceptance.objects.filter(tradeoff=old).update(at=then, until=today - timedelta(days=2))
    due(today)
    write(
        area, emil, "repair", "moving mails off the old sender", "A mail that bounces is not seen by anybody."
    )
