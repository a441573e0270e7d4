"""How much memory an idle `colead serve` takes; a Markdown table.

    python benchmarks/memory.py [--no-demo] [--most MB]

The server is started in an empty folder, with the demo area unless told otherwise; somebody signs in and
opens the pages of the area, the worker reads what waits, and then nobody does anything until the worker has
given back what reading took. Told is for each process what it holds (RSS) and its share (PSS: memory that
several hold is divided among them). Ends with 1 where they hold more than MOST together. Linux only.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))
from once import LINK, TOKEN, read

PAGES = ("", "ideas", "ideas/1", "ideas/2", "system", "balance", "people", "repositories", "terms", "menu")
IDLE = 30  # seconds, more than a worker waits before it gives memory back
PATIENCE = 150  # seconds until what is measured must have come to rest


def main() -> int:
    """Measure, print, compare."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--no-demo", action="store_true")
    parser.add_argument("--most", type=float, default=250.0)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="colead-memory-") as folder:
        rows = list(measured(folder, [] if told.no_demo else ["--demo"]))
    print("| process | holds, MB | its share, MB |\n|---|--:|--:|")
    for name, held, share in rows:
        print(f"| {name} | {held:.0f} | {share:.0f} |")
    held = sum(row[1] for row in rows)
    print(f"| together | {held:.0f} | {sum(row[2] for row in rows):.0f} |")
    return int(held > told.most)


def measured(folder: str, words: list[str]) -> Iterator[tuple[str, float, float]]:
    """Each process of a server that came to rest: its name, what it holds and its share."""
    command = [sys.executable, "-m", "colead", "serve", *words, "--data", folder]
    env = {**os.environ, "PYTHONUNBUFFERED": "1", "COLEAD_DATABASE": ""}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as running:
        try:
            _opened(running)
            yield from _at_rest(running.pid)
        finally:
            running.send_signal(signal.SIGTERM)


def _opened(running: subprocess.Popen[str]) -> None:
    """Sign in by the first link, where there is an area, and open its pages."""
    browser, link = build_opener(HTTPCookieProcessor(CookieJar())), ""
    for line in running.stdout or ():
        link = link or (found[1] if (found := LINK.search(line)) else "")
        if line.startswith("Colead: "):
            break
    if not link:
        return
    for token in TOKEN.findall(read(browser, link)):
        browser.open(link, urlencode({"csrfmiddlewaretoken": token}).encode()).close()
    for page in PAGES:
        read(browser, f"{link.partition('/link/')[0]}/checkout/{page}")


def _at_rest(server: int) -> list[tuple[str, float, float]]:
    """The figures once no process did anything for a while."""
    until, since, worked = time.monotonic() + PATIENCE, time.monotonic(), -1.0
    while time.monotonic() - since < IDLE and time.monotonic() < until:
        time.sleep(1)
        now = sum(_worked(one) for one in _family(server))
        if now - worked > 0.1:  # seconds of the processor
            since, worked = time.monotonic(), now
    return [(_name(one, server), *_held(one)) for one in _family(server)]


def _family(server: int) -> list[int]:
    children = Path(f"/proc/{server}/task").glob("*/children")
    return [server, *sorted(int(one) for file in children for one in file.read_text().split())]


def _worked(process: int) -> float:
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _name(process: int, server: int) -> str:
    words = Path(f"/proc/{process}/cmdline").read_text()
    return "server" if process == server else "worker" if "worker" in words else "pages"


def _held(process: int) -> tuple[float, float]:
    lines = [line.split() for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()]
    told = {line[0]: int(line[1]) / 1024 for line in lines if line[0] in ("Rss:", "Pss:")}
    return told["Rss:"], told["Pss:"]


if __name__ == "__main__":
    sys.exit(main())
