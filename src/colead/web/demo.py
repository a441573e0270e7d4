"""Demo: the made-up shop as an area, with its cast to sign in as; removable as a whole."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from colead.agreement import USUAL
from colead.web.areas.models import Area, Membership, Role, Side
from colead.web.briefs.form import read
from colead.web.briefs.models import Brief
from colead.web.decisions.demo import decisions
from colead.web.meetings.example import talk
from colead.web.people.models import Link, Person
from colead.web.repositories.look import look_later, record_later
from colead.web.reserve.demo import reserve
from colead.web.threads.story import debate
from colead.web.tradeoffs.demo import tradeoffs

CAST = (
    ("Priya", "priya@demo.example", Side.PRODUCT, Role.LEAD),
    ("Emil", "emil@demo.example", Side.ENGINEERING, Role.LEAD),
    ("Omar", "omar@demo.example", Side.PRODUCT, Role.VIEWER),
)
APPROACH = (
    "A note belongs to a shipment, not to an order. Write it at checkout, store it with the shipment,"
    " print it on the packing slip. No new service."
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

    people = {}
    for name, email, side, _ in CAST:
        found = Person.objects.filter(email=email).first()
        people[name] = found or Person.objects.welcome(email, name, technical=side == Side.ENGINEERING)
    area = Area.objects.create(name="Checkout", slug=_slug(), demo=True)
    for name, _, side, role in CAST:
        Membership.objects.create(area=area, person=people[name], side=side, role=role)
    area.enter(None, "began")
    shop = demo_repository(settings.DATA / "demo")
    with Door.open(shop) as door:
        area.repositories.create(name="shop", path=str(shop), tip=door.tip)
    record_later(area)
    for name, text, hoped in _ideas():
        Brief.objects.write(area, people["Priya"], name, text, hoped)
    look_later(area)
    _signed(area, people["Priya"], people["Emil"])
    decisions(area, people["Priya"], people["Emil"])
    debate(area, people)
    talk(area, people["Priya"], people["Emil"], people["Omar"])
    tradeoffs(area, people["Priya"], people["Emil"])
    reserve(area, people["Priya"], people["Emil"])
    return area


def _slug() -> str:
    return "checkout" if not Area.objects.filter(slug="checkout").exists() else "checkout-demo"


def _ideas() -> list[tuple[str, dict[str, str], date | None]]:
    folder = Path(__file__).parent.parent / "demo"
    gift = read((folder / "gift-notes.md").read_text(encoding="utf-8"))
    christmas = date(timezone.localdate().year, 12, 1)
    hoped = christmas if christmas > timezone.localdate() else christmas.replace(year=christmas.year + 1)
    written = (folder / "ideas.md").read_text(encoding="utf-8")
    others = [read(f"# {one}") for one in written.split("\n# ")[1:]]
    return [(gift.title, dict(gift.texts), hoped), *((one.title, dict(one.texts), None) for one in others)]


def _signed(area: Area, priya: Person, emil: Person) -> None:
    """A few agreements, so that the stages differ."""
    for brief in area.briefs.order_by("place")[:4]:
        section = brief.by_space["problem"]
        section.agree(priya, Side.PRODUCT, section.version)
        if brief.place > 1:
            section.agree(emil, Side.ENGINEERING, section.version)
    first = area.briefs.order_by("place")[0]
    if not first.by_space["approach"].text:
        first.by_space["approach"].save_text(emil, APPROACH, over=1)
    area.briefs.order_by("place")[2].go_ahead(emil, Side.ENGINEERING)
    area.agree_on(priya, Side.PRODUCT, area.share, USUAL).sign(emil, Side.ENGINEERING)
