"""Squarify: areas that fill a rectangle, each as large as its weight says and as square as can be.

Bruls, Huizing and van Wijk, Squarified Treemaps (2000): rows are laid along
the shorter side for as long as their worst shape gets better.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


def squarified(weights: Sequence[float], room: Box) -> list[Box]:
    """A box for each weight, in their order; no weight, no area.

    Args:
        weights: not negative; best sorted, the largest first.
        room: what the boxes fill.
    """
    total = sum(weights)
    if total <= 0 or room.width <= 0 or room.height <= 0:
        return [Box(room.x, room.y, 0.0, 0.0) for _ in weights]
    scale = room.width * room.height / total
    areas = [one * scale for one in weights]
    boxes: list[Box] = []
    while len(boxes) < len(areas):
        row = _row(areas[len(boxes) :], min(room.width, room.height))
        laid, room = _laid(row, room)
        boxes += laid
    return boxes


def _row(areas: Sequence[float], side: float) -> Sequence[float]:
    """The first areas that make the best row along a side."""
    count, total = 1, areas[0]
    low = high = areas[0]
    worst = _worst(total, low, high, side)
    while count < len(areas):
        one = areas[count]
        total, low, high = total + one, min(low, one), max(high, one)
        next_worst = _worst(total, low, high, side)
        if next_worst > worst:
            break
        worst, count = next_worst, count + 1
    return areas[:count]


def _worst(total: float, low: float, high: float, side: float) -> float:
    """The worst ratio of two sides in a row of areas from `low` to `high`."""
    if low <= 0 or total <= 0 or side <= 0:
        return float("inf")
    return max(side * side * high / total**2, total**2 / (side * side * low))


def _laid(row: Sequence[float], room: Box) -> tuple[list[Box], Box]:
    """A row in its place, and the room that is left."""
    total = sum(row)
    x, y, width, height = room
    along = height if width >= height else width
    depth = total / along if along > 0 else 0.0
    boxes = []
    for one in row:
        length = one / total * along if total > 0 else 0.0
        box = Box(x, y, depth, length) if width >= height else Box(x, y, length, depth)
        boxes.append(box)
        x, y = (x, y + length) if width >= height else (x + length, y)
    if width >= height:
        return boxes, Box(room.x + depth, room.y, max(0.0, width - depth), height)
    return boxes, Box(room.x, room.y + depth, width, max(0.0, height - depth))
