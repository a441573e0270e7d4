"""Costed: what the incidents of a touched part came to, where they were imported with their length and a
named person wrote down what an hour costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from colead import phrase
from colead.cost import Cost
from colead.evidence import Figure
from colead.question import Side
from colead.struck import SURE, Toll, lasted
from colead.tradeoff.parts import Act, Tradeoff


def costed(tolls: Sequence[tuple[str, Toll]], cost: Cost | None, today: date) -> tuple[Tradeoff, ...]:
    """X06: of the touched parts, the one whose incidents of the past year lasted longest in all.

    It says what was, not what a repair would save: nothing known here tells that.

    Args:
        tolls: names of touched parts with what imported incidents say of each.
        cost: of an hour of downtime; nothing is told without one.
    """
    if cost is None:
        return ()
    told = [(name, one, one.minutes) for name, one in tolls if one.minutes is not None and _listed(one)]
    if not told:
        return ()
    name, toll, minutes = max(told, key=lambda one: one[2].value)
    long, money = lasted(round(minutes.value)), cost.said(minutes.value, today)
    begun, count = f"{long[:1].upper()}{long[1:]}", phrase.plural(toll.timed, "incident")
    return (
        Tradeoff(
            Act.SKIP,
            f"repairs in {name}",
            Side.PRODUCT,
            Figure(cost.of(minutes.value), minutes.evidence),
            None,
            f"{begun} of downtime in the past year came to {money}.",
            f"{begun} of downtime in {count} of the past year: {money}.",
            f"{begun} in {count} of {name}: {money}. What a repair would have saved is not known.",
            f"{minutes.value:g} minutes x {cost.amount:g} / 60; {toll.timed} of {toll.count.value:g} "
            "incidents tell their length",
            "X06",
        ),
    )


def _listed(toll: Toll) -> bool:
    return all(one.why in SURE for one in toll.struck)
