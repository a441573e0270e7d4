"""Example: when the demo's people met, what came out of it, and when they meet next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from colead.web.meetings.models import Kind, Meeting
from colead.web.story.backlog import CARTS, DAY, GIFT
from colead.web.story.shipped import VOUCHERS
from colead.web.story.told import Cast, Line


def meetings(cast: Cast) -> Iterator[Line]:
    """One that is over, and the next."""
    yield _met(cast)


def _met(cast: Cast) -> Line:
    priya, emil = cast.person("Priya"), cast.person("Emil")
    yield cast.at(23, 9)
    meeting = Meeting.objects.plan(cast.area, priya, cast.day(22))
    meeting.put(priya, cast.ideas[VOUCHERS])
    meeting.put(emil, cast.ideas[DAY])
    yield cast.at(22, 10)
    meeting.begin(priya)
    yield cast.at(22, 10, 20)
    text = "Vouchers go out a week later; nothing else moves."
    meeting.note(priya, Kind.DECIDED, text, cast.ideas[VOUCHERS])
    owed = meeting.note(priya, Kind.PRODUCT, "Tell marketing about the week.", cast.ideas[VOUCHERS])
    meeting.note(emil, Kind.ENGINEERING, "Ask the courier for the large label.", cast.ideas[GIFT])
    yield cast.at(22, 10, 45)
    meeting.end(emil)
    yield cast.at(21, 9, 15)
    owed.finish(priya)
    yield cast.at(2, 16, 30)
    day = cast.today + timedelta(days=2)
    day += timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
    planned = Meeting.objects.plan(cast.area, priya, day)
    planned.put(priya, cast.ideas[GIFT])
    yield cast.at(1, 9, 10)
    planned.put(emil, cast.ideas[CARTS])
