"""Backtest: how far to trust Colead on this very repository, replayed on its own past, misses by name."""

from colead.backtest.cases import Case, cases, of_landing
from colead.backtest.foreseen import Foreseen, Rule, foreseen, touched
from colead.backtest.later import paced, partnered
from colead.backtest.parts import SCHEMA, Backtest, Band, Foretold, Miss, Replayed, Scored
from colead.backtest.quarter import Quarter, fragile, quarter
from colead.backtest.told import headline, records

__all__ = [
    "SCHEMA",
    "Backtest",
    "Band",
    "Case",
    "Foreseen",
    "Foretold",
    "Miss",
    "Quarter",
    "Replayed",
    "Rule",
    "Scored",
    "cases",
    "foreseen",
    "fragile",
    "headline",
    "of_landing",
    "paced",
    "partnered",
    "quarter",
    "records",
    "touched",
]
