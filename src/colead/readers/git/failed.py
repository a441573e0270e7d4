"""Failed: what the end of a git process that was fetching means, in words of Colead's own.

What a host said is never repeated: it may hold what it was sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from colead.errors import ColeadError, LimitReached, RepositoryError
from colead.readers.git.limits import MEGABYTE, out_of_memory

_HTTP = re.compile(r"requested url returned error: (\d{3})")


def failed(host: str, said: bytes, memory: int) -> ColeadError:
    """The first of the known ends that stands in what git itself said; lines of the host are left out."""
    lines = said.decode("ascii", "replace").lower().splitlines()
    text = "\n".join(one for one in lines if not one.lstrip().startswith("remote:"))
    if "out of memory" in text or "mmap failed" in text or "cannot allocate" in text:
        return out_of_memory(memory)
    if "no space left on device" in text or "disk quota exceeded" in text:
        return disk_full()
    if (found := _HTTP.search(text)) and (told := _by_status(host, int(found[1]))):
        return told
    for words, made in ENDS:
        if any(one in text for one in words):
            return made(host)
    return unreached(host, "It does not answer as a git host does")


def _by_status(host: str, status: int) -> ColeadError | None:
    if 300 <= status < 400:
        return sent_on(host)
    if status in (401, 403, 404):
        return not_let_in(host)
    return unreached(host, f"It answers with error {status}") if status >= 500 else None


def unreached(host: str, why: str) -> RepositoryError:
    """The host does not answer, or answers oddly."""
    return RepositoryError(
        "E72",
        f"{host} could not be reached",
        why=why,
        hint="see whether it can be reached from where Colead runs; Colead tries again by itself",
    )


def sent_on(host: str) -> RepositoryError:
    """The host leads to another address."""
    return RepositoryError(
        "E70",
        f"{host} sends to another address",
        why="Colead follows no host to another one",
        hint="connect the address that a browser ends at",
    )


def not_let_in(host: str) -> RepositoryError:
    """The repository is private or not there."""
    return RepositoryError(
        "E73",
        f"{host} does not give this repository to Colead",
        why="It is private, or not there; a host says the same of both",
        hint="give the shown key, or a token, the right to read it",
    )


def another_key(host: str) -> RepositoryError:
    """The ssh host shows another key than the first time."""
    return RepositoryError(
        "E76",
        f"{host} shows another key than the first time",
        why="It was set up anew, or somebody stands in between; nothing was fetched",
        hint="ask who runs the host; if the new key is right, take this repository out and connect it again",
    )


def unsound(host: str) -> RepositoryError:
    """What came cannot be taken."""
    return RepositoryError(
        "E75",
        f"what {host} sent is not a sound history",
        why="It fails git's own checks or broke off in the middle; none of it is used",
        hint="run git fsck on a clone of it",
    )


def too_much(size: int, most: int) -> LimitReached:
    """The clone would become larger than it may."""
    return LimitReached(
        "E74",
        f"the repository takes more than the {most // MEGABYTE:,} MB that it may",
        why=f"It was stopped at {size // MEGABYTE:,} MB; what was fetched before is still there",
        hint="whoever runs the installation may give more by COLEAD_LARGEST or COLEAD_DISK",
    )


def disk_full() -> LimitReached:
    """The disk has no room for more, however little the clone takes."""
    return LimitReached(
        "E74",
        "the disk that clones are kept on is full, or nearly",
        why="Fetching was stopped; what was fetched before is still there",
        hint="whoever runs the installation makes room there, then fetch again",
    )


def too_slow(host: str, seconds: float) -> RepositoryError:
    """The host did not give all in time."""
    return unreached(host, f"It had not given everything after {seconds:,.0f} seconds")


def occupied() -> RepositoryError:
    """Another process writes to the clone."""
    return RepositoryError(
        "E77",
        "this repository is being fetched already",
        why="Two at once would spoil the clone",
        hint="wait a few minutes",
    )


# In this order: what names the cause before what only says that it ended.
ENDS: tuple[tuple[tuple[str, ...], Callable[[str], ColeadError]], ...] = (
    (("host key verification failed", "identification has changed"), another_key),
    (
        ("permission denied", "could not read username", "could not read password", "authentication failed",
         "repository not found", "not found"),
        not_let_in,
    ),
    (("unable to update url base from redirection",), sent_on),
    (
        ("certificate",),
        lambda host: unreached(host, "Its certificate is not trusted here; COLEAD_CA may name more"),
    ),
    (
        ("could not resolve", "failed to connect", "couldn't connect", "connection refused", "timed out",
         "connection closed", "connection reset", "too slow", "no route", "unreachable", "ssh: connect"),
        lambda host: unreached(host, "It does not answer"),
    ),
    (("fsck error", "index-pack", "bad pack", "early eof", "unpack", "inflate", "bad object",
      "did not send all necessary", "corrupt"), unsound),
)  # fmt: skip
