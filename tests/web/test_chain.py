"""The audit log: each entry hangs on the one before; the database refuses changes, and a look finds them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from standing import installation, run

from colead.web.areas.chain import link, moment, verify
from colead.web.areas.guard import lower_guards, raise_guards
from colead.web.areas.models import Area, Ended, Entry, Side
from colead.web.briefs.models import Brief


@pytest.fixture
def written(area: Any) -> Any:
    """A few deeds, two ideas, one of them deleted."""
    second = Brief.objects.write(area.area, area.priya, "Second", {}, None)
    second.ship(area.priya, second.made.date())
    area.area.agree_on(area.priya, Side.PRODUCT, 30, [])
    area.brief.by_space["problem"].save_text(area.emil, "ö €  ", over=1)
    area.area.enter(None, "told", None, number=1.0, small=1e-7, nested={"b": [1, None, True], "a": "\u2028"})
    Brief.objects.write(area.area, area.priya, "Gone", {}, None).drop(area.priya)
    return area


@contextmanager
def unguarded() -> Any:
    """As somebody who has the database in their hands."""
    lower_guards(plan=["all"])
    try:
        yield
    finally:
        raise_guards()


def test_what_was_written_is_found_as_it_was(written: Any) -> None:
    found = verify(written.area)
    assert (found.wrong, found.entries) == (None, Entry.objects.filter(area=written.area).count())
    assert found.head == Area.objects.get(pk=written.area.pk).head
    assert found.sentence == f"All {found.entries} entries are as they were written."


EDITS: dict[str, str] = {
    "verb": "UPDATE areas_entry SET verb = 'x' WHERE id = {id}",
    "told": "UPDATE areas_entry SET told = '{{\"a\": 1}}' WHERE id = {id}",
    "by": "UPDATE areas_entry SET by_id = {other} WHERE id = {id}",
    "nobody": "UPDATE areas_entry SET by_id = NULL, verb = 'none' WHERE id = {id}",
    "at": "UPDATE areas_entry SET at = '2020-01-01 00:00:00' WHERE id = {id}",
    "idea": "UPDATE areas_entry SET idea = 77 WHERE id = {id}",
    "digest": "UPDATE areas_entry SET digest = 'x' WHERE id = {id}",
    "number": "UPDATE areas_entry SET number = 99999 WHERE id = {id}",
    "area": "UPDATE areas_entry SET area_id = {elsewhere}, number = 5000 WHERE id = {id}",
    "deleted": "DELETE FROM areas_entry WHERE id = {id}",
    "put in": (
        "INSERT INTO areas_entry (area_id, at, verb, told, number, digest) "
        "SELECT area_id, at, verb, told, 6000, digest FROM areas_entry WHERE id = {id}"
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_any_single_change_is_noticed(edit: str, written: Any) -> None:
    elsewhere = Area.objects.get(slug="elsewhere")
    for one in Entry.objects.filter(area=written.area).order_by("number"):
        with unguarded(), transaction.atomic(), connection.cursor() as cursor:
            told = {"id": one.pk, "other": written.people["admin"].pk, "elsewhere": elsewhere.pk}
            cursor.execute(EDITS[edit].format(**told))
            assert verify(written.area).wrong is not None, (edit, one.number)
            transaction.set_rollback(True)
    assert verify(written.area).wrong is None


def test_another_order_is_noticed(written: Any) -> None:
    numbers = list(
        Entry.objects.filter(area=written.area).values_list("number", flat=True).order_by("number")
    )
    for first in numbers[:-1]:
        with unguarded(), transaction.atomic(), connection.cursor() as cursor:
            for old, new in ((first, 90_000), (first + 1, first), (90_000, first + 1)):
                cursor.execute("UPDATE areas_entry SET number = %s WHERE number = %s", [new, old])
            assert verify(written.area).wrong == first
            transaction.set_rollback(True)


def test_another_idea_behind_an_entry_is_noticed(written: Any) -> None:
    one = Entry.objects.filter(area=written.area, brief=written.brief).order_by("-number")[0]
    other = Brief.objects.get(title="Second")
    for pk in (other.pk, None):
        with unguarded(), transaction.atomic():
            Entry.objects.filter(pk=one.pk).update(brief=pk)
            assert verify(written.area).wrong == one.number
            transaction.set_rollback(True)


def test_an_end_that_was_cut_off_is_noticed_by_the_area(written: Any) -> None:
    with unguarded(), transaction.atomic():
        last = Entry.objects.filter(area=written.area).order_by("-number")[0]
        last.delete()
        assert verify(written.area).wrong == last.number
        Area.objects.filter(pk=written.area.pk).update(entered=last.number - 1)
        assert verify(written.area).wrong == last.number
        transaction.set_rollback(True)


REFUSED: dict[str, Callable[[Any], Any]] = {
    "changed": lambda one: Entry.objects.filter(pk=one.pk).update(verb="x"),
    "changed a little": lambda one: Entry.objects.filter(pk=one.pk).update(brief=None, verb="x"),
    "deleted": lambda one: Entry.objects.filter(pk=one.pk).delete(),
    "deleted with its area": lambda one: Area.objects.filter(pk=one.area_id).delete(),
}


@pytest.mark.parametrize("deed", REFUSED)
def test_the_database_refuses(deed: str, written: Any) -> None:
    one = Entry.objects.filter(area=written.area).order_by("number")[2]
    with pytest.raises(DatabaseError, match="an entry is never"), transaction.atomic():
        REFUSED[deed](one)


def test_an_area_ends_as_a_whole_and_leaves_a_line(written: Any) -> None:
    kept = Area.objects.get(pk=written.area.pk)
    kept.delete()
    left = Ended.objects.get()
    assert (left.name, left.entries, left.head) == ("Checkout", kept.entered, kept.head)
    assert not Entry.objects.filter(area_id=kept.pk).exists()


@pytest.mark.full
def test_a_hundred_thousand_rows_are_looked_through_in_a_second(area: Any) -> None:
    assert rate(area.area, area.priya, 100_000) >= 100_000


def rate(area: Area, by: Any, count: int) -> float:
    """Entries verified in a second; best of three."""
    held = Area.objects.get(pk=area.pk)
    number, head, made = held.entered, held.head, []
    told = {"space": "problem", "version": 2, "lifted": 0}
    for _ in range(count):
        one = Entry(area=held, by=by, verb="edited", told=told, number=number + 1)
        one.digest = head = link(head, number + 1, moment(one.at), by.pk, None, "edited", told)
        number += 1
        made.append(one)
    Entry.objects.bulk_create(made, 2000)
    Area.objects.filter(pk=area.pk).update(entered=number, head=head)
    took = []
    for _ in range(3):
        began = time.perf_counter()
        assert verify(held).wrong is None
        took.append(time.perf_counter() - began)
    return number / min(took)


def test_several_processes_write_one_chain(tmp_path: Path) -> None:
    begin = (
        "import django; django.setup(); from colead.web.people.models import Person; "
        "from colead.web.people.views import begin; "
        "begin(Person.objects.welcome('a@b.example', 'A'), 'Shop', 'product')"
    )
    write = (
        "import django; django.setup(); from colead.web.areas.models import Area; "
        "a = Area.objects.get(); [a.enter(None, 'wrote', None, n=n) for n in range(40)]"
    )
    look = (
        "import django; django.setup(); from colead.web.areas.models import Area; "
        "from colead.web.areas.chain import verify; print(verify(Area.objects.get()).sentence)"
    )
    with installation(tmp_path) as env:
        run(env, "-c", begin)
        every = [subprocess.Popen([sys.executable, "-c", write], env=env) for _ in range(4)]
        assert [one.wait() for one in every] == [0] * 4
        assert run(env, "-c", look) == "All 161 entries are as they were written.\n"
