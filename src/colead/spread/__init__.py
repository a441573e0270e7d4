"""Spread: how many parts, schemas and public interfaces an idea crosses, against what is usual here.

Also called architectural complexity.
"""

from colead.spread.past import Past
from colead.spread.told import Crossing, Spread, spread

__all__ = ["Crossing", "Past", "Spread", "spread"]
