"""Form: a brief as one Markdown file, there and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SPACES = ("problem", "approach", "outcome")
QUESTIONS = {
    "problem": (
        "Whose problem is it, and what happens today?",
        "How do we know?",
        "Which number should move, from what to what, by when?",
        "What is the simplest test?",
        "What is out?",
    ),
    "approach": ("What we want to build",),
    "outcome": (),
}
LONGEST_TITLE = 120
_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.{0,200})")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
# What teams write above the part that says how; everything else is taken to be about the problem.
_HOW = re.compile(
    r"(?:what we (?:want to )?build|approach|(?:proposed )?solution|proposal|implementation|design|"
    r"technical|architecture|requirements|user stor(?:y|ies)|acceptance criteria|tasks|plan|rollout|"
    r"feasibility|risks|options)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Form:
    """A brief as it stands in a file."""

    title: str
    texts: Mapping[str, str]  # by space, Markdown


def blank(space: str) -> str:
    """What an empty section asks."""
    return "".join(f"### {question}\n\n\n" for question in QUESTIONS[space]).rstrip("\n") + "\n"


def asked(texts: Mapping[str, str]) -> str:
    """The problem's text from one answer per question; a question without an answer is left out."""
    told = ((question, texts.get(question, "").strip()) for question in QUESTIONS["problem"])
    return "\n\n".join(f"### {question}\n\n{answer}" for question, answer in told if answer)


def written(title: str, texts: Mapping[str, str]) -> str:
    """The file: a title, then a section for each space that says something."""
    parts = [f"# {title}"]
    parts += [
        f"## {one.capitalize()}\n\n{texts[one].strip()}" for one in SPACES if texts.get(one, "").strip()
    ]
    return "\n\n".join(parts) + "\n"


def read(text: str, named: str = "") -> Form:
    """A file as a form: by its own sections where it has them, else by what its headings are about.

    `named` is the title where the text has none.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").lstrip("\ufeff")
    title, blocks = named, list(_blocks(text))
    if blocks and blocks[0].level == 1:
        title, first = blocks[0].title or named, blocks[0]
        blocks[0] = _Block(0, "", "\n".join(first.text.split("\n")[1:]))
    told: dict[str, list[str]] = {one: [] for one in SPACES}
    space, depth = "problem", 0
    for one in blocks:
        own = one.title.lower() if one.title.lower() in SPACES else ""
        if own or (one.level and (not depth or one.level <= depth)):
            space, depth = own or ("approach" if _HOW.match(one.title) else "problem"), one.level
        told[space].append("\n".join(one.text.split("\n")[1:]) if own else one.text)
    texts = {one: "\n".join(parts).strip() for one, parts in told.items()}
    return Form(_named(title, text), texts)


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading and what stands under it, until the next heading; level 0 stands above the first."""

    level: int
    title: str
    text: str


def _blocks(text: str) -> Iterator[_Block]:
    level, title, fenced = 0, "", False
    lines: list[str] = []
    for line in text.split("\n"):
        fenced ^= bool(_FENCE.match(line))
        found = None if fenced else _HEADING.fullmatch(line.rstrip())
        if found:
            if lines or level:
                yield _Block(level, title, "\n".join(lines))
            level, title, lines = len(found[1]), found[2].strip(" #"), []
        lines.append(line)
    yield _Block(level, title, "\n".join(lines))


def _named(title: str, text: str) -> str:
    """A title even for a text without one: its first words."""
    first = next((line.strip(" #*-") for line in text.split("\n") if line.strip(" #*-")), "An idea")
    return " ".join((title or first).split())[:LONGEST_TITLE]
