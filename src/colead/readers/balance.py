"""What an area agreed on of its balance, `.colead/balance.yml`:

    share: 20                             # of 100 changes by people, those for system health
    health: [refactor, tests, docs, deps] # what counts as such; all kinds where left out
    labels:                               # of issues, beside those that are known anyhow
      fix: [papercut]

Strict, as all settings are.
"""

from __future__ import annotations

import yaml

from colead.balance import USUAL, Agreed
from colead.kinds import HEALTH, KINDS, plain_label
from colead.readers.settings import Reader

FILE = ".colead/balance.yml"
FIELDS = ("share", "health", "labels")


def read_balance(data: bytes, file: str = FILE) -> Agreed:
    """What is agreed; the defaults for what is left out.

    Raises:
        SettingsError: with the file, the line, and what to try.
    """
    reader = Reader(file)
    top = reader.mapping(reader.document(data), FIELDS)
    share = _share(reader, top["share"]) if "share" in top else USUAL
    health = _health(reader, top["health"]) if "health" in top else HEALTH
    labels = _labels(reader, top["labels"]) if "labels" in top else {}
    return Agreed(share, health, written="share" in top, labels=labels)


def _labels(reader: Reader, node: yaml.Node) -> dict[str, str]:
    told = reader.mapping(node, KINDS)
    return {plain_label(label): kind for kind, names in told.items() for label in reader.texts(names)}


def _share(reader: Reader, node: yaml.Node) -> float:
    said = reader.text(node).removesuffix("%").strip()
    if not (said.isascii() and said.isdigit() and len(said) < 4 and 0 <= int(said) <= 100):
        reader.refuse(node, f"{said!r} where a share of 100 belongs", "write it as  share: 20")
    return int(said) / 100


def _health(reader: Reader, node: yaml.Node) -> tuple[str, ...]:
    named = reader.texts(node)
    for one in named:
        if one not in HEALTH:
            reader.refuse(node, f"the unknown kind {one!r}", f"use some of {', '.join(HEALTH)}")
    if not named:
        reader.refuse(node, "no kind of health", f"use some of {', '.join(HEALTH)}")
    return tuple(one for one in HEALTH if one in named)
