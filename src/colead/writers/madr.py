"""A decision as a MADR 4.0 file; what MADR has no place for stands under the key "colead"."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from colead.decision import Record, Way, clean

ENDLESS = 1 << 30  # columns: a value stays on its line
_HEADING = re.compile(r"^( {0,3})(\\*)(#)", re.MULTILINE)


def text(record: Record) -> str:
    """The file; `colead.readers.madr.read` gives the same record back."""
    one = clean(record)
    body = "\n\n".join(filter(None, _body(one)))
    return f"---\n{_front(one)}---\n\n{body}\n"


def name(number: int, title: str) -> str:
    """A file's name: "0003-where-does-a-gift-note-live.md"."""
    words = re.findall(r"[a-z0-9]+", title.lower()[:200])
    return f"{number:04}-{'-'.join(words)[:60].strip('-') or 'decision'}.md"


def _front(one: Record) -> str:
    told: dict[str, object] = {"status": one.status}
    if one.date:
        told["date"] = one.date
    people = {"decision-makers": one.deciders, "consulted": one.consulted, "informed": one.informed}
    told |= {key: list(names) for key, names in people.items() if names}
    told["colead"] = {**one.extras, **({} if one.chosen is None else {"chosen": one.chosen + 1})}
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=ENDLESS)


def _body(one: Record) -> Iterator[str]:
    yield f"# {one.title}"
    yield _section("## Context and Problem Statement", one.context)
    if one.ways:
        yield "## Considered Options\n\n" + "\n".join(f"* {way.name}" for way in one.ways)
    if one.decided or one.consequences or one.confirmation:
        yield "## Decision Outcome"
        yield _outcome(one)
        yield _section("### Consequences", one.consequences)
        yield _section("### Confirmation", one.confirmation)
    if any(way.text or way.follows for way in one.ways):
        yield "## Pros and Cons of the Options"
        yield from map(_way, one.ways)
    yield _section("## More Information", one.more)


def _outcome(one: Record) -> str:
    if one.chosen is None:
        return _safe(one.why)
    chosen = f'Chosen option: "{one.ways[one.chosen].name}"'
    return f"{chosen}, because {_safe(one.why)}" if one.why else f"{chosen}."


def _way(way: Way) -> str:
    told = (f"### {way.name}", _safe(way.text), _section("#### What follows", way.follows))
    return "\n\n".join(filter(None, told))


def _section(heading: str, told: str) -> str:
    return f"{heading}\n\n{_safe(told)}" if told else ""


def _safe(told: str) -> str:
    """A text whose lines are no headings: the file's own stay the only ones."""
    return _HEADING.sub(r"\1\2\\\3", told)
