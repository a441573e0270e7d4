"""Set-up of areas: the entries' guards stand whenever the database is up to date."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from colead.web.areas.guard import lower_guards, raise_guards


class Areas(AppConfig):
    """The app."""

    name = "colead.web.areas"

    def ready(self) -> None:
        """Guards go down for migrations and up after them."""
        pre_migrate.connect(lower_guards, sender=self)
        post_migrate.connect(raise_guards, sender=self)
