"""Own: what people see and change of their own account: password, second factor, sessions, tokens."""

from __future__ import annotations

from typing import cast

import pyotp
import segno
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.generic import View

from colead.web.people.door import came_by_link, enter
from colead.web.people.forms import Code, NewToken, Password
from colead.web.people.models import Factor, Person, SpareCode, Token, Tries, Visit

SALT = "colead.factor"
PENDING = 3600  # seconds to photograph the square
TOKENS = 50  # that a person may have


class OwnView(View):
    """A page of one's own account."""

    @property
    def person(self) -> Person:
        """Whose it is."""
        return cast(Person, self.request.user)

    def shown(self, template: str, /, *, status: int = 200, **told: object) -> HttpResponse:
        """The page."""
        return render(self.request, f"people/{template}.html", {"person": self.person, **told}, status=status)

    def end_others(self) -> None:
        """End every session of the person but this one."""
        self.person.visits.exclude(session_key=self.request.session.session_key).delete()


class PasswordView(OwnView):
    """Choosing another password."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form, or why there is none now."""
        return self._page(Password(self.person, asks=self._asks))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it, end every session, and begin a new one here."""
        if self._asks and Tries.objects.too_many(f"password {self.person.pk}", 10, 60):
            return self._page(Password(self.person, asks=True), status=429, waits=True)
        form = Password(self.person, request.POST, asks=self._asks)
        if self._shut or not form.is_valid():
            return self._page(form, status=422)
        self.person.choose_password(form.cleaned_data["password"])
        enter(request, self.person, "password")
        return redirect("sessions")

    @property
    def _asks(self) -> bool:
        return not came_by_link(self.request)

    @property
    def _shut(self) -> bool:
        return self._asks and not self.person.has_usable_password()

    def _page(self, form: Password, *, status: int = 200, waits: bool = False) -> HttpResponse:
        return self.shown("password", form=form, shut=self._shut, waits=waits, status=status)


class SessionsView(OwnView):
    """Where one is signed in."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list, the newest first."""
        mine = self.person.visits.filter(expire_date__gt=timezone.now()).order_by("-seen")
        return self.shown("sessions", visits=mine, here=request.session.session_key)

    def post(self, request: HttpRequest) -> HttpResponse:
        """End all but this one."""
        self.end_others()
        return redirect("sessions")


class SessionView(OwnView):
    """One of the sessions."""

    def post(self, request: HttpRequest, mark: str) -> HttpResponse:
        """End it."""
        found = next((one for one in self.person.visits.all() if one.mark == mark), None)
        if found is None:
            raise Http404
        Visit.objects.filter(pk=found.pk).delete()
        return redirect("sessions")


class TokensView(OwnView):
    """What lets programs in."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        return self._page(NewToken())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one and show it, this once."""
        form = NewToken(request.POST)
        if form.is_valid() and self.person.tokens.count() >= TOKENS:
            form.add_error(None, f"You have {TOKENS} tokens. Take one back first.")
        if not form.is_valid():
            return self._page(form, status=422)
        return self._page(NewToken(), secret=Token.objects.make(self.person, **form.cleaned_data))

    def _page(self, form: NewToken, *, status: int = 200, secret: str = "") -> HttpResponse:
        mine = self.person.tokens.order_by("-id")
        return self.shown("tokens", tokens=mine, form=form, secret=secret, status=status)


class TokenView(OwnView):
    """One of the tokens."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it back."""
        get_object_or_404(Token, person=self.person, pk=pk).delete()
        return redirect("tokens")


class FactorView(OwnView):
    """The second factor: on, off, other spare codes."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """What is so, and how to switch it."""
        return self._page(Code())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Switch it, with a code."""
        form, on = Code(request.POST), self._on
        if Tries.objects.too_many(f"code {self.person.pk}", 5, 60):
            return self._page(Code(), status=429, waits=True)
        if not form.is_valid():
            return self._page(form, status=422)
        done = self._changed if on else self._begun
        codes = done(form.cleaned_data["code"])
        if codes is None:
            form.add_error(None, "That code does not fit. Wait for the next one and try again.")
            return self._page(form, status=422)
        return self._page(Code(), codes=codes)

    @property
    def _on(self) -> Factor | None:
        return Factor.objects.filter(person=self.person).first()

    def _begun(self, code: str) -> list[str] | None:
        secret = self._pending()
        codes = Factor.objects.switch_on(self.person, secret, code) if secret else None
        if codes:
            self.end_others()
        return codes or None

    def _changed(self, code: str) -> list[str] | None:
        if not Factor.objects.passes(self.person, code):
            return None
        if "off" not in self.request.POST:
            return SpareCode.objects.anew(self.person)
        Factor.objects.filter(person=self.person).delete()
        self.person.spare_codes.all().delete()
        return []

    def _pending(self) -> str:
        try:
            told = signing.loads(self.request.POST.get("pending", ""), salt=SALT, max_age=PENDING)
        except signing.BadSignature:
            return ""
        return str(told["secret"]) if told["person"] == self.person.pk else ""

    def _page(
        self, form: Code, *, status: int = 200, codes: list[str] | None = None, waits: bool = False
    ) -> HttpResponse:
        told: dict[str, object] = {"form": form, "codes": codes, "waits": waits, "factor": self._on}
        if told["factor"] is None:
            secret = self._pending() or pyotp.random_base32()
            told |= self._square(secret)
            form.fields["code"].label = "The code on your phone"
        else:
            told["left"] = self.person.spare_codes.count()
        return self.shown("factor", status=status, **told)

    def _square(self, secret: str) -> dict[str, object]:
        address = pyotp.TOTP(secret).provisioning_uri(name=self.person.email, issuer_name="Colead")
        drawn = segno.make(address, error="m").svg_inline(scale=4, border=3, dark="#000", light="#fff")
        return {
            "pending": signing.dumps({"secret": secret, "person": self.person.pk}, salt=SALT),
            "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            "square": mark_safe(drawn),  # noqa: S308 - drawn from our own letters
        }
