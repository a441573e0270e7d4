"""What the demo's area decides: what was decided after a call, what asks again, what is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from colead.web.areas.models import Side
from colead.web.decisions.models import Decision, Doubt
from colead.web.decisions.models.call import call, say
from colead.web.decisions.models.choice import choose, keep
from colead.web.decisions.models.decision import Wish
from colead.web.decisions.models.doubt import doubt
from colead.web.decisions.models.proposal import settle
from colead.web.story.backlog import CARTS, GIFT
from colead.web.story.shipped import SEARCH
from colead.web.story.told import Cast, Line

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
VOUCHERS = (
    Wish("Refuse it at checkout", "", "Whoever got it from a friend is told why."),
    Wish("Take it and write to marketing", "", "Nobody is refused, and it stays as it is for a month."),
)
HELPED = (
    Wish("We keep it as it is", "", "Fewer searches find nothing; nobody complained of a wrong word."),
    Wish("We take it back", "", "Search is slower by a blink."),
)
KEPT = (
    Wish("Four weeks", "", "As long as a season; older carts hold prices of yesterday."),
    Wish("For ever", "", "Nobody loses anything. Prices in old carts are wrong."),
)
METRIC = {"kind": "metric", "metric": "gift orders, % of orders", "direction": "below", "value": 3.1}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was decided; days are working days ago."""

    question: str
    by: str
    side: Side  # that decides
    options: tuple[Wish, ...]
    asked: int
    called: int  # until then concerns were called for
    decided: int
    why: str
    idea: str = ""
    background: str = ""
    concern: tuple[str, str, str] = ("", "", "")  # by whom, what, and what resolved it


DECIDED = (
    Asked("How many carriers do we connect first?", "Emil", Side.ENGINEERING, CARRIERS, 57, 50, 49,
          "Labels go wrong in ways that nobody foresees."),
    Asked("What happens to a voucher of somebody else?", "Priya", Side.PRODUCT, VOUCHERS, 46, 40, 39,
          "A sentence at checkout is clearer than a surprise on the bill.", "Vouchers for one person",
          concern=("Emil", "Support gets the questions. Do they know the sentence?",
                   "Support wrote the sentence.")),
    Asked("Whom do gift notes serve first?", "Priya", Side.PRODUCT, WHOM, 21, 14, 13,
          "They have the problem today; the others do not ask for it.", GIFT,
          "Support counted where the messages end up today: in the delivery instructions."),
)  # fmt: skip


def decisions(cast: Cast) -> Iterator[Line]:
    """Lines for each question."""
    carriers, vouchers, whom = DECIDED
    yield _decided(cast, carriers)
    yield _again(cast, carriers, 1)
    yield _decided(cast, vouchers)
    yield _again(cast, vouchers, 15)
    yield _kept(cast, vouchers, 14)
    yield _decided(cast, whom)
    yield _measured(cast, whom)
    yield _where(cast)
    yield _open(cast)
    yield _both(cast)


def _found(cast: Cast, one: Asked) -> Decision:
    found: Decision = Decision.objects.select_related("area", "brief").get(
        area=cast.area, question=one.question
    )
    return found


def _decided(cast: Cast, one: Asked) -> Line:
    """Asked, called, said something to, decided."""
    yield cast.at(one.asked, 10, 25)
    decider, other = ("Priya", "Emil") if one.side == Side.PRODUCT else ("Emil", "Priya")
    idea = cast.ideas.get(one.idea)
    told: dict[str, Any] = {"background": one.background, "options": one.options, "brief": idea}
    made = Decision.objects.ask(cast.area, cast.person(one.by), one.question, _space(one), **told)
    call(made, cast.person(decider), cast.day(one.called))
    yield cast.at(one.called + 2, 16)
    by, text, resolved = one.concern
    said = say(made, cast.person(by or other), "concern" if by else "none", text)
    yield cast.at(one.called, 11)
    said.resolve(cast.person(by or other), resolved)
    yield cast.at(one.decided, 9, 50)
    choose(made, cast.person(decider), one.side, made.options.order_by("place")[0], one.why, version=1)


def _space(one: Asked) -> str:
    return "problem" if one.side == Side.PRODUCT else "solution"


def _again(cast: Cast, one: Asked, ago: int) -> Line:
    """A day on which it asks again was written down with it, and came."""
    yield cast.at(one.decided, 10)
    made = _found(cast, one)
    doubt(made, made.choice.by, kind="day", on=cast.day(ago))
    yield cast.at(ago, 7)
    Doubt.objects.get(decision=made, kind="day").fire("the day that you named has come")


def _kept(cast: Cast, one: Asked, ago: int) -> Line:
    yield cast.at(ago, 10, 40)
    keep(_found(cast, one), cast.person("Priya"), "Four people asked support in a month; nobody was angry.")


def _measured(cast: Cast, one: Asked) -> Line:
    yield cast.at(one.decided, 10, 5)
    doubt(_found(cast, one), cast.person("Priya"), **METRIC)


def _where(cast: Cast) -> Line:
    """Open, with a concern that stands, and options that are read."""
    yield cast.at(4, 10, 50)
    background = (
        "One order in nine ships in parts. A note of the order is printed twice or not at all."
        " @Lena, what can the label printer do?"
    )
    told: dict[str, Any] = {"background": background, "options": WHERE, "brief": cast.ideas[GIFT]}
    priya, emil = cast.person("Priya"), cast.person("Emil")
    where = Decision.objects.ask(cast.area, priya, "Where does a gift note live?", "solution", **told)
    yield cast.at(4, 11)
    call(where, emil, cast.day(-4))
    doubt(where, emil, kind="path", path="services/shipping/**")
    yield cast.at(2, 15, 20)
    say(where, priya, "concern", "Whoever gets the second parcel finds no note. Is one per parcel possible?")


def _open(cast: Cast) -> Line:
    yield cast.at(7, 14, 10)
    told: dict[str, Any] = {"options": KEPT, "brief": cast.ideas[CARTS]}
    Decision.objects.ask(cast.area, cast.person("Emil"), "How long do we keep a cart?", "problem", **told)


def _both(cast: Cast) -> Line:
    """About an outcome, so that both decide: one has proposed, the other is asked."""
    yield cast.at(3, 15, 45)
    told: dict[str, Any] = {"options": HELPED, "brief": cast.ideas[SEARCH]}
    made = Decision.objects.ask(
        cast.area, cast.person("Priya"), "Do we keep forgiving typos?", "outcome", **told
    )
    yield cast.at(2, 11, 10)
    why = "9 of 100 searches found nothing before; it is 6 by now, and the two months are not over."
    settle(made, cast.person("Priya"), Side.PRODUCT, made.options.order_by("place")[0], why, version=1)
