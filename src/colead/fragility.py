"""Fragility: how likely a component or file is to need fixes in the next quarter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from colead.evidence import Figure


class Level(StrEnum):
    """Fragility in a word."""

    FRAGILE = "fragile"
    WATCH = "watch"
    STEADY = "steady"
    UNKNOWN = "unknown"  # too little data


@dataclass(frozen=True, slots=True)
class Fragility:
    """One component's (or file's) fragility. It says "likely to need fixes", never "bad code"."""

    repository: str
    key: str  # Component.key or path
    level: Level
    expected: Figure | None  # fixes in the next 90 days, with interval
    chance: Figure | None  # of at least one fix in the next 90 days, 0..1
    rank: float  # share of this repository's components (files) with a lower rate per file, 0..1
    changed: Figure  # landings by people in the last 365 days
    fixes: Figure  # of these, fixes
    sentence: str  # "changed 41 times this year, 9 of them fixes"
    technical: str
    code: str = "F01"
