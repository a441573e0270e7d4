"""What the demo's area lives with: looked at again by its day, asking again, open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from colead.web.areas.models import Side
from colead.web.story.backlog import GIFT
from colead.web.story.told import Cast, Line
from colead.web.tradeoffs.models import accept, due, end, keep_occasion, write


def tradeoffs(cast: Cast) -> Iterator[Line]:
    """Two dates, and what is accepted against them."""
    yield _sale(cast)
    yield _wish_list(cast)
    yield _mended(cast)
    yield _anew(cast)


def _sale(cast: Cast) -> Line:
    sale_day = cast.today + timedelta(days=74)
    audit = cast.today + timedelta(days=130)
    yield cast.at(52, 9, 30)
    last, why = sale_day + timedelta(days=12), "a third of the year"
    sale = keep_occasion(cast.area, cast.person("Priya"), "Winter sale", sale_day, last, why)
    keep_occasion(cast.area, cast.person("Emil"), "Audit of payments", audit, audit + timedelta(days=1), "")
    yield cast.at(28, 10, 20)
    risk = "Two parcels on one day can get each other's label; it happened twice this year."
    told = ("repair", "the repair of how an order is split", risk)
    split = write(cast.area, cast.person("Emil"), *told, brief=cast.ideas[GIFT])
    yield cast.at(27, 16)
    until, why = cast.today + timedelta(days=100), "the sale needs the checkout as it is"
    accept(split, cast.person("Priya"), Side.PRODUCT, until, occasion=sale, why=why)


def _wish_list(cast: Cast) -> Line:
    """Accepted until a day that is over: it asks again."""
    yield cast.at(64, 14)
    risk = "People go on asking for it; about four a month write to us."
    old = write(cast.area, cast.person("Priya"), "feature", "a wish list", risk)
    yield cast.at(63, 9)
    accept(old, cast.person("Emil"), Side.ENGINEERING, cast.day(2), why="shipping comes first")
    yield cast.at(1, 6)
    due(cast.day(1))
    yield cast.at(1, 11)
    mails = "A mail that bounces is not seen by anybody."
    write(cast.area, cast.person("Emil"), "repair", "moving mails off the old sender", mails)


def _mended(cast: Cast) -> Line:
    """Accepted against nothing, and mended before its day."""
    yield cast.at(59, 11)
    risk = "An order of a guest cannot be found again; support asks Emil each time."
    guests = write(cast.area, cast.person("Emil"), "repair", "finding the orders of guests", risk)
    yield cast.at(58, 10)
    accept(guests, cast.person("Priya"), Side.PRODUCT, cast.day(16), why="about one a week; we can wait")
    yield cast.at(17, 14)
    end(guests, cast.person("Priya"), "mended: support finds them by the address")


def _anew(cast: Cast) -> Line:
    """Looked at again by its day, and accepted once more."""
    yield cast.at(56, 11)
    risk = "Whoever pays by invoice waits a day longer."
    bank = write(cast.area, cast.person("Priya"), "feature", "paying by instant transfer", risk)
    yield cast.at(55, 12)
    accept(bank, cast.person("Emil"), Side.ENGINEERING, cast.day(25), why="the bank changes its door")
    yield cast.at(24, 10)
    why, until = "the bank is late; nobody complained", cast.today + timedelta(days=60)
    accept(bank, cast.person("Emil"), Side.ENGINEERING, until, why=why)
