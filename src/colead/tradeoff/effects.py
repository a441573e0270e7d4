"""Effects: what is known behind each kind of tradeoff; what has no entry may not be told.

Only consequences that were measured on many repositories are told, and each
only where this repository's own history shows it; or what a team itself
imported or wrote down, told as that. Tests in the same change and recent
refactoring showed none: no word of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TEAM = "the team's own"  # source of what a team imported or wrote down itself


@dataclass(frozen=True, slots=True)
class Effect:
    """What is known of one consequence, and where it can be looked up."""

    known: str
    n: str  # on how much it was measured
    day: str  # ISO date
    source: str  # a heading of docs/benchmarks.md, or TEAM


EFFECTS: Mapping[str, Effect] = {
    "X01": Effect(
        "A left-out partner was touched within three days in 33 to 48 % of cases, parts as active that never "
        "go along in 24 to 29 %.",
        "12 public repositories",
        "2026-11-22",
        "Tradeoffs",
    ),
    "X02": Effect(
        "Of changes said to come back for a fix of their own lines 33 times in 100, 35 did, of those said 5 "
        "times 8, of those said once 1; a mean AUC of .68.",
        "14 public repositories that it was not fitted on, 14,659 changes",
        "2026-11-22",
        "Planned changes",
    ),
    "X03": Effect(
        "A count of issues that the team imported, by a strict rule on 2 titles; it is told as a count.",
        "the issues that were imported",
        "2026-11-22",
        TEAM,
    ),
    "X04": Effect(
        "The range of weeks that holds 8 in 10 cases held 79 %; the same odds counted from a later day.",
        "4 public repositories, 92 past efforts",
        "2026-11-22",
        "Timeline and partners",
    ),
    "X06": Effect(
        "A product of two figures of the team's own: the minutes of imported incidents, and what a named "
        "person says that 1 hour costs.",
        "the incidents that were imported",
        "2026-11-22",
        TEAM,
    ),
    "X05": Effect(
        "What is counted in the code is told as that, no effect: 6 in 10 and more of the names told could be "
        "the number of the idea.",
        "public repositories, judged by hand",
        "2026-11-22",
        "What is counted already",
    ),
}
