"""Told: the past of an idea for programs: what happened, and what changed since a day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_date

from colead.web.api.call import Call
from colead.web.api.routes import Ask, route
from colead.web.api.shapes import unfit
from colead.web.areas.models import Entry
from colead.web.areas.wire import who
from colead.web.briefs import wire
from colead.web.briefs.form import SPACES
from colead.web.briefs.history import SHOWN, changed_since
from colead.web.briefs.models import Brief
from colead.web.briefs.past import said
from colead.web.briefs.texts import IDEA

SINCE = Ask("since", "An ISO date to look back to; a week ago where it is left out.", 10)


@route("GET", f"{IDEA}/past", page="past", asks=(SINCE,), rows="entries")
def past(call: Call, number: int) -> wire.Past:
    """What happened to an idea, and how its texts changed since a day; the newest hundred deeds."""
    brief = call.brief(number)
    day = _day(call.request.GET.get("since", ""))
    moment = timezone.make_aware(datetime.combine(day, time.min))
    changed = tuple(one for one in (_changed(brief, space, moment) for space in SPACES) if one)
    found = brief.entries.select_related("by").order_by("-id")[:SHOWN]
    return wire.Past(day, changed, tuple(map(_happened, found)))


def _day(told: str) -> date:
    today = timezone.localdate()
    if not told:
        return today - timedelta(days=7)
    try:
        found = parse_date(told) if told.isascii() else None
    except ValueError:
        found = None
    if found is None or not 1970 <= found.year <= 9000:
        raise unfit("since", "has to be a date as in ISO 8601")
    return found


def _happened(one: Entry) -> wire.Happened:
    return wire.Happened(one.at, who(one.by) if one.by else None, said(one))


def _changed(brief: Brief, space: str, moment: datetime) -> wire.Changed | None:
    found = changed_since(brief, space, moment)
    if found is None:
        return None
    gone, new = (
        tuple(one.text.strip() for one in found["pieces"] if one.kind == kind) for kind in ("gone", "new")
    )
    return wire.Changed(space, found["then"].number, found["section"].version, gone, new)
