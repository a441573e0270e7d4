"""What all tests share: a closed environment, doses, the browser, and the plain word about what did not run.

COLEAD_DOSE=full      the long doses (`make trust`)
COLEAD_DEMAND_ALL=1   a test that would be left out for lack of something fails instead (.ci/run)
"""

from __future__ import annotations

import os
import shutil
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

DEMAND_ALL = os.environ.get("COLEAD_DEMAND_ALL") == "1"
FULL = os.environ.get("COLEAD_DOSE") == "full"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

calm = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "database": None}
settings.register_profile("short", max_examples=50, derandomize=True, **calm)
settings.register_profile("full", max_examples=2000, **calm)
settings.load_profile("full" if FULL else "short")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long doses and what only PostgreSQL does are other runs' work: set aside, not skipped."""
    others = [] if FULL else ["full"]
    others += [] if os.environ.get("COLEAD_TEST_DATABASE") else ["postgresql"]
    aside = [item for item in items if any(item.get_closest_marker(name) for name in others)]
    if aside:
        config.hook.pytest_deselected(items=aside)
        items[:] = [item for item in items if item not in aside]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where everything is demanded, a test that is left out has failed."""
    report: Any = yield
    if DEMAND_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"left out although everything is demanded: {reason(report.longrepr)}"
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say plainly what did not run here, and why."""
    left_out = Counter(reason(report.longrepr) for report in terminalreporter.getreports("skipped"))
    for why, count in left_out.items():
        terminalreporter.write_line(f"Not run here: {count} {'test' if count == 1 else 'tests'}, {why}")


def reason(told: object) -> str:
    """Why a test was left out, from what pytest keeps of it."""
    text = told[2] if isinstance(told, tuple) else str(told)
    return str(text).removeprefix("Skipped: ")


@pytest.fixture(scope="session", autouse=True)
def closed_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No settings of the person who runs the tests, no network beyond this machine."""
    home = tmp_path_factory.mktemp("home")
    patch = pytest.MonkeyPatch()
    for name in [name for name in os.environ if name.startswith(("GIT_", "XDG_", "COLEAD_"))]:
        if name not in ("COLEAD_DEMAND_ALL", "COLEAD_DOSE", "COLEAD_BROWSER_ARGS", "COLEAD_TEST_DATABASE"):
            patch.delenv(name)
    patch.setenv("HOME", str(home))
    patch.setenv("COLEAD_CACHE", str(home / "cache"))
    patch.setenv("TZ", "UTC")
    patch.delenv("NO_COLOR", raising=False)
    patch.setattr(socket.socket, "connect", near_only(socket.socket.connect))
    yield
    patch.undo()


def near_only(connect: Any) -> Any:
    """A `connect` that refuses every address that is not this machine's own."""

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test wants to reach {address!r}")
        return connect(self, address)

    return guarded


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real browser; tests that need it say on a machine without one that they did not run."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("for lack of a browser (Debian: apt install chromium)")
    from playwright.sync_api import sync_playwright

    arguments = ["--disable-background-networking", *os.environ.get("COLEAD_BROWSER_ARGS", "").split()]
    if os.geteuid() == 0 and "--no-sandbox" not in arguments:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=arguments)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's own folder."""
    return Path(__file__).resolve().parent.parent
