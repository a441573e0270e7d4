"""Resources of the API itself: its description, and who asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from colead.web.api.call import Call
from colead.web.api.routes import route


@dataclass(frozen=True)
class Me:
    """Who asks."""

    id: int
    name: str
    email: str
    admin: bool


@route("GET", "openapi.json")
def openapi(call: Call) -> dict[str, Any]:
    """This description, as OpenAPI 3.1."""
    from colead.web.api.document import document

    return document()


@route("GET", "me")
def me(call: Call) -> Me:
    """Who asks."""
    one = call.person
    return Me(one.pk, one.name, one.email, one.is_admin)
