"""Faults: pages that say what happened, why, and what next; what was typed stays with the browser."""

from __future__ import annotations

import re
import sys
from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from colead.web.api.problem import unsaved
from colead.web.room import FULL, WHAT, unwritten

CSRF = "csrfmiddlewaretoken"
SECRET = re.compile("password|secret|token|code")


def _fault(request: HttpRequest, status: int, what: str, why: str, hint: str, **more: object) -> HttpResponse:
    told: dict[str, object] = {"what": what, "why": why, "hint": hint, **more}
    if status < 500 and request.user.is_authenticated:
        told["person"] = request.user
    return render(request, "fault.html", told, status=status)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the person may see this and not do it."""
    why = str(exception or "") or "That is not yours to do here."
    return _fault(request, 403, "Not yours to do", why, "Go back, and suggest it to whom it belongs.")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form did not come from a page of this site."""
    why = "The form was open too long, or cookies are switched off, or it came from elsewhere."
    return _fault(
        request, 403, "This form could not be taken", why, "Go back, reload the page and send it again."
    )


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is nothing here for this person."""
    why = "It was never here, it is gone, or you do not belong to its area."
    return _fault(
        request, 404, "There is nothing here", why, "Look among your areas, or ask who sent you the link."
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500: Colead's own fault; 507 where the disk is full or closed to writing."""
    if kind := unwritten(sys.exc_info()[1]):
        return unsaved(kind).answer() if request.path.startswith("/api/") else _unsaved(request, kind)
    why = "Something went wrong in Colead. What was saved before is safe; this was not saved."
    return _fault(
        request, 500, "That did not work", why, "Go back and try again; the server's log says more."
    )


def _unsaved(request: HttpRequest, kind: str) -> HttpResponse:
    typed = _typed(request)
    with suppress(OSError):  # a browser shows no answer before all that it sends is taken
        while request.read(1 << 20):
            pass
    mend = "make room" if kind == FULL else "let Colead write there"
    again = f"Ask whoever runs Colead to {mend}"
    if typed:
        hint = f"What you typed is still here, below. {again}, then send it again from this page."
    else:
        hint = f"{again}, then go back and try again."
    what = WHAT[kind].capitalize()
    what += ": this could not be done" if request.method == "GET" else ": nothing was saved"
    return _fault(request, 507, what, "What was saved before is safe.", hint, typed=typed)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form held, by field; nothing of a form with a secret or a file, which no page repeats."""
    with suppress(OSError):  # what was sent could not even be taken
        if not request.FILES and not any(SECRET.search(one) for one in request.POST if one != CSRF):
            return [(name, one) for name, all_ in request.POST.lists() if name != CSRF for one in all_]
    return []
