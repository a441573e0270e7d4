"""Digest: one mail for what is new over all of a person's areas; no news, no mail."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from colead.phrase import plural
from colead.web.areas.models import Area
from colead.web.areas.waiting import Waiting
from colead.web.inbox.collect import key, waits
from colead.web.inbox.models import KEPT, Notice, Rhythm
from colead.web.inbox.moved import Moved, since
from colead.web.inbox.said import since_when
from colead.web.people.models import Person
from colead.web.people.post import post

SALT = "colead.mute"
SHOWN = 10  # things that wait, of each area
SLACK = timedelta(hours=1)  # what was written down while the last mail was made
MOVED = "reading"  # the kind of what moved, for muting


@dataclass(frozen=True, slots=True)
class Part:
    """What is new in one area."""

    area: Area
    fresh: tuple[Waiting, ...]
    older: int
    moved: tuple[Moved, ...]

    @property
    def keys(self) -> list[str]:
        """What names each piece of news."""
        return [key(one) for one in self.fresh] + [_key(one) for one in self.moved]

    @property
    def kinds(self) -> list[str]:
        """The kinds of news in it."""
        return sorted({one.kind for one in self.fresh} | ({MOVED} if self.moved else set()))


def deliver(now: datetime | None = None) -> int:
    """Mail everybody whose time has come and for whom something is new; how many mails went."""
    now = now or timezone.now()
    unasked = Person.objects.filter(is_active=True, notice=None)
    Notice.objects.bulk_create([Notice(person=one, told=now) for one in unasked], ignore_conflicts=True)
    sent = 0
    wishes = Notice.objects.exclude(rhythm=Rhythm.NEVER).filter(person__is_active=True)
    for one in wishes.select_related("person"):
        if one.is_due(now) and not one.had_enough(now):
            sent += tell(one, now)
    return sent


def tell(wish: Notice, now: datetime) -> bool:
    """One person's mail, if there is something new; whether it went. At least once: see Turn."""
    if not wish.take(now, told=wish.told, person__is_active=True):
        return False
    said = {told for one in wish.person.sent.filter(at__gt=now - KEPT) for told in one.keys}
    parts = [] if wish.given_up else list(_parts(wish, wish.told, said))
    if parts:
        try:
            post(written(wish, parts))
        except OSError:
            wish.refused()
            raise
    wish.went(now, [told for one in parts for told in one.keys])
    return bool(parts)


def _parts(wish: Notice, before: datetime, said: set[str]) -> Iterator[Part]:
    """What is new by area; rights are looked at now, when it is sent."""
    mutes = wish.mutes()
    for member in wish.person.memberships.select_related("area", "person").order_by("area__name"):
        if (member.area_id, "") in mutes:
            continue
        all_ = [one for one in waits(member) if (member.area_id, one.kind) not in mutes]
        fresh = [one for one in all_ if one.since > before - SLACK and key(one) not in said]
        quiet = (member.area_id, MOVED) in mutes
        own = f"{wish.person.name} changed the text"  # whoever wrote it alone knows it
        found = [] if quiet else since(member.area, before)
        moved = [one for one in found if _key(one) not in said and one.why != own]
        if fresh or moved:
            shown = tuple(fresh[:SHOWN])
            yield Part(member.area, shown, len(all_) - len(shown), tuple(moved))


def _key(one: Moved) -> str:
    return f"{one.link} {one.at.isoformat()}"


def written(wish: Notice, parts: list[Part]) -> EmailMessage:
    """The mail: what is new, why it comes, and how to end it by one click."""
    lines = [f"Hello {wish.person.name},", ""]
    for one in parts:
        lines += [*_told(one), ""]
    lines += _why(wish, parts)
    off = _address(mute_path(wish.person_id))
    headers = {"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(_subject(parts), "\n".join(lines), to=[wish.person.email], headers=headers)


def _subject(parts: list[Part]) -> str:
    fresh, moved = sum(len(one.fresh) for one in parts), sum(len(one.moved) for one in parts)
    told = [plural(fresh, "new thing waits", "new things wait")] if fresh else []
    told += [f"{plural(moved, 'reading')} moved"] if moved else []
    return f"{parts[0].area.name if len(parts) == 1 else 'Colead'}: {', '.join(told)}"


def _told(part: Part) -> Iterator[str]:
    yield part.area.name
    for one in part.fresh:
        yield f"- {one.sentence}, since {since_when(one.since)}. It is yours because {one.reason}."
        yield f"  {_address(one.link)}"
    for each in part.moved:
        yield f"- {each.title}: {'; '.join(each.news)}. Why: {each.why}."
        yield f"  {_address(each.link)}"
    if part.older:
        told = plural(part.older, "more thing waits", "more things wait").capitalize()
        yield f"{told} for you: {_address(reverse('inbox', args=[part.area.slug]))}"


def _why(wish: Notice, parts: list[Part]) -> Iterator[str]:
    rhythm = Rhythm(wish.rhythm).label
    yield f"You get this because something is new; you are told {rhythm} at most. Less of it, by one click:"
    for one in parts:
        for kind in one.kinds:
            path = mute_path(wish.person_id, one.area.pk, kind)
            yield f"- no mail about a {kind} in {one.area.name}: {_address(path)}"
    yield f"- no mail at all: {_address(mute_path(wish.person_id))}"


def _address(path: str) -> str:
    return f"{settings.ADDRESS}{path}"


def mute_path(person: int, area: int = 0, kind: str = "") -> str:
    """The address that ends mails of a kind, or all of them, for whoever got the mail."""
    return reverse("mute", args=[signing.dumps([person, area, kind], salt=SALT)])


def send_quietly(now: datetime | None = None) -> None:
    """Send what is due; a mail server or a chat that does not answer stops nothing."""
    from colead.web.inbox import chat

    for told, open_ in ((deliver, settings.MAILS), (chat.deliver, True)):
        try:
            if open_:
                told(now)
        except OSError:
            logging.getLogger(__name__).exception("news could not be sent")
