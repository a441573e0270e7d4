"""Bench: every benchmark on a folder of clones, as in `make bench CLONES=FOLDER`.

The clones are found below the folder (work trees and bare ones, three levels
deep); figures are printed, nothing is written but caches under build/bench.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "build" / "bench"
# Benchmarks that take a folder and a list; the others take a cache and clones.
BY_LIST = {"ranking", "touches", "underway"}


def clones(folder: Path, levels: int = 3) -> Iterator[Path]:
    """Git repositories below a folder."""
    for place in sorted(one for one in folder.iterdir() if one.is_dir()):
        if (place / ".git").exists() or ((place / "HEAD").is_file() and (place / "objects").is_dir()):
            yield place
        elif levels > 1:
            yield from clones(place, levels - 1)


def main(arguments: list[str]) -> int:
    """Run all benchmarks, each in a process of its own; 1 when one of them failed."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("which clones? make bench CLONES=folder", file=sys.stderr)
        return 2
    folder = Path(arguments[0]).resolve()
    found = list(clones(folder))
    CACHE.mkdir(parents=True, exist_ok=True)
    listed = CACHE / "clones.txt"
    listed.write_text("".join(f"{one.relative_to(folder)}\n" for one in found))
    failed = False
    for script in sorted((ROOT / "benchmarks").glob("[a-z]*.py")):
        print(f"\n# {script.stem}, {len(found)} clones", flush=True)
        given: list[Path] = [folder, listed] if script.stem in BY_LIST else [CACHE, *found]
        command = [sys.executable, os.fspath(script), *map(os.fspath, given)]
        failed |= subprocess.run(command, cwd=ROOT, check=False).returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
