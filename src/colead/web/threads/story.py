"""The demo's discussions: on saved carts, which turns to the solution, and on a fact that was looked up."""

from __future__ import annotations

from collections.abc import Mapping

from colead.agreement import USUAL
from colead.web.areas.models import Area, Side
from colead.web.people.models import Person
from colead.web.threads.models import Thread

TITLE = "Do buyers need saved carts, or a cart that is not lost?"
TALK = (
    ("Emil", "Who is it that loses a cart? If it is people who change from phone to desk, that is another"
     " problem than people who want to keep one for later. @Priya, do the tickets tell?"),
    ("Priya", "People complain that the cart is empty on the other device. 9 of the 12 tickets since June"
     " say so; nobody asked to keep a cart for later."),
    ("Priya", "So we should store carts in the database instead of the cookie, one row for each buyer."),
    ("Emil", "That is how it could be built. The cookie holds the cart because checkout has no table for it;"
     " a separate one is a migration in a service that often needs fixes. We could also put a signed link"
     " into the reminder mail, without any schema change. @Priya, which of the two would you rather test?"),
)  # fmt: skip
FIRST = (
    "We keep hearing that buyers lose their cart when they change from phone to desk, and give up. Is that"
    " the problem we are solving, or do they want to keep a cart for weeks?"
)


def debate(area: Area, people: Mapping[str, Person]) -> None:
    """A discussion that turned, and one that is settled; and the table of who decides, signed by both."""
    priya, emil = people["Priya"], people["Emil"]
    terms = area.agree_on(priya, Side.PRODUCT, area.share, USUAL)
    terms.sign(emil, Side.ENGINEERING)
    first, *others = area.briefs.order_by("place")
    carts = next((one for one in others if "cart" in one.title.lower()), others[0] if others else first)
    carts.area = first.area = area
    _settled(Thread.objects.begin(first, emil, "How long may a note be on the slip?", "Does the slip of the"
             " packing printer have room for 200 characters?"), priya, emil)  # fmt: skip
    made = Thread.objects.begin(carts, priya, TITLE, FIRST, "section", "problem")
    made.discuss(priya, "problem")
    for name, text in TALK:
        made.add(people[name], text)


def _settled(slip: Thread, priya: Person, emil: Person) -> None:
    slip.discuss(emil, "fact")
    slip.test(emil, "look", "an hour or two")
    slip.add(
        priya, "The printer's manual says four lines of 52 characters. I printed one, and it is readable."
    )
    slip.resolve(emil, "The slip has room for 208 characters, in four lines.")
