"""Door: how a request becomes somebody's: by password, link or service, then a second factor; by token."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from colead.web.api.problem import unknown_token
from colead.web.people.models import Factor, Person, Token, Visit
from colead.web.room import unwritten

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF = "half"  # in a session: who has shown the first of two factors
HALF_LASTS = 600  # seconds
FRESH = timedelta(minutes=15)  # how long a link stands for a password that one has forgotten
SEEN = timedelta(hours=1)  # how exactly the last visit is known


def come_in(request: HttpRequest, person: Person, by: str, to: str = "home") -> HttpResponse:
    """After the first factor: in, or to the second one where the person has switched it on."""
    if not Factor.objects.filter(person=person).exists():
        enter(request, person, by)
        return redirect(to)
    request.session.flush()
    told = {"person": person.pk, "hash": person.get_session_auth_hash(), "by": by}
    request.session[HALF] = {**told, "at": time.time(), "to": to}
    return redirect("second")


def halfway(request: HttpRequest) -> tuple[Person, dict[str, Any]] | None:
    """Who has shown the first factor in this session lately, and how."""
    told = request.session.get(HALF)
    if told is None or time.time() - told["at"] > HALF_LASTS:
        return None
    person = Person.objects.filter(pk=told["person"], is_active=True).first()
    if person is None or person.get_session_auth_hash() != told["hash"]:
        return None
    return person, told


def enter(request: HttpRequest, person: Person, by: str) -> None:
    """Sign a person in, in a new session."""
    request.session.flush()
    login(request, person, backend=BACKEND)
    now = timezone.now().isoformat()
    agent = request.headers.get("User-Agent", "")[:200].replace("\0", "")
    request.session.update({"by": by, "began": now, "seen": now, "agent": agent})
    Visit.objects.filter(expire_date__lt=timezone.now()).delete()


def came_by_link(request: HttpRequest) -> bool:
    """Whether the person was let in by a link or a service just now, so that no old password is asked for."""
    began = request.session.get("began", "")
    if request.session.get("by", "password") == "password" or not began:
        return False
    return timezone.now() - datetime.fromisoformat(began) < FRESH


def onward(request: HttpRequest, wanted: str) -> str:
    """Where to after signing in: the wished page of this site, else home."""
    same = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if same else "home"


def place(request: HttpRequest) -> str:
    """Where a request comes from, as far as trusted proxies tell; of IPv6 the network alone."""
    told = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    proxies = settings.PROXIES
    far: str = told[-proxies] if proxies and len(told) >= proxies else request.META.get("REMOTE_ADDR", "")
    return ":".join(far.split(":")[:4]) if far.count(":") > 1 else far


def _seen(session: SessionBase) -> None:
    """Note the visit; where nothing can be written, people still read."""
    session["seen"] = timezone.now().isoformat()
    try:
        session.save()
    except DatabaseError as error:
        if not unwritten(error):
            raise
    except UpdateError:
        return  # ended meanwhile, which is said at the end
    session.modified = False


class Passes:
    """Middleware: a token speaks for its person where a view takes tokens; visits are seen by the hour."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note the visit, then answer."""
        seen = request.session.get("seen") if SESSION_KEY in request.session else None
        if seen and timezone.now() - datetime.fromisoformat(seen) > SEEN:
            _seen(request.session)
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """Let a token's person in; refuse a token that lets nobody in. Elsewhere tokens mean nothing."""
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not getattr(getattr(view, "view_class", None), "takes_tokens", False):
            return None
        writes = request.method not in ("GET", "HEAD", "OPTIONS")
        person = Token.objects.holder(secret.strip(), writes=writes)
        if person is None and request.path.startswith("/api/"):
            return unknown_token()
        if person is None:
            told = "This token lets nobody in: it is unknown, too old, taken back, or may not do this.\n"
            return HttpResponse(
                told, status=401, content_type="text/plain", headers={"WWW-Authenticate": "Bearer"}
            )
        request.user = cast(Any, person)
        cast(Any, request).by_token = True
        return None
