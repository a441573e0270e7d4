"""The whole check over the hostile corpus: a reading or a clear error, through every writer."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from corpus import BOMBS, CASES, REFUSED, build
from traps import CONFIG_VECTORS, lay

from colead import Reading, check
from colead.errors import ColeadError
from colead.writers.html import html
from colead.writers.markdown import markdown
from colead.writers.text import text
from colead.writers.wire import from_json, to_json

SPEC = "# Notes\n\n## Problem\n\nPeople cannot find the file that changed.\n\n## Solution\n\nShow the file.\n"
OWN = {"settings-malformed": "E11"}  # the door reads it; its settings are refused
SLOWEST = 10.0  # seconds


def looked(where: Path, cache: Path) -> Reading:
    return check(text=SPEC, repos=where, today=date(2026, 10, 19), cache=cache)


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_repository_gives_a_reading_or_a_clear_error(name: str, tmp_path: Path) -> None:
    where = build(name, tmp_path / "made")
    start = perf_counter()
    code = REFUSED.get(name) or OWN.get(name) or BOMB_CODES.get(name)
    if code:
        with pytest.raises(ColeadError) as caught:
            looked(where, tmp_path / "cache")
        assert caught.value.code == code
        assert caught.value.what and caught.value.why and caught.value.hint
    else:
        shown(looked(where, tmp_path / "cache"))
    assert perf_counter() - start < SLOWEST


@pytest.mark.parametrize("name", CONFIG_VECTORS)
def test_a_check_runs_nothing_of_the_repository(name: str, tmp_path: Path) -> None:
    trap = lay(name, tmp_path / "trap")
    shown(looked(trap.where, tmp_path / "cache"))
    assert not trap.sprung()


BOMB_CODES = {"tree-bomb": "E30", "tree-bomb-in-the-past": "E31"}
assert set(BOMB_CODES) <= set(BOMBS)


def shown(reading: Reading) -> None:
    """Every writer tells it, and none lets a control character through."""
    terminal = text(reading, width=80, colour=False)
    assert all(one.isprintable() for one in terminal.split("\n"))
    assert all(one.isprintable() for one in markdown(reading).split("\n"))
    wire = to_json(reading)  # undecodable bytes are visible escapes on the wire
    assert json.loads(to_json(from_json(wire))) == json.loads(wire)
    assert "<script>alert" not in html(reading)
