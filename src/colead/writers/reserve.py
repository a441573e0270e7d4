"""Repairs as text: the entry that `colead balance --repair` writes."""

from __future__ import annotations

from colead.ahead import Repair
from colead.writers.settings import quoted

HEAD = """\
# Repairs, each with what a person says that it will gain. Once its date is over, Colead counts the fixes.
repairs:
"""


def entry(one: Repair, indent: str = "  ") -> str:
    """The repair as an item of the list, one field a line."""
    first, *rest = (f"{name}: {value}" for name, value in _fields(one))
    return "".join(f"{line}\n" for line in (f"{indent}- {first}", *(f"{indent}  {line}" for line in rest)))


def entry_line(one: Repair) -> str:
    """The same on one line, to be pasted."""
    return f"- {{{', '.join(f'{name}: {value}' for name, value in _fields(one))}}}"


def added(text: str, new: Repair, indent: str) -> str:
    """The text of a reserve file with a further entry at its end."""
    kept = f"{text.rstrip()}\n" if text.strip() else HEAD
    return kept + entry(new, indent)


def _fields(one: Repair) -> list[tuple[str, str]]:
    told = [
        ("repair", quoted(one.repair)),
        ("part", quoted(one.part)),
        ("by", quoted(one.by)),
        ("on", one.on.isoformat()),
        ("until", one.until.isoformat()),
        ("slots", str(one.slots)),
        ("fewer", str(one.fewer) if one.fewer else ""),
    ]
    return [(name, value) for name, value in told if value]
