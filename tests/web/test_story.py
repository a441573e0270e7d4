"""The scene in a real browser against a real server: from a pasted spec to an agreed problem."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def served(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The links of both leads of a served demo area."""
    env = {**os.environ, "COLEAD_DATA": str(tmp_path / "data"), "PYTHONUNBUFFERED": "1"}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "colead", "serve", "--demo"]
    running = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert running.stdout is not None
    links = {}
    for line in running.stdout:
        if found := re.match(r"Sign in as (\w+): (\S+)", line):
            links[found[1]] = found[2]
        if line.startswith("Colead:"):
            break
    yield links
    running.send_signal(signal.SIGTERM)
    running.wait(timeout=20)
    running.stdout.close()


def entered(browser: Any, link: str, **more: Any) -> Any:
    """A page of the person whose link it is."""
    page = browser.new_context(**more).new_page()
    page.goto(link)
    page.get_by_role("button", name=re.compile("Sign in as")).click()
    return page


def test_a_pasted_spec_becomes_an_agreed_problem(browser: Any, served: dict[str, str], project: Path) -> None:
    spec = (project / "examples" / "gift-notes.md").read_text()
    priya, emil = (
        entered(browser, served["Priya"]),
        entered(browser, served["Emil"], java_script_enabled=False),
    )
    said: list[str] = []
    priya.on("console", lambda one: said.append(one.text))
    priya.get_by_role("link", name="Write an idea").click()
    priya.get_by_text("Or bring a spec that exists").click()
    priya.get_by_label("Or the text itself").fill(spec)
    priya.get_by_role("button", name="Bring it in").click()
    priya.locator("#touches").wait_for(timeout=60_000)
    assert "Worth discussing" in priya.locator(".verdict").inner_text()
    page = priya.url
    priya.get_by_role("button", name="Agree to version 1").first.click()
    priya.get_by_text("Priya agreed to version 1; the other side has not yet.").wait_for()

    emil.goto(page)
    assert "Checkout" in emil.locator("#touches").inner_text()
    emil.get_by_role("link", name="Suggest a change").click()
    text = emil.get_by_label("Text").input_value()
    emil.get_by_label("Text").fill(f"{text}\n\nThe note may be 200 characters long.")
    emil.get_by_label("Why?").fill("the slip has room for four lines")
    emil.get_by_role("button", name="Suggest it").click()

    priya.reload()
    priya.get_by_text("Emil suggests another text").click()
    priya.get_by_role("button", name="Accept it").click()
    priya.get_by_text("Not agreed: the text changed after it was signed; version 2 stands.").wait_for()
    priya.get_by_role("button", name="Agree to version 2").click()
    emil.reload()
    emil.locator(".side.problem").get_by_role("button", name="Agree to version 2").click()
    assert "Agreed by Priya and Emil, version 2." in emil.locator(".side.problem footer").inner_text()
    assert "The problem is agreed" in emil.locator(".yours").inner_text()
    assert not said, said
