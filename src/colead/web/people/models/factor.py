"""Factor: the second thing that somebody shows at the door: a code of the moment, or a spare one."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import ClassVar

import pyotp
from django.db import models, transaction
from django.utils import timezone

from colead.web.people.models.person import Person, digest
from colead.web.sealed import opened, seal

PURPOSE = b"colead: second factors"
STEP = 30  # seconds that a code stands
SPARE = 8
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Factors(models.Manager["Factor"]):
    """Second factors that are switched on."""

    def switch_on(self, person: Person, secret: str, code: str) -> list[str]:
        """Ask for codes of this secret from now on: spare codes, told only now; [] where the code is off."""
        moment = moment_of(secret, code)
        if moment is None:
            return []
        with transaction.atomic():
            told = {"sealed": seal(secret, PURPOSE), "moment": moment, "since": timezone.now()}
            self.update_or_create(person=person, defaults=told)
            return SpareCode.objects.anew(person)

    def passes(self, person: Person, code: str) -> bool:
        """Whether the code is one of now that was not used yet, or a spare one; it is used up by that."""
        factor = self.filter(person=person).first()
        if factor is None:
            return False
        moment = moment_of(opened(factor.sealed, PURPOSE), code)
        if moment is None:
            return SpareCode.objects.spend(person, code)
        return bool(self.filter(pk=factor.pk, moment__lt=moment).update(moment=moment))


class Factor(models.Model):
    """The secret that a person's phone shares with Colead, sealed."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="factor")
    sealed = models.CharField(max_length=300)
    moment = models.BigIntegerField()  # the newest one whose code was used
    since = models.DateTimeField()

    objects: ClassVar[Factors] = Factors()


class SpareCodes(models.Manager["SpareCode"]):
    """Codes for the day on which the phone is gone."""

    def anew(self, person: Person) -> list[str]:
        """Other spare codes in place of those there were."""
        made = ["-".join(_letters(4) for _ in range(4)) for _ in range(SPARE)]
        with transaction.atomic():
            self.filter(person=person).delete()
            self.bulk_create(SpareCode(person=person, digest=digest(plain(one))) for one in made)
        return made

    def spend(self, person: Person, code: str) -> bool:
        """Whether it is a spare code of the person; it is gone then."""
        return bool(self.filter(person=person, digest=digest(plain(code))).delete()[0])


class SpareCode(models.Model):
    """A code that works once instead of the phone's."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="spare_codes")
    digest = models.CharField(max_length=64)

    objects: ClassVar[SpareCodes] = SpareCodes()


def _letters(count: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(count))


def plain(code: str) -> str:
    """A code however it was typed."""
    return "".join(one for one in code.lower() if one.isalnum())


def moment_of(secret: str, code: str, now: datetime | None = None) -> int | None:
    """The moment whose code it is, of the last, this and the next one; None where it is none of them."""
    this = int((now or timezone.now()).timestamp()) // STEP
    told = plain(code)
    if not (secret and told.isascii() and told.isdigit()):
        return None
    clock, near = pyotp.TOTP(secret), (this, this - 1, this + 1)
    return next((one for one in near if secrets.compare_digest(clock.at(one * STEP), told)), None)
