"""Views of people: the door, the first start, one's own settings."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import slugify
from django.views.generic import View

from colead.web.areas.models import Area, Invitation, Membership, Role
from colead.web.people.door import come_in, enter, halfway, onward, place
from colead.web.people.forms import Code, Joining, MailedLink, Me, SignIn, Welcome
from colead.web.people.models import Factor, Letter, Link, Person, Tries, digest

TRIES, MINUTE, DAY = 10, 60, 86_400
SALT = "colead.welcome"
TAKEN = {
    "installation",
    "new",
    "join",
    "link",
    "me",
    "sign-in",
    "sign-out",
    "static",
    "welcome",
    "jobs",
    "healthz",
    "api",
    "mute",
}


@method_decorator(login_not_required, name="dispatch")
class SignInView(View):
    """Signing in with an address and a password."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._shown(request, SignIn())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Try; ten wrong tries a minute for one address or one place are enough."""
        form = SignIn(request.POST)
        if _guesses(request, request.POST.get("email", "")):
            return self._shown(request, SignIn(), status=429, waits=True)
        if not form.is_valid():
            return self._shown(request, form, status=422)
        to = onward(request, request.POST.get("next", ""))
        return come_in(request, cast(Person, form.person), "password", to)

    def _shown(
        self, request: HttpRequest, form: SignIn, *, status: int = 200, waits: bool = False
    ) -> HttpResponse:
        onto = request.GET.get("next", "") or request.POST.get("next", "")
        told = {"form": form, "next": onto, "waits": waits, "mails": settings.MAILS}
        told |= {"service": settings.OIDC, "service_name": settings.OIDC_NAME}
        return render(request, "people/sign_in.html", told, status=status)


def _guesses(request: HttpRequest, email: str) -> bool:
    here = Tries.objects.too_many(f"place {place(request)}", TRIES, MINUTE)
    return Tries.objects.too_many(f"address {email[:254].strip().lower()}", TRIES, MINUTE) or here


@method_decorator(login_not_required, name="dispatch")
class SecondView(View):
    """The second factor, after the first one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form, for whoever has shown the first."""
        return self._shown(request, Code()) if halfway(request) else redirect("sign-in")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Let in whoever has the code; few tries a minute, not many a day."""
        half = halfway(request)
        if half is None:
            return redirect("sign-in")
        person, told = half
        form, key = Code(request.POST), f"code {person.pk}"
        if Tries.objects.too_many(key, 5, MINUTE) or Tries.objects.too_many(key, 50, DAY):
            return self._shown(request, Code(), status=429, waits=True)
        if not form.is_valid() or not Factor.objects.passes(person, form.cleaned_data["code"]):
            form.add_error(None, "That code does not fit. Wait for the next one, or use a spare code.")
            return self._shown(request, form, status=422)
        enter(request, person, told["by"])
        return redirect(told["to"])

    def _shown(
        self, request: HttpRequest, form: Code, *, status: int = 200, waits: bool = False
    ) -> HttpResponse:
        return render(request, "people/second.html", {"form": form, "waits": waits}, status=status)


@method_decorator(login_not_required, name="dispatch")
class MailedLinkView(View):
    """A link by mail, where mail is set up; it also stands for a forgotten password."""

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        """Nothing is here without mail."""
        if not settings.MAILS:
            raise Http404
        return cast(HttpResponse, super().dispatch(request))

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return render(request, "people/mailed.html", {"form": MailedLink()})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Write the wish down; the answer is the same whether anybody has the address."""
        form = MailedLink(request.POST)
        if Tries.objects.too_many(f"letter from {place(request)}", TRIES, 10 * MINUTE):
            return render(request, "people/mailed.html", {"form": MailedLink(), "waits": True}, status=429)
        if not form.is_valid():
            return render(request, "people/mailed.html", {"form": form}, status=422)
        to = form.cleaned_data["email"].strip().lower()
        if not Tries.objects.too_many(f"letter to {to}", 3, 15 * MINUTE):
            Letter.objects.create(to=to, base=request.build_absolute_uri("/").rstrip("/"))
        return render(request, "people/mailed.html", {"to": to})


class SignOutView(View):
    """Leaving."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """End the session."""
        logout(request)
        return redirect("sign-in")


@method_decorator(login_not_required, name="dispatch")
class LinkView(View):
    """A link that signs in once; it is spent by a press, not by a mail program that looks ahead."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Whose link it is."""
        good = Link.objects.filter(digest=digest(secret), spent=None, until__gt=timezone.now())
        found = good.select_related("person").filter(person__is_active=True).first()
        status = 200 if found else 410
        return render(request, "people/link.html", {"link": found, "secret": secret}, status=status)

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Let them in."""
        person = Link.objects.spend(secret)
        if person is None:
            return render(request, "people/link.html", {"link": None}, status=410)
        return come_in(request, person, "link")


@method_decorator(login_not_required, name="dispatch")
class WelcomeView(View):
    """The first start: the link that the terminal printed makes the first account."""

    def dispatch(self, request: HttpRequest, token: str) -> HttpResponse:
        """Only with the printed link, and only while there is nobody."""
        try:
            signing.loads(token, salt=SALT, max_age=86_400)
        except signing.BadSignature as error:
            raise Http404 from error
        if Person.objects.exists():
            return redirect("sign-in")
        return cast(HttpResponse, super().dispatch(request, token=token))

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The form."""
        return render(request, "people/welcome.html", {"form": Welcome()})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Make the account and the area, and go there."""
        form = Welcome(request.POST)
        if not form.is_valid():
            return render(request, "people/welcome.html", {"form": form}, status=422)
        told = form.cleaned_data
        with transaction.atomic():
            person = Person.objects.welcome(
                told["email"], told["name"], told["password"], is_admin=True,
                technical=told["side"] == "engineering",
            )  # fmt: skip
            area = begin(person, told["area"], told["side"])
        enter(request, person, "password")
        return redirect("area", area.slug)


def welcome_token() -> str:
    """What the link of the first start holds."""
    return signing.dumps("welcome", salt=SALT)


@transaction.atomic
def begin(person: Person, name: str, side: str) -> Area:
    """A new area that this person leads on one side."""
    area = Area.objects.create(name=name.strip(), slug=free_slug(name))
    Membership.objects.create(area=area, person=person, side=side, role=Role.LEAD)
    area.enter(person, "began")
    return area


def free_slug(name: str) -> str:
    """A short name for addresses that no other area has."""
    stem = slugify(name)[:50] or "area"
    stem = f"{stem}-area" if stem in TAKEN else stem
    slug, number = stem, 2
    while Area.objects.filter(slug=slug).exists():
        slug, number = f"{stem}-{number}", number + 1
    return slug


@method_decorator(login_not_required, name="dispatch")
class JoinView(View):
    """An invitation into an area."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """What one is invited to."""
        return self._shown(request, _invitation(secret), Joining())

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Join, with a new account or as who is signed in."""
        invited = _invitation(secret)
        form = Joining(request.POST)
        if not request.user.is_authenticated:
            if Tries.objects.too_many(f"join {place(request)}", TRIES, MINUTE):
                return self._shown(request, invited, Joining(), status=429)
            if not form.is_valid():
                return self._shown(request, invited, form, status=422)
            told = form.cleaned_data
            technical = invited.side == "engineering"
            person = Person.objects.welcome(
                told["email"], told["name"], told["password"], technical=technical
            )
            enter(request, person, "password")
        invited.take(cast(Person, request.user))
        return redirect("area", invited.area.slug)

    def _shown(
        self, request: HttpRequest, invited: Invitation, form: Joining, *, status: int = 200
    ) -> HttpResponse:
        told = {"invited": invited, "form": form, "service": settings.OIDC and settings.OIDC_NAME}
        return render(request, "people/join.html", told, status=status)


def _invitation(secret: str) -> Invitation:
    good = Invitation.objects.good().select_related("area", "by")
    return get_object_or_404(good, digest=digest(secret))


class MeView(View):
    """One's own settings."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        person = cast(Person, request.user)
        return self._shown(request, Me(initial={name: getattr(person, name) for name in Me.base_fields}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it."""
        form = Me(request.POST)
        if not form.is_valid():
            return self._shown(request, form, status=422)
        Person.objects.filter(pk=cast(Person, request.user).pk).update(**form.cleaned_data)
        return redirect("me")

    def _shown(self, request: HttpRequest, form: Me, *, status: int = 200) -> HttpResponse:
        return render(request, "people/me.html", {"form": form, "person": request.user}, status=status)
