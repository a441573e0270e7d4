"""What taking a whole area along takes: seconds, and memory at its height; a Markdown table.

    python benchmarks/export.py [--ideas N] [--entries N]
    python scripts/postgres.py python benchmarks/export.py

An area is filled; then a process of its own for each row loads the app, makes the zip once in memory or on
the disk as the page does, or takes it in, and tells the most that it ever held (RSS). Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "web"))
from standing import installation

ONCE = """
import io, json, sys, time
import django
django.setup()
from colead.web.areas.models import Area
from colead.web.keeping.export import export
from colead.web.keeping.takein import take_in
area = Area.objects.get(slug="checkout")
def most():
    with open("/proc/self/status") as told:
        return next(int(one.split()[1]) for one in told if one.startswith("VmHWM"))
before = most()
mode = "rb" if sys.argv[1] == "taken in" else "w+b"
with io.BytesIO() if sys.argv[1] == "in memory" else open(sys.argv[2], mode) as file:
    began = time.monotonic()
    if sys.argv[1] == "taken in":
        take_in(file, area.memberships.first().person)
    else:
        export(area, file)
    told = {"seconds": time.monotonic() - began, "size": file.seek(0, 2), "before": before}
print(json.dumps({**told, "most": most()}))
"""


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name, usual in (("ideas", 10_000), ("entries", 100_000)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, installation(Path(folder) / "data") as env:
        os.environ.update(env)
        import django

        django.setup()
        from _site import filled

        filled(told.ideas, told.entries)
        print("| the zip | MB | seconds | held before, MB | at most, MB |\n|---|--:|--:|--:|--:|")
        for name in ("in memory", "on the disk", "taken in"):
            one = measured(env, name, f"{folder}/area.zip")
            sizes = f"{one['size'] / 1e6:.1f} | {one['seconds']:.1f}"
            print(f"| {name} | {sizes} | {one['before'] / 1024:.0f} | {one['most'] / 1024:.0f} |")


def measured(env: dict[str, str], name: str, file: str) -> dict[str, float]:
    """One export, or the zip of it taken in again, in a process of its own."""
    command = [sys.executable, "-c", ONCE, name, file]
    made = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, float] = json.loads(made.stdout)
    return told


if __name__ == "__main__":
    main()
