"""The command line as people meet it: what it prints, where, with which exit code."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sample

from colead import look
from colead.cli.gates import closed
from colead.cli.output import say, write_page
from colead.cli.progress import Progress
from colead.cli.run import run
from colead.errors import ColeadError, RepositoryError, SpecError, WrongUse
from colead.reading import Reading
from colead.writers.html import html
from colead.writers.wire import from_json

HEAVY = ("numpy", "yaml", "rich", "markdown_it", "tree_sitter", "snowballstemmer", "sqlite3", "subprocess")
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("COV")}


class Looked:
    """A stand-in for `look` that remembers how it was asked."""

    def __init__(self) -> None:
        self.asked: dict[str, Any] = {}
        self.answer: Reading | ColeadError | BaseException = sample.reading()

    def check(self, spec: str | None, repos: tuple[str, ...], **asked: Any) -> Reading:
        self.asked = {"spec": spec, "repos": tuple(repos), **asked}
        asked["progress"](1, 2, "reading landings")
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer

    def update(self, repos: tuple[str, ...], **asked: Any) -> list[str]:
        self.asked = {"repos": tuple(repos), **asked}
        return ["shop: 3 new landings"]

    def suggest(self, repo: str, **asked: Any) -> dict[str, str]:
        return {".colead/glossary.yml": "checkout: Checkout\n", ".colead/components.yml": "components: []\n"}


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> Looked:
    one = Looked()
    for name in ("check", "update", "suggest"):
        monkeypatch.setattr(look, name, getattr(one, name))
    return one


# The reading


def test_check_prints_the_reading(looked: Looked, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "idea.md"]) == 0
    told = capsys.readouterr()
    assert "three services, two of them" in told.out and told.err == ""
    assert max(map(len, told.out.splitlines())) <= 100
    assert looked.asked["spec"] == "idea.md" and looked.asked["repos"] == (".",)


def test_options_reach_the_look(looked: Looked, tmp_path: Path) -> None:
    words = ["check", "idea.md", "--repo", "a", "--repo", "b", "--by", "2026-12-01", "--today", "2026-10-19"]
    words += ["--changes", "12", "--path", "services", "--cache", str(tmp_path), "--quiet"]
    assert run(words) == 0
    asked = looked.asked
    assert asked["repos"] == ("a", "b") and asked["by"] == date(2026, 12, 1)
    assert asked["today"] == date(2026, 10, 19) and asked["changes"] == 12
    assert asked["path"] == "services" and asked["cache"] == tmp_path


def test_quiet_prints_the_verdict_alone(looked: Looked, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "idea.md", "--quiet"]) == 0
    assert capsys.readouterr().out == f"{sample.reading().verdict.sentence}\n"


def test_json_is_the_reading(looked: Looked, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "idea.md", "--json"]) == 0
    assert from_json(capsys.readouterr().out) == sample.reading()


def test_markdown_is_a_comment(looked: Looked, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "idea.md", "--md"]) == 0
    assert capsys.readouterr().out.startswith("**Gift notes**: ")


def test_technical_and_width(looked: Looked, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "idea.md", "--technical", "--width", "70"]) == 0
    told = capsys.readouterr().out
    assert "share 0.62" in told and max(map(len, told.splitlines())) <= 70


def test_a_dash_reads_standard_input(looked: Looked, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("# Idée".encode("latin-1"))))
    assert run(["check", "-", "--quiet"]) == 0
    assert looked.asked["spec"] is None and looked.asked["text"] == "# Idée".encode("latin-1")
    assert looked.asked["source"] == "standard input"


def test_update_needs_no_spec(looked: Looked, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--update", "--repo", "a"]) == 0
    assert capsys.readouterr().out == "shop: 3 new landings\n"
    assert run(["check", "--update", "--quiet"]) == 0
    assert capsys.readouterr().out == ""


# Gates


@pytest.mark.parametrize(
    ("gate", "clause"),
    [
        ("unclear", "two of the three questions not answered"),
        ("hidden", "one part not mentioned"),
        ("late", "3 in 10 to make the hoped-for date"),
        ("fragile", "two touched parts fragile"),
    ],
)
def test_gates_fail_when_asked(
    looked: Looked, capsys: pytest.CaptureFixture[str], gate: str, clause: str
) -> None:
    assert run(["check", "idea.md", "--quiet"]) == 0
    assert run(["check", "idea.md", "--quiet", "--fail-on", gate]) == 1
    assert f"fail-on {gate}: " in (told := capsys.readouterr().err) and clause in told


def test_a_reading_with_nothing_passes_every_gate() -> None:
    from dataclasses import replace

    bare = replace(sample.reading(), answers=(), partners=(), questions=(), touches=(), timeline=None)
    assert closed(bare, ("unclear", "hidden", "late", "fragile")) == []


# Files


def test_html_writes_a_page_and_says_where(
    looked: Looked, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "page.html"
    assert run(["check", "idea.md", "--html", str(place)]) == 0
    assert place.read_text("utf-8") == html(sample.reading())
    assert capsys.readouterr().out.endswith(f"Page: {place}\n")
    assert run(["check", "idea.md", "--html", str(place)]) == 0  # its own pages it writes over
    assert os.listdir(tmp_path) == ["page.html"]


def test_html_leaves_files_of_others_alone(
    looked: Looked, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "page.html"
    place.write_text("<h1>mine</h1>")
    assert run(["check", "idea.md", "--html", str(place)]) == 2
    assert place.read_text() == "<h1>mine</h1>" and "error[E06]" in capsys.readouterr().err
    assert run(["check", "idea.md", "--html", str(place), "--force"]) == 0
    assert "three services" in place.read_text("utf-8")


def test_html_on_standard_output(looked: Looked, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "idea.md", "--html", "-"]) == 0
    assert capsys.readouterr().out == html(sample.reading())


def test_where_no_page_can_be_is_told_before_the_work(
    looked: Looked, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    looked.answer = SpecError("E52", "the work was begun")
    assert run(["check", "idea.md", "--html", str(tmp_path / "nowhere" / "page.html")]) == 2
    said = capsys.readouterr().err
    assert "error[E07]" in said and "there is no such folder" in said and "make the folder first" in said


@pytest.mark.parametrize("place", ["nowhere/page.html", ".", "page.html/inside"])
def test_a_page_that_cannot_be_written_is_told(
    looked: Looked, tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    (tmp_path / "page.html").write_text("")
    assert run(["check", "idea.md", "--html", str(tmp_path / place)]) == 2
    assert re.match(r"error\[E0[67]\]", capsys.readouterr().err)


def test_a_page_is_written_through_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.html", tmp_path / "link.html"
    target.touch()
    link.symlink_to(target)
    write_page(link, "page", force=False)
    assert link.is_symlink() and target.read_text() == "page"


def test_a_full_disk_is_told_and_leaves_the_old_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "page.html"
    write_page(place, "old", force=True)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WrongUse) as caught:
        write_page(place, "new", force=True)
    assert caught.value.code == "E07" and "no space left" in caught.value.why
    assert place.read_text() == "old" and os.listdir(tmp_path) == ["page.html"]


def test_a_full_standard_output_is_told() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "colead", "explain"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2 and "error[E07]" in done.stderr and "Traceback" not in done.stderr


# Errors


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["chek", "idea.md"], "E01", "Did you mean 'check'?"),
        (["xyzzy"], "E01", "there is no command 'xyzzy'"),
        (["check"], "E01", "no spec was given"),
        (["check", "a.md", "b.md"], "E01", "name a repository with --repo: colead check idea.md --repo .\n"),
        (["check", "a.md", "--changes", "many"], "E02", "not a whole number from 1 to 10,000"),
        (["check", "a.md", "--width", "59"], "E02", "not a whole number from 60 to 200"),
        (["check", "a.md", "--changez", "3"], "E01", "--changes"),
        (["check", "a.md", "--changes", "0"], "E02", "--changes"),
        (["check", "a.md", "--fail-on", "ugly"], "E02", "unclear"),
        (["check", "a.md", "--by", "1.12.2026"], "E03", "--by 2026-12-01"),
        (["check", "a.md", "--by", "2026-02-30"], "E03", "is not a date"),
        (["check", "a.md", "--by", "2020-01-01"], "E04", "not ahead of"),
        (["check", "no-such-file.md"], "E51", "no-such-file.md"),
        (["explain", "P1"], "E05", "colead explain P01"),
        (["explain", "rubbish"], "E05", "for the list"),
        (["completions", "csh"], "E02", "bash"),
    ],
)
def test_wrong_use_says_what_and_what_to_try(
    words: list[str], code: str, part: str, capsys: pytest.CaptureFixture[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# An idea\n")
    assert run(words) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.startswith(f"error[{code}]: ") and part in told.err
    assert told.err.endswith(f"  see: colead explain {code}\n") and "  try: " in told.err


def test_errors_of_the_repository_exit_3(looked: Looked, capsys: pytest.CaptureFixture[str]) -> None:
    looked.answer = RepositoryError(
        "E22", "'x\x1b[31m' is no repository", why="no .git", hint="another folder"
    )
    assert run(["check", "idea.md"]) == 3
    assert capsys.readouterr().err == (
        "error[E22]: 'x\\x1b[31m' is no repository\n"
        "  why: no .git\n  try: another folder\n  see: colead explain E22\n"
    )


def test_all_errors_read_alike(looked: Looked, capsys: pytest.CaptureFixture[str]) -> None:
    looked.answer = SpecError("E52", "The spec is empty.", why="Git says so. It is.", hint="Save it: .")
    assert run(["check", "idea.md"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("error[E52]: the spec is empty\n  why: Git says so. It is.\n  try: save it: .\n")


def test_errors_are_json_where_json_was_asked_for(looked: Looked, capsys: pytest.CaptureFixture[str]) -> None:
    looked.answer = RepositoryError("E22", "no repository\udcff", why="", hint="another folder")
    assert run(["check", "idea.md", "--json"]) == 3
    told = json.loads(capsys.readouterr().err)
    assert told == {
        "error": {"code": "E22", "what": "no repository\\xff", "why": "", "try": "another folder"}
    }


def test_an_unforeseen_error_is_a_sentence_and_with_debug_a_trace(
    looked: Looked, capsys: pytest.CaptureFixture[str]
) -> None:
    looked.answer = ZeroDivisionError("division by zero")
    assert run(["check", "idea.md"]) == 3
    assert "Traceback" not in (told := capsys.readouterr().err) and "error[E09]" in told
    assert run(["--debug", "check", "idea.md"]) == 3
    assert "Traceback" in (told := capsys.readouterr().err) and "ZeroDivisionError" in told
    assert run(["check", "idea.md", "--debug"]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_an_interruption_is_one_plain_line(looked: Looked, capsys: pytest.CaptureFixture[str]) -> None:
    looked.answer = KeyboardInterrupt()
    assert run(["check", "idea.md"]) == 130
    assert capsys.readouterr().err == "Stopped.\n"


def test_ctrl_c_while_it_waits_for_standard_input() -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "colead", "check", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background ignores it
    )  # fmt: skip
    time.sleep(0.8)
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=10)
    assert (started.returncode, out, err) == (130, b"", b"Stopped.\n")


def test_nobody_listens() -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run(
        [sys.executable, "-m", "colead", "explain"], stdout=theirs, stderr=subprocess.PIPE, check=False
    )
    os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")


def test_no_input_refuses_to_wait(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    assert run(["check", "-", "--no-input"]) == 2
    assert "never waits" in capsys.readouterr().err


# The other commands


def test_explain_tells_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "p01"]) == 0
    assert capsys.readouterr().out.startswith("P01  ")
    assert run(["explain"]) == 0
    assert "  E22  " in capsys.readouterr().out


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", tmp_path / "clone"], check=True)
    who = ["-c", "user.name=Emil", "-c", "user.email=emil@shop.example"]
    subprocess.run(
        ["git", "-C", tmp_path / "clone", *who, "commit", "-q", "--allow-empty", "-m", "start"], check=True
    )
    return tmp_path / "clone"


def test_init_writes_suggestions_once(
    looked: Looked, clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (clone / ".colead").mkdir()
    (clone / ".colead" / "components.yml").write_text("mine")
    assert run(["init", "--repo", str(clone)]) == 0
    told = capsys.readouterr().out
    assert "wrote  .colead/glossary.yml" in told and "kept   .colead/components.yml" in told
    assert (clone / ".colead" / "glossary.yml").read_text() == "checkout: Checkout\n"
    assert (clone / ".colead" / "components.yml").read_text() == "mine"


def test_init_tells_what_it_cannot_write(
    looked: Looked, clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (clone / ".colead").write_text("a file in the way")
    assert run(["init", "--repo", str(clone)]) == 2
    assert "error[E07]" in capsys.readouterr().err


def test_init_needs_a_work_tree(looked: Looked, clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = clone.with_name("bare.git")
    subprocess.run(["git", "clone", "-q", "--bare", clone, bare], check=True)
    assert run(["init", "--repo", str(bare)]) == 3
    assert "error[E19]" in capsys.readouterr().err


def test_init_does_not_write_through_a_link_out_of_the_clone(
    looked: Looked, clone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (clone / ".colead").symlink_to(elsewhere)
    assert run(["init", "--repo", str(clone)]) == 2
    assert os.listdir(elsewhere) == [] and "error[E07]" in capsys.readouterr().err


def test_the_demo_ends_with_the_reading_and_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    assert run(["demo", "--html", str(page), "--cache", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Gift notes") and f"Page: {page}" in told
    assert "<h1>Gift notes</h1>" in page.read_text("utf-8")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions_know_the_commands(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completions", shell]) == 0
    assert "_COLEAD_COMPLETE" in capsys.readouterr().out


def test_completion_of_a_command() -> None:
    environment = {
        **ENVIRONMENT,
        "_COLEAD_COMPLETE": "bash_complete",
        "COMP_WORDS": "colead ch",
        "COMP_CWORD": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", "from colead.cli import main; main()"],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    assert "plain,check" in done.stdout


def test_help_shows_groups_and_few_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    told = capsys.readouterr().out
    assert "Look at an idea:" in told and "demo" not in told
    assert run(["--help"]) == 0
    assert capsys.readouterr().out == told
    commands = [line.split()[0] for line in told.splitlines() if re.match(r"  [a-z]+  ", line)]
    known = ["check", "backtest", "fragility", "balance", "today", "cheatsheet", "serve", "explain", "init"]
    assert commands == known
    assert len(commands) <= 12


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert re.fullmatch(r"colead \d+\.\d+\.\d+\S*\n", capsys.readouterr().out)


# Speed: against bare Python in the same minute, so that a busy machine fails nobody


def best(*words: str) -> float:
    times = []
    for _ in range(7):
        start = time.perf_counter()
        subprocess.run([sys.executable, *words], stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    return min(times)


@pytest.mark.parametrize("word", ["--help", "--version"])
def test_help_is_instant(word: str) -> None:
    bare = best("-c", "pass")
    assert best("-m", "colead", word) <= max(0.15, 12 * bare)


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["explain", "P01"], ["check", "--help"]])
def test_light_commands_import_nothing_heavy(words: list[str]) -> None:
    asked = f"import sys; sys.argv = ['colead', *{words}]; from colead.cli.run import run; run(sys.argv[1:])"
    told = f"; print([one for one in {HEAVY} if one in sys.modules], file=sys.stderr)"
    call = [sys.executable, "-c", asked + told]
    done = subprocess.run(call, capture_output=True, text=True, env=ENVIRONMENT, check=False)
    assert done.stderr == "[]\n"


# Terminals


class Terminal:
    """A terminal of our own: what a person at it would see."""

    def __init__(self, *words: str, **environment: str) -> None:
        pid, self._end = pty.fork()
        if pid == 0:
            os.environ.update(environment)
            os.execv(sys.executable, [sys.executable, *words])  # noqa: S606 - the child of the terminal
        self.seen = b"".join(self._read())
        os.waitpid(pid, 0)

    def _read(self) -> Iterator[bytes]:
        while True:
            try:
                piece = os.read(self._end, 65536)
            except OSError:
                return
            if not piece:
                return
            yield piece


SHOWN = (
    "import sys; sys.path.insert(0, {folder!r}); import sample; from colead import look;"
    "look.check = lambda *a, progress, **k: (progress(1, 2, 'landings'), sample.reading())[1];"
    "from colead.cli.run import run; run(['check', 'idea.md'])"
)


def at_terminal(**environment: str) -> bytes:
    script = SHOWN.format(folder=str(Path(sample.__file__).parent))
    return Terminal("-c", script, **{"COLUMNS": "80", "TERM": "xterm", **environment}).seen


def test_a_terminal_gets_colour_and_a_sign_of_life() -> None:
    seen = at_terminal()
    assert b"\x1b[1m" in seen
    assert seen.startswith(b"\r\x1b[2Kreading the repository")
    assert seen.count(b"\r\x1b[2K") >= 2  # shown, and erased


def test_no_color_is_respected() -> None:
    assert b"\x1b[1m" not in at_terminal(NO_COLOR="1")
    assert b"\x1b[1m" not in at_terminal(TERM="dumb")


def test_progress_is_silent_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress() as progress:
        progress(1, 2, "landings")
    assert capsys.readouterr().err == ""


def test_progress_tells_how_far(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with Progress() as progress:
        progress(1_000, 2_000, "land\x1bings")
        progress(1_001, 2_000, "too soon for another sign")
    told = capsys.readouterr().err
    assert "land\\x1bings 1,000 of 2,000" in told and "too soon" not in told


def test_a_terminal_with_few_letters_still_gets_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    kept = io.BytesIO()
    plain = io.TextIOWrapper(kept, encoding="ascii")
    monkeypatch.setattr(sys, "stdout", plain)
    say("● “answered” 語\n")
    assert kept.getvalue() == b'* "answered" \\u8a9e\n'
