"""Set-up of the search: its triggers stand whenever the database is up to date."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from colead.web.search.kept import lower_triggers, raise_triggers


class Search(AppConfig):
    """The app."""

    name = "colead.web.search"

    def ready(self) -> None:
        """Triggers go down for migrations and up after them."""
        pre_migrate.connect(lower_triggers, sender=self)
        post_migrate.connect(raise_triggers, sender=self)
