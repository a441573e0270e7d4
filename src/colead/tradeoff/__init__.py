"""Tradeoff: "if we skip X, Y is at risk": repair or feature, with odds, size, time,
and who accepted it until when.
"""

from __future__ import annotations

from colead.tradeoff.effects import EFFECTS
from colead.tradeoff.parts import Act, Tradeoff
from colead.tradeoff.past import (
    BUSY,
    ENOUGH,
    LATER,
    SIZES,
    SOON,
    Groups,
    busy_before,
    fixed_later,
    fixed_rows,
    left_out_partner,
    settled,
    wide_changes,
)
from colead.tradeoff.told import both_ways, tradeoffs
from colead.tradeoff.waiting import later

__all__ = [
    "BUSY",
    "EFFECTS",
    "ENOUGH",
    "LATER",
    "SIZES",
    "SOON",
    "Act",
    "Groups",
    "Tradeoff",
    "both_ways",
    "busy_before",
    "fixed_later",
    "fixed_rows",
    "later",
    "left_out_partner",
    "settled",
    "tradeoffs",
    "wide_changes",
]
