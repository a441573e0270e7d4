"""Partner: what usually changes together with a touched part and is not mentioned (a hidden dependency)."""

from __future__ import annotations

from colead.partner.along import ENOUGH, SHARE, SUPPORT, WINDOW, Along, Pair, wilson
from colead.partner.parts import Partner
from colead.partner.told import partners, strongest

__all__ = [
    "ENOUGH",
    "SHARE",
    "SUPPORT",
    "WINDOW",
    "Along",
    "Pair",
    "Partner",
    "partners",
    "strongest",
    "wilson",
]
