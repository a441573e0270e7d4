"""Person: somebody who signs in."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.utils import timezone

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from colead.web.areas.models import Membership
    from colead.web.people.models.factor import SpareCode
    from colead.web.people.models.link import Link
    from colead.web.people.models.token import Token
    from colead.web.people.models.visit import Visit


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
    # Changing it ends every session of the person.
    stamp = models.CharField(max_length=64, default=secrets.token_hex)

    objects: ClassVar[People] = People()
    memberships: RelatedManager[Membership]
    links: RelatedManager[Link]
    visits: RelatedManager[Visit]
    tokens: RelatedManager[Token]
    spare_codes: RelatedManager[SpareCode]

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

    def choose_password(self, password: str) -> None:
        """Another password from now on; every session and every unspent link ends."""
        self.set_password(password)
        self._shut()

    def lock_out(self) -> None:
        """Keep the person out: sessions and links end, passwords and tokens let nobody in any more."""
        self.is_active = False
        self._shut()

    def let_in(self) -> None:
        """Take a lock-out back, and the second factor away, which may be what keeps the person out."""
        from colead.web.people.models.factor import Factor

        self.is_active = True
        with transaction.atomic():
            Factor.objects.filter(person=self).delete()
            self.spare_codes.all().delete()
            self._shut()

    def _shut(self) -> None:
        self.stamp = secrets.token_hex()
        with transaction.atomic():
            self.save(update_fields=["password", "is_active", "stamp"])
            self.visits.all().delete()
            self.links.all().delete()


class Identity(models.Model):
    """Whom a sign-in service means: its name for a person, found by their address once."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_person_each"),
            models.UniqueConstraint(fields=["issuer", "person"], name="known_once"),
        ]


def digest(secret: str) -> str:
    """What is kept of a secret that has enough chance in it."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
