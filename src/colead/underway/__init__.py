"""Underway: what the changes so far leave out, and where they go that nobody foresaw."""

from colead.underway.before import before
from colead.underway.leftout import left_out
from colead.underway.parts import SCHEMA, Built, LeftOut, Step, Underway, Unforeseen
from colead.underway.seats import Seats
from colead.underway.told import in_one_sentence
from colead.underway.unforeseen import first_seen, unforeseen

__all__ = [
    "SCHEMA",
    "Built",
    "LeftOut",
    "Seats",
    "Step",
    "Underway",
    "Unforeseen",
    "before",
    "first_seen",
    "in_one_sentence",
    "left_out",
    "unforeseen",
]
