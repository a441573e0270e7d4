"""Past: a story's history as a real git repository, the same on every machine."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from story import Change

from people import EMIL

NOON = time(12, tzinfo=UTC)


def make(folder: Path, changes: Sequence[Change], texts: Mapping[str, str]) -> Path:
    """A bare repository in `folder` with one landing per change."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", ".")
    git(folder, "fast-import", "--quiet", "--done", stream="".join(stream(changes, texts)))
    return folder


def git(folder: Path, *words: str, stream: str = "") -> str:
    """Run git in the folder with nobody's settings."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
    done = subprocess.run(
        ["git", *words], cwd=folder, env=environment, input=stream.encode(), capture_output=True, check=True
    )
    return done.stdout.decode()


def stream(changes: Sequence[Change], texts: Mapping[str, str]) -> Iterator[str]:
    """What `git fast-import` reads."""
    written: dict[str, str] = {}
    for number, change in enumerate(changes):
        at = int(datetime.combine(change.day, NOON).timestamp()) + number % 3600
        yield f"commit refs/heads/main\ncommitter {EMIL.signature} {at} +0000\n{data(change.title)}"
        for path, text in texts.items() if number == 0 else ():
            yield f"M 100644 inline {path}\n{data(text)}"
        for path in change.paths:
            written[path] = grown(path, written.get(path, ""), change.title, number)
            yield f"M 100644 inline {path}\n{data(written[path])}"
    yield "done\n"


def data(text: str) -> str:
    """A length-prefixed text."""
    return f"data {len(text.encode())}\n{text}\n"


def grown(path: str, before: str, title: str, number: int) -> str:
    """A file that says in its code what its name and its changes say."""
    first = before or f"def {name(Path(path).stem)}(order):\n    return order\n"
    return f"{first}\n\ndef {name(title)}_{number}(order):\n    return order\n"


def name(words: str) -> str:
    """Words as an identifier."""
    return "_".join(re.findall(r"[a-z0-9]+", words.lower())) or "it"
