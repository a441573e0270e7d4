"""Chances: from scores to probabilities, by a small logistic regression fitted on public repositories."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from colead.touch.ranking import K1, Floats, IntArray, added, relative
from colead.touch.signals import Signals

FEATURES = ("one", "relative", "rank", "content", "similar", "asked", "files")
FILE = np.array([-2.0, 3.0, -0.8, 2.0, 1.0, 0.0, -0.1])
SHRINK = 0.8  # files of one component change together: each counts less than a witness of its own
COMPONENT = np.array([0.0, 1.0])  # intercept and slope on the log odds


def features(found: Signals) -> Floats:
    """One row per product file, one column per name in `FEATURES`."""
    files = len(found.fused)
    order = np.empty(files)
    order[np.argsort(-found.fused, kind="stable")] = np.arange(files)
    columns = [
        np.ones(files),
        relative(found.fused),
        np.log1p(order),
        _strength(found, "content"),
        relative(found.views["similar"]) * _closest(found),
        np.full(files, np.log1p(len(found.asked.terms))),
        np.full(files, np.log1p(files)),
    ]
    return np.stack(columns, axis=1)


def _strength(found: Signals, view: str) -> Floats:
    """The share of the weight of all asked terms that each file scores."""
    most = (K1 + 1) * float(found.asked.weights @ found.fields[view].rarity)
    return found.views[view] / most if most > 0 else found.views[view]


def _closest(found: Signals) -> float:
    """The share of the weight of all asked terms that the most similar landing scores."""
    most = (K1 + 1) * float(found.asked.weights @ found.spoken_of)
    return float(found.similar.max(initial=0.0)) / most if most > 0 else 0.0


def of_files(found: Signals) -> Floats:
    """The probability that each product file changes; 0 where nothing speaks for it."""
    odds = features(found) @ FILE
    return np.where(found.heard, _squeezed(odds), 0.0)


def of_components(files: Floats, seat: IntArray, components: int) -> Floats:
    """The probability that at least one file of each component changes: noisy-or, shrunk and set straight."""
    return straightened(noisy_or(files, seat, components, SHRINK), COMPONENT)


def noisy_or(files: Floats, seat: IntArray, components: int, shrink: float) -> Floats:
    """The chance that at least one file of each component changes, each weakened by `shrink`."""
    seated = seat >= 0
    unlikely = added(seat[seated], np.log1p(-np.minimum(files[seated], 0.999)), components)
    return np.asarray(1 - np.exp(shrink * unlikely))


def straightened(chances: Floats, line: Floats | Sequence[float]) -> Floats:
    """Probabilities moved along a line on the log odds; none stays none."""
    held = np.clip(chances, 1e-9, 1 - 1e-9)
    return np.where(chances > 0, _squeezed(line[0] + line[1] * np.log(held / (1 - held))), 0.0)


def _squeezed(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))))
