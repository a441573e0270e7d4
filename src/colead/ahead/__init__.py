"""Ahead: what the coming ideas will probably meet, and the slots kept free for health beside them."""

from colead.ahead.exposure import Exposure, ranked
from colead.ahead.followed import Followed, followed
from colead.ahead.parts import SCHEMA, Ahead, Estimate, Exposed, Idea, Meeting, Reserve, Stretch
from colead.ahead.repair import FILE, Repair, Repairs, latest
from colead.ahead.reserve import Reserving
from colead.ahead.told import TWICE, Ground, Looking, look_ahead

__all__ = [
    "FILE",
    "SCHEMA",
    "TWICE",
    "Ahead",
    "Estimate",
    "Exposed",
    "Exposure",
    "Followed",
    "Ground",
    "Idea",
    "Looking",
    "Meeting",
    "Repair",
    "Repairs",
    "Reserve",
    "Reserving",
    "Stretch",
    "followed",
    "latest",
    "look_ahead",
    "ranked",
]
