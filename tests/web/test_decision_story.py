"""A question in a real browser, from asking to deciding, by both people; and a tradeoff that is signed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from test_story import entered, served

__all__ = ["served"]  # the fixture
pytestmark = pytest.mark.browser


def test_a_question_is_decided_and_a_tradeoff_is_signed(browser: Any, served: dict[str, str]) -> None:
    phone = {"width": 390, "height": 800}
    priya = entered(browser, served["Priya"])
    emil = entered(browser, served["Emil"], java_script_enabled=False, viewport=phone)
    said: list[str] = []
    priya.on("console", lambda one: said.append(one.text))
    base = priya.url.split("/checkout")[0]

    priya.goto(f"{base}/checkout/ideas/2")
    priya.get_by_role("link", name="Ask for a decision").click()
    priya.get_by_label("What is to be decided?").fill("Do we keep the old page beside it?")
    priya.get_by_label("Option 1").fill("For a month")
    priya.get_by_label("Option 2").fill("Not at all")
    priya.get_by_role("button", name="Ask it").click()
    assert "Emil decides, since it is about the solution." in priya.locator(".verdict").inner_text()
    page = priya.url

    emil.goto(page)
    emil.get_by_role("button", name="Call for concerns").click()
    assert "Concerns are welcome until" in emil.locator(".verdict").inner_text()
    priya.reload()
    priya.get_by_label("Your concern").fill("Who answers for two pages?")
    priya.get_by_role("button", name="Raise a concern").click()
    priya.get_by_label("What resolved it").fill("Emil does")
    priya.get_by_role("button", name="It is resolved").click()
    assert "None is open." in priya.locator(".verdict").inner_text()

    emil.reload()
    emil.get_by_text("Add what would make it wrong").click()
    emil.get_by_label("Or: something lands here").fill("services/checkout/**")
    emil.get_by_role("button", name="Write it down").click()
    emil.get_by_label("For a month").check()
    emil.get_by_label("Because").first.fill("people need time")
    emil.get_by_role("button", name="Decide", exact=True).click()
    assert re.search("Decided by Emil on .*: For a month.", emil.locator(".verdict").inner_text())
    assert "Something lands in services/checkout/**" in emil.locator("main").inner_text()

    priya.goto(f"{base}/checkout/tradeoffs")
    priya.get_by_role("link", name="Skip moving mails off the old sender").click()
    priya.get_by_label("Accepted until").fill((timezone.localdate() + timedelta(days=90)).isoformat())
    priya.get_by_label("Against").select_option(index=1)
    priya.get_by_role("button", name="Accept it").click()
    assert "against Winter sale; it asks again then." in priya.locator(".verdict").inner_text()
    assert not said, said
