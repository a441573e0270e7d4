"""The project's own source, as the style tests read it."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "colead"
EDGES = {"cli", "demo", "readers", "store", "web", "writers"}  # packages that touch the world
# Beside the words: they compose doors.
NOT_WORDS = {"__init__", "__main__", "balancing", "built", "correcting", "grading", "look", "lookout"}
NOT_WORDS |= {"auditing", "planning"}


@dataclass(frozen=True, slots=True)
class Function:
    """A function with its size: lines that are not blank, not comment, not docstring; nested ones counted."""

    place: str  # "src/colead/phrase.py:odds"
    lines: int


@cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(file.read_bytes(), filename=str(file))


def named(file: Path) -> str:
    """A file as people name it, from the project's folder."""
    return file.relative_to(ROOT).as_posix()


def source_files() -> list[Path]:
    """Every Python file of the package; migrations are as Django writes them."""
    return sorted(file for file in SOURCE.rglob("*.py") if file.parent.name != "migrations")


def words() -> list[Path]:
    """The files of the words: modules and packages directly in the package that do no input or output."""
    inside = [file for file in source_files() if file.relative_to(SOURCE).parts[0] not in EDGES]
    return [file for file in inside if file.stem not in NOT_WORDS or file.parent != SOURCE]


@cache
def code_lines(file: Path) -> frozenset[int]:
    """Line numbers that carry code."""
    silent = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    silent |= {tokenize.ENCODING, tokenize.ENDMARKER}
    found: set[int] = set()
    with file.open("rb") as opened:
        for token in tokenize.tokenize(opened.readline):
            if token.type not in silent:
                found.update(range(token.start[0], token.end[0] + 1))
    return frozenset(found - docstring_lines(file))


def docstring_lines(file: Path) -> set[int]:
    """Line numbers of docstrings."""
    found: set[int] = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            said = first.value if isinstance(first, ast.Expr) else None
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                found.update(range(said.lineno, (said.end_lineno or said.lineno) + 1))
    return found


def functions(file: Path) -> Iterator[Function]:
    """Every function of a file with its size."""
    lines = code_lines(file)
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            yield Function(f"{named(file)}:{node.name}", sum(line in lines for line in body))


def imported(file: Path) -> Iterator[tuple[str, int]]:
    """Full names of what a file imports, with the line."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
