"""Fragility over the hostile corpus and every trap: a list, a word on why there is none, or a clear error."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from time import perf_counter
from xml.etree import ElementTree

import pytest
from corpus import BOMBS, CASES, build
from traps import CONFIG_VECTORS, lay

from colead.errors import ColeadError
from colead.lookout import fragility
from colead.outlook import Outlook
from colead.writers import outlook_page
from colead.writers.outlook import quiet, text
from colead.writers.wire import to_json

SLOWEST = 20.0  # seconds
TODAY = date(2026, 10, 19)


@pytest.mark.parametrize("name", [one for one in CASES if one not in BOMBS])
def test_a_hostile_repository_gives_an_answer_or_a_clear_error(name: str, tmp_path: Path) -> None:
    where = build(name, tmp_path / "made")
    start = perf_counter()
    try:
        shown(fragility(where, files=True, today=TODAY, cache=tmp_path / "cache"))
    except ColeadError as error:
        assert error.code != "E09" and error.what and error.why and error.hint
    assert perf_counter() - start < SLOWEST


@pytest.mark.parametrize("name", CONFIG_VECTORS)
def test_nothing_of_a_repository_is_started(name: str, tmp_path: Path) -> None:
    trap = lay(name, tmp_path / "trap")
    shown(fragility(trap.where, today=TODAY, cache=tmp_path / "cache"))
    assert not trap.sprung()


def shown(told: Outlook) -> None:
    for width in (60, 200):
        assert text(told, width=width, colour=False).replace("\n", "").isprintable()
    assert quiet(told).count("\n") == 1
    page = outlook_page.html(told)
    assert "<script" not in page and "\x1b" not in page
    assert not told.plots or ElementTree.fromstring(outlook_page.picture(told)) is not None  # noqa: S314 - our own
    assert json.loads(to_json(told))["schema"] == "colead.fragility/1"
