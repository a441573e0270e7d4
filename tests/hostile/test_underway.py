"""Work under way over the hostile corpus and every trap: an answer or a clear error, nothing is started."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from corpus import BOMBS, CASES, build
from test_check import SPEC
from traps import CONFIG_VECTORS, lay

from colead.built import under_way
from colead.errors import ColeadError
from colead.underway import Underway
from colead.writers.underway import markdown, quiet, text
from colead.writers.wire import to_json

SLOWEST = 20.0  # seconds; a repository is opened twice, now and as it was before
TODAY = date(2026, 10, 19)


@pytest.mark.parametrize("name", [one for one in CASES if one not in BOMBS])
def test_a_hostile_repository_gives_an_answer_or_a_clear_error(name: str, tmp_path: Path) -> None:
    where = build(name, tmp_path / "made")
    start = perf_counter()
    try:
        shown(under_way(text=SPEC, repos=where, diff="", today=TODAY, cache=tmp_path / "cache"))
    except ColeadError as error:
        assert error.code != "E09" and error.what and error.why and error.hint
    assert perf_counter() - start < SLOWEST


@pytest.mark.parametrize("name", CONFIG_VECTORS)
def test_a_diff_runs_nothing_of_the_repository(name: str, tmp_path: Path) -> None:
    trap = lay(name, tmp_path / "trap")
    shown(under_way(text=SPEC, repos=trap.where, diff="", today=TODAY, cache=tmp_path / "cache"))
    assert not trap.sprung()


def shown(told: Underway) -> None:
    """Every writer tells it, and none lets a control character through."""
    for page in (text(told, width=80, colour=False, technical=True), markdown(told), quiet(told)):
        assert all(one.isprintable() for one in page.split("\n"))
    assert json.loads(to_json(told))["schema"] == "colead.underway/1"
