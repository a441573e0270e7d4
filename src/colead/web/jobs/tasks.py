"""Tasks: on PostgreSQL, how Procrastinate wakes workers, on any number of machines.

The Job row stays what people see and what survives; a task only says that it waits.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable
from contextlib import suppress
from time import monotonic

from asgiref.sync import sync_to_async
from django.db import models, transaction
from procrastinate import App, exceptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.contrib.django.utils import connector_params
from procrastinate.jobs import Status
from procrastinate.psycopg_connector import PsycopgConnector

from colead.web.jobs.models import Job
from colead.web.jobs.work import Rests, do, look_around

HOUSE = "house"  # the queue of what comes back by the clock
LOOK = 2.0  # seconds after which a worker looks even where nothing woke it
SILENT = 30.0  # seconds without a sign of life after which a worker counts as dead
TICK = 0.2
DOING = threading.Lock()  # held while this process does a job


def wake(job: Job) -> bool:
    """Have a task wait for the job; False where one does already.

    What is done about the same thing is done one after the other, whichever machine does it."""
    lock = f"{job.area_id} {job.kind} {job.about}"
    order = 0 if job.by_id is None else 1
    task = app.configure_task("do", queue=job.lane, lock=lock, queueing_lock=str(job.pk), priority=order)
    with suppress(exceptions.AlreadyEnqueued), transaction.atomic():
        task.defer(job=job.pk)
        return True
    return False


@app.task(name="do")
def do_one(job: int) -> None:
    """Do one job, if it still waits."""
    with DOING:
        mine = Job.objects.claim(among=models.Q(pk=job))
        if mine is not None:
            do(mine)


# Without a lock: the task of a reaper that died would keep it for good.
@app.periodic(cron="* * * * * */15")
@app.task(name="reap", queue=HOUSE, queueing_lock="reap")
async def reap(timestamp: int) -> None:
    """Give up the tasks of dead workers, and wake others for their jobs."""
    manager = app.job_manager
    for task in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
        await manager.finish_job(task, Status.FAILED, delete_job=True)
    await sync_to_async(wake_all)()


def wake_all() -> int:
    """Wake a worker for each job that no task waits for; how many."""
    tasks = ProcrastinateJob.objects.filter(task_name="do", status__in=["todo", "doing"])
    waited_for = set(tasks.values_list("queueing_lock", flat=True))
    return sum(wake(one) for one in Job.objects.free() if str(one.pk) not in waited_for)


@app.periodic(cron="*/5 * * * *")
@app.task(name="notice", queue=HOUSE, queueing_lock="notice")
def notice(timestamp: int) -> None:
    """Notice what landed, and what is due by now."""
    look_around()


async def work(stop: threading.Event, queues: Iterable[str], rests: Rests, busy: float) -> None:
    """Do what these queues hold, one of each at a time, until `stop` or until `rests` says so."""
    own = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
    async with app.with_connector(own).open_async() as woken:
        doers = [asyncio.create_task(_queue(woken, one)) for one in queues]
        while not (stop.is_set() or any(one.done() for one in doers) or rests(monotonic() - busy)):
            await asyncio.sleep(TICK)
            if DOING.locked():
                busy = monotonic()
        for one in doers:
            one.cancel()
        await asyncio.gather(*doers, return_exceptions=True)


async def _queue(woken: App, name: str) -> None:
    await woken.run_worker_async(
        queues=[name], delete_jobs="always", install_signal_handlers=False, fetch_job_polling_interval=LOOK
    )
