"""Documents: what they repeat is current, what they name is there, what they show runs."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest

from colead.cli.group import SEATS, commands
from colead.codes import CODES

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
OPTIONS = (ROOT / "docs" / "guides" / "exit-codes-and-ci.md").read_text(encoding="utf-8")


def told(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def test_what_documents_repeat_is_current() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "pages.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


@pytest.mark.parametrize("page", PAGES, ids=told)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    near = [link for link in LINK.findall(text) if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in near if not (page.parent / link).exists()] == []


def shown(command: click.Command) -> Iterator[str]:
    """The options of a command that help shows."""
    for option in command.params:
        if isinstance(option, click.Option) and not option.hidden:
            yield from option.opts


@pytest.mark.parametrize("name", SEATS)
def test_every_option_is_documented(name: str) -> None:
    command = commands.get_command(click.Context(commands), name)
    assert command is not None
    assert f"`{name}`" in OPTIONS
    assert [option for option in (*shown(commands), *shown(command)) if option not in OPTIONS] == []


def test_no_option_is_documented_that_is_not_there() -> None:
    found = {click.Context(commands, help_option_names=["-h", "--help"]).help_option_names[1], "--help"}
    for name in SEATS:
        command = commands.get_command(click.Context(commands), name)
        assert command is not None
        found.update(shown(command))
    found.update(shown(commands))
    table = OPTIONS[OPTIONS.index("## Every option") :]
    assert set(re.findall(r"--[a-z][a-z-]+", table)) - found == set()


def test_help_shows_at_most_twelve_commands() -> None:
    assert len(commands.list_commands(click.Context(commands))) <= 12


def test_every_code_is_told() -> None:
    page = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
    assert [code for code in CODES if f"## {code} " not in page] == []


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from colead.demo.repository import demo_repository

    return demo_repository(tmp_path_factory.mktemp("demo"))


def test_the_python_guide_runs(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(
        str(ROOT / "docs" / "guides" / "python-api.md"),
        module_relative=False,
        globs={"shop": shop, "date": date},
    )
    assert tried > 5
    assert failed == 0


def test_examples_in_docstrings_run() -> None:
    import colead.phrase

    failed, tried = doctest.testmod(colead.phrase)
    assert tried > 0
    assert failed == 0


def test_threats_name_tests_that_exist() -> None:
    page = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)
    assert len(named) > 5
    assert [one for one in named if f"def {one[1]}(" not in (ROOT / one[0]).read_text(encoding="utf-8")] == []


def test_the_demo_reads_the_example() -> None:
    inside = ROOT / "src" / "colead" / "demo" / "gift-notes.md"
    assert inside.read_bytes() == (ROOT / "examples" / "gift-notes.md").read_bytes()


def test_the_readme_names_the_two_commands() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "```sh\nmake demo\n```" in page
    assert "```sh\nmake test\n```" in page


def test_every_decision_says_what_would_make_it_wrong() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert records
    for record in records:
        text = record.read_text(encoding="utf-8")
        assert re.search(r"^- Status: \w+", text, re.MULTILINE), record.name
        assert "## What would make it wrong" in text, record.name
