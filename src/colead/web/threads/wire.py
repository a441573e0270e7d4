"""The wire form of discussions."""

from __future__ import annotations

from dataclasses import dataclass

from colead.web.threads.models import Message, Thread


@dataclass(frozen=True, slots=True)
class MessageWire:
    """A message as it stands."""

    id: int
    by: str
    at: str  # ISO 8601
    text: str  # Markdown
    wording: int  # 1 as long as it was not changed


@dataclass(frozen=True, slots=True)
class ThreadWire:
    """A discussion with its messages, oldest first."""

    idea: int
    number: int
    title: str
    kind: str
    key: str
    space: str  # "problem", "solution", "fact"; "" where nobody said
    settles: str
    takes: str
    outcome: str
    resolved: str  # ISO 8601, "" while it is open
    by: str
    at: str
    messages: tuple[MessageWire, ...]


def of_message(one: Message) -> MessageWire:
    """A message."""
    return MessageWire(one.pk, one.by.name, one.at.isoformat(), one.text, one.number)


def of(one: Thread) -> ThreadWire:
    """A discussion; two queries unless its messages were fetched along."""
    messages = sorted(one.messages.all(), key=lambda each: each.pk)
    return ThreadWire(
        idea=one.brief.number,
        number=one.number,
        title=one.title,
        kind=one.kind,
        key=one.key,
        space=one.space,
        settles=one.settles,
        takes=one.takes,
        outcome=one.outcome,
        resolved=one.resolved.isoformat() if one.resolved else "",
        by=one.by.name,
        at=one.at.isoformat(),
        messages=tuple(map(of_message, messages)),
    )
