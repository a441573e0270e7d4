"""Letter: a link that somebody asked for by mail; only a mailbox tells whether anybody has the address."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.core.mail import EmailMessage
from django.db import models
from django.urls import reverse
from django.utils import timezone

from colead.web.people.models.link import Link
from colead.web.people.models.person import Person
from colead.web.people.models.turn import MOST, PAUSE, Turn
from colead.web.people.post import post

OLDEST = timedelta(hours=1)
TEXT = """Hello {name},

this link signs you in to Colead once, within an hour:

{link}

Did you forget your password? Sign in with the link, then choose another one under your name.
If you did not ask for this mail, nothing happens without the link: you may throw it away.
"""


class Letters(models.Manager["Letter"]):
    """What waits to be sent."""

    def deliver(self) -> int:
        """Send what waits, each at least once; those to addresses that nobody has are thrown away."""
        sent, now = 0, timezone.now()
        given_up = models.Q(tries__gte=MOST, sending__lte=now - PAUSE)
        self.filter(given_up | models.Q(asked__lte=now - OLDEST)).delete()
        for one in self.filter(Turn.free(now)).order_by("id")[:20]:
            if one.take(now):
                try:
                    sent += one.send()
                except OSError:
                    one.refused()
                    raise
                one.delete()
        return sent


class Letter(Turn):
    """A wish for a link, written down for every address alike."""

    to = models.CharField(max_length=254)
    base = models.CharField(max_length=300)  # where the site is, as its asker reached it
    asked = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Letters] = Letters()

    def send(self) -> bool:
        """Mail a link if somebody has the address; whether it went."""
        person = Person.objects.filter(email=self.to, is_active=True).first()
        if person is None:
            return False
        link = f"{self.base}{reverse('link', args=[Link.objects.make(person)])}"
        text = TEXT.format(name=person.name, link=link)
        return post(EmailMessage("Your link to Colead", text, to=[person.email]))
