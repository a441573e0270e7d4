"""Person: somebody who signs in; and the links by which one signs in once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from colead.web.areas.models import Membership

LASTS = timedelta(hours=1)


class People(BaseUserManager["Person"]):
    """All who may sign in."""

    def welcome(self, email: str, name: str, password: str | None = None, **more: bool) -> Person:
        """Add a person; without a password only a link lets them in."""
        person = Person(email=email.strip().lower(), name=name.strip(), **more)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person with this address, however it is capitalised."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody who signs in by their address."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)
    is_admin = models.BooleanField(default=False)  # runs the installation; says nothing of any area
    technical = models.BooleanField(default=False)  # reads the engineers' lines
    keys = models.BooleanField(default=True)  # pages listen to single keys
    joined = models.DateTimeField(default=timezone.now)
    # Changing it ends every session and link of the person.
    stamp = models.CharField(max_length=64, default=secrets.token_hex)

    objects: ClassVar[People] = People()
    memberships: RelatedManager[Membership]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def _legacy_get_session_auth_hash(self) -> str:
        return ""

    def get_session_auth_hash(self) -> str:
        """What a session holds on to: it ends with the password and with the stamp."""
        return hashlib.sha256(f"{self.password}\0{self.stamp}".encode()).hexdigest()

    @property
    def initial(self) -> str:
        """One letter for the mark beside what the person wrote."""
        return self.name[:1].upper() or "?"


class Links(models.Manager["Link"]):
    """Links that let somebody in once."""

    def make(self, person: Person, *, lasts: timedelta = LASTS) -> str:
        """A secret that lets this person in once, until then; only its digest is kept."""
        secret = secrets.token_urlsafe(32)
        self.create(person=person, digest=digest(secret), until=timezone.now() + lasts)
        return secret

    def spend(self, secret: str, now: datetime | None = None) -> Person | None:
        """The person whom the secret lets in now; None where it is spent, late or unknown."""
        now = now or timezone.now()
        good = self.filter(digest=digest(secret), spent=None, until__gt=now, person__is_active=True)
        if not good.update(spent=now):
            return None
        return self.select_related("person").get(digest=digest(secret)).person


class Link(models.Model):
    """A link that signs one person in, once."""

    person = models.ForeignKey(Person, models.CASCADE)
    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()
    spent = models.DateTimeField(null=True)

    objects: ClassVar[Links] = Links()


def digest(secret: str) -> str:
    """What is kept of a secret that has enough chance in it."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
