"""Amiss: how a page lets its readers say "this is wrong": the command to type, and the entry to paste."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from html import escape

from colead.amiss import Shown
from colead.correction import FILE
from colead.phrase import literal
from colead.reading import Reading
from colead.writers.corrections import entry
from colead.writers.parts import NAME

WHY = "--because 'say why in one sentence'"


@dataclass(frozen=True)
class Folds:
    """How a page lets its readers say that a finding is wrong or that a part is missing, as HTML."""

    wrong: Callable[[Shown, Reading], str]
    missing: Callable[[Reading], str]


def wrong(shown: Shown, reading: Reading) -> str:
    """A fold that says what to do when this is wrong."""
    name = next((one for one in shown.names if len(one) <= NAME and literal(one) == one), shown.names[-1])
    said = replace(shown.said, spec=reading.spec.title, because="", day=date.fromisoformat(reading.today))
    lines = entry(said).splitlines()
    told = "\n".join([*lines[:-1], "    because: say why in one sentence", lines[-1]])
    return (
        '<details class="amiss"><summary>this is wrong</summary><p>Say it once for the whole team:</p>'
        f"<pre>{_command('--wrong', name, reading)}</pre><p>or put this below <code>corrections:</code> in"
        f" <code>{FILE}</code> of {escape(literal(shown.repository)[:NAME])}:</p>"
        f"<pre>{escape(literal_lines(told))}</pre></details>"
    )


def missing(reading: Reading) -> str:
    """A fold that says what to do when a part is not there."""
    return (
        '<details class="amiss"><summary>a part is missing</summary><p>Say it once for the whole team:</p>'
        f"<pre>{_command('--missing', 'Name or folder', reading)}</pre></details>"
    )


def _command(option: str, name: str, reading: Reading) -> str:
    source = reading.spec.source
    spec = "-" if source == "standard input" else source
    if spec.startswith(("/", "~")) or literal(spec) != spec:
        spec = literal(spec.rpartition("/")[2])
    words = ("colead", "check", spec, option, name)
    return escape(literal(f"{shlex.join(words)} {WHY}"))


def literal_lines(text: str) -> str:
    """The text with nothing invisible in it but the ends of its lines."""
    return "\n".join(map(literal, text.split("\n")))


COMMANDS = Folds(wrong, missing)
