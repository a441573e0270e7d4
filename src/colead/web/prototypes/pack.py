"""Pack: what somebody needs to try an idea out: the question, the files, what goes along, a past change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from colead.phrase import day, literal, odds
from colead.reading import Reading
from colead.web.prototypes.models import Prototype

FILES, PAST = 8, 3


@dataclass(frozen=True, slots=True)
class Pack:
    """The things to start from."""

    files: tuple[tuple[str, str], ...]  # path and why
    partners: tuple[str, ...]
    past: tuple[tuple[str, str, str], ...]  # title, date and hash of past changes like it


def pack(reading: Reading | None) -> Pack:
    """What a reading gives to start from; empty where there is none."""
    if reading is None:
        return Pack((), (), ())
    files = tuple(
        (one.path, f"{odds(one.probability.value)}: {'; '.join(one.reasons)}") for one in reading.files
    )
    past = {
        source.ref: (source.title, source.date, source.ref)
        for row in reading.evidence
        for source in row.sources
        if source.kind == "landing" and row.id.startswith("T01")
    }
    told = (*(one.sentence for one in reading.partners), *(one.sentence for one in reading.along))
    return Pack(files[:FILES], told, tuple(past.values())[:PAST])


def as_markdown(one: Prototype, found: Pack, address: str) -> str:
    """The pack as a file, for whoever tries it out: a person, or a program of theirs."""
    return "".join(f"{line}\n" for line in _lines(one, found, address))


def _lines(one: Prototype, found: Pack, address: str) -> Iterator[str]:
    yield f"# Prototype: {_plain(one.question)}"
    yield ""
    yield f"For the idea “{_plain(one.brief.title)}”, {address}"
    yield f"Until {day(one.until)}. Throw it away afterwards; what counts is the answer."
    yield ""
    yield f"    git switch -c {one.branch}"
    for title, lines in (
        ("Files to start from", [f"`{literal(path)}` ({why})" for path, why in found.files]),
        ("What usually changes along", [_plain(told) for told in found.partners]),
        (
            "Past changes like it",
            [f"{_plain(title)} ({on}, `git show {ref[:12]}`)" for title, on, ref in found.past],
        ),
    ):
        yield ""
        yield f"## {title}"
        yield ""
        yield from (f"- {line}" for line in lines) if lines else ["- nothing was found"]


def _plain(text: str) -> str:
    return literal(" ".join(text.split()))
