"""Views of the API: one for every address, which asks the registry what each method does."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import (
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from colead.errors import ColeadError
from colead.web.api import shapes
from colead.web.api.call import Call
from colead.web.api.models import KEPT, Answered, asked
from colead.web.api.problem import Problem, unsaved
from colead.web.api.routes import Page, Route
from colead.web.room import unwritten

DEEPEST = 20  # how many brackets may stand in each other
SAFE = ("GET", "HEAD", "OPTIONS")
ABSENT = "It was never here, it is gone, or you do not belong to its area."
LOG = logging.getLogger(__name__)


class FormCheck(CsrfViewMiddleware):
    """Whether a browser's request comes from a page of this site; says the reason where it does not."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


@method_decorator([csrf_exempt, login_not_required], name="dispatch")
class ResourceView(View):
    """All methods of one address."""

    takes_tokens = True
    routes: dict[str, Route] = {}  # noqa: RUF012 - given by as_view

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, or say what is wrong."""
        try:
            return self._answer(request, kwargs)
        except Exception as error:
            return problem_of(error).answer()

    def _answer(self, request: HttpRequest, parts: dict[str, Any]) -> HttpResponse:
        found = self.routes.get("GET" if request.method == "HEAD" else request.method or "")
        if found is None:
            allowed = ", ".join(sorted(self.routes))
            return Problem(405, "method", f"Here one can {allowed}.").answer(Allow=allowed)
        if not request.user.is_authenticated:
            why = "Send a token as `Authorization: Bearer ...`, or sign in."
            return Problem(401, "sign-in", why).answer(**{"WWW-Authenticate": "Bearer"})
        if request.method not in SAFE and not getattr(request, "by_token", False):
            self._came_from_here(request)
        call = Call(request, request.user, parts.pop("area", ""), lifts=found.lifts)
        if call.slug:
            call.membership  # noqa: B018 - whoever does not belong to the area is told nothing else
        if found.body is not None:
            parts["told"] = shapes.taken(found.body, body(request))
        return self._once(call, found, parts)

    def _came_from_here(self, request: HttpRequest) -> None:
        check = FormCheck(lambda one: HttpResponse())
        check.process_request(request)
        if check.process_view(request, cast(Any, None), (), {}):
            why = "Send the page's form token as X-CSRFToken, or use a token of your own."
            raise Problem(403, "forged", why, param="X-CSRFToken")

    def _once(self, call: Call, found: Route, parts: dict[str, Any]) -> HttpResponse:
        """Do it; under a key of the program's own it is done once, and answered again the same way."""
        key = call.request.headers.get("Idempotency-Key", "")
        if not key or call.request.method in SAFE:
            return _said(call, found, shapes.told(found.act(call, **parts)))
        if len(key) > 200 or not key.isascii():
            raise Problem(422, "invalid", "A key has at most 200 plain letters.", param="Idempotency-Key")
        digest = asked(call.request.method or "", call.request.path, call.request.body)
        Answered.objects.filter(made__lt=timezone.now() - KEPT).delete()
        try:
            with transaction.atomic():
                mine = Answered.objects.create(person=call.person, key=key, digest=digest)
                told = shapes.told(found.act(call, **parts))
                mine.keep(found.status, told)
        except IntegrityError:
            return self._again(call, key, digest)
        return _said(call, found, told)

    def _again(self, call: Call, key: str, digest: str) -> HttpResponse:
        kept = Answered.objects.filter(person=call.person, key=key).first()
        if kept is None:
            raise Problem(409, "conflict", "Somebody else did it at the same moment.")
        if kept.digest != digest:
            why = "This key was used for something else."
            raise Problem(422, "key-reused", why, param="Idempotency-Key")
        answer = JsonResponse(kept.answer, safe=False, status=kept.status)
        answer["Idempotency-Replayed"] = "true"
        return answer


def _said(call: Call, found: Route, told: Any) -> HttpResponse:
    if found.gives is None:
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=call.headers)
    answer = JsonResponse(told, safe=False, status=found.status, headers=call.headers)
    if isinstance(told, dict) and isinstance(told.get("version"), int):
        answer["ETag"] = f'"{told["version"]}"'
    return answer


def body(request: HttpRequest) -> Any:
    """The body's JSON; Problem where it is none, or too deep."""
    if request.content_type != "application/json":
        raise Problem(415, "content-type", "Send application/json.", param="Content-Type")
    try:
        found = json.loads(request.body.decode("utf-8"), parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "json", "The body is no JSON.", param="body") from error
    if _deep(found, DEEPEST):
        raise Problem(400, "json", f"At most {DEEPEST} brackets may stand in each other.", param="body")
    return found


def _refused(name: str) -> Any:
    raise ValueError(name)


def _deep(value: Any, left: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return left < 0 or any(_deep(one, left - 1) for one in inner)


def problem_of(error: Exception) -> Problem:
    """What went wrong, as it is sent."""
    match error:
        case Problem():
            return error
        case PermissionDenied():
            return Problem(403, "not-yours", str(error) or "That is not yours to do here.")
        case Http404() | ObjectDoesNotExist():
            return Problem(404, "not-found", ABSENT)
        case RequestDataTooBig():
            return Problem(413, "too-large", "The body is too large.", param="body")
        case ValidationError():
            return Problem(422, "invalid", " ".join(error.messages))
        case ColeadError():
            return Problem(422, error.code.lower(), f"{error.what}: {error.why}. Try: {error.hint}.")
        case SuspiciousOperation():
            return Problem(400, "bad-request", "The request could not be read.")
        case IntegrityError():
            return Problem(409, "conflict", "Somebody else changed it at the same moment.")
    if kind := unwritten(error):
        return unsaved(kind)
    LOG.error("the API broke", exc_info=error)
    return Problem(500, "broken", "Something went wrong in Colead; nothing of this was saved.")


__all__ = ["Page", "ResourceView", "body", "problem_of"]
