"""Visit: a session as its person sees it: which browser, since when, last seen when."""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from colead.web.people.models.person import Person, digest

BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "an iPhone"), ("iPad", "an iPad")),
    *(("Windows", "Windows"), ("Mac OS", "a Mac"), ("Linux", "Linux")),
)


class Visit(AbstractBaseSession):
    """A session that is somebody's."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="visits")
    agent = models.CharField(max_length=200, blank=True)
    began = models.DateTimeField(default=timezone.now)
    seen = models.DateTimeField(default=timezone.now)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Where sessions of this kind are read and written."""
        from colead.web.people.sessions import SessionStore

        return SessionStore

    @property
    def mark(self) -> str:
        """A name for it that lets nobody in."""
        return digest(self.session_key)[:16]

    @property
    def where(self) -> str:
        """The browser in words: "Firefox on Linux"."""
        browser = next((told for sign, told in BROWSERS if sign in self.agent), "A browser")
        system = next((told for sign, told in SYSTEMS if sign in self.agent), "")
        return f"{browser} on {system}" if system else browser
