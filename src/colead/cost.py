"""Cost: what an hour of downtime costs, as a named person wrote it down; Colead only multiplies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from colead import phrase

FILE = ".colead/costs.yml"


@dataclass(frozen=True, slots=True)
class Cost:
    """An amount for one hour of downtime."""

    amount: float
    currency: str
    by: str  # who says so
    on: date  # when they said it

    def of(self, minutes: float) -> float:
        """What so many minutes come to."""
        return self.amount * minutes / 60

    def said(self, minutes: float, today: date) -> str:
        """In words: "about 3,200 EUR, at 2,000 EUR an hour (Emil, 3 October)"."""
        told = f"{self.amount:,.0f} {phrase.literal(self.currency)} an hour"
        who = f"{phrase.literal(self.by)}, {phrase.day(self.on, today=today)}"
        return f"about {rounded(self.of(minutes)):,.0f} {phrase.literal(self.currency)}, at {told} ({who})"


def rounded(amount: float) -> float:
    """Two figures that count: an estimate is no invoice."""
    digits = max(0, len(f"{amount:.0f}") - 2)
    return round(amount, -digits)
