"""Corrections of a stranger's repository: read within limits, refused by line, written nowhere else."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from time import perf_counter

import pytest

from colead.correcting import keep
from colead.correction import FILE, Correction, Kind
from colead.errors import ColeadError, SettingsError
from colead.readers.corrections import read_corrections

NEW = [Correction(Kind.WRONG, "app")]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    folder = tmp_path / "clone"
    folder.mkdir()
    who = ("-c", "user.name=E", "-c", "user.email=e@shop")
    for words in (("init", "-q"), (*who, "commit", "-q", "--allow-empty", "-m", "Start")):
        subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)
    return folder


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("corrections:\n- wrong: A\n  regex: .*\n", "E11", "line 3"),
        ("corrections:\n- wrong: A\n  missing: B\n", "E11", "line 2"),
        ("corrections:\n- because: nothing\n", "E11", "without"),
        ("corrections:\n- wrong:\n", "E11", "without a part"),
        ("corrections:\n- partner: A\n", "E11", "without 'of'"),
        ("corrections:\n- wrong: A\n  of: B\n", "E11", "'of' without"),
        ("corrections:\n- wrong: A\n  on: soon\n", "E11", "'soon'"),
        ("corrections:\n- wrong: A\n  words: [a, b, c, d, e, f, g]\n", "E11", "more than 6"),
        ("corrections:\n- wrong: [A]\n", "E11", "one text"),
        ("corrections: A\n", "E11", "not a list"),
        ("wrong: A\n", "E11", "unknown word"),
        ('corrections:\n- wrong: "a\\u202eb"\n', "E11", "control"),
        (f"corrections:\n- wrong: {'x' * 201}\n", "E11", "200"),
        ("corrections:\n" + "- wrong: A\n" * 401, "E11", "400"),
        ("a: &a [x, x]\ncorrections: [*a, *a]\n", "E12", "alias"),
        ("corrections: " + "[" * 5_000, "E10", "nested"),
        ("x" * 70_000, "E12", "larger"),
        ("corrections:\n- wrong: A\n  on: 99999-99-99\n", "E11", "a day"),
    ],
)
def test_what_is_off_is_refused_with_its_line(text: str, code: str, told: str) -> None:
    start = perf_counter()
    with pytest.raises(SettingsError) as raised:
        read_corrections(text.encode())
    assert raised.value.code == code and told in raised.value.what + raised.value.why
    assert raised.value.hint and FILE in raised.value.what
    assert perf_counter() - start < 2


def test_no_link_leads_a_correction_out_of_the_work_tree(clone: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (clone / ".colead").symlink_to(outside)
    with pytest.raises(ColeadError) as raised:
        keep(clone, NEW)
    assert raised.value.code == "E07" and "wrong: app" in raised.value.hint
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("kind", ["link", "dangling", "folder", "pipe"])
def test_only_a_regular_file_is_replaced(clone: Path, tmp_path: Path, kind: str) -> None:
    target = clone / FILE
    target.parent.mkdir()
    victim = tmp_path / "victim"
    victim.write_text("kept")
    if kind == "folder":
        target.mkdir()
    elif kind == "pipe":
        os.mkfifo(target)
    else:
        target.symlink_to(victim if kind == "link" else tmp_path / "gone")
    with pytest.raises(ColeadError) as raised:
        keep(clone, NEW)
    assert raised.value.code == "E07"
    assert victim.read_text() == "kept" and not (tmp_path / "gone").exists()
    assert [one.name for one in target.parent.iterdir()] == ["corrections.yml"]


@pytest.mark.parametrize(
    "text",
    [
        "corrections: [{wrong: A}]\n",
        "corrections:\n- wrong: A\n...\n",
        "corrections:\n" + "- wrong: A\n" * 400,
    ],
)
def test_a_file_that_cannot_be_added_to_stays_as_it_is(clone: Path, text: str) -> None:
    (clone / ".colead").mkdir()
    (clone / FILE).write_text(text)
    with pytest.raises(ColeadError) as raised:
        keep(clone, NEW)
    assert raised.value.code in ("E16", "E11") and raised.value.hint
    assert (clone / FILE).read_text() == text


def test_a_malformed_file_is_never_written_over(clone: Path) -> None:
    (clone / ".colead").mkdir()
    (clone / FILE).write_text("corrections: [")
    with pytest.raises(SettingsError):
        keep(clone, NEW)
    assert (clone / FILE).read_text() == "corrections: ["


def test_a_work_tree_that_may_not_be_written_to_is_told_what_to_paste(clone: Path) -> None:
    (clone / ".colead").write_text("a file where the folder belongs\n")  # forbids it to root, too
    with pytest.raises(ColeadError) as raised:
        keep(clone, NEW)
    assert raised.value.code == "E07" and "- {wrong: app}" in raised.value.hint
