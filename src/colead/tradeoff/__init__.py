"""Tradeoff: "if we skip X, Y is at risk": repair or feature, with odds, size, time,
and who accepted it until when.
"""

from __future__ import annotations

from colead.tradeoff.asking import asked, demand_told
from colead.tradeoff.counted import counted, watched
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
from colead.tradeoff.told import tradeoffs
from colead.tradeoff.waiting import later
from colead.tradeoff.weighed import View, both_ways, weigh

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
    "View",
    "asked",
    "both_ways",
    "busy_before",
    "counted",
    "demand_told",
    "fixed_later",
    "fixed_rows",
    "later",
    "left_out_partner",
    "settled",
    "tradeoffs",
    "watched",
    "weigh",
    "wide_changes",
]
