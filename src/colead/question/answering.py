"""Answering: where an answer goes in a text: below its heading, after what it completes, or at the end."""

from __future__ import annotations

from collections.abc import Sequence


def placed(text: str, heading: str, answer: str, after: str = "") -> str:
    """The text with an answer in it; nothing that stands there is changed.

    Below `heading` where the text has it, at the end of what stands there; else in a paragraph of
    its own behind the one that holds the sentence `after`; else under that heading at the end.

    >>> placed("### How do we know?", "How do we know?", "12 tickets.")
    '### How do we know?\\n\\n12 tickets.\\n'
    """
    lines = text.rstrip().split("\n") if text.strip() else []
    answer, at = answer.strip(), _below(lines, heading)
    if not at and after:
        at = _behind(lines, after)
    if at:
        return _joined(lines[:at], answer.split("\n"), lines[at:])
    return _joined(lines, f"### {' '.join(heading.split())}\n\n{answer}".split("\n"), [])


def _joined(*parts: Sequence[str]) -> str:
    told = ["\n".join(one).strip("\n") for one in parts]
    return "\n\n".join(one for one in told if one) + "\n"


def _headings(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Which lines are headings outside of code, and what they say."""
    found, fenced = [], False
    for number, line in enumerate(lines):
        fenced ^= line.lstrip(" ").startswith(("```", "~~~"))
        if line.startswith("#") and not fenced:
            found.append((number, " ".join(line.lstrip("#").split()).casefold()))
    return found


def _below(lines: Sequence[str], heading: str) -> int:
    """The line behind what stands below the heading; 0 where the text has no such heading."""
    wanted, there = " ".join(heading.split()).casefold(), _headings(lines)
    for place, (_, said) in enumerate(there):
        if said == wanted:
            return there[place + 1][0] if place + 1 < len(there) else len(lines)
    return 0


def _behind(lines: Sequence[str], sentence: str) -> int:
    """The line behind the paragraph that holds the sentence; 0 where none does."""
    wanted, start = " ".join(sentence.split()), 0
    for number, line in enumerate([*lines, ""]):
        if not line.strip():
            if wanted in " ".join(" ".join(lines[start:number]).split()):
                return number
            start = number
    return 0
