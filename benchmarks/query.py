"""What one look costs at a warm cache, and what one new commit costs; a Markdown table.

    python benchmarks/query.py CACHE CLONE...

Every clone is indexed once below CACHE, then asked with the texts of its own
newest commits: ordinary ones (8 words and more) and long ones, ten of
them joined. A *query* is the ranking alone, from the spec to the touches, in
milliseconds: median and 95th of 100. A *new commit* is what each of the newest 100
commits adds to an update of the whole index, in milliseconds, on a clone that
borrows the objects. *Cold* is reading and indexing everything from nothing, in a
process of its own, with its peak memory and git's.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import numpy as np

from colead.checking import Material
from colead.evidence import Ledger
from colead.look import Opening, silent
from colead.readers.markdown import read_spec
from colead.touch import rank

T = TypeVar("T")
ASKED, WORDS, JOINED, BACK = 100, 8, 10, 100
COLUMNS = (
    "repository",
    "landings",
    "product files",
    "query",
    "95th",
    "long",
    "95th",
    "new",
    "cold",
    "MB",
    "MB git",
)
COLD = """
import json, resource, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from query import opened
began = time.perf_counter()
opened(Path(sys.argv[2]), Path(sys.argv[3]), lambda material: None)
seconds = time.perf_counter() - began
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([seconds, own / 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]))
"""


def opened(clone: Path, cache: Path, use: Callable[[Material], T]) -> T:
    """Open a clone with its whole index, and use it."""
    with ExitStack() as stack:
        opening = Opening(datetime.now(UTC).date(), "", cache, silent)
        return use(opening.material(stack, clone, set()))


def texts(clone: Path) -> list[str]:
    """The texts of the newest commits of the main line that say something, the newest first."""
    said = git(clone, "log", "--first-parent", f"-{ASKED * 10}", "--format=%B%x00").split("\0")
    return [one.strip() for one in said if len(one.split()) >= WORDS][: ASKED * 2]


def milliseconds(material: Material, asked: Sequence[str]) -> list[float]:
    """How long each ranking took; the first is not counted."""
    taken = []
    for text in asked:
        spec = read_spec(text.encode(), "query")
        began = time.perf_counter()
        rank(
            spec,
            material.activity,
            material.index,
            today=datetime.now(UTC).date(),
            ledger=Ledger(),
            repository=material.name,
        )
        taken.append(1000 * (time.perf_counter() - began))
    return taken[1:]


def queries(material: Material, asked: Sequence[str]) -> tuple[int, int, list[float], list[float]]:
    """Landings, product files, and the milliseconds of ordinary and of long queries."""
    long = ["\n\n".join(asked[at : at + JOINED]) for at in range(len(asked) - JOINED)]
    seen = material.activity
    return (
        len(seen.history.landings),
        len(seen.codebase.product),
        milliseconds(material, asked[: ASKED + 1]),
        milliseconds(material, long[: ASKED + 1]),
    )


def git(place: Path, *words: str) -> str:
    """What git says of a clone."""
    ran = subprocess.run(["git", "-C", str(place), *words], capture_output=True, check=True)
    return ran.stdout.decode("utf-8", "replace").strip()


def new(clone: Path, space: Path) -> float:
    """Milliseconds that each of the newest commits adds to an update of everything."""
    near, cache = space / "near.git", space / "near"
    git(clone, "clone", "-q", "--bare", "--shared", str(clone), str(near))
    tip, branch = git(near, "rev-parse", "HEAD"), git(near, "symbolic-ref", "HEAD")
    commits = int(git(near, "rev-list", "--count", f"{tip}~{BACK}..{tip}"))
    git(near, "update-ref", branch, f"{tip}~{BACK}")
    opened(near, cache, lambda material: None)
    git(near, "update-ref", branch, tip)
    began = time.perf_counter()
    opened(near, cache, lambda material: None)
    grown = time.perf_counter() - began
    began = time.perf_counter()
    opened(near, cache, lambda material: None)
    return 1000 * (grown - (time.perf_counter() - began)) / commits


def cold(clone: Path, space: Path) -> tuple[float, float, float]:
    """Seconds, own megabytes and git's for everything from nothing, in a process of its own."""
    here = str(Path(__file__).parent)
    command = [sys.executable, "-c", COLD, here, str(clone), str(space / "cold")]
    ran = subprocess.run(command, capture_output=True, check=True)
    seconds, own, children = json.loads(ran.stdout)
    return seconds, own, children


def row(clone: Path, cache: Path) -> list[str]:
    """One line of the table."""
    with tempfile.TemporaryDirectory() as space:
        seconds, own, children = cold(clone, Path(space))
        grown = new(clone, Path(space))
    landings, files, short, long = opened(clone, cache, lambda one: queries(one, texts(clone)))
    took = [f"{np.quantile(one, share):.0f}" for one in (short, long) for share in (0.5, 0.95)]
    name = clone.parent.name if clone.name == "repo" else clone.name
    counted = [f"{landings:,}", f"{files:,}"]
    return [name, *counted, *took, f"{grown:.0f}", f"{seconds:.1f}", f"{own:.0f}", f"{children:.0f}"]


def main(arguments: Sequence[str]) -> int:
    """Measure every clone and print the table row by row; 2 when asked wrongly."""
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    print(f"| {' | '.join(COLUMNS)} |", "|---|" + "---:|" * (len(COLUMNS) - 1), sep="\n")
    for clone in arguments[1:]:
        print(f"| {' | '.join(row(Path(clone), Path(arguments[0])))} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
