"""How often Colead says rightly whether a discussion is about the problem, the solution or a fact.

    python benchmarks/space.py OPENINGS [OPENINGS ...]

OPENINGS are files of your own, outside the repository, as the texts are other people's: a line each with a
label (P problem, S solution, F fact, O none of them), the address of the public thread, its title and how it
begins, divided by tabs. benchmarks/space.txt lists the threads that were labelled, and as what.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from colead.space import FACT, PROBLEM, SOLUTION, UNSURE, sense

LABELS = {"P": PROBLEM, "S": SOLUTION, "F": FACT, "O": UNSURE}


def main(files: list[str], *, misses: bool) -> None:
    """A table of each file: how many, how often it speaks, how often it is right when it does."""
    print("| openings | n | speaks | right when it speaks | problem | solution | fact |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for file in files:
        told: Counter[tuple[str, str]] = Counter()
        for line in Path(file).read_text(encoding="utf-8").splitlines():
            label, where, title, text = line.split("\t")
            heard = sense(text, title)
            told[LABELS[label], heard.space] += 1
            if misses and heard.sure and heard.space != LABELS[label]:
                print(label, heard.space, where, title, "|", heard.sentence, file=sys.stderr)
        _row(Path(file).stem, told)


def _row(name: str, told: Counter[tuple[str, str]]) -> None:
    spoke = sum(count for (_, heard), count in told.items() if heard)
    right = sum(count for (label, heard), count in told.items() if heard and heard == label)
    each = []
    for space in (PROBLEM, SOLUTION, FACT):
        said = sum(count for (_, heard), count in told.items() if heard == space)
        each.append(f"{told[space, space]} of {said}")
    total = sum(told.values())
    print(f"| {name} | {total} | {spoke / total:.0%} | {right / max(1, spoke):.0%} | {' | '.join(each)} |")


if __name__ == "__main__":
    main([one for one in sys.argv[1:] if one != "--misses"], misses="--misses" in sys.argv)
