"""Everything that an area holds, several times over: whatever hangs from it, also what is added one day."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import IntegrityError, models, transaction

from colead.web.areas.models import Area, Membership
from colead.web.people.models import Person


def grow(area: Area, times: int) -> int:
    """Copy all that the area holds, below its ideas, repositories and all else; how many rows were added."""
    for number in range(times):
        person = Person.objects.welcome(f"{secrets.token_hex()[:20]}@shop.example", f"Member {number}")
        Membership.objects.create(area=area, person=person, side="product", role="lead")
    before = [list(_children(area, {}))]
    return sum(_copied(one, made) for _ in range(times) for made in [{}] for one in before[0])


def _children(row: Any, made: dict[Any, Any]) -> list[Any]:
    """The rows that point at this one."""
    found: list[Any] = []
    for relation in row._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete:
            continue
        if relation.related_model not in (Membership, Person) and not relation.many_to_many:
            pointing = relation.related_model._base_manager.filter(**{relation.field.name: row.pk})
            found += pointing.order_by("pk")
    return [one for one in found if (type(one), one.pk) not in made]


def _copied(row: Any, made: dict[Any, Any]) -> int:
    """A copy of a row and of those that point at it, which point at the copy."""
    if (type(row), row.pk) in made:
        return 0
    children = _children(row, made)
    copy = type(row)(**{one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields})
    copy.pk = None
    for field in row._meta.concrete_fields:
        if field.is_relation and (field.related_model, getattr(row, field.attname)) in made:
            setattr(copy, field.attname, made[field.related_model, getattr(row, field.attname)].pk)
    if not _saved(copy) and not _saved(_other(copy)):
        return 0
    made[type(row), row.pk] = copy
    return 1 + sum(_copied(one, made) for one in children)


def _saved(row: Any) -> bool:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        row.pk = None
        return False
    return True


def _other(row: Any) -> Any:
    """The row with other values where a value may stand once."""
    told = {
        name
        for one in row._meta.constraints
        if isinstance(one, models.UniqueConstraint)
        for name in one.fields
    }
    for field in row._meta.concrete_fields:
        if field.primary_key or not (field.name in told or field.unique) or field.is_relation:
            continue
        if isinstance(field, models.IntegerField):
            last = type(row)._base_manager.aggregate(last=models.Max(field.name))["last"]
            setattr(row, field.name, last + 1)
        elif isinstance(field, models.CharField) and not field.choices:
            kept = getattr(row, field.name)[: max(0, (field.max_length or 99) - 20)]
            setattr(
                row, field.name, (kept + secrets.token_hex())[: min(len(kept) + 20, field.max_length or 99)]
            )
    return row
