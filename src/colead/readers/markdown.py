"""Reads a spec: Markdown, plain text or reStructuredText, as files, GitHub issues and issue forms carry it.

Only the block structure is parsed; inline marks stay as they are written, so
that a quote is the file's own wording. Code, quotes and comments are no
sentences, nor are tables, but for the rows of one that tells goals.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from colead.errors import SpecError
from colead.readers.language import is_english
from colead.spec import (
    Section,
    Sentence,
    Space,
    Spec,
    hoped,
    names_date,
    space_of_heading,
    tells_goals,
    without_comments,
)

LARGEST = 1 << 20  # bytes of a spec; callers need not read more than one byte beyond it
MOST_LINES = 20_000
LONGEST = 2000  # characters of one sentence; its section keeps the rest
MOST_SENTENCES = 5000
FRONT_MATTER = 16 << 10  # characters
_DATE_KEYS = ("by", "date", "hoped_for", "hoped-for")
_TYPES = "Text formats only: .md, .txt, .rst."


def read_spec(data: bytes, source: str) -> Spec:
    """Read a spec from its bytes; `source` is its file name, "-" for standard input, "text" from Python.

    Raises SpecError: E52 empty, E53 larger than `LARGEST`, E54 not text.
    """
    if len(data) > LARGEST:
        raise SpecError(
            "E53",
            f"The spec {source!r} is larger than 1 MB.",
            why="A spec is something two people read before a meeting; more than that is not read.",
            hint="Give the page about this one idea.",
        )
    text, notes = _decoded(data, source)
    if not text.strip():
        raise SpecError(
            "E52",
            f"The spec {source!r} is empty.",
            why="There is nothing to read in it.",
            hint="Write one sentence about whose problem it is, save, and try again.",
        )
    return _spec(text, source, notes)


def _decoded(data: bytes, source: str) -> tuple[str, list[str]]:
    """Text with plain line ends, and what had to be done for it."""
    for mark, coding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return _lines(data.decode(coding).removeprefix("\ufeff")), []
            except UnicodeDecodeError as off:
                raise _not_text(source) from off
    if b"\x00" in data:
        raise _not_text(source)
    try:
        return _lines(data.decode("utf-8")), []
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    odd = sum(1 for one in text if (one < " " and one not in "\t\n\r\f") or "\x7f" <= one < "\xa0")
    if odd > 0.02 * len(text):
        raise _not_text(source)
    return _lines(text), ["read as Latin-1"]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")


def _not_text(source: str) -> SpecError:
    return SpecError(
        "E54",
        f"The spec {source!r} is not text.",
        why=_TYPES,
        hint="Save it as Markdown or plain text, then try again.",
    )


def _spec(text: str, source: str, notes: list[str]) -> Spec:
    front, body, skipped = _front_matter(text, notes)
    reader = _Reader(skipped)
    for key in _DATE_KEYS:
        if said := str(front.get(key) or "").strip()[:200]:
            reader.dated(key, said, text)
    if (cut := _start_of_line(body, MOST_LINES)) < len(body):
        notes.append(f"only the first {MOST_LINES:,} lines were looked at")
        body = body[:cut]
    reader.read(_plain_rst(body) if source.lower().endswith(".rst") else body)
    sections = reader.finished()
    sentences = tuple(reader.sentences[:MOST_SENTENCES])
    if len(reader.sentences) > MOST_SENTENCES:
        notes.append(f"only the first {MOST_SENTENCES:,} sentences were looked at")
    english = is_english(" ".join(one.text for one in sentences[:400]))
    if not english:
        notes.append("not English: the three questions and the lights were not analysed")
    date_named = hoped(sections, sentences)
    if date_named.note:
        notes.append(date_named.note)
    return Spec(
        title=_title(front, sections, text, source),
        source=source,
        text=text,
        digest=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        sections=sections,
        sentences=sentences,
        hoped_for=date_named.when,
        hoped_line=date_named.line,
        notes=tuple(notes),
        english=english,
    )


def _start_of_line(text: str, line: int) -> int:
    """Where the line after the first `line` lines starts; the text's length where there is none."""
    for at, match in enumerate(re.finditer("\n", text), 1):
        if at == line:
            return match.end()
    return len(text)


def _front_matter(text: str, notes: list[str]) -> tuple[dict[str, object], str, int]:
    """The settings between two lines of dashes at the top, the text below, how many lines they take."""
    if not text.startswith("---\n"):
        return {}, text, 0
    end = text.find("\n---\n", 3, FRONT_MATTER)
    if end < 0:
        return {}, text, 0
    try:
        read = yaml.safe_load(text[4 : end + 1])
    except (yaml.YAMLError, ValueError, RecursionError):
        notes.append("the settings at the top of the spec could not be read")
        read = None
    below = end + 5
    front = {str(key).lower(): value for key, value in read.items()} if isinstance(read, dict) else {}
    return front, text[below:], text.count("\n", 0, below)


def _title(front: dict[str, object], sections: tuple[Section, ...], text: str, source: str) -> str:
    if isinstance(said := front.get("title"), str) and said.strip():
        return " ".join(said.split())[:200]
    headings = [one for one in sections if one.level > 0 and one.heading]
    first = next((one for one in headings if one.level <= 2), None) or next(iter(headings), None)
    before = next((one for one in sections if one.level == 0 and one.text.strip()), None)
    if first and (first.level == 1 or before is None):
        return first.heading[:200]
    lines = (before.text if before else text).split("\n")
    line = next((one.strip("#*_=->~` \t") for one in lines if any(map(str.isalnum, one))), "")
    return " ".join(line.split())[:200] or source


_RST_LINE = re.compile(r"^([=\-`:.'\"~^_*+#<>])\1{2,}\s*$")


def _plain_rst(body: str) -> str:
    """reStructuredText with its headings underlined as Markdown knows it; every line keeps its number."""
    lines = body.split("\n")
    for number, line in enumerate(lines):
        if _RST_LINE.match(line[:200]):
            above = lines[number - 1].strip() if number else ""
            lines[number] = "---" if above and above != "---" else ""
        elif line.startswith((".. ", ":")):
            lines[number] = ""
    return "\n".join(lines)


def _parser() -> MarkdownIt:
    """Blocks only: inline marks are kept as written, which also keeps hostile ones from costing time."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable(["inline", "text_join"], ignoreInvalid=True)
    parser.block.ruler.disable(["reference"])
    return parser


_LABEL = re.compile(r"^[*_]{0,3}([A-Z][^:*_\n]{2,80}?)[*_]{0,2}(?:[:?]|[*_]{2})[*_]{0,2}(?=\s|$)")
# A line of its own above a text: bold, or a few words without an end ("Targets").
_ALONE = re.compile(
    r"(?:[*_]{2}(?:Q: ?)?([^*_\n]{2,80}?):?[*_]{2}:?|"
    r"(?:\d{1,2}[.)] )?([A-Z]\w*(?: [\w'’-]+){0,4})[ ⭐🎯✅:]{0,4})(?=\n|$)"
)
_ENDS = re.compile(r"[.!?…][\"'”’)*_\]]{0,4}(?=\s)")
_SHORT = ("e.g.", "i.e.", "etc.", "vs.", "approx.", "resp.", "incl.", "cf.", "dr.", "mr.", "ca.")
_EMPTY_FORM = ("_No response_", "*No response*", "No response")


@dataclass
class _Reader:
    """Walks the block tokens and keeps sections and sentences with their lines."""

    skipped: int  # lines above the body
    sections: list[Section] = field(default_factory=lambda: [Section("", 0, 1, Space.OTHER, "")])
    sentences: list[Sentence] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=lambda: [[]])
    spaces: dict[int, Space] = field(default_factory=dict)  # heading level -> its space

    def dated(self, key: str, said: str, text: str) -> None:
        """A date in the settings at the top counts as said under "when"."""
        line = next((n for n, one in enumerate(text.split("\n"), 1) if one.lower().startswith(f"{key}:")), 1)
        self._open(key, 0, line, Space.WHEN)
        self._say(said, line)
        self._open("", 0, line, Space.OTHER)

    def read(self, body: str) -> None:
        """Take in the text below the settings."""
        tokens = _parser().parse(body)
        quoted, lines = 0, body.split("\n")
        for number, token in enumerate(tokens):
            quoted += token.nesting if token.type.startswith(("blockquote", "table")) else 0
            if token.type == "table_open" and quoted == 1 and token.map:
                self._table(lines[token.map[0] : token.map[1]], token.map[0] + 1 + self.skipped)
            if token.type != "inline" or quoted or token.map is None:
                continue
            line = token.map[0] + 1 + self.skipped
            if tokens[number - 1].type == "heading_open":
                self._heading(token, int(tokens[number - 1].tag[1:]), line)
            else:
                self._paragraph(without_comments(token.content), line, top=token.level == 1)

    def finished(self) -> tuple[Section, ...]:
        """The sections with their text."""
        return tuple(
            Section(one.heading, one.level, one.line, one.space, "\n".join(said))
            for one, said in zip(self.sections, self.texts, strict=True)
        )

    def _open(self, heading: str, level: int, line: int, space: Space) -> None:
        self.sections.append(Section(heading, level, line, space, ""))
        self.texts.append([])

    def _heading(self, token: Token, level: int, line: int) -> None:
        heading = " ".join(without_comments(token.content).split()).strip("*_# ")
        space = space_of_heading(heading) if level > 1 or line > 3 else Space.OTHER
        higher = [one for one in self.spaces if one < level]
        above = self.spaces[max(higher)] if higher else Space.OTHER
        space = above if space is Space.OTHER else space
        self.spaces = {one: kept for one, kept in self.spaces.items() if one < level} | {level: space}
        self._open(heading, level, line, space)

    def _paragraph(self, content: str, line: int, *, top: bool) -> None:
        """A paragraph or list item; a known label in front ("Problem: ...") opens a section of its own."""
        before = self.sections[-1]
        end = self._labelled(content, line, top=top)
        inside = bool(end and content[end:].strip() and "\n" not in content[end:].lstrip(" ")[:1])
        if end:
            line += content.count("\n", 0, end)
            content = content[end:]
            line += len(content[: len(content) - len(content.lstrip())].split("\n")) - 1
            content = content.lstrip()
        content = content.removeprefix("A: ")
        if content.strip() in _EMPTY_FORM:
            return
        for start, stop in _cuts(content):
            self._say(content[start:stop], line + content.count("\n", 0, start))
        if inside:  # a label in the line of its text speaks for this paragraph alone
            self._open("", 6, line + content.count("\n"), before.space)

    def _labelled(self, content: str, line: int, *, top: bool) -> int:
        """Open the section that a label in front of a paragraph names; where it ends, 0 without one."""
        if alone := _ALONE.match(content[:120]):
            heading = (alone[1] or alone[2]).strip()
            space = space_of_heading(heading)
            if space is not Space.OTHER or (alone[1] and top and not names_date(heading)):
                self._open(heading, 6, line, self._above() if space is Space.OTHER else space)
                return alone.end()
        label = _LABEL.match(content[:120])
        if label and (space := space_of_heading(label[1])) is not Space.OTHER and _is_label(label):
            self._open(label[1].strip(), 6, line, space)
            return label.end()
        return 0

    def _above(self) -> Space:
        """What the nearest heading speaks of."""
        return self.spaces[max(self.spaces)] if self.spaces else Space.OTHER

    def _table(self, lines: list[str], line: int) -> None:
        """The rows of a table that tells goals ("Measure | Today | Target"), or a name and what it is."""
        head, before = _cells(lines[0]), self.sections[-1]
        goals = tells_goals(head)
        if goals:
            self._open(" ".join(head.split()), 6, line, Space.METRIC)
        for number, row in enumerate(lines[2:], 2):
            name, _, said = _cells(row).partition("|")
            if goals:
                self._say(_cells(row), line + number)
            elif "|" not in said and (space := space_of_heading(name)) is not Space.OTHER:
                self._open(name.strip(), 6, line + number, space)
                self._say(said, line + number)
        if self.sections[-1] is not before:
            self._open("", 6, line + len(lines) - 1, before.space)

    def _say(self, text: str, line: int) -> None:
        plain = " ".join(text.split())
        for box in ("[ ] ", "[x] ", "[X] "):
            plain = plain.removeprefix(box)
        if not any(one.isalnum() for one in plain):
            return
        self.sentences.append(Sentence(plain[:LONGEST], line, len(self.sections) - 1))
        self.texts[-1].append(plain)


def _cells(row: str) -> str:
    """A row of a table without its outer bars."""
    return row.strip().strip("|").strip()


def _is_label(label: re.Match[str]) -> bool:
    """A bold run or at most four words before a colon; a plain sentence with a colon in it is no label."""
    bold = label[0].startswith(("**", "__"))
    return bold or (label[0].rstrip("*_").endswith(":") and len(label[1].split()) <= 4)


def _cuts(content: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a paragraph starts and ends."""
    start = 0
    for match in _ENDS.finditer(content):
        end = match.end()
        if _goes_on(content, end):
            continue
        yield start, end
        start = end + len(content[end : end + 200]) - len(content[end : end + 200].lstrip())
    if start < len(content):
        yield start, len(content)


def _goes_on(content: str, end: int) -> bool:
    """Whether a full stop ends an abbreviation or stands before a small letter."""
    if content[max(0, end - 8) : end].lower().endswith(_SHORT):
        return True
    following = content[end : end + 40].lstrip(" \n\t\"'“‘(*_[`-")
    return bool(following) and following[0].islower() and content[end - 1 : end] != "!"
