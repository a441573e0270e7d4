"""A slot of the reserve in a real browser: proposed by one, agreed by the other, moved, done."""

from __future__ import annotations

import re
from typing import Any

import pytest
from test_story import entered, served

pytestmark = pytest.mark.browser
__all__ = ["served"]


def test_both_fill_a_slot_of_the_reserve(browser: Any, served: dict[str, str]) -> None:
    priya, emil = (
        entered(browser, served["Priya"]),
        entered(browser, served["Emil"], java_script_enabled=False),
    )
    there = emil.url.rstrip("/")
    emil.goto(f"{there}/ahead/repairs/new")
    emil.get_by_label("What is repaired?").fill("One clock for all slots")
    emil.get_by_label("In which part?").fill("Shipping")
    emil.get_by_label("How many changes it takes").fill("2")
    emil.get_by_role("button", name="Propose it").click()
    assert "it waits for product's yes" in emil.locator(".verdict").inner_text()
    priya.goto(f"{there}/inbox")
    priya.get_by_role("link", name=re.compile("One clock for all slots")).click()
    priya.get_by_role("button", name="Yes, it fills the slot").click()
    assert "both leads said yes" in priya.locator(".verdict").inner_text()
    priya.get_by_text("Move it to another week").click()
    priya.get_by_label("Put it into").select_option(index=3)
    priya.locator("[name=why]").fill("the sale comes first")
    priya.get_by_role("button", name="Move it", exact=True).click()
    assert "it waits for engineering's yes" in priya.locator(".verdict").inner_text()
    emil.reload()
    assert "because the sale comes first" in emil.content()
    emil.get_by_role("button", name="Yes, it fills the slot").click()
    emil.get_by_role("button", name="It is done already").click()
    assert "Done on" in emil.locator(".verdict").inner_text()
    priya.goto(f"{there}/ahead#reserve")
    assert "One clock for all slots" in priya.locator("#reserve").inner_text()
