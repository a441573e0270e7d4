"""Link: what signs one person in, once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone

from colead.web.people.models.person import Person, digest

LASTS = timedelta(hours=1)


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

    person = models.ForeignKey(Person, models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()
    spent = models.DateTimeField(null=True)

    objects: ClassVar[Links] = Links()
