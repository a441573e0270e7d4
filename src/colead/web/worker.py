"""Worker: the process that does the jobs; it ends at SIGTERM, after the job it is at."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

GRACE = 20.0  # seconds that a job may still take when the server is gone; it is done anew later


def main(server: int) -> None:
    """Work until told to stop, or until the process `server` is gone."""
    import django

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    # From the first moment on: a server that is killed while this starts leaves another parent.
    threading.Thread(target=_with_parent, args=[stop, server], daemon=True).start()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colead.web.settings")
    django.setup()
    from colead.web.jobs.work import work

    work(stop)


def _with_parent(stop: threading.Event, parent: int) -> None:
    """Stop when the server is gone, however it went."""
    while os.getppid() == parent:
        time.sleep(1)
    stop.set()
    time.sleep(GRACE)
    os._exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
