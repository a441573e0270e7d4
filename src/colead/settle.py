"""Settle: what would end a discussion with evidence, and how long each way takes.

How many people a comparison of two shares needs follows Fleiss, Levin and Paik, "Statistical Methods for
Rates and Proportions" (3rd edition, 2003), section 4.2, without the correction for continuity: seen in 8 of
10 cases if it is so (power 0.8), in 5 of 100 cases if it is not (two-sided).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

SURE = 1.959964 + 0.841621  # normal deviates of 0.975 and of 0.8
WEEK = 7
LONGEST = 730  # days; what takes longer is no test
LEAST_WEEKS = 2  # of a before/after comparison, each side


class Way(NamedTuple):
    """A way to settle a question: its name, what one does, how long it usually takes and why."""

    name: str
    does: str
    takes: str
    why: str


WAYS = {
    "look": Way(
        "look it up", "read the numbers, the code or the tickets", "an hour or two", "it is there already"
    ),
    "prototype": Way(
        "prototype",
        "build the riskiest part on a branch, to be thrown away",
        "1 to 3 days",
        "one question, one box",
    ),
    "door": Way(
        "painted door",
        "show the entrance only, and count who tries it",
        "1 day to build, 1 to 2 weeks to count",
        "whole weeks, as days of the week differ",
    ),
    "before": Way(
        "before/after",
        "ship it to all and compare with the weeks before",
        "depends on how many people come by",
        "nothing else may change meanwhile",
    ),
    "ab": Way(
        "A/B test",
        "give it to half of the people, by chance",
        "depends on how many people come by",
        "it alone tells cause from season",
    ),
}
COUNTED = ("before", "ab")  # ways whose time follows from numbers


@dataclass(frozen=True, slots=True)
class Traffic:
    """How many people come by a day, and which share of them does it today and is hoped to do it."""

    daily: int
    today: float  # 0 to 1
    hoped: float  # 0 to 1

    @property
    def group(self) -> int:
        """How many people each of the two compared groups needs; 0 where nothing is hoped to change."""
        gap = self.hoped - self.today
        if not gap:
            return 0
        spread = self.today * (1 - self.today) + self.hoped * (1 - self.hoped)
        return math.ceil(SURE**2 * spread / gap**2)


def takes(way: str, traffic: Traffic | None = None) -> str:
    """How long a way takes, in words; for the counted ones from traffic, where it is known."""
    if way not in COUNTED or traffic is None or traffic.daily < 1 or not traffic.group:
        return WAYS[way].takes
    split = traffic.daily / 2 if way == "ab" else traffic.daily
    weeks = max(math.ceil(traffic.group / split / WEEK), LEAST_WEEKS if way == "before" else 1)
    if weeks * WEEK > LONGEST:
        return f"over two years: it needs {traffic.group:,} people in each group. Choose another way"
    told = "1 week" if weeks == 1 else f"{weeks} weeks"
    after = " after, against as many before" if way == "before" else ""
    return f"{told}{after}: {traffic.group:,} people in each group"
