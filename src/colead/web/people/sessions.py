"""Sessions: kept in the database with whose they are, so that a person can see and end them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as Stored

from colead.web.people.models.visit import Visit
from colead.web.room import unwritten


class SessionStore(Stored):
    """Django's sessions in the table of visits."""

    @classmethod
    def get_model_class(cls) -> type[Any]:
        """The table."""
        return Visit

    def save(self, must_create: bool = False) -> None:
        """Keep it; where nothing can be written, that is said, not that somebody signed out."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if error.__context__ is not None and unwritten(error.__context__):
                raise error.__context__  # noqa: B904 - what it came from is told
            raise

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row of a session, with what its person is shown of it."""
        made: Any = super().create_model_instance(data)
        made.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        made.agent = data.get("agent", "")
        for name in ("began", "seen"):
            if name in data:
                setattr(made, name, datetime.fromisoformat(data[name]))
        return made
