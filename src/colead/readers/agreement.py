"""The agreement file, `.colead/agreement.yml`: who decides what, a line for each thing.

    launch date: {product: decides, engineering: must agree}

Strict, as all settings are.
"""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from colead.agreement import ASKED, DECIDES, FILE, LONGEST, MOST, PARTS, SIDES, Owned, Ownership
from colead.readers.settings import Reader


def read_agreement(data: bytes, file: str = FILE) -> Ownership:
    """The table; the usual one for an empty file.

    Raises:
        SettingsError: with the file, the line, and what to try.
    """
    reader = Reader(file)
    document = reader.document(data)
    rows = tuple(_row(reader, thing, node) for thing, node in reader.mapping(document).items())
    if document is not None and len(rows) > MOST:
        reader.refuse(document, f"{len(rows)} rows", f"keep at most {MOST}")
    return Ownership(rows) if rows else Ownership()


def _row(reader: Reader, thing: str, node: yaml.Node) -> Owned:
    told: Mapping[str, yaml.Node] = reader.mapping(node, SIDES)
    parts = {side: reader.text(told[side]) if side in told else ASKED for side in SIDES}
    for side, part in parts.items():
        if part not in PARTS:
            reader.refuse(node, f"{part!r} for {side}", f"use one of {', '.join(PARTS)}")
    if DECIDES not in parts.values():
        reader.refuse(node, f"nobody who decides on {thing!r}", "let one side decide, or both")
    if len(thing) > LONGEST:
        reader.refuse(node, "a name that is too long", f"use at most {LONGEST} characters")
    return Owned(thing, **parts)
