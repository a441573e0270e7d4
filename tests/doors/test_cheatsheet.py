"""The cheatsheet: one page to print and sign, with what is so in the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from colead.cli.run import run


def test_six_blocks_with_what_is_so_here(shop: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cheatsheet", "--repo", str(shop), "--cache", str(cache), "--today", "2026-10-19"]) == 0
    told = capsys.readouterr().out
    for title in (
        "START WITH THE PROBLEM",
        "WHO OWNS WHAT",
        "PROBLEM OR SOLUTION?",
        "TRANSLATE",
        "SURFACE EARLY",
    ):
        assert title in told
    assert "KEEP ABOUT 80 / 20" in told
    flat = " ".join(told.split())
    assert "Likeliest to need fixes in the next three months: Checkout" in flat
    assert "changes by people went into system health" in flat
    assert "parts have a name in your own words" in flat
    assert len(told.splitlines()) <= 45 and max(map(len, told.splitlines())) <= 100
