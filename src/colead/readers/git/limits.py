"""Limits: how much of this machine reading one repository may take, and the errors that say so."""

from __future__ import annotations

import signal
from dataclasses import dataclass

from colead.errors import ColeadError, LimitReached, RepositoryError

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one git process may take; defaults suit a repository of a million landings on a laptop."""

    memory: int = 1024 * MEGABYTE  # bytes of address space, half of it for data (held on Linux)
    seconds: float = 300.0  # of computing, and of waiting for it in total
    output: int = 4096 * MEGABYTE  # bytes that one process may print
    files: int = 1_000_000  # in one commit, and changed by one landing


def too_many_files(count: int, most: int) -> LimitReached:
    """The commit holds more files than the limit."""
    return LimitReached(
        "E30",
        f"this repository has {count:,} files in its latest commit; the limit is {most:,}",
        why="Reading it would use all memory of this machine. No file was read.",
        hint="Check a part of it that lives in a repository of its own.",
    )


def out_of_memory(memory: int) -> LimitReached:
    """Git asked for more memory than it may have."""
    return LimitReached(
        "E31",
        f"git needed more memory than the {memory // MEGABYTE:,} MB that it is given",
        why="A commit with millions of files or a very large file does this; git was stopped.",
        hint="Look for a commit with an unusual number of files, or read a smaller repository.",
    )


def out_of_time(seconds: float) -> LimitReached:
    """Git computed, or was waited for, longer than it may."""
    return LimitReached(
        "E32",
        f"git did not finish within {seconds:,.0f} seconds",
        why="It was stopped, so that it does not occupy this machine.",
        hint="Try again when the machine is less busy, or on a local disk instead of a network folder.",
    )


def ended_from_outside() -> LimitReached:
    """Neither git nor Colead ended it: somebody did, or the system for lack of memory."""
    return LimitReached(
        "E31",
        "git was ended from outside",
        why="Somebody ended it, or the system did because the machine's memory was short.",
        hint="try again; where it happens again, give the machine more memory",
    )


def too_much_output(output: int) -> LimitReached:
    """Git printed more than is read."""
    return LimitReached(
        "E33",
        f"git printed more than {output // MEGABYTE:,} MB about this repository",
        why="No ordinary history is that long; git was stopped.",
        hint="Read a smaller repository, or a clone with less history (git clone --shallow-since).",
    )


def too_deep(levels: int) -> LimitReached:
    """Folders are nested deeper than git itself can walk."""
    return LimitReached(
        "E34",
        f"folders in this repository are nested more than {levels:,} levels deep",
        why="Git itself cannot walk that deep.",
        hint="Look at the commit that added those folders.",
    )


def too_large(name: str, most: int) -> LimitReached:
    """A small file of git's own, or one folder's listing, is far larger than any that git makes."""
    return LimitReached(
        "E35",
        f"{name} of this repository is larger than {most:,} bytes",
        why="Git never needs that much there; it was not read.",
        hint="Look at what wrote it; a fresh clone will not have it.",
    )


def not_a_hash(given: object) -> RepositoryError:
    """Something else than a full hash was about to be handed to git."""
    return RepositoryError(
        "E27",
        f"{str(given)[:80]!r} is not the full hash of a commit of this repository",
        why="Git is only ever asked by full hash, so that no name can be taken for an option.",
        hint="Name the commit by its full hash.",
    )


def no_such_name(name: object) -> RepositoryError:
    """A name leads to no commit of this repository."""
    return RepositoryError(
        "E37",
        f"{str(name)[:80]!r} leads to no commit of this repository",
        why="Names are looked up among its branches, branches of remotes and tags, or given as a full hash.",
        hint="Run `git branch --all` there; a name that is not fetched yet needs a `git fetch` first.",
    )


def failure(status: int, said: bytes, limits: Limits) -> ColeadError:
    """What the exit status and the last words of a git process mean."""
    if status == -signal.SIGXCPU:
        return out_of_time(limits.seconds)
    if status == -signal.SIGKILL:
        return ended_from_outside()
    lowered = said.lower()
    if b"out of memory" in lowered or b"mmap failed" in lowered or b"cannot allocate" in lowered:
        return out_of_memory(limits.memory)
    lines = said.decode("ascii", "backslashreplace").splitlines()
    last = next((line for line in reversed(lines) if line.startswith(("fatal", "error"))), "")
    heard = "".join(c for c in last if c.isprintable())[:200]
    return damaged(f"Git said: {heard}." if heard else f"Git ended with status {status}.")


def damaged(why: str) -> RepositoryError:
    """Objects that git needs to go on are missing or cannot be decoded."""
    return RepositoryError(
        "E27",
        "a part of this repository's history is missing or damaged",
        why=why,
        hint="Run `git fsck` there. A fresh full clone usually mends it.",
    )
