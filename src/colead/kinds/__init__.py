"""Kinds: how likely each landing of people is a feature, a fix or one of the kinds of system health.

A conventional prefix is the team's own word. Without one a small model that was
fitted on other repositories tells, averaged with ordered rules; see docs/models/kinds.md.
"""

from colead.kinds.label import by_label, labelled, plain_label
from colead.kinds.prefix import HEALTH, KINDS, by_prefix
from colead.kinds.told import Kinds, kinds
from colead.kinds.traits import ruled, stripped, traits, with_manner
from colead.kinds.weights import Weights

__all__ = [
    "HEALTH",
    "KINDS",
    "Kinds",
    "Weights",
    "by_label",
    "by_prefix",
    "kinds",
    "labelled",
    "plain_label",
    "ruled",
    "stripped",
    "traits",
    "with_manner",
]
