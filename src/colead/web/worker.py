"""Worker: the process that does the jobs; it ends at SIGTERM, after the job it is at."""

from __future__ import annotations

import os
import signal
import threading


def main() -> None:
    """Work until told to stop."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colead.web.settings")
    django.setup()
    from colead.web.jobs.work import work

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(stop)


if __name__ == "__main__":
    main()
