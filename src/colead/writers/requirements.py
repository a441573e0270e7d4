"""Requirements: what each points at: folded on the page, a line in the terminal, all of it for engineers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from colead.phrase import number, odds
from colead.reading import Reading
from colead.touch import FileTouch, RequirementTouch
from colead.writers.lines import KEEP, PLAIN, Span
from colead.writers.parts import NAME, QUOTE, said, where
from colead.writers.tags import chance, door, fold, line, safe, silent

LONG = 6  # requirements from which the terminal says that they are told one by one
HEAD = 60  # characters of a requirement in the terminal


def requirements(reading: Reading) -> str:
    """Each requirement with what it points at, as HTML, folded; "" when there are none."""
    if not reading.requirements:
        return ""
    rows = "".join(_row(one, reading) for one in reading.requirements)
    title = f"What each requirement points at ({len(reading.requirements)}{_new(reading)})"
    return fold(title, f"<ul>{rows}</ul>")


def _new(reading: Reading) -> str:
    lost = sum(one.new for one in reading.requirements)
    return f", {number(lost)} may be new" if lost else ""


def _row(one: RequirementTouch, reading: Reading) -> str:
    named = (
        f"{escape(where(part.name, part.repository, reading))} "
        f"({door(part.probability.evidence, escape(odds(part.probability.value)))})"
        for part in one.parts
    )
    parts = ", ".join(named)
    rows = "".join(_file(file, reading) for file in one.files)
    body = f'<span class="why">{parts}</span><ul>{rows}</ul>' if rows else silent(said(one.sentence))
    return f"<li><b>{safe(one.name, QUOTE)}</b>{line(one.line)}{body}</li>"


def _file(one: FileTouch, reading: Reading) -> str:
    repository = f"{safe(one.repository, NAME)}: " if len(reading.repositories) > 1 else ""
    reasons = "; ".join(safe(reason, 90) for reason in one.reasons[:1])
    return (
        f'<li class="fact">{chance(one.probability.value, one.probability.evidence)}'
        f'<div><code>{repository}{safe(one.path, QUOTE)}</code><span class="why">{reasons}</span></div></li>'
    )


def lines(reading: Reading, technical: bool) -> Iterator[Sequence[Span]]:
    """The same for a terminal: one line where there are many, each of them for engineers."""
    told = reading.requirements
    if technical:
        yield from (_line(one, reading) for one in told)
    elif len(told) >= LONG:
        yield [
            (f"{len(told)} requirements{_new(reading)}; what each points at: --technical, --html.", "soft")
        ]


def _line(one: RequirementTouch, reading: Reading) -> Sequence[Span]:
    parts = ", ".join(where(part.name, part.repository, reading) for part in one.parts)
    told = f"{parts}: {one.technical}" if parts else one.technical or one.sentence
    return [(f"{said(one.name, HEAD)} (line{KEEP}{one.line})", PLAIN), (said(told, 300), "soft")]
