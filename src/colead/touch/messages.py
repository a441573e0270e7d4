"""What a landing's message says of the work: no trailers, templates, check boxes, addresses, numbers."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"\b[a-z]{2,8}://[^\s<>()\[\]]+")
_NUMBER = re.compile(r"#\d+|\b[0-9a-f]{12,40}\b")
_TRAILER = re.compile(r"[A-Z][A-Za-z]*(?:-[A-Za-z]+)*-(?:[Bb]y|[Ii]d|[Oo]n|[Tt]o): ")
_BOX = re.compile(r"[-*+] \[[ xX]?\]")


def message(title: str, body: str) -> str:
    """The text that a landing is found by: its title twice, then what its body says."""
    return f"{title}\n{title}\n{said(body)}"


def said(body: str) -> str:
    """The body of a message without what a form or a tool put there."""
    lines = (line for line in _uncommented(body).splitlines() if _own(line.strip()))
    return _NUMBER.sub(" ", _ADDRESS.sub(" ", "\n".join(lines)))


def _own(line: str) -> bool:
    """Whether a person wrote the line for this landing: no check box, no trailer, no heading of a form."""
    return not (line.startswith("#") or _BOX.match(line) or _TRAILER.match(line))


def _uncommented(text: str) -> str:
    kept, rest = "", text
    while rest:
        before, mark, rest = rest.partition("<!--")
        kept += before
        rest = rest.partition("-->")[2] if mark else ""
    return kept
