"""Corrections as text: the entry that `colead check --wrong` writes, and that a page shows for pasting."""

from __future__ import annotations

from collections.abc import Iterable

from colead.correction import Correction, Kind, shown
from colead.writers.settings import quoted

WORD = {Kind.WRONG: "wrong", Kind.MISSING: "missing", Kind.PARTNER: "partner"}
HEAD = """\
# What readings of Colead got wrong in this repository, said by the team. Reviewed and edited like code.
# The words of a wrong part are no reason for it any more; all words of a missing one together point to it.
corrections:
"""


def entry(one: Correction, indent: str = "  ") -> str:
    """The correction as an item of the list, one field a line."""
    first, *rest = (f"{name}: {value}" for name, value in _fields(one))
    lines = [f"{indent}- {first}", *(f"{indent}  {line}" for line in rest)]
    return "".join(f"{line}\n" for line in lines)


def entry_line(one: Correction) -> str:
    """The same on one line, to be pasted from where lines are joined."""
    return f"- {{{', '.join(f'{name}: {value}' for name, value in _fields(one))}}}"


def added(text: str, new: Iterable[Correction], indent: str) -> str:
    """The text of a corrections file with further entries at its end."""
    kept = f"{text.rstrip()}\n" if text.strip() else HEAD
    return kept + "".join(entry(one, indent) for one in new)


def _fields(one: Correction) -> list[tuple[str, str]]:
    told = [
        (WORD[one.kind], quoted(one.part)),
        ("of", quoted(one.of)),
        ("in", quoted(shown(one.spec))),
        ("words", f"[{', '.join(map(quoted, one.words))}]" if one.words else ""),
        ("because", quoted(one.because)),
        ("on", one.day.isoformat() if one.day else ""),
    ]
    return [(name, value) for name, value in told if value not in ("", '""')]
