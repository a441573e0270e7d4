"""Worker: the process that does the jobs; it ends at SIGTERM, after the job it is at or without it.

Readings are done by the worker itself. What may take long has a process of its own, which is there only
while such work is: so it neither delays a reading nor takes memory when nothing is to do.
"""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

GRACE = 20.0  # seconds that a job may still take when the server is gone; it is done anew later
PATIENCE = 5.0  # seconds that a server which ends gives its worker
REST = 30.0  # seconds without work after which a worker begins afresh, and the one for long work ends


def main(parent: int | None, lane: str = "readings") -> None:
    """Work in a lane until told to stop, or until the process `parent` is gone.

    After its work it begins afresh, so that what the work took in memory is given back."""
    import django

    stop = threading.Event()
    patience = PATIENCE - 1 if lane == "readings" else PATIENCE - 2

    def told(*_: object) -> None:
        stop.set()
        leaving = threading.Timer(patience, _leave)
        leaving.daemon = True
        leaving.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)
    if parent is not None:
        # From the first moment on: a server that is killed while this starts leaves another parent.
        threading.Thread(target=_with_parent, args=[stop, parent], daemon=True).start()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colead.web.settings")
    django.setup()
    if lane != "readings":
        _work(stop, [lane], lambda idle: idle > REST, time.monotonic())
        return
    helper = Helper()
    keeper = threading.Thread(target=_kept, args=[stop, helper], daemon=True)
    keeper.start()
    try:
        _work(stop, [lane], lambda idle: idle > REST and not helper.works, math.inf)
        afresh = not stop.is_set()
    finally:
        stop.set()
        keeper.join(PATIENCE)
    if afresh and parent is not None:
        words = [sys.executable, "-P", "-m", "colead.web.worker", str(parent)]
        os.execv(sys.executable, words)  # noqa: S606 - no shell is wanted


class Helper:
    """The process for long work, while there is any."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def works(self) -> bool:
        """Whether it is there."""
        return self.process is not None and self.process.poll() is None

    def call(self) -> None:
        """Have one where long work waits."""
        from colead.web.jobs.models import LANES, Job

        if not self.works and Job.objects.free().filter(LANES["rest"]).exists():
            command = [sys.executable, "-P", "-m", "colead.web.worker", str(os.getpid()), "rest"]
            self.process = subprocess.Popen(command)

    def end(self) -> None:
        """Stop it, with its job where it takes too long."""
        if self.process is not None:
            ended(self.process, PATIENCE - 1)


def ended(process: subprocess.Popen[bytes], patience: float) -> None:
    """End a worker: after its job, or in the middle of it where that takes more seconds than these."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _work(stop: threading.Event, lanes: list[str], rests: Callable[[float], bool], busy: float) -> None:
    from django.db import connection

    from colead.web.jobs.work import work

    if connection.vendor != "postgresql":
        work(stop, lanes[0], rests, busy)
        return
    import asyncio

    from colead.web.jobs import tasks

    queues = [*lanes, tasks.HOUSE] if busy == math.inf else lanes
    asyncio.run(tasks.work(stop, queues, rests, busy))


def _kept(stop: threading.Event, helper: Helper) -> None:
    from django.db import connection

    from colead.web.jobs.work import IDLE, NOTICE, keep_house, look_around, mail

    chores: dict[Callable[[], object], float] = {mail: IDLE, helper.call: IDLE}
    if connection.vendor != "postgresql":
        chores[look_around] = NOTICE
    try:
        keep_house(stop, chores)
    finally:
        helper.end()


def _with_parent(stop: threading.Event, parent: int) -> None:
    """Stop when the parent is gone, however it went."""
    while os.getppid() == parent:
        time.sleep(1)
    stop.set()
    time.sleep(GRACE)
    _leave()


def _leave() -> None:
    """End in the middle of a job, which waits again: that it was told to end is not its fault."""
    from colead.web.jobs.work import put_back

    try:
        put_back()
    finally:
        os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
