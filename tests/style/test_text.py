"""Text: what is kept in the project names no machine, no package host, and speaks of the project alone."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from source import ROOT, named

# The patterns are put together here, so that this file does not hold what it looks for.
HOSTS = [
    "py" + "pi." + "org",
    "python" + "hosted",
    "npm" + "js.",
    "artifac" + "tory",
    "index" + "-url",
    "file" + ":" + "//",
]
HOSTS += ["find" + "-links", "resol" + 'ved"']
MACHINE = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "/op" + "t/"]
LEFT_OVER = [r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", r"\bXX" + r"X\b", "NotImpl" + "ementedError"]
LOCKED = [
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-build.lock",
    "pyproject.toml",
    "Makefile",
]
BINARY = {".png", ".woff2", ".ico", ".gz", ".zip"}


def kept_files() -> list[Path]:
    """Files that belong to the project: what git keeps, or in a downloaded archive what is there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        folders = ("src", "tests", "scripts", "docs", "examples", "benchmarks")
        found = [file for folder in folders for file in (ROOT / folder).rglob("*") if file.is_file()]
    return [
        file
        for file in found
        if file.is_file() and file.suffix not in BINARY and "__pycache__" not in file.parts
    ]


def lines_with(patterns: list[str], file: Path) -> list[str]:
    text = file.read_text(encoding="utf-8", errors="replace")
    sought = re.compile("|".join(patterns))
    return [
        f"{named(file)}:{n} {line.strip()[:100]}"
        for n, line in enumerate(text.splitlines(), 1)
        if sought.search(line)
    ]


@pytest.mark.parametrize("name", LOCKED)
def test_what_is_locked_names_no_host_and_no_path(name: str) -> None:
    assert not lines_with([re.escape(one) for one in (*HOSTS, *MACHINE)] + [r"https?://"], ROOT / name)


@pytest.mark.parametrize("name", [name for name in LOCKED if name.endswith(".lock")])
def test_what_is_locked_is_locked_by_hash(name: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text())
    assert len(entries) > 1
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)


def test_no_file_names_a_machine() -> None:
    allowed = {
        "tests/hostile": "odd paths are what these tests are about",
    }
    found = [line for file in kept_files() for line in lines_with([re.escape(one) for one in MACHINE], file)]
    assert [line for line in found if not line.startswith(tuple(allowed))] == []


def test_nothing_is_left_for_later() -> None:
    sources = [file for file in kept_files() if file.suffix == ".py"]
    assert [line for file in sources for line in lines_with(LEFT_OVER, file)] == []


def test_every_silenced_check_has_a_reason() -> None:
    silenced = re.compile(r"# (?:no" + r"qa|ty" + r"pe: ignore)(?!(?:: [A-Z]+\d+ - |\[[a-z-]+\]  ?# )\w)")
    sources = [file for file in kept_files() if file.suffix == ".py"]
    assert [line for file in sources for line in lines_with([silenced.pattern], file)] == []
