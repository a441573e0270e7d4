"""A Markdown file as settings at its head and texts under headings; bounded, and nothing is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from colead.readers.guarded import yaml_documents

LARGEST = 1 << 20  # bytes of a file
FRONT = 16 << 10  # characters of its settings
MOST = 20_000  # lines
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_UNDER = re.compile(r" {0,3}(={2,}|-{3,})[ \t]*$")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the text up to the next one; level 0 is what stands before the first."""

    level: int
    heading: str
    text: str


def split(data: bytes) -> tuple[dict[str, object], str]:
    """The settings at the head of a file and what stands below them."""
    told = data[:LARGEST].decode("utf-8", "replace").removeprefix("\ufeff")
    told = told.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    if not told.startswith("---\n"):
        return {}, told
    end = told.find("\n---", 3, FRONT)
    closes = told[end + 4 : end + 5]
    if end < 0 or closes not in {"", "\n", " "}:
        return {}, told
    front = told[4 : end + 1]
    found = yaml_documents(front.encode(), FRONT * 4)
    settings = found[0] if found and isinstance(found[0], dict) else dict(_loose(front))
    return {str(key): value for key, value in settings.items()}, told[end + 4 :].lstrip("-").lstrip("\n")


def _loose(front: str) -> Iterator[tuple[str, object]]:
    """Settings that are not YAML, as templates leave them: `status: {proposed | rejected}`."""
    for one in front.split("\n"):
        key, colon, value = one.partition(":")
        if colon and key.strip() and not key[0].isspace():
            yield key.strip().strip("\"'"), value.strip().strip("\"'")


def parts(body: str, *, ours: bool = False) -> list[Part]:
    """The texts by heading; in files of Colead's own every heading is one, fenced or not."""
    found: list[tuple[int, str, list[str]]] = [(0, "", [])]
    fence = ""
    for one in body.split("\n")[:MOST]:
        if not ours and (mark := _FENCE.match(one)):
            fence = mark[1] if not fence else "" if mark[1] == fence else fence
        heading = None if fence else _HEADING.match(one[:500])
        if heading:
            name = (heading[2] or "").strip()
            found.append((len(heading[1]), name if ours else name.rstrip("#").strip(), []))
        elif not fence and not ours and _UNDER.match(one[:200]) and _underlined(found[-1][2]):
            found.append((1 if "=" in one else 2, found[-1][2].pop().strip(), []))
        else:
            found[-1][2].append(one)
    return [Part(level, name, "\n".join(lines).strip()) for level, name, lines in found]


def _underlined(lines: list[str]) -> bool:
    """Whether the last line can be a heading: words that stand alone."""
    if not lines or not lines[-1].strip() or lines[-1].lstrip()[0] in "-*|>+":
        return False
    return len(lines) == 1 or not lines[-2].strip()


def without_comments(body: str) -> str:
    """The text without HTML comments."""
    kept, at = [], 0
    while (start := body.find("<!--", at)) >= 0:
        end = body.find("-->", start + 4)
        if end < 0:
            break
        kept.append(body[at:start])
        at = end + 3
    return "".join([*kept, body[at:]])
