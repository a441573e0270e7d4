"""What a team wrote down beside its parts: corrections, and where its commits are looked at.

Read as the other settings are: in the work tree, else in the commit.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from colead.forge import commit_page
from colead.readers.git import Door
from colead.readers.settings import COMPONENTS, LARGEST, from_work_tree, read_commits

if TYPE_CHECKING:
    from colead.correction import Correction
    from colead.cost import Cost
    from colead.occasion import Occasion


def corrections(door: Door) -> tuple[Correction, ...]:
    """What was corrected here; SettingsError when the file is malformed."""
    from colead.correction import FILE  # it needs the stemmer, which takes a tenth of a second to import
    from colead.readers.corrections import read_corrections

    beside = read_corrections(door.beside.get(FILE, b""))
    return (*read_corrections(settings_text(door, FILE)), *(replace(one, line=0) for one in beside))


def occasions(door: Door) -> tuple[Occasion, ...]:
    """The dates that matter here, also those told beside it; SettingsError when a file is malformed."""
    from colead.occasion import FILE
    from colead.readers.occasions import read_occasions

    own = read_occasions(settings_text(door, FILE))
    known = {(one.name, one.first) for one in own}
    told = read_occasions(door.beside.get(FILE, b""))
    return (*own, *(one for one in told if (one.name, one.first) not in known))


def costs(door: Door) -> Cost | None:
    """What an hour of downtime costs here; SettingsError when the file is malformed."""
    from colead.cost import FILE
    from colead.readers.costs import read_costs

    return read_costs(settings_text(door, FILE))


def commits(door: Door) -> str:
    """The address of a commit's page: as written down, else told by where the clone came from."""
    return read_commits(settings_text(door, COMPONENTS)) or commit_page(door.origin)


def settings_text(door: Door, file: str) -> bytes:
    """A settings file as it is in force; b"" where there is none."""
    held = from_work_tree(door.root, file)
    if held is not None:
        return held
    folder, slash, _ = file.rpartition("/")
    there = door.tree(door.tip, f"{folder}{slash}")
    oid = next((one.oid for one in there if one.path == os.fsencode(file)), "")
    found = next(door.blobs([oid], LARGEST + 1))[1] if oid else None
    return found or b""
