"""Which landings wrote the lines that later fixes took out: all lines of a main line, followed in one pass.

The differences of the first-parent chain are read once, oldest first (`git log
--first-parent -p -U0 -w`), and of every line of a product file it is known which
commit wrote it, as `git blame --first-parent -w` would tell. A fix "comes back
to" the commits whose lines of code it deletes or changes (Sliwerski, Zimmermann
and Zeller, "When do changes induce fixes?", MSR 2005). Blank lines and comments
tell nothing. A fix that only adds lines comes back to nobody.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from colead.codebase import Role, role_of
from colead.codebase.tables import LANGUAGES

COMMENT = re.compile(
    rb"\s*(?:#(?!include|define|if|else|endif)|//|/\*|\*(?:\s|/|$)|--\s|<!--|\"\"\"|'''|<%#)"
)
HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
LEFT_OUT = ("min.js", "min.css", "snap", "svg")
UNKNOWN = -1


@dataclass
class Lines:
    """One file while it lives: who wrote each of its lines."""

    path: str
    wrote: list[int] = field(default_factory=list)
    filled: int = 0  # lines with something on them


@dataclass
class Chain:
    """What is known when the chain has been read."""

    oids: list[str] = field(default_factory=list)
    files: list[Lines] = field(default_factory=list)
    back: dict[int, list[tuple[int, int]]] = field(default_factory=dict)  # commit -> (fix, lines taken out)
    added: dict[int, int] = field(default_factory=dict)  # lines of product files
    sizes: dict[int, list[int]] = field(default_factory=dict)  # moment -> filled lines of each of `files`


def followed(clone: Path, tip: str, fixes: Collection[str], moments: Sequence[int]) -> Chain:
    """Follow all lines up to `tip`; `moments` (unix seconds, ascending) are when sizes are noted."""
    told, here = Chain(), {}
    waiting = list(moments)
    for oid, at, changes in _commits(clone, tip):
        while waiting and at >= waiting[0]:
            told.sizes[waiting.pop(0)] = [one.filled for one in told.files]
        told.oids.append(oid)
        _land(told, here, changes, oid in fixes)
    for moment in waiting:
        told.sizes[moment] = [one.filled for one in told.files]
    return told


@dataclass
class Change:
    """One file in one difference."""

    old: str = ""
    new: str = ""
    gone: bool = False
    made: bool = False
    hunks: list[tuple[int, list[bytes], list[bytes]]] = field(default_factory=list)


def _land(told: Chain, here: dict[str, Lines], changes: Sequence[Change], fix: bool) -> None:
    number = len(told.oids) - 1
    taken: dict[int, int] = defaultdict(int)
    for one in changes:
        file = here.pop(one.old, None)
        if one.gone and file is None:
            continue
        if file is None:
            file = Lines(one.new)
            told.files.append(file)
        for at, out, into in one.hunks:
            told.added[number] = told.added.get(number, 0) + len(into)
            if at + len(out) > len(file.wrote):
                file.wrote.extend([UNKNOWN] * (at + len(out) - len(file.wrote)))
            for place, line in enumerate(out):
                if line.strip():
                    file.filled -= 1
                    if not COMMENT.match(line):
                        taken[file.wrote[at + place]] += 1
            file.wrote[at : at + len(out)] = [number] * len(into)
            file.filled += sum(bool(line.strip()) for line in into)
        if not one.gone:
            file.path = one.new
            here[one.new] = file
    if fix:
        for commit, lines in taken.items():
            if commit not in (UNKNOWN, number):
                told.back.setdefault(commit, []).append((number, lines))


def _commits(clone: Path, tip: str) -> Iterator[tuple[str, int, list[Change]]]:
    """Commits of the chain, oldest first, with their changes of product files."""
    command = [
        "nice",
        "git",
        "-C",
        str(clone),
        "-c",
        "core.quotepath=false",
        "-c",
        "diff.renameLimit=500",
        "log",
    ]
    command += "--first-parent --diff-merges=first-parent --reverse --root -p -U0 -w -M --no-ext-diff".split()
    command += ["--no-textconv", "--no-color", "--format=%x00%H %ct", tip, "--"]
    command += [f":(glob)**/*.{one}" for one in LANGUAGES]
    command += [f":(exclude,glob)**/*.{one}" for one in LEFT_OUT]
    env = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_CONFIG_GLOBAL": os.devnull}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=env) as git:
        assert git.stdout is not None
        yield from _read(git.stdout)
    if git.returncode:
        raise RuntimeError(f"git could not read all of {clone}")


def _read(lines: Iterator[bytes]) -> Iterator[tuple[str, int, list[Change]]]:
    oid, at, changes, one, kept = "", 0, [], None, False
    known: dict[str, bool] = {}

    def product(path: str) -> bool:
        if path not in known:
            known[path] = role_of(path) is Role.PRODUCT
        return known[path]

    for line in lines:
        if line[:1] == b"\0":
            if oid:
                yield oid, at, [each for each in changes if each]
            said = line[1:].split()
            oid, at, changes, one = said[0].decode(), int(said[1]), [], None
        elif line.startswith(b"diff --git "):
            one = Change()
            kept = False
        elif one is None:
            continue
        elif line.startswith(b"rename from "):
            one.old = os.fsdecode(line[12:].rstrip(b"\n"))
        elif line.startswith(b"rename to "):
            one.new = os.fsdecode(line[10:].rstrip(b"\n"))
            if product(one.new) or product(one.old):
                kept = True
                changes.append(one)
        elif line.startswith(b"--- "):
            if line.startswith(b"--- a/"):
                one.old = os.fsdecode(line[6:].rstrip(b"\n").rstrip(b"\t"))
            else:
                one.made = True
        elif line.startswith(b"+++ "):
            if line.startswith(b"+++ b/"):
                one.new = os.fsdecode(line[6:].rstrip(b"\n").rstrip(b"\t"))
            else:
                one.gone = True
            if not kept and product(one.new or one.old):
                kept = True
                changes.append(one)
        elif found := HUNK.match(line):
            b = int(found[1]) if found[1] is not None else 1
            c = int(found[2])
            d = int(found[3]) if found[3] is not None else 1
            out = _taken(lines, b, b"-", kept)
            into = _taken(lines, d, b"+", kept)
            if kept:
                one.hunks.append((c - 1 if d else c, out, into))
    if oid:
        yield oid, at, [each for each in changes if each]


def _taken(lines: Iterator[bytes], count: int, sign: bytes, kept: bool) -> list[bytes]:
    found: list[bytes] = []
    done = 0
    while done < count:
        line = next(lines)
        if line[:1] != sign:
            continue  # "\ No newline at end of file"
        done += 1
        if kept:
            found.append(line[1:])
    return found
