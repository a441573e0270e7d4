"""The wire form of discussions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from colead.web.threads import models


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stands."""

    id: int
    by: str
    at: datetime
    text: str  # Markdown
    wording: int  # 1 as long as it was not changed


@dataclass(frozen=True, slots=True)
class Discussion:
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
    resolved: datetime | None
    by: str
    at: datetime
    messages: tuple[Message, ...]


def of_message(one: models.Message) -> Message:
    """A message."""
    return Message(one.pk, one.by.name, one.at, one.text, one.number)


def of(one: models.Thread) -> Discussion:
    """A discussion; two queries unless its messages were fetched along."""
    messages = sorted(one.messages.all(), key=lambda each: each.pk)
    return Discussion(
        idea=one.brief.number,
        number=one.number,
        title=one.title,
        kind=one.kind,
        key=one.key,
        space=one.space,
        settles=one.settles,
        takes=one.takes,
        outcome=one.outcome,
        resolved=one.resolved,
        by=one.by.name,
        at=one.at,
        messages=tuple(map(of_message, messages)),
    )
