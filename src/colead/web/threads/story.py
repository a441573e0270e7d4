"""The demo's discussions: on saved carts, which turns to the solution, and on a fact that was looked up."""

from __future__ import annotations

from collections.abc import Iterator

from colead.web.story.backlog import CARTS, GIFT
from colead.web.story.told import Cast, Line
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


def debate(cast: Cast) -> Iterator[Line]:
    """A discussion that is settled, and one that turned."""
    yield _settled(cast)
    yield _turned(cast)


def _settled(cast: Cast) -> Line:
    yield cast.at(26, 10)
    priya, emil = cast.person("Priya"), cast.person("Emil")
    asked = "Does the slip of the packing printer have room for 200 characters?"
    slip = Thread.objects.begin(cast.ideas[GIFT], emil, "How long may a note be on the slip?", asked)
    slip.discuss(emil, "fact")
    slip.test(emil, "look", "an hour or two")
    yield cast.at(25, 14)
    slip.add(
        priya, "The printer's manual says four lines of 52 characters. I printed one, and it is readable."
    )
    yield cast.at(25, 14, 30)
    slip.resolve(emil, "The slip has room for 208 characters, in four lines.")


def _turned(cast: Cast) -> Line:
    """Each message the morning after the one before."""
    yield cast.at(8, 11)
    priya = cast.person("Priya")
    made = Thread.objects.begin(cast.ideas[CARTS], priya, TITLE, FIRST, "section", "problem")
    made.discuss(priya, "problem")
    for place, (name, text) in enumerate(TALK):
        yield cast.at(7 - place, 9, 20)
        made.add(cast.person(name), text)
