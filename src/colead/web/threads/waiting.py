"""What waits for somebody in discussions: where they are named, and where their side decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery

from colead.web.areas.models import Membership
from colead.web.areas.waiting import Waiting, at
from colead.web.threads.models import Mention, Message, Thread

MOST = 50
SPACES = ("problem", "solution")


def waits(membership: Membership) -> Iterator[Waiting]:
    """Mentions that are not answered, then open discussions that this person's side decides."""
    named = list(_mentions(membership))
    yield from (_waiting(one.thread, one.message.at, _asks(one), "you are named", "mention") for one in named)
    if membership.leads:
        yield from _to_decide(membership, {one.thread_id for one in named})


def _asks(one: Mention) -> str:
    return f"{one.message.by.name} asks you in “{one.thread.title}”"


def _mentions(membership: Membership) -> Iterator[Mention]:
    me = membership.person_id
    later = Message.objects.filter(thread=OuterRef("thread"), by=me, pk__gt=OuterRef("message"))
    found = Mention.objects.filter(person=me, thread__resolved=None, thread__brief__area=membership.area_id)
    found = found.filter(~Exists(later)).select_related("thread__brief__area", "message__by")
    seen = set()
    for one in found.order_by("id")[:MOST]:
        if one.thread_id not in seen:
            seen.add(one.thread_id)
            yield one


def _to_decide(membership: Membership, named: set[int]) -> Iterator[Waiting]:
    """Where the last word is not of this side."""
    area = membership.area
    mine = [space for space in SPACES if membership.side in area.ownership.deciding(space)]
    last = Message.objects.filter(thread=OuterRef("pk")).order_by("-id").values("by")[:1]
    ours = area.memberships.filter(side=membership.side).values("person")
    found = Thread.objects.filter(brief__area=area, resolved=None, space__in=mine).exclude(pk__in=named)
    found = found.annotate(last=Subquery(last)).exclude(last__in=ours).select_related("brief__area")
    for one in found.order_by("moved", "id")[:MOST]:
        sentence = f"“{one.title}” is about the {one.space}, and waits for a word of your side"
        yield _waiting(
            one, one.moved, sentence, f"{membership.side} decides on the {one.space}", "discussion"
        )


def _waiting(thread: Thread, since: datetime, sentence: str, reason: str, kind: str) -> Waiting:
    slug = thread.brief.area.slug
    link = at("discussion", slug, thread.brief.number, thread.number)
    return Waiting(since=since, sentence=sentence, link=link, reason=reason, kind=kind)
