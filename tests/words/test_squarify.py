"""Areas fill their room, each as large as its weight says."""

from __future__ import annotations

from itertools import combinations
from math import isclose

from hypothesis import given
from hypothesis import strategies as some

from colead.writers.pictures.squarify import Box, squarified

ROOM = Box(0, 0, 760, 430)
WEIGHTS = some.lists(some.integers(0, 50_000), min_size=1, max_size=60)


@given(WEIGHTS)
def test_areas_are_as_large_as_their_weights(weights: list[int]) -> None:
    weights = sorted(weights, reverse=True)
    boxes, total = squarified(weights, ROOM), sum(weights)
    assert len(boxes) == len(weights)
    for weight, box in zip(weights, boxes, strict=True):
        fair = weight / total * ROOM.width * ROOM.height if total else 0.0
        assert isclose(box.width * box.height, fair, rel_tol=0.02, abs_tol=1e-6)


@given(WEIGHTS)
def test_areas_stay_inside_and_apart(weights: list[int]) -> None:
    boxes = [one for one in squarified(sorted(weights, reverse=True), ROOM) if one.width * one.height > 0]
    for one in boxes:
        assert one.x >= -1e-6 and one.x + one.width <= ROOM.width + 1e-6
        assert one.y >= -1e-6 and one.y + one.height <= ROOM.height + 1e-6
    for one, other in combinations(boxes, 2):
        across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
        down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
        assert min(across, down) <= 1e-6


def test_a_thousand_areas_are_nearly_square() -> None:
    boxes = squarified([1_000 - at for at in range(1_000)], ROOM)
    worst = sorted(max(one.width / one.height, one.height / one.width) for one in boxes)
    assert worst[950] < 2


def test_no_weight_and_no_room_make_no_area() -> None:
    assert all(one.width * one.height == 0 for one in squarified([0, 0], ROOM))
    assert all(one.width * one.height == 0 for one in squarified([3, 1], Box(0, 0, 0, 5)))
    assert squarified([], ROOM) == []
