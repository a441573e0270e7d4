"""Take-in: an area that was exported comes into this installation; all of it, or nothing."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterator
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, models, transaction
from django.utils.dateparse import parse_datetime

from colead.errors import ColeadError
from colead.readers.git.address import address
from colead.web.api.shapes import is_text
from colead.web.areas.chain import link, moment, plain
from colead.web.areas.models import Area, Entry, Membership, Role, Side
from colead.web.briefs.form import SPACES
from colead.web.briefs.models import Brief, Section
from colead.web.keeping.archive import Archive
from colead.web.keeping.export import FORM, NOBODY
from colead.web.keeping.portable import Kind, Unfit, made, name_of, ways
from colead.web.people.models import Person
from colead.web.people.views import free_slug
from colead.web.repositories.fetch import FOLDER, NOT_IN_A_NAME, fetch_later
from colead.web.repositories.models import Origin, Repository
from colead.web.repositories.secret import new_key, sealed

AT_ONCE = 500
PEOPLE = 10_000


def take_in(file: IO[bytes], by: Person) -> Area:
    """The area again, led by whoever leads it there or else by who takes it in; raises Unfit."""
    archive = Archive(file)
    try:
        with transaction.atomic():
            area = _area(archive.json("area.json"))
            pks: dict[Kind, dict[int, int]] = {Person: _people(archive.json("people.json"))}
            for kind in ways():
                _take(kind, archive, area, pks)
                if kind is Repository:
                    _originate(archive, pks[kind])
            _whole(area)
            _led(area, by)
            area.enter(by, "imported", None, entries=area.entries.count())
            return area
    except IntegrityError as error:
        raise Unfit("Its rows do not fit together.") from error


def _area(about: Any) -> Area:
    told = about if isinstance(about, dict) else {}
    if told.get("form") != FORM:
        raise Unfit(f"It is no {FORM}.")
    values: list[Any] = [told.get(one) for one in ("name", "share", "numbered", "made")]
    name, share, numbered, at = values
    if not (isinstance(name, str) and 1 <= len(name.strip()) <= 80 and is_text(name)):
        raise Unfit("area.json names no area.")
    whole = all(isinstance(one, int) and not isinstance(one, bool) for one in (share, numbered))
    if not whole or not (0 <= share <= 100 and 0 <= numbered < 2**31):
        raise Unfit("area.json does not fit.")
    return Area.objects.create(
        name=name, slug=free_slug(name), share=share, numbered=numbered, made=_moment(at)
    )


def _moment(told: Any) -> Any:
    try:
        found = parse_datetime(told) if isinstance(told, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Unfit("area.json tells no moment.")
    return found


def _people(told: Any) -> dict[int, int]:
    """By their numbers: whom this installation knows by the address, and names for the others."""
    if not isinstance(told, list) or len(told) > PEOPLE:
        raise Unfit("people.json does not fit.")
    return dict(map(_person, told))


def _person(one: Any) -> tuple[int, int]:
    fit = isinstance(one, dict) and one.keys() == {"id", "name", "address"} and isinstance(one["id"], int)
    if not fit or not all(isinstance(one[each], str) and is_text(one[each]) for each in ("name", "address")):
        raise Unfit("people.json does not fit.")
    name, email = one["name"].strip()[:80], one["address"].strip().lower()
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise Unfit("people.json holds an address that is none.") from error
        if found := Person.objects.filter(email=email, is_active=True).first():
            return one["id"], found.pk
    made_now = Person.objects.welcome(f"{secrets.token_hex(12)}{NOBODY}", name or "Somebody", is_active=False)
    return one["id"], made_now.pk


def _take(kind: Kind, archive: Archive, area: Area, pks: dict[Kind, dict[int, int]]) -> None:
    kept = pks.setdefault(kind, {})
    batch: list[tuple[int, models.Model]] = []
    for row in _rows(kind, archive):
        try:
            number, one = row["id"], _one(kind, row, area, pks)
        except Unfit as error:
            raise Unfit(f"{name_of(kind)}, row {row['id']}: {error}.") from error
        if one is None:
            continue
        if any(each.related_model is kind for each in kind._meta.concrete_fields):
            one.save(force_insert=True)  # a later row may point to it
            kept[number] = one.pk
            continue
        batch.append((number, one))
        if len(batch) >= AT_ONCE:
            _keep(kind, batch, kept)
    _keep(kind, batch, kept)
    if kind is Entry:
        last = area.entries.order_by("-number").first()
        if last is not None:
            Area.objects.filter(pk=area.pk).update(entered=last.number, head=last.digest)


def _rows(kind: Kind, archive: Archive) -> Iterator[dict[str, Any]]:
    before = 0
    for row in archive.rows(name_of(kind)):
        number = row.get("id") if isinstance(row, dict) else None
        if not isinstance(number, int) or isinstance(number, bool) or not before < number < 2**31:
            raise Unfit(f"{name_of(kind)} does not count its rows.")
        before = number
        yield row


def _keep(kind: Kind, batch: list[tuple[int, models.Model]], kept: dict[int, int]) -> None:
    done = kind._default_manager.bulk_create([one for _, one in batch])
    kept.update((number, one.pk) for (number, _), one in zip(batch, done, strict=True))
    batch.clear()


def _one(kind: Kind, row: dict[str, Any], area: Area, pks: dict[Kind, dict[int, int]]) -> Any:
    """The row, not saved yet; None where it stays outside."""
    if kind is Repository:
        return _repository(made(kind, row, area, pks), row)
    if _outside(kind, row, pks):
        return None
    one: Any = made(kind, row, area, pks)
    if isinstance(one, Membership) and not one.person.is_active:
        return None
    if isinstance(one, Entry):
        _chained(one, area)
    return one


def _outside(kind: Kind, row: dict[str, Any], pks: dict[Kind, dict[int, int]]) -> bool:
    """Whether it hangs on a folder of another machine, which is not taken in."""
    told = pks.get(Repository, {})
    return any(
        one.related_model is Repository and isinstance(row.get(one.name), int) and row[one.name] not in told
        for one in kind._meta.concrete_fields
    )


def _chained(one: Entry, area: Area) -> None:
    """Tie it to the one before, in this installation's chain."""
    one.told = plain(one.told) if isinstance(one.told, dict) else {}
    if one.number != area.entered + 1:
        raise Unfit("number leaves a gap")
    row = (one.number, moment(one.at.astimezone(datetime.UTC)), one.by_id, one.idea, one.verb, one.told)
    one.digest = area.head = link(area.head, *row)
    area.entered = one.number


def _repository(one: Any, row: dict[str, Any]) -> Any:
    """With an address: a clone to be fetched. A folder: only where this installation reads it already."""
    where, folder = row.get("address"), row.get("folder")
    if folder and isinstance(folder, str) and Repository.objects.filter(path=folder).exists():
        one.path = folder
        return one
    if not isinstance(where, str) or not where:
        return None
    try:
        found = address(where)
    except ColeadError as error:
        raise Unfit("address is none that can be fetched") from error
    one.path = str(FOLDER / secrets.token_hex(8) / f"{NOT_IN_A_NAME.sub('-', found.name)}.git")
    return one


def fetch_all(area: Area) -> None:
    """Ask for a first fetch of each repository that came with an address."""
    for one in area.repositories.filter(origin__isnull=False):
        fetch_later(one)


def _originate(archive: Archive, pks: dict[int, int]) -> None:
    """Each repository that is fetched gets its address and, where it needs one, a key of its own."""
    fetched = {one.pk: one for one in Repository.objects.filter(pk__in=pks.values()) if one.is_fetched}
    for row in _rows(Repository, archive):
        if pks.get(row["id"]) in fetched:
            where = address(row["address"])
            private, public = new_key() if where.scheme == "ssh" else ("", "")
            Origin.objects.create(
                repository_id=pks[row["id"]], address=where.text, secret=sealed(private), public=public
            )


def _whole(area: Area) -> None:
    """What pages rely on: three texts for each idea, each with the version that stands."""
    briefs = Brief.objects.filter(area=area)
    if briefs.filter(number__gt=area.numbered).exists():
        raise Unfit("An idea has a number that was never given.")
    sections = Section.objects.filter(brief__area=area)
    if sections.exclude(space__in=SPACES).exists() or sections.count() != len(SPACES) * briefs.count():
        raise Unfit("An idea lacks one of its texts.")
    if sections.exclude(versions__number=models.F("version")).exists():
        raise Unfit("A text lacks the version that stands.")


def _led(area: Area, by: Person) -> None:
    """Somebody has to lead it."""
    if not area.memberships.filter(role=Role.LEAD).exists():
        Membership.objects.update_or_create(
            area=area, person=by, defaults={"side": Side.PRODUCT, "role": Role.LEAD}
        )
