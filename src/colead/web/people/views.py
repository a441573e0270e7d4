"""Views of people: the door, the first start, one's own settings."""

from __future__ import annotations

from typing import cast

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import slugify
from django.views.generic import View

from colead.web.areas.models import Area, Invitation, Membership, Role
from colead.web.people.forms import Joining, Me, SignIn, Welcome
from colead.web.people.models import Link, Person, digest

TRIES, MINUTE = 10, 60
BACKEND = "django.contrib.auth.backends.ModelBackend"
SALT = "colead.welcome"
TAKEN = {"new", "join", "link", "me", "sign-in", "sign-out", "static", "welcome", "jobs", "healthz", "api"}


def enter(request: HttpRequest, person: Person) -> None:
    """Sign a person in, in a new session."""
    login(request, person, backend=BACKEND)


@method_decorator(login_not_required, name="dispatch")
class SignInView(View):
    """Signing in with an address and a password."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._shown(request, SignIn())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Try; ten wrong tries a minute for one address or one place are enough."""
        keys = [f"try {request.POST.get('email', '')[:200].lower()}", f"try {request.META['REMOTE_ADDR']}"]
        counts = [_count(digest(key)) for key in keys]
        form = SignIn(request.POST)
        if max(counts) > TRIES:
            return self._shown(request, SignIn(), status=429, waits=True)
        if not form.is_valid():
            return self._shown(request, form, status=422)
        enter(request, cast(Person, form.person))
        return redirect(_onward(request))

    def _shown(
        self, request: HttpRequest, form: SignIn, *, status: int = 200, waits: bool = False
    ) -> HttpResponse:
        told = {"form": form, "next": request.GET.get("next", ""), "waits": waits}
        return render(request, "people/sign_in.html", told, status=status)


def _count(key: str) -> int:
    cache.add(key, 0, MINUTE)
    return int(cache.incr(key))


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    same = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if same else "home"


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
        enter(request, person)
        return redirect("home")


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
        enter(request, person)
        return redirect("area", area.slug)


def welcome_token() -> str:
    """What the link of the first start holds."""
    return signing.dumps("welcome", salt=SALT)


def begin(person: Person, name: str, side: str) -> Area:
    """A new area that this person leads on one side."""
    stem = slugify(name)[:50] or "area"
    stem = f"{stem}-area" if stem in TAKEN else stem
    slug, number = stem, 2
    while Area.objects.filter(slug=slug).exists():
        slug, number = f"{stem}-{number}", number + 1
    area = Area.objects.create(name=name.strip(), slug=slug)
    Membership.objects.create(area=area, person=person, side=side, role=Role.LEAD)
    area.enter(person, "began")
    return area


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
            if not form.is_valid():
                return self._shown(request, invited, form, status=422)
            told = form.cleaned_data
            technical = invited.side == "engineering"
            person = Person.objects.welcome(
                told["email"], told["name"], told["password"], technical=technical
            )
            enter(request, person)
        invited.take(cast(Person, request.user))
        return redirect("area", invited.area.slug)

    def _shown(
        self, request: HttpRequest, invited: Invitation, form: Joining, *, status: int = 200
    ) -> HttpResponse:
        return render(request, "people/join.html", {"invited": invited, "form": form}, status=status)


def _invitation(secret: str) -> Invitation:
    good = Invitation.objects.select_related("area", "by").filter(taken=None, until__gt=timezone.now())
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
