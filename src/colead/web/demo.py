"""Demo: the made-up shop as an area, with its cast to sign in as; removable as a whole."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from colead.web import clock
from colead.web.areas.models import Area, Role, Side
from colead.web.people.models import Link, Person
from colead.web.repositories.check import check_later
from colead.web.repositories.look import look_later, record_later
from colead.web.reserve.demo import first_day
from colead.web.story.told import Cast, moment
from colead.web.story.whole import begin, join, whole

CAST = (
    ("Priya", "priya@demo.example", Side.PRODUCT, Role.LEAD),
    ("Emil", "emil@demo.example", Side.ENGINEERING, Role.LEAD),
    ("Lena", "lena@demo.example", Side.ENGINEERING, Role.MEMBER),
    ("Omar", "omar@demo.example", Side.PRODUCT, Role.VIEWER),
)


def install() -> list[tuple[str, str]]:
    """The demo area, made at the first call; for both leads, the path of a link that signs them in."""
    area = Area.objects.filter(demo=True).first() or _made()
    leads = area.memberships.filter(role=Role.LEAD).select_related("person").order_by("-side")
    return [
        (one.person.name, reverse("link", args=[Link.objects.make(one.person, lasts=timedelta(days=1))]))
        for one in leads
    ]


@transaction.atomic
def _made() -> Area:
    from colead.demo.repository import demo_repository
    from colead.readers.git import Door

    today = timezone.localdate()
    began = moment(first_day(), 10)
    with clock.on(began):
        people = _people()
        area = begin("Checkout", _slug(), people["Priya"])
        for name, _, side, role in CAST[1:]:
            join(area, people["Priya"], people[name], side, role)
        shop = demo_repository(settings.DATA / "demo")
        with Door.open(shop) as door:
            area.repositories.create(name="shop", path=str(shop), tip=door.tip)
    cast = Cast(area, people, today)
    whole(cast)
    record_later(area)
    first, *others = area.briefs.filter(shipped=None).order_by("place")
    cast.read(first)  # as of today, so that whoever opens it at once does not read of weeks ago
    for brief in others:
        check_later(brief)
    look_later(area)
    return area


def _people() -> dict[str, Person]:
    people = {}
    for name, email, side, _ in CAST:
        found = Person.objects.filter(email=email).first()
        people[name] = found or Person.objects.welcome(email, name, technical=side == Side.ENGINEERING)
    return people


def _slug() -> str:
    return "checkout" if not Area.objects.filter(slug="checkout").exists() else "checkout-demo"
