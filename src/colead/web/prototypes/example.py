"""Example: what the demo's people tried out before they built it, and what they are at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from colead.demo.branches import Change, grow
from colead.web.prototypes.models import Prototype, branch_for
from colead.web.prototypes.try_out import KIND
from colead.web.story.backlog import CARTS, RETURNS
from colead.web.story.shipped import SEARCH, VOUCHERS
from colead.web.story.told import Cast, Line, moment


@dataclass(frozen=True, slots=True)
class Tried:
    """One that is over; days are working days ago."""

    idea: str
    by: str
    question: str
    began: int
    ended: int
    verdict: str
    answer: str
    files: tuple[str, ...]


OVER = (
    Tried(VOUCHERS, "Emil", "Can checkout know whom a voucher is for?", 48, 46, "yes",
          "Yes, one look at the account is enough. Prices holds a copy of each voucher, though.",
          ("services/checkout/voucher_field.py", "services/pricing/discount.py")),
    Tried(RETURNS, "Lena", "Can the courier print the label at the door?", 32, 29, "no",
          "Two of five couriers have a printer. A code on the phone works for all of them.",
          ("services/returns/returns_label.py", "services/shipping/courier.py")),
)  # fmt: skip


def prototypes(cast: Cast) -> Iterator[Line]:
    """Two that are over, two whose answer is owed."""
    yield from (_over(cast, one) for one in OVER)
    yield _watched(cast)
    yield _now(cast)


def _over(cast: Cast, tried: Tried) -> Line:
    yield cast.at(tried.began, 11)
    idea, by = cast.ideas[tried.idea], cast.person(tried.by)
    one = Prototype.objects.start(idea, by, tried.question, branch_for(idea), cast.day(tried.ended))
    grow(cast.area.repositories.get().place, one.branch, _steps(cast, tried))
    yield cast.at(tried.ended, 16)
    one.end(by, tried.verdict, tried.answer)
    cast.run(KIND, str(one.pk))
    cast.read(idea)


def _steps(cast: Cast, tried: Tried) -> Sequence[Change]:
    first = moment(cast.day(tried.began), 15)
    titles = (f"Try it in {path.split('/')[1]}" for path in tried.files)
    return [
        Change(first + timedelta(hours=place), title, (path,), tried.by)
        for place, (title, path) in enumerate(zip(titles, tried.files, strict=True))
    ]


def _watched(cast: Cast) -> Line:
    """A test without code."""
    yield cast.at(39, 12, 30)
    idea, emil = cast.ideas[SEARCH], cast.person("Emil")
    question = "Do people take the nearest word when it is offered?"
    one = Prototype.objects.start(idea, emil, question, branch_for(idea), cast.day(38))
    yield cast.at(38, 15, 50)
    one.end(emil, "yes", "Seven of ten took it. The other three had meant something we do not sell.")


def _now(cast: Cast) -> Line:
    yield cast.at(2, 9, 40)
    idea, emil = cast.ideas[CARTS], cast.person("Emil")
    question = "Does a signed link in the mail bring the cart back on another device?"
    Prototype.objects.start(idea, emil, question, branch_for(idea), cast.today + timedelta(days=1))
