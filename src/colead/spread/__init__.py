"""Spread: how many parts, schemas and public interfaces an idea crosses, against what is usual here.

Also called architectural complexity.
"""

from colead.spread.past import Past
from colead.spread.told import POOR, Crossing, Spread, expected_parts, spread

__all__ = ["POOR", "Crossing", "Past", "Spread", "expected_parts", "spread"]
