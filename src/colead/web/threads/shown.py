"""What the page of a discussion says beside its messages: what it sounds like, who crosses the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from colead.settle import COUNTED, WAYS, Traffic, takes
from colead.space import FACT, SPOKEN, Sense, sense
from colead.web.areas.models import Area, Membership
from colead.web.threads.models import Message, Thread

READ = 2_000  # characters of a message that are weighed
LATE = 3  # messages at the end that say where a discussion has got to
PAGE = 30  # messages of a page


@dataclass(frozen=True, slots=True)
class Said:
    """A message as the page shows it."""

    message: Message
    side: str
    own: bool
    across: str  # said gently: the sentence that argues where the other side decides, "" for none
    decider: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to settle it, with the time that it takes here."""

    key: str
    name: str
    does: str
    takes: str
    why: str
    chosen: bool
    counted: bool


def of_page(thread: Thread, before: str) -> tuple[list[Message], int]:
    """The newest messages, or those before one; and the one before which more stand, 0 for none."""
    found = thread.messages.select_related("by").order_by("-id")
    if before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    some = list(found[: PAGE + 1])
    shown = some[:PAGE][::-1]
    return shown, shown[0].pk if len(some) > PAGE else 0


def sounds(thread: Thread, messages: Sequence[Message]) -> Sense:
    """What it sounds like: the newest messages where they are clear, else the title and the first one."""
    late = sense("\n".join(one.text[:READ] for one in messages[1:][-LATE:]))
    if late.sure:
        return late
    first = messages[0].text if messages else ""
    return sense(first[:READ], thread.title)


def told(thread: Thread, messages: Sequence[Message], area: Area, me: Membership) -> list[Said]:
    """The messages, each with what is said gently of it."""
    by = {one.by_id for one in messages}
    sides = dict(area.memberships.filter(person__in=by).values_list("person", "side"))
    deciders = {space: area.decider(space) for space in SPOKEN if space != FACT}
    return [_said(one, thread, sides.get(one.by_id, ""), area, me, deciders) for one in messages]


def _said(
    one: Message, thread: Thread, side: str, area: Area, me: Membership, deciders: dict[str, str]
) -> Said:
    found = sense(one.text[:READ])
    crosses = found.space in deciders and found.space != thread.space and bool(thread.space)
    crosses = crosses and bool(side) and side not in area.ownership.deciding(found.space)
    across = found.sentence if crosses else ""
    return Said(one, side, one.by_id == me.person_id, across, deciders.get(found.space, ""))


def choices(thread: Thread, traffic: Traffic | None) -> list[Choice]:
    """The ways to settle it."""
    return [
        Choice(key, way.name, way.does, takes(key, traffic), way.why, key == thread.settles, key in COUNTED)
        for key, way in WAYS.items()
    ]
