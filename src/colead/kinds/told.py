"""The kinds of a history's landings, by prefix where there is one, else by the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colead.history import History, Landing
from colead.kinds.prefix import KINDS, by_prefix
from colead.kinds.traits import PATHS, ruled, traits, with_manner
from colead.kinds.weights import Floats, Weights

Labelled = Callable[[Landing], str]  # the kind that a label says of a landing, "" for none
DAY = 86_400
OFTEN = 0.15  # of titles without a prefix that say of themselves that they fix: the team says so in words


@dataclass(frozen=True)
class Kinds:
    """Landings of people with the chance of each kind."""

    landing: NDArray[np.int64]  # positions in the history, ascending
    chance: Floats  # (landings, len(KINDS)); rows sum to 1
    said: NDArray[np.bool_]  # told by a prefix or an issue's label, not by the model
    labelled: int = 0  # of these, by a label

    def share(self, names: tuple[str, ...]) -> Floats:
        """The chance of each landing to be of one of these kinds."""
        return np.asarray(self.chance[:, [KINDS.index(name) for name in names]].sum(axis=1))


def unlabelled(landing: Landing) -> str:
    """No label says anything."""
    return ""


def kinds(history: History, weights: Weights, start: int = 0, labelled: Labelled = unlabelled) -> Kinds:
    """The kinds of people's landings from `start` (unix seconds) on.

    A prefix of the title says the kind; else `labelled` may, and the model tells the rest.
    """
    chosen = np.flatnonzero(history.by_people & (history.at >= start))
    prefixed = [by_prefix(history.landings[place].title) for place in chosen]
    said = [
        one or labelled(history.landings[place]) for one, place in zip(prefixed, chosen.tolist(), strict=True)
    ]
    chance = np.array([[name == one for name in KINDS] for one in said], dtype=np.float64)
    chance = chance.reshape(-1, len(KINDS))
    open_ = np.array([not one for one in said], dtype=bool)
    if open_.any():
        chance[open_] = weights.chances(_landings(history, chosen[open_]))
    return Kinds(chosen, chance, ~open_, sum(map(bool, said)) - sum(map(bool, prefixed)))


def _landings(history: History, chosen: NDArray[np.int64]) -> list[tuple[str, list[str]]]:
    """Rule and traits of each landing."""
    age = ages(history)
    starts = np.searchsorted(history.change_landing, chosen)
    ends = np.searchsorted(history.change_landing, chosen, side="right")
    told = []
    for place, start, end in zip(chosen.tolist(), starts.tolist(), ends.tolist(), strict=True):
        rows = slice(start, min(end, start + PATHS))
        title = history.landings[place].title
        paths = [history.paths[file] for file in history.change_file[rows]]
        status = [chr(one) for one in history.change_status[rows]]
        told.append((ruled(title, paths), traits(title, paths, status, age[rows].tolist())))
    spoken = sum(rule == "fix" for rule, _ in told) >= OFTEN * len(told)
    return [with_manner(rule, found) if spoken else (rule, found) for rule, found in told]


def ages(history: History) -> Floats:
    """Days since the file of each change was changed before, -1 where it was not."""
    order = np.argsort(history.change_file, kind="stable")  # changes are in the order of their landings
    file, at = history.change_file[order], history.at[history.change_landing[order]]
    days = np.full(len(order), -1.0)
    again = np.flatnonzero(file[1:] == file[:-1]) + 1
    days[order[again]] = np.maximum(at[again] - at[again - 1], 0) / DAY
    return days
