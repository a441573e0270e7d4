"""Jobs: done once, seen while they run, stopped by hand, taken over when a worker dies."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from colead.demo.repository import demo_repository
from colead.web.jobs import models
from colead.web.jobs.models import LEASE, MOST, WAITS, Cancelled, Job, State
from colead.web.jobs.views import page_of
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


def died(now: datetime, step: str = "") -> datetime:
    """A process takes the job, comes to this step and dies; the moment at which that is found out."""
    job = Job.objects.claim(now)
    assert job is not None
    Job.objects.filter(pk=job.pk).update(what=step)
    return now + LEASE + timedelta(seconds=1)


def test_what_dies_at_one_step_waits_longer_each_time_and_then_for_a_person(
    connected: Any, signed_in: Any
) -> None:
    check_later(connected.brief)
    now = died(timezone.now(), "reading files")
    for wait in WAITS[1:]:
        now = died(now, "reading files")
        assert Job.objects.claim(now) is None and not Job.objects.free(now + wait / 2).exists()
        job = Job.objects.get()
        assert job.state == State.WAITING and job.after == now + wait
        now += wait
    page = signed_in("product lead").get("/checkout/ideas/1").content.decode()
    assert "It broke off four times and is tried again after" in page
    assert Job.objects.claim(died(now, "reading files")) is None
    job = Job.objects.get()
    assert job.state == State.FAILED
    assert job.what.startswith("the process that does it died 5 times at “reading files”;")
    page = signed_in("product lead").get("/checkout/ideas/1").content.decode()
    assert "died 5 times at “reading files”" in page and "Try again" in page
    answer = signed_in("engineering member").post(f"/checkout/jobs/{job.pk}", {"again": "1"})
    assert answer["Location"] == "/checkout/ideas/1"
    work_once()
    assert list(Job.objects.filter(kind="check").order_by("id").values_list("state", flat=True)) == [
        State.FAILED,
        State.DONE,
    ]
    signed_in("engineering member").post(f"/checkout/jobs/{job.pk}", {"again": "1"})
    assert Job.objects.filter(kind="check").count() == 2
    assert connected.area.entries.filter(verb="tried a job again").count() == 1


def test_a_machine_that_dies_at_ever_new_steps_is_not_the_jobs_fault_for_long(connected: Any) -> None:
    check_later(connected.brief)
    now = timezone.now()
    for number in range(MOST):
        now = died(now, f"step {number % 2}")
    assert Job.objects.claim(now) is None
    job = Job.objects.get()
    assert job.what.startswith(f"the process that does it died {MOST} times, the last time at “step 1”")


def test_who_asks_again_does_not_wait_for_the_pause(connected: Any) -> None:
    job = check_later(connected.brief)
    now = died(died(timezone.now()))
    assert Job.objects.claim(now) is None and Job.objects.get().rests
    assert check_later(connected.brief) == job and Job.objects.claim(now) is None
    assert check_later(connected.brief, connected.priya) == job
    assert Job.objects.claim(now) == job


def test_a_process_that_is_told_to_end_puts_its_job_back(connected: Any, monkeypatch: Any) -> None:
    from colead.web.jobs import work

    def told_to_end(job: Job, today: date) -> str:
        work.put_back()
        job.go_on(1, 2, "too late")
        return "read"

    check_later(connected.brief)
    monkeypatch.setattr(work, "works", lambda: {"check": told_to_end})
    work_once()
    job = Job.objects.get()
    assert (job.state, job.attempts, job.stuck, job.lease) == (State.WAITING, 0, 0, None)
    assert Job.objects.claim() == job and not work.DONE_HERE


@pytest.mark.django_db(transaction=True)
def test_a_step_that_says_nothing_keeps_its_job_and_one_that_hangs_loses_it(
    connected: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(models, "BEAT", 0.05)
    check_later(connected.brief)
    job = Job.objects.claim(timezone.now() - LEASE)
    assert job is not None
    with job.beating():
        until = time.monotonic() + 10
        while Job.objects.get().lease < timezone.now() + LEASE / 2 and time.monotonic() < until:
            time.sleep(0.05)
        assert Job.objects.claim() is None
        monkeypatch.setattr(models, "SILENT", timedelta(0))
        time.sleep(0.5)
        assert Job.objects.claim(timezone.now() + LEASE) == job


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("check", "/checkout/ideas/1"),
        ("compare", "/checkout/ideas/1"),
        ("look", "/checkout/system"),
        ("ahead", "/checkout/ahead"),
        ("record", "/checkout/record"),
        ("fetch", "/checkout/repositories"),
        ("options", "/checkout/"),
    ],
)
def test_a_job_leads_back_to_where_it_shows(connected: Any, kind: str, page: str) -> None:
    job = Job.objects.ask(connected.area, kind, str(connected.brief.pk))
    assert page_of(job) == page


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
