"""The agreement file: who decides what in an area, as people and `colead cheatsheet` read it."""

from __future__ import annotations

from colead.agreement import SIDES, Ownership
from colead.writers.settings import quoted

_ABOUT = """\
# Who decides what, in plain words: each side decides, must agree, is asked or is told.
# Where both decide, they decide together. `colead cheatsheet` prints this page.
"""


def agreement(table: Ownership) -> str:
    """The file of a table; `readers.agreement` reads it back."""
    rows = (
        f"{quoted(one.thing)}: {{{', '.join(f'{side}: {getattr(one, side)}' for side in SIDES)}}}\n"
        for one in table.rows
    )
    return _ABOUT + "".join(rows)
