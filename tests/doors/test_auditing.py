"""`colead balance --audit` on a real repository: by lines, at a terminal, interrupted, with hostile files."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import termios
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from colead.audit import FILE, KEYS
from colead.auditing import Auditing, auditing
from colead.balancing import balance
from colead.cli.group import commands
from colead.cli.run import run
from colead.errors import ColeadError, SettingsError
from colead.planning import ahead
from colead.readers.audit import HEAD, read_audit
from colead.writers.audit import asked, opening

TODAY = date(2026, 10, 19)


def made(folder: Path, count: int, start: int) -> Path:
    """Changes two days apart; nine of ten do not say what they are, one of them has a hostile title."""
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    told = []
    for number in range(count):
        title = f"feat: part {number}" if number % 10 == 0 else f"Work on part {number}"
        title = "Clear \x1b[2J\u202e the screen" if number == 41 else title
        at, text = start + 86_400 * 2 * number, title.encode()
        told.append(f"commit refs/heads/main\ncommitter E <e@shop> {at} +0000\ndata {len(text)}\n{title}\n")
        told.append(f"M 100644 inline app/part{number % 4}/a.py\ndata 4\n{number:04}\n\n")
    call = ["git", "-C", str(folder), "fast-import", "--quiet"]
    subprocess.run(call, input="".join(told).encode(), check=True)
    subprocess.run(["git", "-C", str(folder), "reset", "-q", "--hard"], check=True)
    return folder


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred changes."""
    return made(tmp_path_factory.mktemp("origin"), 100, 1_767_000_000)


@pytest.fixture
def clone(origin: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(origin), str(folder)], check=True)
    return folder


def words(clone: Path, *more: str) -> list[str]:
    kept = str(clone.parent / "cache")
    return ["balance", "--repo", str(clone), "--cache", kept, "--today", TODAY.isoformat(), *more]


def sort(clone: Path, keys: str, *more: str) -> str:
    """What somebody sees who writes one key a line."""
    given = "".join(f"{key}\n" for key in keys)
    return CliRunner().invoke(commands, words(clone, "--audit", *more), input=given).output


def answers(clone: Path) -> list[str]:
    return [one.kind for one in read_audit((clone / FILE).read_bytes())]


def open_(clone: Path, **asked: int) -> Auditing:
    return auditing(clone, today=TODAY, cache=clone.parent / "cache", **asked)


def test_answers_are_kept_and_the_next_sitting_goes_on(clone: Path) -> None:
    seen = sort(clone, "fxhdq")
    assert "1 of 80 · about 3 minutes left" in seen and "5 of 80" in seen and "6 of 80" not in seen
    assert (
        "4 of 80 changes are sorted. Answers count once there are 10." in seen
        and "Commit .colead/audit.csv" in seen
    )
    assert answers(clone) == ["feature", "fix", "health", "docs"]
    assert "\n5 of 80" in sort(clone, "")
    assert (clone / FILE).read_text().startswith(f"{HEAD}\n")


def test_enough_answers_set_the_balance_right(clone: Path) -> None:
    kept = clone.parent / "cache"
    before = balance(clone, today=TODAY, cache=kept).repositories[0]
    assert any("colead balance --audit" in note for note in before.notes)
    seen = sort(clone, "xxd" * 27)
    assert "80 changes are sorted." in seen and "81 of" not in seen
    assert "80 were sorted by hand, the last on 19 October 2026" in " ".join(seen.split())
    after = balance(clone, today=TODAY, cache=kept).repositories[0]
    assert (after.by_hand, after.sorted_on) == (80, "2026-10-19")
    assert after.whole is not None and before.whole is not None
    assert (after.whole.health.high or 0) - (after.whole.health.low or 0) < 0.1
    assert abs(after.whole.fixes.value - 0.6) < 0.05
    assert not any("--audit" in note for note in after.notes)
    assert balance(clone, today=date(2026, 10, 1), cache=kept).repositories[0].by_hand == 0


def test_what_was_sorted_counts_when_the_reserve_is_told(tmp_path: Path) -> None:
    clone = made(tmp_path / "clone", 250, 1_767_000_000 - 300 * 86_400)
    asked: dict[str, Any] = {"today": date(2026, 7, 18), "cache": tmp_path / "cache"}
    before = ahead([], clone, **asked).reserve
    one = auditing(clone, today=asked["today"], cache=asked["cache"])
    while (question := one.next()) is not None:
        one.keep(question, "docs")
    after = ahead([], clone, **asked).reserve
    assert before is not None and after is not None
    now, then = (told.stretches[0].health for told in (after, before))
    assert now.value > then.value + 5
    assert (now.high or 0) - (now.low or 0) < ((then.high or 0) - (then.low or 0)) / 2


def test_a_skipped_change_is_replaced_and_an_undone_one_comes_again(clone: Path) -> None:
    sort(clone, "sq")
    one = open_(clone)
    second = one.next()
    assert second is not None and one.done == 0 and one.count == 80
    assert "taken back" in sort(clone, "fuq")
    assert open_(clone).next() == second
    assert answers(clone) == ["skipped"]
    assert "nothing to take back" in sort(clone, "uuq")


def test_every_change_may_be_sorted_and_then_it_ends(clone: Path) -> None:
    assert (
        "90 changes are sorted" in sort(clone, "s" + "f" * 120, "100") or open_(clone, count=100).count == 89
    )
    assert open_(clone, count=100).next() is None


def test_other_keys_are_explained(clone: Path) -> None:
    seen = sort(clone, "Z q")
    assert seen.count("one of f x h r t d c b v p y o; s skip, u undo, q stop") == 2


def test_where_not_all_counts_as_health_it_is_asked_which(clone: Path) -> None:
    (clone / ".colead").mkdir()
    (clone / ".colead/balance.yml").write_text("health: [docs, tests]\n")
    seen = sort(clone, "hdq")
    assert "h is not enough" in seen and answers(clone) == ["docs"]


def test_nothing_is_asked_where_every_title_says_it(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    who = ("-c", "user.name=E", "-c", "user.email=e@shop")
    subprocess.run(["git", "init", "-q", str(clone)], check=True)
    subprocess.run(
        ["git", "-C", str(clone), *who, "commit", "-q", "--allow-empty", "-m", "feat: a"], check=True
    )
    assert run(["balance", "--audit", "--repo", str(clone), "--cache", str(tmp_path / "cache")]) == 0
    assert not (clone / FILE).exists()


@pytest.mark.parametrize("more", [["--json"], ["--since", "2026-01-01"], ["--repo", "."]])
def test_what_does_not_go_together_is_refused(
    clone: Path, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words(clone, "--audit", *more)) == 2
    assert "E01" in capsys.readouterr().err


def test_a_bare_repository_has_no_place_for_answers(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words(clone / ".git", "--audit")) in (2, 3) or "E19" in capsys.readouterr().err
    bare = clone.parent / "bare.git"
    subprocess.run(["git", "clone", "-q", "--bare", str(clone), str(bare)], check=True)
    with pytest.raises(ColeadError) as raised:
        auditing(bare, today=TODAY, cache=clone.parent / "cache")
    assert raised.value.code == "E19"
    told = balance(bare, today=TODAY, cache=clone.parent / "cache").repositories[0]
    assert not any("--audit" in note for note in told.notes)


def test_a_title_cannot_steer_the_terminal(clone: Path) -> None:
    seen = sort(clone, "f" * 80)
    assert "\x1b" not in seen and "\u202e" not in seen
    one = open_(clone, count=100)
    while (question := one.next()) is not None:
        text = asked(question, 0, 80, 60.0, 80, colour=False)
        assert text.isascii() or "·" in text
        assert "\x1b" not in text
        one.keep(question, "fix")


def test_two_people_who_sort_at_once_lose_nothing(clone: Path) -> None:
    first, second = open_(clone), open_(clone)
    for who in (first, second, first):
        question = who.next()
        assert question is not None
        who.keep(question, "fix")
    assert len({one.commit for one in read_audit((clone / FILE).read_bytes())}) == 3


def test_what_is_asked_fits_and_hides_the_guess() -> None:
    for whole in (True, False):
        assert max(map(len, opening(80, 72, whole=whole).splitlines())) <= 79
        assert "%" not in opening(80, 72, whole=whole)


# A terminal


class Terminal:
    """A person at a terminal who presses keys."""

    def __init__(self, clone: Path) -> None:
        pid, self.end = pty.fork()
        if pid == 0:
            os.environ.update(COLUMNS="90", TERM="xterm", NO_COLOR="1")
            call = [sys.executable, "-m", "colead", *words(clone, "--audit")]
            os.execv(sys.executable, call)  # noqa: S606 - the child of the terminal
        self.pid, self.seen = pid, ""

    def until(self, words: str) -> None:
        while words not in self.seen and select.select([self.end], [], [], 60)[0]:
            self.seen += os.read(self.end, 65536).decode()
        assert words in self.seen

    def press(self, key: str) -> None:
        while termios.tcgetattr(self.end)[3] & termios.ICANON:  # not yet waiting for a key
            time.sleep(0.01)
        os.write(self.end, key.encode())

    def left(self) -> int:
        while True:
            try:
                self.seen += os.read(self.end, 65536).decode()
            except OSError:
                return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_at_a_terminal_a_key_is_enough_and_an_interruption_loses_nothing(clone: Path) -> None:
    at = Terminal(clone)
    for number, key in enumerate("fxr", 1):
        at.until(f"{number} of 80 ")
        at.press(key)
    at.until("4 of 80 ")
    at.press("\x1b[A")  # an arrow means nothing
    at.until("one of f x h")
    at.press("\x03")
    assert at.left() == 130
    assert answers(clone) == ["feature", "fix", "refactor"]
    assert "3 of 80 changes are sorted" in at.seen and "Stopped." in at.seen
    again = Terminal(clone)
    again.until("4 of 80 ")
    again.press("q")
    assert again.left() == 0 and "all changes" in again.seen


# The file


def test_every_key_is_a_word_that_can_be_read_back() -> None:
    lines = "".join(f"{number:016x},{kind},2026-10-19\n" for number, kind in enumerate(KEYS.values()))
    assert [one.kind for one in read_audit(f"{HEAD}\n{lines}".encode())] == list(KEYS.values())
    assert read_audit(b"") == ()


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("hash,kind\n", "E11", "line 1"),
        (f"{HEAD}\nabc,fix,2026-10-19\n", "E11", "line 2"),
        (f"{HEAD}\n{'g' * 16},fix,\n", "E11", "a commit belongs"),
        (f"{HEAD}\n\n{'a' * 16},bugs,\n", "E11", "line 3"),
        (f"{HEAD}\n{'a' * 16},fix,soon\n", "E11", "a day belongs"),
        (f"{HEAD}\n{'a' * 16},fix\n", "E11", "three values"),
        (f"{HEAD}\n{'a' * 16},fix\x1b,\n", "E11", "\\x1b"),
        ("x" * 70_000, "E12", "larger"),
        ("\udcff", "E10", "UTF-8"),
    ],
)
def test_a_file_that_is_off_is_refused_with_its_line_and_left(
    clone: Path, text: str, code: str, told: str
) -> None:
    (clone / ".colead").mkdir()
    data = text.encode("utf-8", "surrogateescape")
    (clone / FILE).write_bytes(data)
    with pytest.raises(SettingsError) as raised:
        open_(clone)
    assert raised.value.code == code and told in raised.value.what and FILE in raised.value.what
    assert (clone / FILE).read_bytes() == data


def test_no_link_leads_an_answer_out_of_the_work_tree(clone: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (clone / ".colead").symlink_to(outside)
    one = open_(clone)
    question = one.next()
    assert question is not None
    with pytest.raises(ColeadError) as raised:
        one.keep(question, "fix")
    assert raised.value.code == "E07" and list(outside.iterdir()) == []


def test_a_full_file_is_told_before_it_is_written(clone: Path) -> None:
    (clone / ".colead").mkdir()
    full = f"{HEAD}\n" + "".join(f"{number:016x},feature,2026-10-19\n" for number in range(1_820))
    (clone / FILE).write_text(full)
    one = open_(clone)
    with pytest.raises(SettingsError) as raised:
        while (question := one.next()) is not None:
            one.keep(question, "feature")
    assert raised.value.code == "E12"
    assert len(read_audit((clone / FILE).read_bytes())) >= 1_820
