"""Touches replayed: what a reading said of a past change beforehand, beside two simple rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from colead.activity import Activity
from colead.backtest.cases import Case
from colead.backtest.parts import Band, Miss, Scored, TouchesReplayed
from colead.citing import DAY, day_of, end_of
from colead.evidence import Ledger
from colead.spec import Spec
from colead.spread import expected_parts
from colead.touch import Index, rank
from colead.touch.asked import asked
from colead.touch.ranking import Floats, folded

FIRST, FIRST_PARTS = 10, 3
FEWEST = 20  # changes; with fewer nothing is told
BANDS = (0.05, 0.3, 0.5, 0.8, 1.0)
MISSES, NAMED = 5, 3
RULES = ("Colead", "most changed", "plain search")


@dataclass(frozen=True, slots=True)
class Rule:
    """The first files and parts that one way of telling named, likeliest first."""

    files: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One case with what was said beforehand, in the order of `RULES`."""

    case: Case
    parts: frozenset[str]  # keys of the parts that it touched
    rules: tuple[Rule, ...]
    odds: tuple[tuple[str, float], ...]  # of every part, by key
    sure: float  # the odds of the likeliest file
    reach: float  # parts expected


def foreseen(case: Case, spec: Spec, then: Activity, index: Index, today: date) -> Foreseen:
    """What is said of a case from what was known at the end of `today`.

    Args:
        case: the past change.
        spec: its text, read as a spec is read.
        then: history and codebase as they were.
        index: answers where the words stood then.
        today: the day of the moment.
    """
    told = rank(spec, then, index, today=today, ledger=Ledger(), repository="", changes=1)
    odds = tuple(sorted(told.every.items(), key=lambda one: -one[1]))
    own = Rule(
        tuple(one.path for one in told.files), tuple(key for key, chance in odds[:FIRST_PARTS] if chance > 0)
    )
    rules = (own, _first(then, changes(then, today)), _first(then, _search(spec, then, index)))
    sure = told.files[0].probability.value if told.files else 0.0
    parts = frozenset(_seats(then, sorted(case.paths)))
    return Foreseen(case, parts, rules, odds, sure, expected_parts(then, told))


def changes(then: Activity, today: date) -> Floats:
    """How many of people's landings of the year up to `today` changed each product file."""
    end, history = end_of(today), then.history
    at = history.at[then.row_landing]
    year = (at < end) & (at >= end - 365 * DAY)
    counts = np.bincount(then.row_file, weights=year, minlength=len(history.paths))
    ids = (history.file_of.get(one.path) for one in then.codebase.product)
    return np.array([0.0 if one is None else counts[one] for one in ids])


def _search(spec: Spec, then: Activity, index: Index) -> Floats:
    """BM25 of every product file's contents for all words of a spec."""
    query = asked(spec)
    chunks, owner = index.chunks(query.terms)
    return folded(chunks, owner, len(then.codebase.product)).scores(query.weights)


def _first(then: Activity, scores: Floats) -> Rule:
    """The first ten files by a score, and the first three parts that files of this order lie in."""
    order = [int(one) for one in np.argsort(-scores, kind="stable")[:200] if scores[one] > 0]
    paths = [then.codebase.product[one].path for one in order]
    return Rule(tuple(paths[:FIRST]), tuple(_seats(then, paths)[:FIRST_PARTS]))


def _seats(then: Activity, paths: Sequence[str]) -> list[str]:
    keys = (then.codebase.seat(path) for path in paths)
    return list(dict.fromkeys(key for key in keys if key is not None))


def touched(found: Sequence[Foreseen], moments: Sequence[date]) -> TouchesReplayed | None:
    """The score of all cases; None where they are fewer than `FEWEST`."""
    if len(found) < FEWEST:
        return None
    missed = sorted((one for one in found if not _hits(one, 0)), key=lambda one: -one.sure)
    return TouchesReplayed(
        moments=tuple(one.isoformat() for one in moments),
        landings=len(found),
        silent=sum(1 for one in found if not one.rules[0].files),
        rules=tuple(_scored(found, number) for number in range(len(RULES))),
        bands=tuple(_bands(found)),
        expected=float(np.mean([one.reach for one in found])),
        reached=float(np.mean([len(one.parts) for one in found])),
        misses=tuple(_miss(one) for one in missed[:MISSES]),
    )


def _hits(one: Foreseen, rule: int) -> int:
    return len(one.case.paths & set(one.rules[rule].files))


def _scored(found: Sequence[Foreseen], rule: int) -> Scored:
    share = float(np.mean([_hits(one, rule) / len(one.case.paths) for one in found]))
    return Scored(
        RULES[rule],
        _count(found, lambda one: bool(_hits(one, rule))),
        share,
        _count(found, lambda one: bool(one.parts & set(one.rules[rule].parts))),
    )


def _count(found: Sequence[Foreseen], holds: Callable[[Foreseen], bool]) -> int:
    return sum(1 for one in found if holds(one))


def _bands(found: Sequence[Foreseen]) -> list[Band]:
    pairs = [(chance, key in one.parts) for one in found for key, chance in one.odds]
    said = np.array([chance for chance, _ in pairs])
    came = np.array([hit for _, hit in pairs], dtype=np.float64)
    bands = []
    for low, high in pairwise(BANDS):
        held = (said >= low) & ((said < high) if high < 1 else (said <= high))
        if held.any():
            bands.append(Band(low, high, int(held.sum()), float(said[held].mean()), float(came[held].mean())))
    return bands


def _miss(one: Foreseen) -> Miss:
    paths, landing = sorted(one.case.paths), one.case.landing
    return Miss(
        landing=landing.oid,
        title=landing.title,
        day=day_of(landing.at).isoformat(),
        touched=tuple(paths[:NAMED]),
        more=max(0, len(paths) - NAMED),
        said=one.rules[0].files[:NAMED],
    )
