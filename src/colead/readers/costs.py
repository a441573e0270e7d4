"""What an hour of downtime costs, `.colead/costs.yml`:

    hour of downtime:
      amount: 2000
      currency: EUR
      by: Emil
      on: 2026-10-03

Strict, as all settings are: who says so, and when, belong to every figure.
"""

from __future__ import annotations

from datetime import date

from colead.cost import FILE, Cost
from colead.readers.settings import Reader

HOUR = "hour of downtime"
FIELDS = ("amount", "currency", "by", "on")
MOST = 1e9
LONGEST = 40  # characters of a name or a currency
FORM = "write the four lines  amount: 2000  currency: EUR  by: Emil  on: 2026-10-03"


def read_costs(data: bytes, file: str = FILE) -> Cost | None:
    """The cost of an hour of downtime, None where none is written down.

    Raises:
        SettingsError: with the file, the line, and what to try.
    """
    reader = Reader(file)
    top = reader.mapping(reader.document(data), (HOUR,))
    if HOUR not in top:
        return None
    node = top[HOUR]
    entry = reader.mapping(node, FIELDS)
    amount, currency, by, on = (reader.text(entry.get(name)) for name in FIELDS)
    if not currency or not by or max(len(currency), len(by)) > LONGEST:
        reader.refuse(node, "a cost without a currency or without who says so", FORM)
    try:
        cost = Cost(float(amount), currency, by, date.fromisoformat(on))
    except ValueError:
        reader.refuse(node, f"{amount!r} on {on!r}, which is no amount or no day", FORM)
    if not 0 < cost.amount <= MOST:
        reader.refuse(node, f"an amount of {amount}", "write what an hour of downtime costs, above 0")
    return cost
