"""How long reading clones takes and how much memory, beside plain git in the same run; a Markdown table.

    python benchmarks/speed.py FOLDER [--only NAME,...] [--runs N] [--back N] [-- COMMAND...]
    python benchmarks/speed.py FOLDER --warm [--only NAME,...] [--runs N]

FOLDER holds clones, bare or not. COMMAND is what `python -m` runs, with {repo}
where the clone goes, for example `colead check idea.md --repo {repo}`; without
one the update of the cache alone is timed. Every run is a process of its own
with a cache folder of its own:

- git: `git log --raw -M100%` with messages, the floor of any reading
- cold: an empty cache; busy: its processor seconds, git included, which a busy machine blurs less
- new: the cache stands N landings (100 by default) behind the tip
- same: the cache stands at the tip
- start: the interpreter and its imports alone (`python -m colead --version`, or of the update)

With --warm the commands that read the history alone are timed, with a cache at the tip:
`colead fragility` by part, by file and within its first part, and `colead balance`;
of each the median of the runs, and its processor seconds.

Times are medians of the runs in seconds, with the interpreter's start. Memory
is the peak of the cold process itself; the processes of git that it starts are
told apart, and map the packs of the clone into theirs.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

# Runs one module as `python -m` does and notes memory and processor time of this process and its children.
# ru_maxrss counts what the parent held before exec, VmHWM does not.
LAUNCH = """
import atexit, json, resource, runpy, sys
def note(where=sys.argv[1]):
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    told = [one.ru_maxrss for one in used]
    try:
        told[0] = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
    except OSError:
        pass
    told += [one.ru_utime + one.ru_stime for one in used]
    open(where, "w").write(json.dumps(told))
atexit.register(note)
sys.argv = sys.argv[2:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""
UPDATE = ("update_alone", "{repo}")
WARM: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("fragility", ("colead", "fragility", "--repo", "{repo}")),
    ("--files", ("colead", "fragility", "--files", "--repo", "{repo}")),
    ("PART", ("colead", "fragility", "{part}", "--repo", "{repo}")),
    ("balance", ("colead", "balance", "--repo", "{repo}")),
)
UPDATE_ALONE = """
import sys
from colead.readers.git import Door
from colead.store import Store
from colead.look import cache_folder
if sys.argv[1:] != ["--version"]:
    with Door.open(sys.argv[1]) as door, Store.open(door, cache_folder()) as store:
        store.update(door)
"""
COLUMNS = (
    "repository",
    "commits",
    "landings",
    "files",
    "git",
    "cold",
    "busy",
    "new",
    "same",
    "start",
    "MB own",
    "MB git",
)


@dataclass(frozen=True)
class Run:
    """One process: seconds, processor seconds and peak megabytes, its own and its children's."""

    seconds: float
    busy: float
    own: float
    children: float


@dataclass(frozen=True)
class Bench:
    """What is timed, where it may write."""

    command: Sequence[str]
    space: Path
    runs: int
    back: int

    def run(self, repo: Path, cache: Path, command: Sequence[str] | None = None) -> Run:
        """Run the command once on a clone with this cache folder."""
        note = self.space / "peak.json"
        words = [word.replace("{repo}", str(repo)) for word in command or self.command]
        python_path = os.pathsep.join(filter(None, [str(self.space), os.environ.get("PYTHONPATH", "")]))
        environment = {**os.environ, "COLEAD_CACHE": str(cache), "PYTHONPATH": python_path}
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", LAUNCH, str(note), *words],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
        seconds = time.perf_counter() - began
        if done.returncode:
            raise SystemExit(f"{words} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
        own, children, *busy = json.loads(note.read_text())
        return Run(seconds, sum(busy), own / 1024, children / 1024)

    def times(self, repo: Path, cache: Path) -> float:
        """The median of several runs with one cache folder."""
        return statistics.median(self.run(repo, cache).seconds for _ in range(self.runs))

    def cold(self, repo: Path) -> Run:
        """The run of median time among several with an empty cache."""
        ran = []
        for _ in range(self.runs):
            with tempfile.TemporaryDirectory(dir=self.space) as cache:
                ran.append(self.run(repo, Path(cache)))
        return sorted(ran, key=lambda one: one.seconds)[len(ran) // 2]


def clones(folder: Path, only: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Names and places of the repositories below a folder."""
    for where, inside, files in sorted(os.walk(folder)):
        if ".git" in inside or ".git" in files or ("HEAD" in files and "objects" in inside):
            inside.clear()
            name = Path(where).parent.name if Path(where).name in ("repo", "repo.git") else Path(where).name
            if not only or any(one in name for one in only):
                yield name, Path(where)
        elif len(Path(where).relative_to(folder).parts) >= 3:
            inside.clear()


def git(repo: Path, *words: str) -> str:
    """What git says of a clone."""
    ran = subprocess.run(["git", "-C", str(repo), *words], capture_output=True, check=True)
    return ran.stdout.decode("utf-8", "replace").strip()


def plain(repo: Path, runs: int) -> float:
    """Seconds that plain git takes for the same facts."""
    words = ["git", "-C", str(repo), "log", "-z", "--raw", "-M100%", "--format=%H%P%ct%an%ae%B", "HEAD"]
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run(words, stdout=subprocess.DEVNULL, check=True)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def later(bench: Bench, repo: Path) -> tuple[float, float]:
    """Seconds for the newest landings alone, and for nothing new, on a clone that borrows its objects."""
    with tempfile.TemporaryDirectory(dir=bench.space) as folder:
        near, cache = Path(folder) / "near.git", Path(folder) / "cache"
        git(repo, "clone", "-q", "--bare", "--shared", str(repo), str(near))
        tip, branch = git(near, "rev-parse", "HEAD"), git(near, "symbolic-ref", "HEAD")
        taken = []
        for number in range(bench.runs):
            git(near, "update-ref", branch, f"{tip}~{bench.back}")
            bench.run(near, cache / str(number))
            git(near, "update-ref", branch, tip)
            taken.append(bench.run(near, cache / str(number)).seconds)
        return statistics.median(taken), bench.times(near, cache / "0")


def landings(repo: Path) -> int:
    """How many landings a clone has."""
    from colead.readers.git import Door
    from colead.store import Store

    with Door.open(repo) as door, Store.open(door, None) as store:
        return store.update(door).total


def measure(bench: Bench, name: str, repo: Path) -> tuple[str, ...]:
    """One row of the table."""
    floor, cold = plain(repo, bench.runs), bench.cold(repo)
    new, same = later(bench, repo)
    version = [bench.command[0], "--version"]
    start = statistics.median(
        bench.run(repo, bench.space / "none", version).seconds for _ in range(bench.runs)
    )
    commits = int(git(repo, "rev-list", "--count", "HEAD"))
    files = len(git(repo, "ls-tree", "-r", "--name-only", "HEAD").splitlines())
    counts = (f"{number:,}" for number in (commits, landings(repo), files))
    seconds = (f"{one:.2f}" for one in (floor, cold.seconds, cold.busy, new))
    return (name, *counts, *seconds, f"{same:.3f}", f"{start:.3f}", f"{cold.own:.0f}", f"{cold.children:.0f}")


def warm(bench: Bench, name: str, repo: Path) -> tuple[str, ...]:
    """One row of the table of warm commands."""
    with tempfile.TemporaryDirectory(dir=bench.space) as folder:
        cache = Path(folder)
        bench.run(repo, cache, (*WARM[0][1], "--quiet"))
        first = first_part(repo, cache)
        told = []
        for _, command in WARM:
            words = [word.replace("{part}", first) for word in command]
            ran = [bench.run(repo, cache, words) for _ in range(bench.runs)]
            told.append(statistics.median(one.seconds for one in ran))
            told.append(statistics.median(one.busy for one in ran))
    commits = int(git(repo, "rev-list", "--count", "HEAD"))
    return (name, f"{commits:,}", f"{landings(repo):,}", *(f"{one:.2f}" for one in told))


def first_part(repo: Path, cache: Path) -> str:
    """The key of the part that most fixes are expected of."""
    from colead.lookout import fragility

    places = fragility(repo, cache=cache).places
    if not places:
        raise SystemExit(f"{repo}: nothing is told of its parts")
    return places[0].key


def main() -> None:
    """Measure every clone and print the table row by row."""
    asked = argparse.ArgumentParser(description="Time reading clones; prints a Markdown table.")
    asked.add_argument("folder", type=Path)
    asked.add_argument("--only", default="", help="parts of names, comma separated")
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument(
        "--back", type=int, default=100, help="how many landings the cache is behind for `new`"
    )
    asked.add_argument("--warm", action="store_true", help="time what a cache at the tip is asked")
    asked.add_argument("command", nargs="*", default=UPDATE, help="after --: what `python -m` runs")
    given = asked.parse_args()
    names = (f"{one}{too}" for one, _ in WARM for too in ("", " busy"))
    columns = ("repository", "commits", "landings", *names)
    columns = columns if given.warm else COLUMNS
    print(f"| {' | '.join(columns)} |", "|---|" + "---:|" * (len(columns) - 1), sep="\n")
    with tempfile.TemporaryDirectory() as space:
        (Path(space) / f"{UPDATE[0]}.py").write_text(UPDATE_ALONE)
        bench = Bench(given.command, Path(space), given.runs, given.back)
        for name, repo in clones(given.folder, [one for one in given.only.split(",") if one]):
            row = warm(bench, name, repo) if given.warm else measure(bench, name, repo)
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
