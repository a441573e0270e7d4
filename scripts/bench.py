"""Bench: every benchmark that takes any clones, on a folder of them, as in `make bench CLONES=FOLDER`.

The clones are found below the folder (work trees and bare ones, three levels
deep); figures are printed, nothing is written but caches under build/bench.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "build" / "bench"
FOLDER, LIST, KEPT, CLONES = "folder", "list", "kept", "clones"
# What each benchmark is given. Those that are not here (born, kinds, sizes, specs) work in steps on pinned
# repositories of their own; the head of each file says how.
GIVEN: dict[str, tuple[str, ...]] = {
    "landings": (FOLDER,),
    "speed": (FOLDER,),
    "query": (KEPT, CLONES),
    "ranking": (FOLDER, LIST),
    "touches": (FOLDER, LIST),
    "spread": (FOLDER, LIST),
    "partners": (KEPT, FOLDER, LIST),
    "corrections": (FOLDER, LIST),
    "underway": (FOLDER, LIST),
    "fragility": (KEPT, CLONES),
    "forecast": (KEPT, CLONES),
}


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
    values = {FOLDER: [folder], LIST: [listed], KEPT: [CACHE], CLONES: found}
    for name, wanted in GIVEN.items():
        print(f"\n# {name}, {len(found)} clones", flush=True)
        script = ROOT / "benchmarks" / f"{name}.py"
        command = [sys.executable, str(script), *(str(one) for want in wanted for one in values[want])]
        failed |= subprocess.run(command, cwd=ROOT, check=False).returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
