"""Text: a reading for a terminal, one screen of it, the same words as on every other door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from colead.fragility import Level
from colead.partner import Partner
from colead.phrase import short
from colead.question import Question, Side
from colead.reading import Reading, Touched
from colead.spec import Answer
from colead.tradeoff import Act, Tradeoff
from colead.writers.lines import KEEP, PLAIN, Span, cells, cut, fill, first_sentences, pad, painted
from colead.writers.parts import (
    MARKS,
    after_colon,
    births_of,
    crossed,
    dated,
    ended,
    fragile_told,
    level,
    lights,
    missing,
    not_analysed,
    notes,
    numbered,
    question_of,
    read,
    said,
    silence,
    spec_file,
    spread_told,
    stopped,
    struck_by,
    timeline_told,
    unread_line,
    where,
)
from colead.writers.requirements import lines

NARROWEST, WIDEST = 60, 200
MARGIN = 15  # columns of the margin in which the section names stand
INDENT = 9  # columns of odds like "9 in 10"
STACKED = 84  # below this width a section's name stands above it
SCREEN, ROOMY = 40, 100  # lines of a screen; columns from which a reading is kept to one
LESS: Sequence[frozenset[str]] = (
    frozenset(),
    frozenset({"silence"}),
    frozenset({"silence", "why"}),
    frozenset({"silence", "why", "second"}),
    frozenset({"silence", "why", "second", "reasons"}),
)
IF_WE = {Act.SKIP: "IF WE SKIP", Act.WAIT: "IF WE WAIT"}
OWES = {Side.PRODUCT: "product", Side.ENGINEERING: "engineering", Side.BOTH: "both"}


def text(reading: Reading, *, width: int, colour: bool, technical: bool = False) -> str:
    """The reading in `width` columns (60 to 200); `technical` adds the engineers' line to each finding.

    One screen of lines where the columns allow it: why a part is silent, what
    raised a question, a second tradeoff of one way, what raised a touch give
    way in this order, and stand on the page and in the JSON.
    """
    columns = min(WIDEST, max(NARROWEST, width))
    for less in LESS:
        lines = list(_Page(reading, columns, colour, technical, less).lines())
        if len(lines) <= SCREEN or technical or columns < ROOMY:
            break
    return "\n".join(lines) + "\n"


def quiet(reading: Reading) -> str:
    """The verdict alone."""
    return said(reading.verdict.sentence, 2_000) + "\n"


@dataclass(frozen=True)
class _Page:
    reading: Reading
    width: int
    colour: bool
    technical: bool
    less: frozenset[str]

    @property
    def margin(self) -> int:
        return MARGIN if self.width >= STACKED else 2

    def lines(self) -> Iterator[str]:
        yield from self.head()
        yield ""
        yield from self.answers()
        yield ""
        yield from self.section(
            "TOUCHES", self.touches(), silence(self.reading, "touches", self.reading.touches)
        )
        yield from self.section("SPREAD", self.spread(), silence(self.reading, "spread", self.reading.spread))
        yield from self.section(
            "NOT MENTIONED",
            self.partners(),
            silence(self.reading, "partners", self.reading.partners or self.reading.along),
        )
        yield from self.section(
            "QUESTIONS", self.questions(), silence(self.reading, "questions", self.reading.questions)
        )
        yield from self.section(
            "TIMELINE", self.timeline(), silence(self.reading, "timeline", self.reading.timeline)
        )
        told = self.reading.tradeoffs
        for act, name in IF_WE.items():
            if some := [one for one in told if one.act is act]:
                yield from self.section(
                    name, self.tradeoffs(some[: 1 if "second" in self.less else None]), ""
                )
        if not told:
            yield from self.section(IF_WE[Act.SKIP], (), silence(self.reading, "tradeoffs", told))
        yield ""
        yield from self.foot()

    def head(self) -> Iterator[str]:
        title = said(self.reading.spec.title, 120) or "A spec without a title"
        source = f"{spec_file(self.reading)}, read on {dated(self.reading.today, self.reading)}"
        room = self.width - cells(title) - cells(source)
        if room >= 2:
            yield painted(title, "bold", self.colour) + " " * room + painted(source, "soft", self.colour)
        else:
            yield from self.words([(title, "bold")])
            yield from self.words([(source, "soft")])
        yield from self.words(_strong(self.reading))

    def answers(self) -> Iterator[str]:
        if all(map(not_analysed, self.reading.answers)):
            yield from self.words(
                [("The three questions:", "bold"), (silence(self.reading, "answers", ()), "soft")]
            )
            return
        for one in self.reading.answers:
            yield from self.answer(one)
        yield from self.words([(lights(self.reading), "soft")], hang=0)

    def answer(self, one: Answer) -> Iterator[str]:
        first = [(pad(f"{MARKS[one.said]} {one.said}", 12), "product")]
        yield from self.words([(said(one.question), "bold")], first=first, hang=12)
        told: list[Span] = [(f"“{said(one.quote)}” (line{KEEP}{one.line})", PLAIN)] if one.quote else []
        if absent := missing(one):
            told.append((absent, "soft" if told else PLAIN))
        if told:
            yield from self.words(told, first=[(" " * 12, PLAIN)], hang=12)

    def touches(self) -> Iterator[str]:
        rows = [_Row.of(one, self.reading) for one in self.reading.touches]
        widths = [max(map(cells, column)) + 2 for column in zip(*(one.columns for one in rows), strict=True)]
        for one in rows:
            yield from self.touch(one, widths)
        for spans in lines(self.reading, self.technical):
            yield from self.body(spans, hang=2)

    def touch(self, one: _Row, widths: Sequence[int]) -> Iterator[str]:
        styles = ("engineering", "bold", "soft", "warn" if one.fragile else PLAIN)
        columns = [
            (pad(*cell), style)
            for cell, style in zip(zip(one.columns, widths, strict=True), styles, strict=True)
        ]
        left, hang = sum(widths), min(widths[0], INDENT)
        if self.room - left >= 28:
            yield from self.body([(one.sentence, PLAIN)], first=columns, hang=hang)
        else:
            told = [f"{one.columns[1]},", f"{one.columns[2]},", one.columns[3]]
            yield from self.body(list(zip(told, styles[1:], strict=True)), first=columns[:1], hang=hang)
            yield from self.under(one.sentence, hang, PLAIN)
        if one.reasons and "reasons" not in self.less:
            yield " " * hang + painted(cut(one.reasons, self.room - hang), "soft", self.colour)
        yield from self.engineers(one.technical, hang)

    def spread(self) -> Iterator[str]:
        if told := self.reading.spread:
            codes = ", ".join((told.code, *(one.code for one in crossed(told))))
            yield from self.body([(spread_told(told), PLAIN), (f"[{codes}]", "soft")])
            yield from self.engineers(told.technical, 0)

    def partners(self) -> Iterator[str]:
        for one in self.reading.partners:
            yield from self.partner(one)
        for file in self.reading.along:
            told = f"{file.path}: {file.sentence}"
            if self.reading.partners:
                yield from self.engineers(told, 0)
            else:
                yield from self.body(
                    [
                        (f"{said(file.path)}:", "bold"),
                        (ended(file.sentence), PLAIN),
                        (f"[{file.code}]", "soft"),
                    ],
                    hang=2,
                )

    def partner(self, one: Partner) -> Iterator[str]:
        name = where(one.name, one.repository, self.reading)
        spans = [(f"{name}:", "bold"), (ended(one.sentence), PLAIN)]
        if found := question_of(one, self.reading):
            spans += [(f"Question{KEEP}{found[0]}:", PLAIN), *self.asked(found[1])]
        else:
            spans.append((f"[{one.code}]", "soft"))
        yield from self.body(spans, hang=2)
        yield from self.engineers(one.technical, 2)
        yield from self.engineers(one.link.sentence, 2)

    def questions(self) -> Iterator[str]:
        free = numbered(self.reading)
        for number, one in free:
            yield from self.question(number, one)
        if not free:
            yield from self.body([("the one above", "soft")])

    def asked(self, one: Question) -> list[Span]:
        """What is asked, who owes the answer, and its code."""
        side = "soft" if one.side is Side.BOTH else str(one.side)
        return [(said(one.ask), "bold"), (f"({OWES[one.side]}{KEEP}to{KEEP}answer, {one.code})", side)]

    def question(self, number: int, one: Question) -> Iterator[str]:
        yield from self.body(self.asked(one), first=[(f"{number}  ", PLAIN)], hang=3)
        if one.why and "why" not in self.less and not one.code.startswith("Q"):
            line = f" (line{KEEP}{one.line})" if one.line else ""
            yield from self.under(f"{said(one.why)}{line}", 3, "soft")

    def timeline(self) -> Iterator[str]:
        if told := self.reading.timeline:
            yield from self.body([(timeline_told(told), "bold"), (f"[{told.code}]", "soft")])
            yield from self.engineers(told.technical, 0)

    def tradeoffs(self, some: Sequence[Tradeoff]) -> Iterator[str]:
        for one in some:
            yield from self.tradeoff(one)

    def tradeoff(self, one: Tradeoff) -> Iterator[str]:
        spans = [
            *([(f"{said(one.what)}:", "bold")] if one.what else []),
            (after_colon(ended(one.sentence)) if one.what else ended(one.sentence), PLAIN),
            (f"[{one.code}]", "soft"),
        ]
        yield from self.body(spans, hang=2)
        yield from self.engineers(one.technical, 2)

    def foot(self) -> Iterator[str]:
        told = "; ".join(
            [read(self.reading), *filter(None, [unread_line(self.reading)]), *notes(self.reading)]
        )
        yield from self.words([(stopped(told), "soft")])
        yield from self.words([(_doors(self.reading), "soft")])

    def section(self, name: str, body: Iterable[str], empty: str) -> Iterator[str]:
        rows = list(body) if not empty else self.silence(empty)
        if self.margin == MARGIN:
            yield painted(pad(name, MARGIN), "bold soft", self.colour) + rows[0]
            rows = rows[1:]
        else:
            yield painted(name, "bold soft", self.colour)
        yield from (" " * self.margin + row for row in rows)

    def silence(self, told: str) -> list[str]:
        """Why a part is empty, on one line where lines are short."""
        if "silence" in self.less:
            return [painted(first_sentences(told, self.room), "soft", self.colour)]
        return self.body([(told, "soft")])

    def engineers(self, technical: str, hang: int) -> Iterator[str]:
        if self.technical and technical:
            yield from self.under(said(technical), hang, "soft")

    def under(self, told: str, hang: int, style: str) -> list[str]:
        return self.body([(told, style)], first=[(" " * hang, PLAIN)], hang=hang)

    @property
    def room(self) -> int:
        return self.width - self.margin

    def body(self, spans: Sequence[Span], *, first: Sequence[Span] = (), hang: int = 0) -> list[str]:
        return fill(spans, self.room, first=first, hang=hang, colour=self.colour)

    def words(self, spans: Sequence[Span], *, first: Sequence[Span] = (), hang: int = 0) -> list[str]:
        return fill(spans, self.width, first=first, hang=hang, colour=self.colour)


@dataclass(frozen=True)
class _Row:
    columns: tuple[str, str, str, str]  # odds, name, kind, fragility
    fragile: bool
    sentence: str
    reasons: str
    technical: str

    @classmethod
    def of(cls, one: Touched, reading: Reading) -> _Row:
        touch, fragility = one.touch, one.fragility
        thin = ["a guess: the evidence is thin"] if touch.thin else []
        born = [said(one.sentence) for one in births_of(touch, reading)]
        return cls(
            (
                short(touch.probability.value),
                where(touch.name, touch.repository, reading),
                str(touch.kind),
                level(fragility),
            ),
            fragility.level is Level.FRAGILE,
            said(fragile_told(one)),
            "; ".join([*thin, *(said(reason, 90) for reason in touch.reasons)]),
            "; ".join([touch.technical, fragility.technical, *struck_by(one), *born]),
        )


def _strong(reading: Reading) -> list[Span]:
    """The verdict word by word, those of its strong parts in bold."""
    sentence = said(reading.verdict.sentence, 2_000)
    parts = [said(one, 2_000) for one in reading.verdict.strong]
    bold = [(at, at + len(part)) for part in parts if part and (at := sentence.find(part)) >= 0]
    spans: list[Span] = []
    at = 0
    for word in sentence.split(" "):
        spans.append((word, "bold" if any(low <= at < high for low, high in bold) else PLAIN))
        at += len(word) + 1
    return spans


def _doors(reading: Reading) -> str:
    codes = [one.code for one in reading.partners] + [one.code for one in reading.questions]
    code = [*codes, "T01"][0]
    return f"How do we know? colead explain {code}. To answer in place: the same with --html reading.html"
