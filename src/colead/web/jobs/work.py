"""Work: does the jobs of one lane, one after the other, until it is told to stop."""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from time import monotonic

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from colead.errors import ColeadError
from colead.web.jobs.models import LANES, Cancelled, Job, State
from colead.web.people.models import Letter
from colead.web.room import MEND, WHAT, unwritten

IDLE = 1.0  # seconds between two looks for work
MENDED = 30.0  # seconds between two looks whether anything can be written again
NOTICE = 300.0  # seconds between two looks for what landed
Work = Callable[[Job, date], str]
Rests = Callable[[float], bool]
DONE_HERE: set[Job] = set()  # what this process is doing


def works() -> dict[str, Work]:
    """What can be done, by kind."""
    from colead.web.concerns import follow
    from colead.web.decisions import readings
    from colead.web.prototypes import try_out
    from colead.web.repositories import check, fetch, look

    return {
        check.KIND: check.check_now,
        look.KIND: look.look_now,
        check.AHEAD: look.ahead_now,
        look.RECORD: look.record_now,
        fetch.KIND: fetch.fetch_now,
        readings.KIND: readings.read_now,
        follow.KIND: follow.compare_now,
        try_out.KIND: try_out.try_now,
    }


def do(job: Job) -> None:
    """Do one job to an end of any kind; its own faults never stop the worker."""
    DONE_HERE.add(job)
    try:
        with job.beating():
            told = works()[job.kind](job, timezone.localdate())
        job.end(State.DONE, told)
    except Cancelled:
        job.end(State.CANCELLED, "stopped by hand")
    except ObjectDoesNotExist:
        logging.getLogger(__name__).info("what job %s (%s) is about is gone", job.pk, job.kind)
        job.end(State.CANCELLED, "what it was about is gone")
    except Exception as error:
        job.end(State.FAILED, _failed(job, error))
    finally:
        DONE_HERE.discard(job)


def _failed(job: Job, error: Exception) -> str:
    """How it is said to people; what they cannot mend stands in the log."""
    if kind := unwritten(error):
        return f"{WHAT[kind]}: nothing of this was kept. {MEND[kind].capitalize()}, then try it again."
    if isinstance(error, ColeadError):
        return f"{error.what}: {error.why}. Try: {error.hint}."
    logging.getLogger(__name__).error("job %s (%s) failed", job.pk, job.kind, exc_info=error)
    return f"something went wrong in Colead itself; the log names job {job.pk}"


@contextmanager
def patient(stop: threading.Event) -> Iterator[None]:
    """Where nothing can be written, wait until somebody may have mended it; the work waits as well."""
    try:
        yield
    except (DatabaseError, OSError) as error:
        kind = unwritten(error)
        if not kind:
            raise
        logging.getLogger(__name__).error("%s: no work is done; the next look in %d s", WHAT[kind], MENDED)
        stop.wait(MENDED)


def put_back() -> None:
    """What is done in this process waits again: somebody ends it before the work is done."""
    for one in list(DONE_HERE):
        one.put_back()


def work(stop: threading.Event, lane: str, rests: Rests, busy: float = math.inf) -> None:
    """Do what waits in a lane until `stop` is set, or until `rests` says so.

    `rests` gets the seconds since the last job ended, or since `busy` before the first one."""
    while not stop.is_set() and not rests(monotonic() - busy):
        close_old_connections()
        with patient(stop):
            job = Job.objects.claim(among=LANES[lane])
            if job is None:
                stop.wait(IDLE)
            else:
                do(job)
                busy = monotonic()


def keep_house(stop: threading.Event, chores: Mapping[Callable[[], object], float]) -> None:
    """Do each chore beside the work, with so many seconds between; a fault ends the whole worker."""
    due = dict.fromkeys(chores, 0.0)
    try:
        while not stop.is_set():
            close_old_connections()
            for chore in chores:
                if monotonic() >= due[chore]:
                    with patient(stop):
                        chore()
                    due[chore] = monotonic() + chores[chore]
            stop.wait(IDLE)
    finally:
        stop.set()


def look_around() -> None:
    """Notice what landed, and what is due by now."""
    from colead.web.concerns.follow import notice_branches
    from colead.web.decisions.models.doubt import due
    from colead.web.repositories.look import notice
    from colead.web.tradeoffs.models import due as asks_again

    notice()
    due(timezone.localdate())
    asks_again(timezone.localdate())
    notice_branches()


def mail() -> None:
    """Send what waits; a mail server that does not answer stops nothing."""
    from colead.web.inbox.digest import send_quietly

    send_quietly()
    try:
        Letter.objects.deliver()
    except OSError:
        logging.getLogger(__name__).exception("a link could not be mailed")
