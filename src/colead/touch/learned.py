"""Learned: the chance that a file changes, by trees that were fitted on landings of other repositories.

The floor is the sum of views with its own odds (`colead.touch.chances`): it ranks
where no trees come with the index, and beyond the files that the trees look at.
"""

from __future__ import annotations

import numpy as np

from colead.activity import Activity
from colead.touch.parts import Index
from colead.touch.ranking import Floats, IntArray, relative
from colead.touch.signals import Signals
from colead.touch.traits import traits
from colead.touch.trees import Trees

MOST = 400  # files that the trees look at, the first by the sum of views
REST = 1e-4  # the most that any other file gets


def candidates(found: Signals) -> IntArray:
    """The files that the trees look at."""
    first = np.argsort(-found.fused, kind="stable")[:MOST]
    return first[found.heard[first]].astype(np.int32)


def foreseen(found: Signals, activity: Activity, index: Index, trees: Trees) -> Floats:
    """The chance of each product file; none where nothing speaks for it."""
    table, names = traits(found, activity, index)
    place = {name: number for number, name in enumerate(names)}
    chosen = candidates(found)
    chances = np.where(found.heard, REST * relative(found.fused), 0.0)
    chances[chosen] = trees.chances(table[chosen][:, [place[name] for name in trees.names]])
    return chances
