"""Words: what stands directly in the package is pure, and is named in the product's words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from source import SOURCE, imported, named, source_files, tree, words

WORLD = {"subprocess", "sqlite3", "socket", "ssl", "urllib", "http", "random", "secrets", "time", "os", "sys"}
WORLD |= {"shutil", "tempfile", "multiprocessing", "asyncio", "signal", "logging"}
ASKS_THE_WORLD = {"now", "utcnow", "today", "default_rng", "read_text", "read_bytes", "write_text", "getenv"}
STARTS_PROCESSES = {
    "src/colead/readers/git": "the guarded door to git",
    "src/colead/demo/repository.py": "writes the demo shop with git's own fast-import",
    "src/colead/web/server.py": "starts what does the jobs beside the pages",
    "src/colead/web/worker.py": "starts what does long jobs beside readings",
}
EMPTY_NAMES = ("service", "manager", "handler", "helper", "util", "misc", "common")


@pytest.mark.parametrize("word", words(), ids=named)
def test_a_word_does_not_import_the_world(word: Path) -> None:
    found = [(name, line) for name, line in imported(word) if name.partition(".")[0] in WORLD]
    assert not found


@pytest.mark.parametrize("word", words(), ids=named)
def test_a_word_asks_no_clock_no_chance_no_file(word: Path) -> None:
    assert not list(questions_to_the_world(tree(word)))


def questions_to_the_world(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Attribute) and called.attr in ASKS_THE_WORLD:
            yield f"line {node.lineno}: .{called.attr}()"
        if isinstance(called, ast.Name) and called.id in ("open", "print", "input", "eval", "exec"):
            yield f"line {node.lineno}: {called.id}()"


def test_only_the_door_to_git_starts_processes() -> None:
    starts = {named(file) for file in source_files() for name, _ in imported(file) if name == "subprocess"}
    assert {name for name in starts if not name.startswith(tuple(STARTS_PROCESSES))} == set()


def test_no_file_has_an_empty_name() -> None:
    found = [named(file) for file in source_files() if any(word in file.stem for word in EMPTY_NAMES)]
    assert not found


@pytest.mark.parametrize("file", source_files(), ids=named)
def test_every_module_says_what_it_is(file: Path) -> None:
    assert ast.get_docstring(tree(file)) or file.stat().st_size == 0, (
        "the first line tells the word's meaning"
    )


def test_the_rule_sees_a_word_that_asks() -> None:
    asks = ast.parse("from datetime import date\ndef f():\n    return date.today(), open('x')")
    assert len(list(questions_to_the_world(asks))) == 2


def test_there_are_words() -> None:
    assert SOURCE / "evidence.py" in words()
