"""Story: a Markdown page with a spec, a tiny scripted history, and what must be said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ONCE = re.compile(r"(\d{4}-\d\d-\d\d)")
OFTEN = re.compile(r"from (\d{4}-\d\d-\d\d) every (\d{1,3}) days?, (\d{1,4}) times")
ITEM = re.compile(r"([a-z][a-z -]{1,30}): *(.*)")
ASKED = {"today", "by", "changes", "ticket"}


class Unclear(Exception):
    """A story that cannot be read, with its file and line."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change that arrived."""

    day: date
    title: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of what must be said."""

    line: int
    kind: str
    text: str

    @property
    def items(self) -> list[str]:
        """The text as a list."""
        return [one.strip() for one in self.text.split(",") if one.strip()]


@dataclass
class Story:
    """A story as told."""

    file: str
    spec: str = ""
    histories: dict[str, list[Change]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)  # path -> text
    asked: dict[str, str] = field(default_factory=dict)
    expected: list[Expected] = field(default_factory=list)


def tell(file: Path) -> Story:
    """Read a story from its page."""
    story = Story(file.name)
    tokens = MarkdownIt().parse(file.read_text(encoding="utf-8"))
    for number, token in enumerate(tokens):
        if token.type == "fence":
            block(story, token)
        elif token.type == "inline" and tokens[number - 2].type == "list_item_open":
            item(story, token)
    if not (story.spec and story.histories and story.expected):
        raise Unclear(f"{file.name}: a story needs a spec, a history, and what must be said")
    for changes in story.histories.values():
        changes.sort(key=lambda one: one.day)
    return story


def block(story: Story, token: Token) -> None:
    """A spec, a history, or a file's own text."""
    kind, _, name = token.info.strip().partition(" ")
    first = (token.map or [0])[0] + 2
    if kind == "spec":
        story.spec = token.content
    elif kind == "history":
        lines = enumerate(token.content.splitlines(), first)
        told = [one for n, line in lines if line.strip() for one in changes(story.file, n, line)]
        story.histories.setdefault(name or "shop", []).extend(told)
    elif "/" in kind or "." in kind:
        story.texts[kind] = token.content


def changes(file: str, number: int, line: str) -> list[Change]:
    """One line of a history: a change, or many alike."""
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != 3 or not all(cells):
        raise Unclear(f"{file}:{number}: a change is `day | title | files`, not {line!r}")
    paths = tuple(path.strip() for path in cells[2].split(",") if path.strip())
    if found := ONCE.fullmatch(cells[0]):
        return [Change(date.fromisoformat(found[1]), cells[1], paths)]
    if found := OFTEN.fullmatch(cells[0]):
        first, apart, times = date.fromisoformat(found[1]), int(found[2]), int(found[3])
        return [Change(first + timedelta(days=apart * n), cells[1], paths) for n in range(times)]
    raise Unclear(f"{file}:{number}: {cells[0]!r} is neither a day nor `from DAY every N days, M times`")


def item(story: Story, token: Token) -> None:
    """A line of `asked` or of what must be said; other lists are prose."""
    found = ITEM.fullmatch(token.content)
    if not found:
        return
    if found[1] in ASKED:
        story.asked[found[1]] = found[2]
    else:
        story.expected.append(Expected((token.map or [0])[0] + 1, found[1], found[2]))
