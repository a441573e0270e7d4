"""Requirement: one of the single things that a spec asks for.

In this order of trust: headings with a label ("US-1", "Requirement 3") and what is told
as a story or a scenario; paragraphs with a label ("AC2"); items under a heading that
announces requirements; sentences with "must" or "should"; sections. What is out of
scope, the metric and the dates ask for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from colead.spec.parts import Section, Sentence, Space, Spec
from colead.spec.wording import LABEL, either

MOST = 20  # requirements of one spec that are told
FAR = 60  # sections within which headings are looked for
FEWEST = 2  # a single one is the spec itself
WORDS = 4  # shorter items are labels
LONGEST = 4000  # characters of one requirement
OPENING = 200  # characters in which a form shows
SILENT = frozenset({Space.OUT, Space.METRIC, Space.WHEN})

_STORY = re.compile(
    r"[\W_]{0,6}(?:\w{1,20}[\W_]{1,6})?[Aa]s an? .{2,120}?\b(?:I|[Ww]e) (?:want|need|can|would)\b", re.DOTALL
)
_GIVEN = re.compile(r"[\W_]{0,6}given\b", re.IGNORECASE)
_THEN = re.compile(r"[\W_]{0,6}(?:when|then|and|but)\b", re.IGNORECASE)
_ITEM = re.compile(r"[ \t]{0,40}(?:[-*+•]|\d{1,3}[.)])[ \t]")
_MUST = either("must|shall|should")
_NAMED = either(
    "requirements?|acceptance|criteria|user stor(?:y|ies)|stories|scenarios?|use[- ]cases?|want to build|"
    "scope|features?|functionality|capabilit(?:y|ies)|deliverables?|what we build|behaviou?r"
)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a spec asks for."""

    name: str  # its heading, or its first sentence
    text: str  # all of it
    line: int  # 1-based, in the file as given


class _Form(IntEnum):
    """How a requirement is told; the surer forms first."""

    HEADING = 0
    STORY = 1
    LABEL = 2
    ITEM = 3
    MUST = 4
    SECTION = 5


@dataclass
class _Block:
    """Sentences that stand together: a list item or a paragraph."""

    said: list[str]
    line: int
    section: int
    indent: int  # of a list item; -1 for a paragraph

    @property
    def text(self) -> str:
        return " ".join(self.said)


_Found = tuple[_Form, Requirement]


def requirements(spec: Spec) -> tuple[Requirement, ...]:
    """The requirements of a spec in their order, at most `MOST`, of the surest form that it has; or none."""
    sections = spec.sections
    owner = _owners(sections)
    blocks = _blocks(spec)
    asking = [not (SILENT & _spaces(sections, place)) for place in range(len(sections))]
    free = [one for one in blocks if asking[one.section] and one.section not in owner]
    found = [
        *_of_headings(sections, owner, blocks),
        *_of_blocks(sections, free),
        *_of_sections(sections, asking),
    ]
    for surest in ({_Form.HEADING, _Form.STORY}, {_Form.LABEL}, {_Form.ITEM}, {_Form.MUST}, {_Form.SECTION}):
        some = sorted((one for one in found if one[0] in surest), key=lambda one: (one[0], one[1].line))
        if len(some) >= FEWEST:
            return tuple(sorted((one for _, one in some[:MOST]), key=lambda one: one.line))
    return ()


def _spaces(sections: Sequence[Section], place: int) -> set[Space]:
    """What a section and the headings above it speak of."""
    return {one.space for one in _above(sections, place)}


def _above(sections: Sequence[Section], place: int) -> Iterator[Section]:
    """A section and those that it stands below, the innermost first."""
    level = 7
    for one in reversed(sections[max(0, place - FAR) : place + 1]):
        if one.level < level:
            level = one.level
            yield one


def _labelled(one: Section) -> bool:
    return one.level > 0 and LABEL.match(one.heading[:OPENING]) is not None


def _owners(sections: Sequence[Section]) -> dict[int, int]:
    """The section with a label that each section belongs to.

    One of its own level belongs to it when another with a label follows, or when its
    heading was met so before ("Acceptance", between stories).
    """
    owner: dict[int, int] = {}
    told: set[str] = set()
    for place, one in enumerate(sections):
        before = owner.get(place - 1)
        if before is not None and one.level > sections[before].level:
            owner[place] = before
        elif _labelled(one) and Space.OUT not in _spaces(sections, place):
            owner[place] = place
        elif before is not None and _beside(one, sections, place, before, told):
            owner[place] = before
            told.add(one.heading)
    return owner


def _beside(one: Section, sections: Sequence[Section], place: int, before: int, told: set[str]) -> bool:
    return one.level == sections[before].level and (one.heading in told or _goes_on(sections, place))


def _goes_on(sections: Sequence[Section], place: int) -> bool:
    """Whether a section with a label follows on the same level."""
    for one in sections[place + 1 : place + FAR]:
        if one.level < sections[place].level:
            return False
        if one.level == sections[place].level and _labelled(one):
            return True
    return False


def _blocks(spec: Spec) -> list[_Block]:
    """The sentences of a spec, put together as its lines show."""
    lines = spec.text.split("\n")
    found: list[_Block] = []
    before: Sentence | None = None
    for one in spec.sentences:
        raw = lines[one.line - 1] if one.line <= len(lines) else ""
        item = _ITEM.match(raw)
        if before and before.section == one.section and _one_block(before, one, item is not None, lines):
            found[-1].said.append(one.text)
        else:
            indent = len(raw) - len(raw.lstrip()) if item else -1
            found.append(_Block([one.text], one.line, one.section, indent))
        before = one
    return found


def _one_block(before: Sentence, one: Sentence, item: bool, lines: Sequence[str]) -> bool:
    gap = map(str.strip, lines[before.line : one.line - 1])
    return one.line == before.line or (not item and "" not in gap)


def _of_headings(
    sections: Sequence[Section], owner: dict[int, int], blocks: Sequence[_Block]
) -> Iterator[_Found]:
    """Each section with a label, with all that belongs to it."""
    said: dict[int, list[str]] = {place: [] for place in owner.values()}
    for one in blocks:
        if one.section in owner:
            said[owner[one.section]].append(one.text)
    for place, texts in said.items():
        head = sections[place]
        yield _Form.HEADING, _requirement(head.heading, [head.heading, *texts], head.line)


def _of_blocks(sections: Sequence[Section], blocks: Sequence[_Block]) -> Iterator[_Found]:
    """Items and paragraphs that ask for something.

    What is indented below one, or goes on with "when" and "then", is part of it.
    """
    head: _Block | None = None
    form, parts = _Form.MUST, list[str]()
    for one in blocks:
        if head and one.section == head.section and _part_of(one, head):
            parts.append(one.text)
            continue
        if head:
            yield form, _requirement(head.said[0], parts, head.line)
        asks = _form(one, sections)
        head, form, parts = (one, asks, [one.text]) if asks is not None else (None, form, [])
    if head:
        yield form, _requirement(head.said[0], parts, head.line)


def _part_of(one: _Block, head: _Block) -> bool:
    below = one.indent > max(head.indent, 0)
    return below or bool(_GIVEN.match(head.text[:OPENING]) and _THEN.match(one.text[:OPENING]))


def _form(one: _Block, sections: Sequence[Section]) -> _Form | None:
    """How a block asks for something; None where it does not."""
    start = one.text[:OPENING]
    if _STORY.match(start) or _GIVEN.match(start):
        return _Form.STORY
    if LABEL.match(start):
        return _Form.LABEL
    if len(one.text.split()) < WORDS or one.text.endswith(":"):
        return None
    headings = (above.heading for above in _above(sections, one.section) if above.level > 1)
    if any(_NAMED.search(heading[:OPENING]) for heading in headings):
        return _Form.ITEM
    asking = sections[one.section].space in (Space.SOLUTION, Space.OTHER)
    return _Form.MUST if asking and _MUST.search(one.text[:LONGEST]) else None


def _of_sections(sections: Sequence[Section], asking: Sequence[bool]) -> Iterator[_Found]:
    for one, asks in zip(sections, asking, strict=True):
        about = one.space in (Space.SOLUTION, Space.OTHER)
        if asks and about and one.level > 1 and len(one.text.split()) >= 2 * WORDS:
            yield _Form.SECTION, _requirement(one.heading, [one.heading, one.text], one.line)


def _requirement(name: str, said: Sequence[str], line: int) -> Requirement:
    plain = " ".join(name.replace("*", " ").replace("`", " ").split()).strip(" _#-")
    return Requirement(plain[:LONGEST], "\n".join(said)[:LONGEST], line)
