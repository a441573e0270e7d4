"""Specs judged by hand, held against what Colead reads in them; run as a script, it prints the shares.

Of each spec: whether a problem, a metric, a simplest test and what is out are said at
all ("said"), whether the sentence that is quoted is one of those that a reader named
("quote"), how far the metric is told ("degree"), whether it is said who has the
problem, and the day that is hoped for.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from colead.readers.markdown import read_spec
from colead.spec import Said, answers, hoped_ahead, lights

TODAY = date(2026, 11, 23)
SETS = ("first", "second", "third")


def specs() -> list[Mapping[str, Any]]:
    """All of them."""
    found: list[Mapping[str, Any]] = yaml.safe_load(Path(__file__).with_name("specs.yml").read_text("utf-8"))
    return found


def marks(one: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """What is right of one spec, and what is not."""
    spec = read_spec(one["text"].encode(), f"{one['name']}.md")
    lit = {each.name: each.on for each in lights(spec)}
    for name, said in zip(("problem", "metric", "test"), answers(spec), strict=True):
        yield f"{name}: said", (said.said is not Said.OPEN) == bool(one[name])
        if one[name] and said.quote:
            yield f"{name}: quote", any(_same(said.quote, each) for each in one[name])
        if name == "metric":
            yield "metric: degree", said.said == one["metric_said"]
    yield "who", lit["who"] == one["who"]
    yield "not in scope", lit["not in scope"] == bool(one["out"])
    hoped = hoped_ahead(spec, TODAY)
    yield "hoped-for date", (hoped and hoped.isoformat()) == one["hoped"]


def _same(quote: str, sentence: str) -> bool:
    one, other = (" ".join(each.split()).strip(" *_|-•").lower() for each in (quote, sentence))
    return one in other or other in one


def shares(which: str) -> dict[str, tuple[int, int]]:
    """For each mark of one set: how many are right, of how many."""
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for one in specs():
        if one["set"] == which:
            for name, fine in marks(one):
                right[name] += fine
                count[name] += 1
    return {name: (right[name], count[name]) for name in count}


def main() -> int:
    """Print a table of all sets."""
    told = {which: shares(which) for which in SETS}
    for name in told["first"]:
        row = (told[which][name] for which in SETS)
        print(
            f"{name:18}", "  ".join(f"{right:3} of {count:3} ({right / count:.2f})" for right, count in row)
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
