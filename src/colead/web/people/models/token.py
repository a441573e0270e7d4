"""Token: what lets a program in for a person; shown once, kept as a digest."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone

from colead.web.people.models.person import Person, digest

PREFIX = "cld_"
LOOKED = timedelta(minutes=1)  # how exactly the last use is known


class Scope(models.TextChoices):
    """What a program may do with a token."""

    READ = "read", "read"
    WRITE = "write", "read and write"


class Tokens(models.Manager["Token"]):
    """All tokens."""

    def make(self, person: Person, name: str, scope: str, days: int) -> str:
        """A new token, told only now."""
        secret = f"{PREFIX}{secrets.token_urlsafe(32)}"
        until = timezone.now() + timedelta(days=days)
        self.create(person=person, name=name, scope=scope, until=until, digest=digest(secret))
        return secret

    def holder(self, secret: str, *, writes: bool) -> Person | None:
        """For whom the token speaks now; None where it is late, taken back, too narrow or unknown."""
        now = timezone.now()
        good = self.filter(digest=digest(secret), until__gt=now, person__is_active=True)
        found = good.select_related("person").first()
        if found is None or (writes and found.scope != Scope.WRITE):
            return None
        if found.used is None or now - found.used > LOOKED:
            self.filter(pk=found.pk).update(used=now)
        return found.person


class Token(models.Model):
    """A program's way in, with an end."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    scope = models.CharField(max_length=5, choices=Scope, default=Scope.READ)
    digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    used = models.DateTimeField(null=True)

    objects: ClassVar[Tokens] = Tokens()

    @property
    def late(self) -> bool:
        """Whether its time is over."""
        return self.until <= timezone.now()
