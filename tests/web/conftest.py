"""An area with its cast: Priya leads product, Emil leads engineering; Omar belongs to another area."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from brief import TEXT
from django.core.cache import cache
from django.test import Client
from scene import Scene, read_through, scene

from colead.web.areas.models import Membership, Role, Side
from colead.web.briefs.models import Brief
from colead.web.people.models import Person
from colead.web.people.views import begin

MANY = 5_000  # ideas of the crowded area, and as many of all that hangs from them
IDENTITIES = {
    "product lead": (Side.PRODUCT, Role.LEAD),
    "product member": (Side.PRODUCT, Role.MEMBER),
    "product viewer": (Side.PRODUCT, Role.VIEWER),
    "engineering lead": (Side.ENGINEERING, Role.LEAD),
    "engineering member": (Side.ENGINEERING, Role.MEMBER),
    "engineering viewer": (Side.ENGINEERING, Role.VIEWER),
}


@pytest.fixture(autouse=True, scope="session")
def emptied_between_tests() -> Any:
    """On SQLite, tests with several connections empty every table; entries would refuse that."""
    from django.db.backends.sqlite3.base import DatabaseOperations

    from colead.web.areas.guard import lower_guards

    def empty(self: Any, told: Any, empties: Any = DatabaseOperations.execute_sql_flush) -> None:
        lower_guards(plan=["empty"])
        empties(self, told)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", empty)
        yield


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The demo's area, read through, an empty one, in the long dose a crowded one; served once for all."""
    folder = tmp_path_factory.mktemp("scene")
    with scene(folder, MANY if os.environ.get("COLEAD_DOSE") == "full" else 0) as made:
        read_through(folder)
        yield made


@pytest.fixture
def area(db: None) -> Any:
    """The area, one idea, everybody by identity."""
    cache.clear()
    people = {
        name: Person.objects.welcome(f"{name.replace(' ', '.')}@shop.example", name) for name in IDENTITIES
    }
    made = begin(people["product lead"], "Checkout", Side.PRODUCT)
    for name, (side, role) in list(IDENTITIES.items())[1:]:
        Membership.objects.create(area=made, person=people[name], side=side, role=role)
    people["other area"] = Person.objects.welcome("omar@elsewhere.example", "Omar")
    begin(people["other area"], "Elsewhere", Side.PRODUCT)
    people["admin"] = Person.objects.welcome("admin@shop.example", "admin", is_admin=True)
    people["disabled"] = Person.objects.welcome("gone@shop.example", "gone")
    Membership.objects.create(area=made, person=people["disabled"], side=Side.PRODUCT, role=Role.LEAD)
    brief = Brief.objects.write(made, people["product lead"], "Gift notes", {"problem": TEXT}, None)
    return SimpleNamespace(
        area=made, people=people, brief=brief, priya=people["product lead"], emil=people["engineering lead"]
    )


@pytest.fixture
def signed_in(area: Any) -> Callable[[str], Client]:
    """A browser in which this identity is signed in; nobody for "anonymous"."""

    def client(name: str) -> Client:
        made = Client()
        if name != "anonymous":
            made.force_login(area.people[name])
        if name == "disabled":
            Person.objects.filter(pk=area.people[name].pk).update(is_active=False)
        return made

    return client
