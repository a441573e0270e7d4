"""Spread: how many parts, schemas and public interfaces an idea crosses, against what is usual here.

Also called architectural complexity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from colead.activity import Activity
from colead.evidence import Coverage, Figure, Ledger, State
from colead.phrase import odds, plural
from colead.touch import Touch

ENOUGH = 30  # landings, below which "usual here" means nothing
USUAL = 0.8  # share of the past landings that the usual number of parts covers
LOOKED_BACK = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the idea reaches."""

    parts: Figure  # expected number of components touched (those shown)
    usual: Figure  # share of past landings here that touched at most `usual_parts`
    usual_parts: int
    wide: bool  # clearly wider than usual here
    sentence: str  # "3 parts; 8 in 10 changes here touch 1"
    technical: str
    code: str = "S01"


def spread(
    touches: Sequence[Touch], activity: Activity, *, ledger: Ledger, repository: str
) -> tuple[Spread | None, Coverage]:
    """How many parts the touches reach, against people's landings of the two years before the last one."""
    if not touches:
        return None, Coverage("spread", State.NOTHING, "no part that will probably be touched was found")
    past = _past(activity)
    if len(past) < ENOUGH:
        note = f"only {plural(len(past), 'change')} by people in two years, too few to say what is usual here"
        return None, Coverage("spread", State.TOO_LITTLE, note)
    evidence = _evidence(past, activity, ledger)
    return _told(touches, past, evidence), Coverage("spread", State.FINDING, "", evidence)


def _past(activity: Activity) -> NDArray[np.int64]:
    """How many components each landing of the last two years touched, of those that touched any."""
    at, parts = activity.history.at, activity.spread
    recent = at > at.max(initial=0) - LOOKED_BACK.total_seconds()
    return np.asarray(parts[recent & (parts > 0)], dtype=np.int64)


def _told(touches: Sequence[Touch], past: NDArray[np.int64], evidence: str) -> Spread:
    usual = int(np.quantile(past, USUAL, method="inverted_cdf"))
    share = float(np.mean(past <= usual))
    expected = sum(one.probability.value for one in touches)
    parts = len(touches)
    told = f"{usual}" if usual == 1 else f"at most {usual}"
    return Spread(
        parts=Figure(float(parts), evidence),
        usual=Figure(share, evidence),
        usual_parts=usual,
        wide=parts > usual,
        sentence=f"{parts} part{'s' if parts > 1 else ''}; {odds(share)} changes here touch {told}.",
        technical=f"expected {expected:.1f} of {parts}; {share:.0%} of {len(past)} landings touch <= {usual}",
    )


def _evidence(past: NDArray[np.int64], activity: Activity, ledger: Ledger) -> str:
    return ledger.file(
        "S01",
        "Counted how many parts each change by people reached in the two years before the latest one",
        n=len(past),
        coverage=activity.codebase.coverage,
    )
