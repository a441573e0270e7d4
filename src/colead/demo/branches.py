"""Branches of the demo shop on which somebody works while the story goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from colead.demo.repository import git


@dataclass(frozen=True, slots=True)
class Change:
    """One commit: when, what it says, and its files, in each of which it adds a line."""

    when: datetime
    title: str
    files: tuple[str, ...]
    author: str = "Emil"


def grow(shop: Path, name: str, changes: Sequence[Change]) -> None:
    """The branch of this name with these changes after the main line; one that was there is replaced."""
    stream = b"".join(_stream(f"refs/heads/{name}", changes))
    git(shop, "fast-import", "--quiet", "--force", "--done", stream=stream)


def _stream(ref: str, changes: Sequence[Change]) -> Iterator[bytes]:
    yield f"reset {ref}\nfrom refs/heads/main\n\n".encode()
    for one in changes:
        who = f"{one.author} <{one.author.lower()}@shop.example>"
        text = one.title.encode()
        head = f"commit {ref}\ncommitter {who} {int(one.when.timestamp())} +0000\ndata {len(text)}\n"
        yield head.encode() + text + b"\n"
        for path in one.files:
            line = f"# {one.title}\n".encode()
            yield f"M 100644 inline {path}\ndata {len(line)}\n".encode() + line + b"\n"
    yield b"done\n"
