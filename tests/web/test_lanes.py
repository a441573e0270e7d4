"""Lanes: what takes long never stands before the reading of an edited idea; PostgreSQL wakes its workers."""

from __future__ import annotations

import json
import signal
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.utils import timezone
from standing import installation, run, started
from test_kills import parent, processes

from colead.demo.repository import demo_repository
from colead.web.jobs.models import LANES, LEASE, READINGS, REST, Job, State
from colead.web.repositories.check import check_later
from colead.web.repositories.look import look_later


@pytest.fixture
def connected(area: Any, tmp_path: Path) -> Any:
    """The area with a repository that nobody reads here."""
    area.area.repositories.create(name="shop", path=str(tmp_path))
    return area


def test_each_lane_takes_its_own(connected: Any) -> None:
    look_later(connected.area)
    check_later(connected.brief)
    assert Job.objects.claim(among=LANES[READINGS]).kind == "check"
    assert Job.objects.claim(among=LANES[READINGS]) is None
    assert Job.objects.claim(among=LANES[REST]).kind == "look"


def test_what_a_person_asked_for_comes_first(connected: Any) -> None:
    check_later(connected.brief)
    own = Job.objects.ask(connected.area, "check", "77", connected.priya)
    assert Job.objects.claim() == own


def test_two_jobs_about_the_same_run_one_after_the_other(connected: Any) -> None:
    look_later(connected.area)
    first = Job.objects.claim()
    second = look_later(connected.area)
    assert second != first and Job.objects.claim() is None
    assert first is not None and first.end(State.DONE)
    assert Job.objects.claim() == second


@pytest.mark.postgresql
def test_a_job_that_is_asked_for_has_one_task(connected: Any) -> None:
    from colead.web.jobs.tasks import wake, wake_all

    job = look_later(connected.area)
    assert tasks() == [(str(job.pk), "rest", f"{connected.area.pk} look {connected.area.pk}")]
    assert not wake(job) and wake_all() == 0 and len(tasks()) == 1


@pytest.mark.postgresql
def test_what_a_dead_worker_left_is_dispatched_anew(connected: Any) -> None:
    from colead.web.jobs.tasks import reap

    job = look_later(connected.area)
    with connection.cursor() as cursor:  # its worker is not heard of any more
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    Job.objects.claim(timezone.now() - LEASE - timedelta(seconds=1))
    async_to_sync(reap.func)(0)
    assert [one for one, _, _ in tasks()] == [str(job.pk)]
    assert status() == ["todo"]


def tasks() -> list[tuple[str, str, str]]:
    """What Procrastinate holds: which job, in which queue, behind which lock."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    return list(ProcrastinateJob.objects.values_list("queueing_lock", "queue_name", "lock"))


def status() -> list[str]:
    """How far its tasks are."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    return list(ProcrastinateJob.objects.values_list("status", flat=True))


def test_a_worker_without_pages_does_what_waits_and_leaves_nobody_behind(tmp_path: Path) -> None:
    shop = demo_repository(tmp_path / "shop")
    with installation(tmp_path / "data") as env:
        run(env, "kills.py", "begin", shop)
        run(env, "kills.py", "ask")
        worker = started(env, "-m", "colead", "serve", "--worker")
        try:
            ended = json.loads(run(env, "kills.py", "wait", 60))
            children = [one for one in processes() if parent(one) == worker.pid]
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.communicate(timeout=30)
        assert worker.returncode == 0
    assert set(ended["checks"]) == set(ended["others"]) == {"done"} and ended["looks"] >= 2
    assert children and not any(parent(one) for one in children)
