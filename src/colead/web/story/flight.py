"""Flight: an idea that is built now, and what Colead noticed on its sixth day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from colead.demo.branches import Change, grow
from colead.web.concerns.follow import KIND, follow
from colead.web.concerns.models import Concern, Kind
from colead.web.story.backlog import DAY, lead_goes_ahead
from colead.web.story.told import HOUR, Cast, Line, moment

BRANCH, TICKET = "delivery-day", "SHOP-401"
SIXTH = 5  # days after the first
STEPS = (
    (0, "Ask for a day at checkout", ("services/checkout/address.py", "services/checkout/order_summary.py")),
    (1, "Hand the day to shipping", ("services/shipping/shipment.py", "services/shipping/courier.py")),
    (SIXTH, "Charge for the evening", ("services/payments/invoice.py", "services/payments/ledger.py")),
)


def flight(cast: Cast) -> Iterator[Line]:
    """From the agreement to the surprise, and the talk beside it."""
    sixth = _sixth(cast)
    yield _built(cast, sixth)
    yield _saturdays(cast)
    yield _days(cast)
    yield _full(cast)
    yield _evenings(cast, sixth)
    yield _nobody_home(cast)


def _sixth(cast: Cast) -> date:
    """A working day some days ago, five days before which it was one, too."""
    ago = 3
    while cast.day(ago).weekday() > 2:
        ago += 1
    return cast.day(ago)


def _built(cast: Cast, sixth: date) -> Line:
    first = sixth - timedelta(days=SIXTH)
    yield cast.at(17, 16)
    idea = cast.ideas[DAY]
    cast.agree(idea, "problem")
    yield cast.at(16, 10)
    cast.agree(idea, "approach")
    yield moment(first, 8, 30)
    lead_goes_ahead(cast, DAY)
    grow(_shop(cast), BRANCH, _steps(first))
    follow(idea, cast.person("Emil"), "", TICKET)
    yield moment(sixth, 17, 40)
    follow(idea, cast.person("Emil"), BRANCH, TICKET)
    cast.run(KIND, str(idea.pk))
    yield moment(sixth, 18)
    for one in Concern.objects.filter(brief=idea, by=None):
        one.reply(cast.person("Emil"), "The evening costs more, so the invoice has a line for it.")


def _steps(first: date) -> list[Change]:
    return [Change(moment(first + timedelta(days=after), 11), title, files) for after, title, files in STEPS]


def _shop(cast: Cast) -> Path:
    return cast.area.repositories.get().place


def _saturdays(cast: Cast) -> Line:
    yield cast.at(20, 10, 30)
    priya = cast.person("Priya")
    idea = cast.ideas[DAY]
    done = Concern.objects.raise_it(cast.area, priya, Kind.UNCLEAR, "Is a Saturday a delivery day?", idea)
    yield cast.at(18, 9, 45)
    done.resolve(priya, "Yes, where the courier drives on Saturdays.")


def _days(cast: Cast) -> Line:
    yield cast.at(21, 11)
    asked = cast.ask(cast.ideas[DAY], "Emil", "product", "How far ahead may a buyer choose?")
    yield cast.at(19, 15)
    cast.answer(asked, "Priya", "Two weeks; beyond that nobody knows whether they are at home.")


def _evenings(cast: Cast, sixth: date) -> Line:
    """A question that was asked in time and answered when it was built already."""
    yield cast.at(17, 9, 30)
    asked = cast.ask(cast.ideas[DAY], "Lena", "product", "What does an evening cost the buyer?")
    yield moment(sixth, 9, 10) + HOUR
    cast.answer(asked, "Priya", "Two euros, shown before the order is paid.")


def _full(cast: Cast) -> Line:
    yield cast.at(18, 13, 30)
    asked = cast.ask(cast.ideas[DAY], "Priya", "engineering", "Does the courier tell us when a day is full?")
    yield cast.at(17, 11, 15)
    cast.answer(asked, "Lena", "Yes, each night; a day that filled up since is asked about by mail.")


def _nobody_home(cast: Cast) -> Line:
    """One that came up while it is built, and still waits."""
    yield cast.at(2, 10, 5)
    cast.ask(cast.ideas[DAY], "Emil", "product", "What do we offer when nobody is at home on the chosen day?")
