"""Partner: what usually changes together with a touched part and is not mentioned (a hidden dependency)."""

from __future__ import annotations

from colead.partner.along import ENOUGH, SHARE, SUPPORT, WINDOW, Along, Pair, changed_most, wilson
from colead.partner.area import Side, across
from colead.partner.files import Files, files_along
from colead.partner.link import Links, Texts, nothing
from colead.partner.mentioned import Mentioned
from colead.partner.parts import FileAlong, Link, Partner
from colead.partner.told import partners, strongest

__all__ = [
    "ENOUGH",
    "SHARE",
    "SUPPORT",
    "WINDOW",
    "Along",
    "FileAlong",
    "Files",
    "Link",
    "Links",
    "Mentioned",
    "Pair",
    "Partner",
    "Side",
    "Texts",
    "across",
    "changed_most",
    "files_along",
    "nothing",
    "partners",
    "strongest",
    "wilson",
]
