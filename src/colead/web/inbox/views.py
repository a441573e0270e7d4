"""Views of the inbox: what waits, what moved, how often mails come, and the one click that ends them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import cast

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from colead.web.areas.models import Area
from colead.web.areas.scope import AreaScoped
from colead.web.inbox import digest, wire
from colead.web.inbox.collect import key, lately
from colead.web.inbox.models import Mute, Notice, PutOff, Rhythm
from colead.web.inbox.moved import since, yesterday
from colead.web.inbox.said import verdict
from colead.web.people.models import Person

PAGE = 50
LATER = {"tomorrow": 1, "week": 7}  # days


class InboxView(AreaScoped):
    """What waits for the person in this area, and what moved."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """The page."""
        found = lately(self.membership)
        moved = since(self.area, yesterday())
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
        rows = [(key(one), one) for one in page]
        told = {"rows": rows, "page": page, "verdict": verdict([one.since for one in found]), "moved": moved}
        put_off = self.membership.put_off.filter(until__gt=timezone.now()).count()
        return self.shown("inbox/show.html", status=200, at="inbox", put_off=put_off, **told)

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Put one thing off until a morning, or take all back."""
        if "back" in request.POST:
            self.membership.put_off.all().delete()
        days = LATER.get(request.POST.get("until", ""))
        named = request.POST.get("key", "")
        if days and named in {key(one) for one in lately(self.membership)}:
            until = _morning(timezone.localtime() + timedelta(days=days))
            PutOff.objects.update_or_create(membership=self.membership, key=named, defaults={"until": until})
        return redirect("inbox", self.area.slug)


def _morning(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time(6), tzinfo=moment.tzinfo)


class Wish(forms.Form):
    """How often mails come."""

    rhythm = forms.ChoiceField(label="Mail what is new", choices=Rhythm.choices)


class NoticesView(View):
    """How often the person is told by mail, and what was muted."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        person = cast(Person, request.user)
        wish = Notice.objects.of(person)
        return self._page(request, person, Wish(initial={"rhythm": wish.rhythm}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it, or take a mute back."""
        person, form = cast(Person, request.user), Wish(request.POST)
        if "unmute" in request.POST:
            get_object_or_404(person.mutes, pk=_whole(request.POST["unmute"])).delete()
            return redirect("notices")
        if not form.is_valid():
            return self._page(request, person, form, status=422)
        wish = Notice.objects.of(person)
        Notice.objects.filter(pk=wish.pk).update(rhythm=form.cleaned_data["rhythm"], told=timezone.now())
        return redirect("notices")

    def _page(self, request: HttpRequest, person: Person, form: Wish, *, status: int = 200) -> HttpResponse:
        mutes = person.mutes.select_related("area").order_by("area__name", "kind")
        told = {"person": person, "form": form, "mutes": mutes, "mails": settings.MAILS}
        return render(request, "inbox/notices.html", told, status=status)


def _whole(told: str) -> int:
    return int(told) if told.isascii() and told.isdigit() and len(told) < 16 else 0


@method_decorator([login_not_required, csrf_exempt], name="dispatch")
class MuteView(View):
    """The one click at the foot of a mail; a mail program may press it, too (RFC 8058)."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """What would end."""
        person, area, kind = _muted(token)
        told = {"whom": person, "where": area, "kind": kind}
        return render(request, "inbox/mute.html", told)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """End it."""
        person, area, kind = _muted(token)
        if area is None:
            Notice.objects.of(person)
            Notice.objects.filter(person=person).update(rhythm=Rhythm.NEVER)
        else:
            Mute.objects.get_or_create(person=person, area=area, kind=kind)
        told = {"whom": person, "where": area, "kind": kind, "done": True}
        return render(request, "inbox/mute.html", told)


def _muted(token: str) -> tuple[Person, Area | None, str]:
    try:
        who, where, kind = signing.loads(token, salt=digest.SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    person = get_object_or_404(Person, pk=who, is_active=True)
    mine = Area.objects.filter(memberships__person=person)
    return person, get_object_or_404(mine, pk=where) if where else None, kind


class TodayView(View):
    """What waits for the person in every area, for programs: `colead today`."""

    takes_tokens = True

    def get(self, request: HttpRequest) -> JsonResponse:
        """By area: what waits, since when and why, and what moved."""
        person = cast(Person, request.user)
        mine = person.memberships.select_related("area", "person").order_by("area__name")
        return JsonResponse({"areas": [asdict(wire.of(one)) for one in mine]})
