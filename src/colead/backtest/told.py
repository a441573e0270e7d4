"""The backtest in words: one sentence, and what each kind of evidence may say of its own past here."""

from __future__ import annotations

from colead.backtest.parts import (
    FragilityReplayed,
    PaceReplayed,
    PartnersReplayed,
    Replayed,
    TouchesReplayed,
)
from colead.spread import POOR

OFF = 0.5  # share of the parts touched, by which the expected ones may be off
TOO_FEW = "Too few past changes here to say how far to trust what will be touched."


def headline(touches: TouchesReplayed | None) -> str:
    """How often a file was right, beside the simple rules, in one sentence."""
    if touches is None:
        return TOO_FEW
    own, changed, search = touches.rules
    return (
        f"Of {touches.landings} past changes here, a file that was then changed stood among the first ten"
        f" for {own.hits}; most-changed files alone: {changed.hits}, plain search: {search.hits}."
    )


def records(told: Replayed) -> dict[str, str]:
    """What is kept for later readings, by code of evidence; only what could be scored."""
    found = {
        "T01": touches_told(told.touches) if told.touches else "",
        "F01": fragility_told(told.fragility) if told.fragility else "",
        "D01": pace_told(told.pace) if told.pace else "",
        "P01": partners_told(told.partners) if told.partners else "",
    }
    if told.touches:
        found[POOR if _poor(told.touches) else "S01"] = spread_told(told.touches)
    return {code: words for code, words in found.items() if words}


def touches_told(told: TouchesReplayed) -> str:
    """Half a sentence about touches."""
    own = told.rules[0]
    return (
        f"for {own.hits} of {told.landings} past changes a file that was then changed stood among the first"
        f" ten, for {own.parts} one of the first three parts was right"
    )


def spread_told(told: TouchesReplayed) -> str:
    """Half a sentence about the number of parts."""
    return (
        f"{told.expected:.1f} parts were expected of a past change on average ({told.landings} changes), "
        f"{told.reached:.1f} were touched"
    )


def _poor(told: TouchesReplayed) -> bool:
    """Whether the number of parts was off by more than half."""
    return abs(told.expected - told.reached) > OFF * told.reached


def fragility_told(told: FragilityReplayed) -> str:
    """Half a sentence about fragility."""
    return (
        f"in {percent(told.pairs)} of pairs the file that then needed a fix was ranked above one that did not"
        f" ({told.files} fixed files)"
    )


def pace_told(told: PaceReplayed) -> str:
    """Half a sentence about ranges of weeks, which are told from the pace of changes."""
    return f"from the pace of changes, {told.held} of {told.ranges} ranges held (8 in 10 should)"


def partners_told(told: PartnersReplayed) -> str:
    """Half a sentence about partners."""
    return (
        f"such parts had changed along in {percent(told.before)}; said was {percent(told.said)}, and they"
        f" did in {percent(told.happened)} of the changes of the half year after ({told.pairs} pairs)"
    )


def percent(share: float) -> str:
    """A share as people write it: "84 %"."""
    return f"{share:.0%}".replace("%", " %")
