"""Looking ahead in a stranger's repository: settings read within limits, specs refused, nothing started."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from corpus import BOMBS, CASES, build
from traps import CONFIG_VECTORS, lay

from colead.ahead import FILE, Ahead, Repair
from colead.errors import ColeadError, SettingsError, SpecError
from colead.planning import ahead, repair
from colead.readers.reserve import read_reserve
from colead.writers.ahead import quiet, text
from colead.writers.wire import to_json

TODAY = date(2026, 10, 19)
SLOWEST = 20.0  # seconds
ONE = "repairs:\n- {repair: a, part: app, by: E, on: 2026-03-01, until: 2026-06-01"
SPLIT = Repair("split", "Top-level files", "Emil", TODAY, date(2026, 12, 20), 2, 30)


@pytest.mark.parametrize(
    ("said", "code", "told"),
    [
        (f"{ONE}, regex: .*}}\n", "E11", "unknown word"),
        ("repairs:\n- {part: app, by: E, on: 2026-03-01, until: 2026-06-01}\n", "E11", "without 'repair'"),
        ("repairs:\n- {repair: a, by: E, on: 2026-03-01, until: 2026-06-01}\n", "E11", "without 'part'"),
        ("repairs:\n- {repair: a, part: b, on: 2026-03-01, until: 2026-06-01}\n", "E11", "without 'by'"),
        ("repairs:\n- {repair: a, part: b, by: E, on: 2026-03-01}\n", "E11", "without 'until'"),
        ("repairs:\n- {repair: a, part: b, by: E, on: soon, until: 2026-06-01}\n", "E11", "'soon'"),
        (
            "repairs:\n- {repair: a, part: b, by: E, on: 2026-06-01, until: 2026-06-01}\n",
            "E11",
            "a day after",
        ),
        ("repairs:\n- {repair: a, part: b, by: E, on: 2026-06-01, until: 2030-06-01}\n", "E11", "366"),
        (f"{ONE}, fewer: most}}\n", "E11", "'most'"),
        (f"{ONE}, fewer: 101}}\n", "E11", "from 1 to 100"),
        (f"{ONE}, fewer: -5}}\n", "E11", "'-5'"),
        (f"{ONE}, slots: 0}}\n", "E11", "'0'"),
        (f"{ONE}, slots: {'9' * 190}}}\n", "E11", "from 1 to 500"),
        (f"{ONE}, slots: ٣}}\n", "E11", "from 1 to 500"),
        (f"{ONE}, slots: [1]}}\n", "E11", "one text"),
        ('repairs:\n- {repair: "a\\u202eb", part: b, by: E, on: 2026-03-01}\n', "E11", "control"),
        (f"repairs:\n- {{repair: {'x' * 201}}}\n", "E11", "200"),
        ("repairs: a\n", "E11", "not a list"),
        ("repairs:\n- a\n", "E11", "mapping"),
        ("repairs:\n" + "- {repair: a}\n" * 401, "E11", "400"),
        ("a: &a [x, x]\nrepairs: [*a, *a]\n", "E12", "alias"),
        ("repairs: " + "[" * 5_000, "E10", "nested"),
        ("x" * 70_000, "E12", "larger"),
    ],
)
def test_what_is_off_is_refused_with_its_line(said: str, code: str, told: str) -> None:
    start = perf_counter()
    with pytest.raises(SettingsError) as raised:
        read_reserve(said.encode())
    words = f"{raised.value.what} {raised.value.hint}"
    assert raised.value.code == code and told in words and FILE in words
    assert perf_counter() - start < 2


def test_what_may_be_left_out_has_its_usual_value() -> None:
    (one,) = read_reserve(f"{ONE}}}\n".encode())
    assert (one.slots, one.fewer, one.line) == (1, 0, 2)
    assert read_reserve(b"repairs:\n- {repair: a, part: b, by: E, on: 9999-12-01, until: 9999-12-31}\n")
    assert read_reserve(b"") == () == read_reserve(b"repairs:\n")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    folder = tmp_path / "clone"
    for name in ("app", "lib"):
        (folder / name).mkdir(parents=True)
        for number in range(6):
            (folder / name / f"cart{number}.py").write_text(f"def cart{number}(): ...\n")
    who = ("-c", "user.name=E", "-c", "user.email=e@shop")
    for words in (("init", "-q"), ("add", "."), (*who, "commit", "-q", "-m", "Start the cart")):
        subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)
    return folder


@pytest.mark.parametrize(
    ("data", "code"), [(b"\x89PNG\x00\x01", "E54"), (b"x" * ((1 << 20) + 1), "E53"), (b"", "E52")]
)
def test_a_spec_that_is_none_is_refused(clone: Path, tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "a.md").write_bytes(data)
    with pytest.raises(SpecError) as raised:
        ahead([tmp_path / "a.md"], clone, cache=tmp_path / "cache")
    assert raised.value.code == code and raised.value.hint


def test_a_bidi_title_stays_visible(clone: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Cart \u202e\x1b[31m\n\nThe cart of the app.\n")
    shown(ahead([tmp_path / "a.md"], clone, cache=tmp_path / "cache"))


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "outside", "file"])
def test_a_repair_is_written_into_a_regular_file_of_the_work_tree_alone(
    clone: Path, tmp_path: Path, kind: str
) -> None:
    target, victim = clone / FILE, tmp_path / "victim"
    victim.write_text("kept")
    if kind == "outside":
        (tmp_path / "there").mkdir()
        target.parent.symlink_to(tmp_path / "there")
    elif kind == "file":
        target.parent.write_text("a file where the folder belongs\n")
    else:
        target.parent.mkdir()
        {
            "link": lambda: target.symlink_to(victim),
            "folder": target.mkdir,
            "pipe": lambda: os.mkfifo(target),
        }[kind]()
    with pytest.raises(ColeadError) as raised:
        repair(SPLIT, clone, cache=tmp_path / "cache")
    assert raised.value.code == "E07" and "repair: split" in raised.value.hint
    assert victim.read_text() == "kept"
    assert kind != "outside" or not list((tmp_path / "there").iterdir())


@pytest.mark.parametrize(
    "said",
    [f"{ONE}}}]\n".replace("repairs:\n- ", "repairs: ["), f"{ONE}}}\n...\n", "repairs: ["],
)
def test_a_file_that_cannot_be_added_to_stays_as_it_is(clone: Path, tmp_path: Path, said: str) -> None:
    (clone / ".colead").mkdir()
    (clone / FILE).write_text(said)
    with pytest.raises(ColeadError) as raised:
        repair(SPLIT, clone, cache=tmp_path / "cache")
    assert raised.value.code in ("E45", "E10") and raised.value.hint
    assert (clone / FILE).read_text() == said


@pytest.mark.parametrize("name", [one for one in CASES if one not in BOMBS])
def test_a_hostile_repository_gives_an_answer_or_a_clear_error(name: str, tmp_path: Path) -> None:
    where = build(name, tmp_path / "made")
    (tmp_path / "a.md").write_text("# Cart\n\nThe cart keeps a note of the file in the readme.\n")
    start = perf_counter()
    try:
        shown(ahead([tmp_path / "a.md"], where, today=TODAY, cache=tmp_path / "cache"))
    except ColeadError as error:
        assert error.code != "E09" and error.what and error.why and error.hint
    assert perf_counter() - start < SLOWEST


@pytest.mark.parametrize("name", CONFIG_VECTORS)
def test_nothing_of_a_repository_is_started(name: str, tmp_path: Path) -> None:
    trap = lay(name, tmp_path / "trap")
    shown(ahead([], trap.where, today=TODAY, cache=tmp_path / "cache"))
    assert not trap.sprung()


def shown(told: Ahead) -> None:
    for width in (60, 200):
        assert text(told, width=width, colour=False, technical=True).replace("\n", "").isprintable()
    assert quiet(told).count("\n") == 1
    assert json.loads(to_json(told))["schema"] == "colead.ahead/1"
