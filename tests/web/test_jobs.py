"""Jobs: done once, seen while they run, stopped by hand, taken over when a worker dies."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from colead.demo.repository import demo_repository
from colead.web.jobs.models import LEASE, MOST, Cancelled, Job, State
from colead.web.jobs.work import do
from colead.web.repositories.check import check_later
from colead.web.repositories.look import look_later, notice


def work_once() -> None:
    """Do the next job."""
    job = Job.objects.claim()
    assert job is not None
    do(job)


@pytest.fixture
def connected(area: Any, tmp_path: Path) -> Any:
    """The area with the demo shop."""
    area.area.repositories.create(name="shop", path=str(demo_repository(tmp_path)))
    return area


def test_an_edit_is_read_by_itself_and_shown(connected: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    client.post(
        "/checkout/ideas/1/problem/text",
        {"text": "The courier reads gift notes aloud at checkout.", "over": "1"},
    )
    page = client.get("/checkout/ideas/1").content.decode()
    assert "Waiting to be read" in page
    work_once()
    job = Job.objects.get(kind="check")
    assert (job.state, job.what) == (State.DONE, "read")
    page = client.get("/checkout/ideas/1").content.decode()
    assert "What it will probably touch" in page and "Evidence" in page
    assert 'style="' not in page  # the policy would refuse it


def test_asking_twice_is_one_job(connected: Any) -> None:
    first, second = (check_later(connected.brief) for _ in range(2))
    assert first == second and Job.objects.count() == 1


def test_without_a_repository_nothing_is_asked(area: Any) -> None:
    assert check_later(area.brief) is None


def test_one_worker_gets_it(connected: Any) -> None:
    check_later(connected.brief)
    assert Job.objects.claim() is not None
    assert Job.objects.claim() is None


def test_a_dead_workers_job_is_taken_over_and_its_ghost_changes_nothing(connected: Any) -> None:
    check_later(connected.brief)
    ghost = Job.objects.claim()
    later = timezone.now() + LEASE + timedelta(seconds=1)
    again = Job.objects.claim(later)
    assert again is not None and ghost is not None and again.pk == ghost.pk and again.attempts == 2
    with pytest.raises(Cancelled):
        ghost.go_on(1, 2, "still here")
    assert not ghost.end(State.DONE)
    assert again.end(State.DONE, "read")


def test_a_job_that_kills_its_workers_is_given_up(connected: Any) -> None:
    check_later(connected.brief)
    now = timezone.now()
    for _ in range(MOST):
        assert Job.objects.claim(now) is not None
        now += LEASE + timedelta(seconds=1)
    assert Job.objects.claim(now) is None
    assert Job.objects.get().state == State.FAILED


def test_stopping_by_hand(connected: Any, signed_in: Any) -> None:
    job = check_later(connected.brief)
    assert job is not None
    running = Job.objects.claim()
    assert running is not None
    signed_in("engineering lead").post(f"/checkout/jobs/{job.pk}", {"back": "1"})
    do(running)
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def test_a_repository_that_is_gone_is_told_with_what_to_try(area: Any, signed_in: Any) -> None:
    area.area.repositories.create(name="gone", path="/nowhere/at/all")
    check_later(area.brief)
    work_once()
    page = signed_in("product lead").get("/checkout/ideas/1").content.decode()
    assert "It could not be read" in page and "Try:" in page


def test_a_fault_of_ours_ends_the_job_and_not_the_worker(
    connected: Any, monkeypatch: Any, caplog: Any
) -> None:
    from colead.web.jobs import work

    check_later(connected.brief)
    monkeypatch.setattr(work, "works", lambda: {"check": lambda job, today: 1 / 0})
    work_once()
    assert Job.objects.get().state == State.FAILED
    assert "ZeroDivisionError" in caplog.text


def test_an_idea_that_is_deleted_meanwhile_is_no_fault(connected: Any) -> None:
    check_later(connected.brief)
    connected.brief.drop(connected.priya)
    work_once()
    job = Job.objects.get()
    assert (job.state, job.what) == (State.CANCELLED, "what it was about is gone")


def test_what_lands_is_noticed_once(connected: Any) -> None:
    assert notice() == 1
    assert sorted(Job.objects.values_list("kind", flat=True)) == ["check", "look"]
    assert notice() == 0


def test_the_system_and_the_balance_are_pages(connected: Any, signed_in: Any) -> None:
    look_later(connected.area)
    work_once()
    assert Job.objects.get(kind="look").what == "looked"
    page = signed_in("product viewer").get("/checkout/system").content.decode()
    assert "<svg" in page and "How often such a list was right here" in page and 'style="' not in page
    page = signed_in("product viewer").get("/checkout/balance").content.decode()
    assert "went into system health" in page and 'style="' not in page
    assert "went into system health" in signed_in("product viewer").get("/checkout/").content.decode()


def test_a_reading_of_another_version_is_made_anew_not_shown_wrong(connected: Any, signed_in: Any) -> None:
    check_later(connected.brief)
    work_once()
    connected.brief.readings.update(wire="{}")
    answer = signed_in("product viewer").get("/checkout/ideas/1")
    assert answer.status_code == 200 and b"made by another version of Colead" in answer.content
