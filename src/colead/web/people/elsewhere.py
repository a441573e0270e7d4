"""Elsewhere: signing in by a service that knows the person already (OpenID Connect)."""

from __future__ import annotations

import logging
import re
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import View

from colead.web.areas.models import Invitation
from colead.web.people.door import come_in, onward
from colead.web.people.models import Identity, Person, digest

ONTO = "onto"  # in a session: where to after the service


def _broken() -> tuple[type[Exception], ...]:
    """What the library raises where the service does not answer, or not as it should."""
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError
    from requests import RequestException

    return AuthlibBaseError, JoseError, RequestException, KeyError, ValueError


def _client() -> Any:
    """The service as the settings name it: PKCE, and answers within ten seconds or none."""
    from authlib.integrations.django_client import OAuth  # where no service is set, no memory goes to it

    return OAuth().register(
        "service",
        client_id=settings.OIDC_CLIENT,
        client_secret=settings.OIDC_SECRET or None,
        server_metadata_url=f"{settings.OIDC}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": 10,
        },
    )


@method_decorator(login_not_required, name="dispatch")
class ElsewhereView(View):
    """To the service and back; nothing is here where none is set."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only where a service is set."""
        if not settings.OIDC:
            raise Http404
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def refused(self, request: HttpRequest, why: str, status: int) -> HttpResponse:
        """Why it did not let anybody in."""
        told = {"why": why, "name": settings.OIDC_NAME}
        return render(request, "people/elsewhere.html", told, status=status)


class ThereView(ElsewhereView):
    """To the service."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Go there."""
        request.session[ONTO] = onward(request, request.GET.get("next", ""))
        back = request.build_absolute_uri(reverse("elsewhere-back"))
        try:
            return cast(HttpResponse, _client().authorize_redirect(request, back))
        except _broken():
            logging.getLogger(__name__).exception("the sign-in service does not answer")
            return self.refused(request, "It does not answer. Try again later, or sign in another way.", 502)


class BackView(ElsewhereView):
    """Back from the service."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Let in whom it means."""
        try:
            told = _client().authorize_access_token(request)["userinfo"]
        except _broken() as error:
            logging.getLogger(__name__).warning("the sign-in service's answer was refused: %r", error)
            return self.refused(request, "Its answer was not the one to our question. Begin again.", 403)
        onto = str(request.session.pop(ONTO, "home"))
        person = known(told) or invited(told, onto)
        if person is None:
            why = "Nobody here has the address that it names. Ask a lead of the area for an invitation."
            return self.refused(request, why, 403)
        return come_in(request, person, "service", onto)


def known(told: dict[str, Any]) -> Person | None:
    """Whom the service means: met before, or found by an address that it has verified."""
    issuer, subject = str(told["iss"])[:300], str(told["sub"])[:255]
    met = Identity.objects.select_related("person").filter(issuer=issuer, subject=subject).first()
    if met is not None:
        return met.person if met.person.is_active else None
    person = Person.objects.filter(email=_verified(told), is_active=True).first()
    if person is None or person.identities.filter(issuer=issuer).exists():
        return None
    Identity.objects.create(person=person, issuer=issuer, subject=subject)
    return person


def invited(told: dict[str, Any], onto: str) -> Person | None:
    """A new person, where the way leads on to an invitation that is good."""
    address, found = _verified(told), re.fullmatch(r"/join/([\w-]{1,100})", onto)
    if found is None or not address or Person.objects.filter(email=address).exists():
        return None
    if not Invitation.objects.good().filter(digest=digest(found[1])).exists():
        return None
    with transaction.atomic():
        person = Person.objects.welcome(address, str(told.get("name") or address.partition("@")[0])[:80])
        Identity.objects.create(person=person, issuer=str(told["iss"])[:300], subject=str(told["sub"])[:255])
    return person


def _verified(told: dict[str, Any]) -> str:
    address = told.get("email")
    good = told.get("email_verified") is True and isinstance(address, str) and len(address) <= 254
    return str(address).strip().lower() if good else ""
