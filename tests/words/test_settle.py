"""What settles a question, and how long it takes."""

from __future__ import annotations

import pytest

from colead.settle import COUNTED, WAYS, Traffic, takes


def test_the_size_of_a_group_is_that_of_the_book() -> None:
    assert Traffic(1, 0.5, 0.6).group == 385
    assert Traffic(1, 0.031, 0.04).group == 6632
    assert Traffic(1, 0.2, 0.2).group == 0


@pytest.mark.parametrize(
    ("way", "traffic", "said"),
    [
        ("ab", Traffic(700, 0.031, 0.04), "3 weeks: 6,632 people in each group"),
        ("ab", Traffic(100_000, 0.031, 0.04), "1 week: 6,632 people in each group"),
        ("before", Traffic(100_000, 0.031, 0.04), "2 weeks after, against as many before: 6,632 people"),
        ("ab", Traffic(1, 0.031, 0.04), "over two years: it needs 6,632 people in each group"),
        ("ab", Traffic(700, 0.04, 0.04), "depends on how many people come by"),
        ("look", Traffic(700, 0.031, 0.04), "an hour or two"),
    ],
)
def test_time_follows_from_traffic_in_whole_weeks(way: str, traffic: Traffic, said: str) -> None:
    assert takes(way, traffic).startswith(said)


def test_without_numbers_nothing_is_promised() -> None:
    assert all(takes(way) == WAYS[way].takes for way in WAYS)
    assert all("depends" in takes(way) for way in COUNTED)
