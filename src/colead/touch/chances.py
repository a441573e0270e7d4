"""Chances: from scores to probabilities, by a small logistic regression fitted once on public repositories.

The constants were fitted on 22 November 2026 by benchmarks/touches.py on 1,094
landings and 34 efforts of seven repositories (celery, redash, caddy, mermaid,
LetPeopleWork/Lighthouse, okhttp, firefly-iii), each foreseen up to 90 days ahead
from history and tree as they were then, and checked on others; what came out is
in docs/benchmarks.md. More features lowered the loss a little and made the odds
of small repositories and long specs wilder, so they were left out.

All odds are first those of one landing. An idea takes several, and touches more;
`grown` says how much more, fitted on 22 November 2026 on groups of landings that
share an issue key or a branch, in eleven repositories that the trees never saw
(benchmarks/groups.txt). `python benchmarks/sizes.py gather ROWS FOLDER`, then `fit
ROWS`, prints these constants anew, which is due whenever the trees change.
"""

from __future__ import annotations

import numpy as np

from colead.touch.ranking import Floats, IntArray, added
from colead.touch.signals import SHARES, Signals

# How far down the list a file stands, how many terms the text has, how far the eight views agree on the file.
FEATURES = ("one", "rank", "asked", "agreed")
FILE = np.array([-4.81, -0.445, 0.318, 5.61])
# Intercept, slope on the log odds of the noisy-or (files of one component change together), being named.
COMPONENT = np.array([-0.55, 0.94, 1.23])
# What ln(changes) adds to the log odds of one change: so much, and so much times these log odds.
SEVERAL_FILES = np.array([0.490, -0.115])
SEVERAL_COMPONENTS = np.array([0.548, -0.158])
MANY = 10  # changes; beyond so many, more of them said little


def features(found: Signals) -> Floats:
    """One row per product file, one column per name in `FEATURES`."""
    files = len(found.fused)
    order = np.empty(files)
    order[np.argsort(-found.fused, kind="stable")] = np.arange(files)
    asked = np.full(files, np.log1p(len(found.asked.terms)))
    agreed = found.fused / sum(SHARES.values())
    return np.stack([np.ones(files), np.log1p(order), asked, agreed], axis=1)


def of_files(found: Signals) -> Floats:
    """The probability that each product file changes; 0 where nothing speaks for it."""
    return np.where(found.heard, _squeezed(features(found) @ FILE), 0.0)


def of_components(files: Floats, seat: IntArray, named: Floats, line: Floats | None = None) -> Floats:
    """The probability that at least one file of each component changes.

    Args:
        files: the probability of each product file.
        seat: the component of each, -1 outside all.
        named: of each component, whether and how tellingly the text names it (`Signals.named`).
        line: the constants of `part_features` for chances of this making.
    """
    return straightened(noisy_or(files, seat, len(named)), named, COMPONENT if line is None else line)


def noisy_or(files: Floats, seat: IntArray, components: int) -> Floats:
    """The chance that at least one file of each component changes, were they to change independently."""
    seated = seat >= 0
    unlikely = added(seat[seated], np.log1p(-np.minimum(files[seated], 0.999)), components)
    return np.asarray(1 - np.exp(unlikely))


def straightened(chances: Floats, named: Floats, line: Floats) -> Floats:
    """Probabilities moved along a line on the log odds; none stays none."""
    return np.where(chances > 0, _squeezed(part_features(chances, named) @ line), 0.0)


def grown(chances: Floats, line: Floats, changes: float) -> Floats:
    """The chances of one change as those of several; none stays none.

    Args:
        chances: of files, or of components.
        line: `SEVERAL_FILES` or `SEVERAL_COMPONENTS`.
        changes: how many landings the work takes; counted up to `MANY`.
    """
    log_odds = _log_odds(chances)
    steep = np.clip(line[0] + line[1] * log_odds, 0.0, 1.0)  # never more than as many independent changes
    more = np.log(np.clip(changes, 1, MANY)) * steep
    return np.where(chances > 0, _squeezed(log_odds + more), 0.0)


def part_features(chances: Floats, named: Floats) -> Floats:
    """One row per component: one, the log odds of its noisy-or, whether it is named."""
    return np.stack([np.ones(len(chances)), _log_odds(chances), named], axis=1)


def _log_odds(chances: Floats) -> Floats:
    held = np.clip(chances, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(held / (1 - held)))


def _squeezed(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))))
