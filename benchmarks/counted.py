"""Counted: which counters and events Colead names for short ideas, to be judged by hand; and what it costs.

    python benchmarks/counted.py CACHE FOLDER

FOLDER holds bare clones as owner+name/repo. The ideas stand in counted.txt.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from time import process_time

from colead.look import Opening, silent
from colead.readers.markdown import read_spec
from colead.tradeoff import counted

IDEAS = Path(__file__).with_name("counted.txt")
TODAY = date(2026, 11, 22)


def main() -> None:
    cache, folder = Path(sys.argv[1]), Path(sys.argv[2])
    ideas: dict[str, list[list[str]]] = defaultdict(list)
    for line in IDEAS.read_text(encoding="utf-8").splitlines()[1:]:
        name, repository, *idea = line.split(" | ")
        ideas[repository].append([name, *idea])
    for repository, some in ideas.items():
        with ExitStack() as stack:
            place = folder / repository.replace("/", "+") / "repo"
            one = Opening(TODAY, "", cache, silent).material(stack, place, set())
            product = one.activity.codebase.product
            print(f"# {repository}, {len(product):,} files")
            for name, title, problem, metric in some:
                text = f"# {title}\n\n{problem}\n\n## Which number should move?\n\n{metric}\n"
                spec, start = read_spec(text.encode(), "idea.md"), process_time()
                found = counted(spec, one.index, product, one.texts)
                told = f"{found[0].name} ({found[0].path}, line {found[0].line})" if found else "-"
                print(f"{name} | {title} | {told} | {1000 * (process_time() - start):.0f} ms")


if __name__ == "__main__":
    main()
