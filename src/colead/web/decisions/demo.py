"""What the demo's area decides: one question that is open, one that was decided, one that asks again."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from colead.web.areas.models import Area, Side
from colead.web.decisions.models import Choice, Decision, Doubt
from colead.web.decisions.models.call import call, say
from colead.web.decisions.models.choice import choose
from colead.web.decisions.models.decision import Wish
from colead.web.decisions.models.doubt import doubt
from colead.web.people.models import Person

WHERE = (
    Wish(
        "With the shipment",
        "Write the note at checkout, store it with the shipment, print it on the packing slip.",
        "An order that ships in two parcels has two notes or one; we say which. Returns keep theirs.",
    ),
    Wish(
        "With the order",
        "Add a note field to the order and show it on the order page and in the order mail.",
        "Quicker to show. When an order is split, nobody knows which parcel gets the note.",
    ),
    Wish("Leave it out this year", "", "Support goes on answering about every second day in December."),
)
WHOM = (
    Wish("Buyers who send a gift", "", "The ones who write into the delivery instructions today."),
    Wish("Everybody at checkout", "", "One more field for nine in ten who do not need it."),
)
CARRIERS = (
    Wish("One carrier at first", "", "Addresses abroad wait."),
    Wish("All of them at once", "", "Every label has to be tried."),
)


def decisions(area: Area, priya: Person, emil: Person) -> None:
    """Ask, call, decide, and let one come back."""
    gift = area.briefs.order_by("place")[0]
    today = timezone.localdate()
    first = Decision.objects.ask(
        area,
        priya,
        "Whom do gift notes serve first?",
        "problem",
        background="Support counted where the messages end up today: in the delivery instructions.",
        options=WHOM,
        brief=gift,
    )
    _decided(first, priya, Side.PRODUCT, "They have the problem today; the others do not ask for it.", 9)
    metric = {"metric": "gift orders, % of orders", "direction": "below", "value": 3.1}
    doubt(first, priya, kind="metric", **metric)
    carrier = Decision.objects.ask(
        area, emil, "How many carriers do we connect first?", "solution", options=CARRIERS
    )
    _decided(carrier, emil, Side.ENGINEERING, "Labels go wrong in ways that nobody foresees.", 40)
    doubt(carrier, emil, kind="day", on=today - timedelta(days=1))
    Doubt.objects.get(decision=carrier).fire("the first quarter with one carrier is over")
    where = Decision.objects.ask(
        area,
        priya,
        "Where does a gift note live?",
        "solution",
        background="One order in nine ships in parts. A note of the order is printed twice or not at all.",
        options=WHERE,
        brief=gift,
    )
    call(where, emil, today + timedelta(days=6))
    say(where, priya, "concern", "Whoever gets the second parcel finds no note. Is one per parcel possible?")
    doubt(where, emil, kind="path", path="services/shipping/**")


def _decided(one: Decision, by: Person, side: Side, why: str, days: int) -> None:
    option = one.options.order_by("place")[0]
    choose(one, by, side, option, why, version=1)
    then = timezone.now() - timedelta(days=days)
    Decision.objects.filter(pk=one.pk).update(made=then - timedelta(days=12))
    Choice.objects.filter(decision=one).update(at=then, early=False)
