"""Asked: reads what issues of a tracker's export say, whole, so that an idea can begin with one of them.

Titles, texts and addresses alone: who wrote them is not kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from colead.issue import TITLE, key_of, without_addresses
from colead.phrase import clip
from colead.readers.issues import CLOSED, NAMES, address
from colead.readers.tables import File

LONGEST = 100_000  # characters of one text
DEEP = 30  # levels of a text that is a tree
URL = 500
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """An issue as an idea begins with it."""

    key: str  # "#12", "SHOP-12"; "" where the export names none
    title: str
    text: str  # Markdown, as it was written
    url: str = ""
    open: bool = True

    @property
    def markdown(self) -> str:
        """The beginning of an idea, with where it comes from below."""
        origin = f"\n\nFrom {self.url}" if self.url else f"\n\nFrom {self.key}" if self.key else ""
        return f"# {self.title}\n\n{self.text}{origin}\n"


def read_asked(data: bytes, name: str) -> tuple[Asked, ...]:
    """The issues of an export that have a title, open ones first.

    Raises WrongUse: E61 too large, E62 not understood.
    """
    file = File.of(data, name)
    found = [one for one in (_json(file) if file.is_json else _csv(file)) if one.title]
    return tuple(sorted(found, key=lambda one: not one.open))


def _json(file: File) -> Iterator[Asked]:
    for _, told in file.objects():
        yield _jira(told, told["fields"]) if isinstance(told.get("fields"), dict) else of_forge(told)


def of_forge(told: Told) -> Asked:
    """An issue as GitHub, GitLab, Gitea and Linear tell it in JSON."""
    number = next((told[one] for one in ("number", "iid", "identifier", "key") if one in told), "")
    page = next((told[one] for one in ("web_url", "html_url", "url") if told.get(one)), "")
    return Asked(
        key=key_of(str(number)[:40]),
        title=_line(told.get("title")),
        text=_text(told.get("body") or told.get("description")),
        url=address(_line(page, URL)),
        open=_line(told.get("state"), 40).casefold() not in CLOSED,
    )


def _jira(told: Told, fields: Told) -> Asked:
    status = fields.get("status")
    named = status.get("name") if isinstance(status, dict) else ""
    text = fields.get("description")
    return Asked(
        key=key_of(_line(told.get("key"), 40)),
        title=_line(fields.get("summary")),
        text=_text("".join(_words(text, 0)) if isinstance(text, dict) else text),
        open=_line(named, 40).casefold() not in CLOSED,
    )


def _words(node: object, level: int) -> Iterator[str]:
    """The words of a text that Jira tells as a tree, its blocks as paragraphs."""
    if not isinstance(node, dict) or level > DEEP:
        return
    if isinstance(node.get("text"), str):
        yield node["text"]
    kind = node.get("type")
    if kind == "listItem":
        yield "- "
    inner = node.get("content")
    for one in inner if isinstance(inner, list) else ():
        yield from _words(one, level + 1)
    if kind in ("paragraph", "heading", "codeBlock", "hardBreak"):
        yield "\n" if kind == "hardBreak" else "\n\n"


def _csv(file: File) -> Iterator[Asked]:
    for row in file.rows():
        yield Asked(
            key=key_of(row.first(*NAMES["key"])[:40]),
            title=_line(row.first(*NAMES["title"])),
            text=_text(row.first(*NAMES["text"])),
            url=address(row.first(*NAMES["url"])[:URL]),
            open=row.first(*NAMES["state"]).casefold() not in CLOSED,
        )


def _line(told: object, most: int = TITLE) -> str:
    return clip(without_addresses(told[: 2 * most]), most) if isinstance(told, str) else ""


def _text(told: object) -> str:
    """A text as it was written, without addresses of people; "" for anything else."""
    if not isinstance(told, str):
        return ""
    return without_addresses(told[:LONGEST]).replace("\r\n", "\n").replace("\0", "").strip()
