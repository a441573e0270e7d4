"""Cost: money is told only of imported minutes and of what a named person wrote down."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from colead.cost import Cost
from colead.errors import SettingsError
from colead.evidence import Ledger
from colead.incident import Incident
from colead.readers.costs import read_costs
from colead.struck import Toll, Tolls
from colead.tradeoff.costed import costed
from words.test_effects import sound
from words.test_struck import SHOP

TODAY = date(2026, 10, 19)
COST = Cost(2000.0, "EUR", "Emil", date(2026, 10, 3))
TEXT = b"hour of downtime:\n  amount: 2000\n  currency: EUR\n  by: Emil\n  on: 2026-10-03\n"


def toll(minutes: int | None, *, listed: bool = True) -> tuple[str, Toll]:
    part = SHOP.components[0]
    where = part.name if listed else "elsewhere"
    text = "" if listed else "We saw it in `services/checkout/cart.py` first."
    incident = Incident("Timed out", TODAY - timedelta(days=9), minutes=minutes, named=(where,), text=text)
    found = Tolls((incident,), SHOP, TODAY, "shop").component(part.key, Ledger())
    assert found is not None
    return part.name, found


def test_minutes_times_an_amount() -> None:
    (told,) = costed([toll(95)], COST, TODAY)
    sound(told)
    assert told.here.value == pytest.approx(2000 * 95 / 60)
    assert "about 3,200 EUR, at 2,000 EUR an hour (Emil, 3 October)" in told.sentence
    assert "What a repair would have saved is not known" in told.engineering


def test_nothing_without_an_amount_or_without_minutes() -> None:
    assert costed([toll(95)], None, TODAY) == ()
    assert costed([toll(None)], COST, TODAY) == ()
    assert costed([], COST, TODAY) == ()
    assert costed([toll(95, listed=False)], COST, TODAY) == ()  # a text that merely names a part


def test_the_file_says_who_and_when() -> None:
    assert read_costs(TEXT) == COST
    assert read_costs(b"") is None


@pytest.mark.parametrize(
    "bad",
    [
        TEXT.replace(b"2000", b"much"),
        TEXT.replace(b"2000", b"-1"),
        TEXT.replace(b"2000", b"nan"),
        TEXT.replace(b"2000", b"inf"),
        TEXT.replace(b"2026-10-03", b"soon"),
        TEXT.replace(b"Emil", b""),
        TEXT.replace(b"EUR", b"E" * 50),
        TEXT + b"  more: x\n",
        b"day of work: 3\n",
        b"- x\n",
    ],
)
def test_what_is_malformed_is_told(bad: bytes) -> None:
    with pytest.raises(SettingsError):
        read_costs(bad)
