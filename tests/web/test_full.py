"""A disk that is full or closed to writing: it is said, nothing is lost, nothing half looks whole."""

from __future__ import annotations

import errno
import io
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from brief import fresh
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test import RequestFactory
from django.utils import timezone
from standing import HERE, installation
from test_jobs import work_once

from colead.demo.repository import demo_repository
from colead.readers.git.failed import disk_full, failed
from colead.web.areas.models import Area, Entry
from colead.web.faults import broken
from colead.web.jobs.models import Job, State
from colead.web.jobs.work import MENDED, work
from colead.web.keeping.export import export
from colead.web.people.models import Visit
from colead.web.repositories.check import check_later
from colead.web.room import CLOSED, FULL, unwritten
from colead.web.server import _whole_files

LIMITED = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2);"
    "from colead.cli.run import run; sys.exit(run(sys.argv[2:]))"
)
OWN = {"COLEAD_DATABASE": "", "DJANGO_SETTINGS_MODULE": "colead.web.settings"}
TYPED = "Files are <lost>.\n" * 4000
REFUSE = """CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END$$;
CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON {} EXECUTE FUNCTION no_room();"""
TABLES = ("briefs_version", "briefs_draft", "jobs_job", "people_visit")


@contextmanager
def shut(kind: str) -> Iterator[None]:
    """The database takes nothing: its disk is full, or it is closed to writing."""
    shutting, opening = {
        ("sqlite", FULL): (["PRAGMA max_page_count = 1"], ["PRAGMA max_page_count = 1073741823"]),
        ("sqlite", CLOSED): (["PRAGMA query_only = 1"], ["PRAGMA query_only = 0"]),
        ("postgresql", FULL): (
            [REFUSE.format(TABLES[0])] + [REFUSE.format(one).split("\n", 2)[2] for one in TABLES[1:]],
            ["DROP FUNCTION no_room CASCADE"],
        ),
        ("postgresql", CLOSED): (
            ["SET default_transaction_read_only = on"], ["SET default_transaction_read_only = off"]
        ),
    }[connection.vendor, kind]  # fmt: skip
    with connection.cursor() as cursor:
        for one in shutting:
            cursor.execute(one)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for one in opening:
                cursor.execute(one)


@contextmanager
def small(size: int) -> Iterator[None]:
    """No file of this process grows beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def colead(env: dict[str, str], limit: int, *words: object) -> tuple[int, str]:
    """How the command line ends where no file grows beyond the limit, and what it says of it."""
    told = [sys.executable, "-c", LIMITED, str(limit), *map(str, words)]
    done = subprocess.run(told, env=env, text=True, capture_output=True, cwd=HERE, timeout=60)
    return done.returncode, done.stderr


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", [FULL, CLOSED])
def test_what_was_typed_is_on_the_page_that_says_why_it_was_not_saved(
    kind: str, area: Any, signed_in: Any
) -> None:
    client, entries = signed_in("product lead"), Entry.objects.count()
    client.raise_request_exception = False
    where, form = "/checkout/ideas/1/problem/text", {"text": TYPED, "over": "1", "save": ""}
    with shut(kind):
        assert client.get("/checkout/ideas/1").status_code == 200
        answer = client.post(where, form)
        idea = {"title": "Receipts", "problem": TYPED}
        told = client.post("/api/1/areas/checkout/ideas", idea, "application/json")
    page = answer.content.decode()
    assert answer.status_code == 507 and f"The disk is {kind}" in page and "nothing was saved" in page
    assert TYPED.replace("<", "&lt;").replace(">", "&gt;") in page.replace("&#x27;", "'")
    assert f'action="{where}"' in page and 'name="over" value="1"' in page
    assert (told.status_code, told.json()["code"]) == (507, kind) and "nothing of this" in told.json()[
        "detail"
    ]
    assert fresh(area.area).by_space["problem"].version == 1 and Entry.objects.count() == entries
    assert client.post(where, form).status_code == 302
    assert fresh(area.area).by_space["problem"].text.strip() == TYPED.strip()


@pytest.mark.django_db(transaction=True)
def test_who_reads_goes_on_reading_and_nobody_is_signed_out(area: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    session = client.session
    session["seen"] = "2020-01-01T00:00:00+00:00"
    session.save()
    with shut(CLOSED):
        assert client.get("/checkout/ideas").status_code == 200
        session["by"] = "link"
        with pytest.raises(DatabaseError) as caught:
            session.save()
        assert unwritten(caught.value) == CLOSED
    assert client.get("/checkout/ideas").status_code == 200
    seen = Visit.objects.get(session_key=session.session_key).seen
    assert seen is not None and seen.date() == timezone.now().date()


@pytest.mark.django_db(transaction=True)
def test_a_page_with_a_secret_or_a_file_does_not_repeat_them(area: Any, signed_in: Any) -> None:
    client, guest, zipped = signed_in("admin"), signed_in("anonymous"), io.BytesIO()
    client.raise_request_exception = guest.raise_request_exception = False
    area.priya.set_password("four plain words here")
    area.priya.save()
    export(area.area, zipped)
    with shut(CLOSED):
        pages = [
            client.post("/installation", {"file": SimpleUploadedFile("area.zip", zipped.getvalue())}),
            guest.post("/sign-in", {"email": area.priya.email, "password": "four plain words here"}),
        ]
    for answer in pages:
        page = answer.content.decode()
        assert answer.status_code == 507 and "The disk is closed to writing: nothing was saved" in page
        assert "go back and try again" in page and "<form" not in page and "four plain" not in page
    assert Area.objects.count() == 2


def test_a_zip_of_an_area_comes_whole_or_not_at_all(area: Any, signed_in: Any) -> None:
    client, before = signed_in("product lead"), set(settings.DATA.rglob("*"))
    client.raise_request_exception = False
    with small(512):
        answer = client.get("/checkout/export.zip")
        assert answer.status_code == 507
        assert "The disk is full: this could not be done" in answer.content.decode()
    assert set(settings.DATA.rglob("*")) == before


def test_a_job_says_that_the_disk_is_full_and_is_tried_again(
    area: Any, tmp_path: Path, signed_in: Any
) -> None:
    area.area.repositories.create(name="shop", path=str(demo_repository(tmp_path)))
    job = check_later(area.brief)
    assert job is not None
    with small(20_000):
        work_once()
    job.refresh_from_db()
    assert job.state == State.FAILED and job.what.startswith("the disk is full: nothing of this was kept")
    assert job.again(area.priya) is not None
    work_once()
    assert Job.objects.get(kind="check", state=State.DONE).what == "read"


@pytest.mark.django_db(transaction=True)
def test_a_worker_waits_until_something_can_be_written_and_loses_no_job(area: Any) -> None:
    waited: list[float | None] = []

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waited.append(timeout)
            self.set()
            return True

    area.area.repositories.create(name="shop", path="/nowhere")
    job = check_later(area.brief)
    assert job is not None
    with shut(CLOSED):
        work(Stop(), job.lane, lambda idle: False)
    job.refresh_from_db()
    assert (waited, job.state, job.attempts) == ([MENDED], State.WAITING, 0)


def test_a_start_and_a_backup_without_room_leave_nothing_half(tmp_path: Path) -> None:
    data, place = tmp_path / "data", tmp_path / "backup.zip"
    for limit in (16, 1 << 17):
        code, said = colead({**os.environ, **OWN}, limit, "serve", "--data", data)
        assert code == 3 and "error[E97]: Colead cannot keep anything in" in said
        assert "why: the disk is full" in said and (limit > 16 or not list(data.iterdir()))
    with installation(data) as env:
        assert (data / "key").read_text()
        room = 1 << 12 if env["COLEAD_DATABASE"] else 1 << 17  # SQLite itself needs some to be opened
        code, said = colead(env, room, "serve", "--backup", place)
        assert "the disk is full" in said and (code, said[:10]) in ((2, "error[E95]"), (3, "error[E97]"))
        assert not list(tmp_path.glob("backup*")) and not list(data.glob("backup-*"))


def test_what_a_copy_left_half_is_not_taken_for_whole(tmp_path: Path) -> None:
    old = tmp_path / "old.css"
    old.write_text("whole")
    os.utime(old, (0, 0))
    with pytest.raises(OSError, match="large"), small(10), _whole_files(tmp_path):
        (tmp_path / "new.css").write_text("x" * 100)
    assert list(tmp_path.iterdir()) == [old]


def test_git_without_room_is_no_matter_of_the_repository() -> None:
    said = b"fatal: write error: No space left on device\n"
    told = failed("git.example.com", said, 1)
    assert (told.code, told.what) == ("E74", disk_full().what)


def test_all_that_a_browser_sends_is_taken_so_that_it_shows_the_answer(rf: RequestFactory) -> None:
    request = rf.post("/checkout/decisions/files", os.urandom(3 << 20), content_type="application/zip")
    try:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError:
        answer = broken(request)
    assert answer.status_code == 507 and request.read() == b""
