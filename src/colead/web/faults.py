"""Faults: pages that say what happened, why, and what next; what was typed stays with the browser."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _fault(request: HttpRequest, status: int, what: str, why: str, hint: str) -> HttpResponse:
    told: dict[str, object] = {"what": what, "why": why, "hint": hint}
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
    """500: Colead's own fault."""
    why = "Something went wrong in Colead. What was saved before is safe; this was not saved."
    return _fault(
        request, 500, "That did not work", why, "Go back and try again; the server's log says more."
    )
