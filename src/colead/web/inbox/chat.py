"""Chat: an area's news told to one channel, bundled, by a web hook that a lead gave."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from colead.errors import ColeadError
from colead.readers.exchange import Exchange, place
from colead.readers.reach import Reach
from colead.web.areas.scope import AreaScoped
from colead.web.inbox.collect import waits
from colead.web.inbox.models import Hook
from colead.web.inbox.moved import since
from colead.web.people.post import outside
from colead.web.sealed import opened, seal

PURPOSE = b"colead.hook"
MOST = 12  # lines of one message


def deliver(now: datetime | None = None) -> int:
    """Tell every channel whose time has come and whose area has news; how many were told."""
    now = now or timezone.now()
    return sum(tell(one, now) for one in Hook.objects.select_related("area", "by") if one.is_due(now))


def tell(hook: Hook, now: datetime) -> bool:
    """One channel's message, if there is news; whether it went. A fault is kept and shown to the leads.

    At least once: see Turn; but what the chat refuses is not told again.
    """
    if not hook.take(now, told=hook.told):
        return False
    lines = [] if hook.given_up else list(news(hook, hook.told))
    told = "\n".join([f"{hook.area.name}:", *lines[:MOST]])
    fault = sent(opened(hook.sealed, PURPOSE), told) if lines else hook.fault
    hook.went(now, fault)
    return bool(lines) and not fault


def news(hook: Hook, before: datetime) -> Iterator[str]:
    """What waits for the leads since then, and which ideas moved."""
    for member in hook.area.memberships.filter(role="lead", person__is_active=True).select_related("person"):
        member.area = hook.area
        for one in waits(member):
            if one.since > before:
                yield f"- for {member.person.name}: {one.sentence}. {settings.ADDRESS}{one.link}"
    for each in since(hook.area, before):
        yield f"- {each.title}: {'; '.join(each.news)}. Why: {each.why}. {settings.ADDRESS}{each.link}"


def sent(address: str, text: str) -> str:
    """Write to the channel, as Slack, Mattermost and others take it; what went wrong, or ""."""
    outside()
    asking = Exchange(Reach(settings.REACH), settings.AUTHORITIES, patience=10.0, largest=65_536)
    try:
        status = asking.post(address, json.dumps({"text": plain(text)}).encode()).status
    except ColeadError as error:
        return f"{error.what}: {error.why}"
    return "" if status < 300 else f"the chat answered {status}"


def plain(text: str) -> str:
    """The text without what a chat takes for a mention or a link of its own."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "@\u200b")


class Channel(forms.Form):
    """Where to tell it."""

    address = forms.CharField(label="Address of the web hook", max_length=500)

    def clean_address(self) -> str:
        """An address that may be asked."""
        told: str = self.cleaned_data["address"]
        try:
            place(told)
        except ColeadError as error:
            raise forms.ValidationError(f"{error.what.capitalize()}: {error.why}.") from error
        return told


class ChatView(AreaScoped):
    """The channel that hears an area's news; the leads decide on it."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """What is told where."""
        return self._page(Channel())

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Tell another channel from now on, or none."""
        self.demand(self.membership.leads, "The leads of an area decide which channel hears of it.")
        hook = Hook.objects.filter(area=self.area).first()
        if "end" in request.POST:
            if hook:
                self.area.enter(self.person, "ended the chat", None, host=hook.host)
                hook.delete()
            return redirect("chat", self.area.slug)
        form = Channel(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        told = form.cleaned_data["address"]
        if fault := sent(told, f"{self.area.name}: Colead will tell this channel what is new, bundled."):
            form.add_error("address", f"Nothing could be written there: {fault}.")
            return self._page(form, status=422)
        kept = {"sealed": seal(told, PURPOSE), "host": place(told).host, "by": self.person, "fault": ""}
        Hook.objects.update_or_create(area=self.area, defaults={**kept, "told": timezone.now()})
        self.area.enter(self.person, "told a chat", None, host=kept["host"])
        return redirect("chat", self.area.slug)

    def _page(self, form: Channel, *, status: int = 200) -> HttpResponse:
        hook = Hook.objects.filter(area=self.area).select_related("by").first()
        return self.shown("inbox/chat.html", status=status, hook=hook, form=form, at="inbox")
