"""Lines: text set into a terminal's columns, in colour or without, never wider than asked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

PLAIN = ""
KEEP = "\u00a0"  # a space at which no line ends
STYLES = {"bold": "1", "soft": "2", "product": "34", "engineering": "32", "warn": "33"}
Span = tuple[str, str]  # text, style


def cells(text: str) -> int:
    """How many columns a terminal gives to the text."""
    if text.isascii():
        return len(text)
    return sum(_cell(one) for one in text)


def _cell(one: str) -> int:
    if unicodedata.combining(one):
        return 0
    return 2 if unicodedata.east_asian_width(one) in "WF" else 1


def pad(text: str, width: int) -> str:
    """The text with spaces up to `width` columns."""
    return text + " " * (width - cells(text))


def cut(text: str, width: int) -> str:
    """At most `width` columns of the text, with an ellipsis where something is left out."""
    if cells(text) <= width:
        return text
    kept = ""
    for one in text:
        if cells(kept + one) >= width:
            break
        kept += one
    return kept.rstrip() + "…"


def first_sentences(text: str, width: int) -> str:
    """As many whole sentences as fit into `width` columns; the first one cut where not even it fits."""
    kept = ""
    for one in text.replace(". ", ".\n").split("\n"):
        longer = f"{kept} {one}".strip()
        if cells(longer) > width:
            break
        kept = longer
    return kept or cut(text, width)


def painted(text: str, style: str, colour: bool) -> str:
    """The text in one of STYLES where colour is wanted."""
    if not (colour and style and text):
        return text
    codes = ";".join(STYLES[one] for one in style.split())
    return f"\x1b[{codes}m{text}\x1b[0m"


def fill(
    spans: Iterable[Span], width: int, *, first: Sequence[Span] = (), hang: int = 0, colour: bool = False
) -> list[str]:
    """Words of `spans` in lines of at most `width` columns; `first` stands before them, later lines hang."""
    head = sum(cells(text) for text, _ in first)
    start = "".join(painted(text, style, colour) for text, style in first)
    rows = _rows(_words(spans, max(8, width - max(hang, head))), width, head, hang)
    lines = [_row(words, colour) for words in rows] or [""]
    return [(start + lines[0]).rstrip(), *(" " * hang + line for line in lines[1:])]


def _words(spans: Iterable[Span], longest: int) -> list[Span]:
    words: list[Span] = []
    for text, style in spans:
        kept = text.replace(" %", f"{KEEP}%")  # a number and its sign stay on one line
        for word in filter(None, kept.split(" ")):
            words.extend((piece, style) for piece in _pieces(word, longest))
    return words


def _pieces(word: str, longest: int) -> list[str]:
    """A word that is wider than a line in pieces that are not."""
    if cells(word) <= longest:
        return [word]
    pieces, piece = [], ""
    for one in word:
        if cells(piece + one) > longest:
            pieces.append(piece)
            piece = ""
        piece += one
    return [*pieces, piece]


def _rows(words: Sequence[Span], width: int, head: int, hang: int) -> list[list[Span]]:
    rows: list[list[Span]] = []
    room = 0
    for word, style in words:
        need = cells(word)
        if rows and need + 1 <= room:
            rows[-1].append((word, style))
            room -= need + 1
        else:
            room = width - (hang if rows else head) - need
            rows.append([(word, style)])
    return rows


def _row(words: Sequence[Span], colour: bool) -> str:
    """Words of one style that stand together are painted together."""
    runs: list[tuple[list[str], str]] = []
    for word, style in words:
        if runs and runs[-1][1] == style:
            runs[-1][0].append(word)
        else:
            runs.append(([word], style))
    return " ".join(painted(" ".join(run).replace(KEEP, " "), style, colour) for run, style in runs)
