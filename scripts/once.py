"""Once: serves the demo area, signs in as Priya, waits for the first reading, says what it says, and stops.

What `make demo` does where nobody sits at a terminal to open the page.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from html import unescape
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

PATIENCE = 40  # seconds
LINK = re.compile(r"(http://\S+/link/\S+)")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def main(data: str) -> int:
    """0 when the page was served and its reading was there."""
    command = [sys.executable, "-m", "colead", "serve", "--demo", "--data", data]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    try:
        return looked_at(running)
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(timeout=20)


def looked_at(running: subprocess.Popen[str]) -> int:
    """Follow the first link that is printed, and wait for the idea's reading."""
    link = next((found[1] for line in running.stdout or () if (found := LINK.search(line))), "")
    if not link:
        print("The shared page did not start.", file=sys.stderr)
        return 1
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    for token in TOKEN.findall(read(browser, link)):
        browser.open(link, urlencode({"csrfmiddlewaretoken": token}).encode()).close()
    page = f"{link.partition('/link/')[0]}/checkout/ideas/1"
    until = time.monotonic() + PATIENCE
    while not (told := verdict(read(browser, page))) and time.monotonic() < until:
        time.sleep(0.5)
    print(f"The shared page: {page}\n{told or 'served; its reading is still being made'}")
    print("It was stopped, as nobody is at a terminal. To open it: .venv/bin/colead serve --demo")
    return 0


def read(browser: OpenerDirector, address: str) -> str:
    """A page as text."""
    with browser.open(address, timeout=20) as answer:
        return str(answer.read().decode())


def verdict(page: str) -> str:
    """The sentence on top of a reading; "" while there is none."""
    found = re.search(r'class="verdict">(Worth.*?|Nothing.*?)</p>', page, re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", found[1])) if found else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
