"""Answers: what people wrote into the page of a reading, from the saved page or from what it copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

LARGEST = 2 << 20  # characters that are looked at
MOST = 50  # answers of one page


@dataclass(frozen=True, slots=True)
class Given:
    """One answer with its question as the page asked it."""

    code: str
    ask: str
    answer: str


def read_answers(text: str) -> list[Given]:
    """The answers in a saved page (fields with text in them) or in the Markdown that its button copies."""
    text = text[:LARGEST].replace("\r\n", "\n").replace("\r", "\n")
    found = _page(text) if "<textarea" in text else list(_copied(text))
    return [one for one in found if one.answer][:MOST]


def _copied(text: str) -> Iterator[Given]:
    """`- **Q01** What ...?`, an empty line, and the answer as a quote."""
    code = ask = ""
    lines: list[str] = []
    for line in [*text.split("\n"), "- **"]:
        if line.startswith("- **"):
            if ask:
                yield Given(code, ask, "\n".join(lines).strip())
            code, _, ask = (one.strip() for one in line[4:].partition("**"))
            lines = []
        elif line.lstrip().startswith(">"):
            told = line.lstrip()[1:]
            lines.append(told.removeprefix(" "))


def _page(text: str) -> list[Given]:
    reader = _Fields()
    reader.feed(text)
    reader.close()
    return reader.found


class _Fields(HTMLParser):
    """Collects the fields of a page that name a question."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Given] = []
        self._open: tuple[str, str] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "textarea" and "data-ask" in told:
            self._open, self._text = (told.get("data-code", ""), told["data-ask"]), []

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._open is not None:
            code, ask = self._open
            self.found.append(Given(code, ask, "".join(self._text).strip()))
            self._open = None
