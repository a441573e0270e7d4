"""The reserve file, `.colead/reserve.yml`: repairs with what a person says that they will gain.

    repairs:
      - repair: split tax rates
        part: tax                # a part's name, key or folder
        by: Emil
        on: 2026-11-22           # the day it was said; fixes are counted from here
        until: 2027-02-20        # up to here, at most a year
        slots: 3                 # health changes that it takes; 1 where left out
        fewer: 30                # of 100 fixes there, those that will not come; may be left out

Strict, as all settings are.
"""

from __future__ import annotations

from datetime import date

import yaml

from colead.ahead.repair import FILE, LONGEST, Repair, latest
from colead.readers.settings import Reader

FIELDS = ("repair", "part", "by", "on", "until", "slots", "fewer")
NEEDED = FIELDS[:5]
MOST_SLOTS = 500


def read_reserve(data: bytes, file: str = FILE) -> tuple[Repair, ...]:
    """The repairs of a file, in its order.

    Raises:
        SettingsError: with the file, the line, and what to try.
    """
    reader = Reader(file)
    top = reader.mapping(reader.document(data), ("repairs",))
    entries = list(reader.items(top["repairs"], "repairs")) if "repairs" in top else []
    return tuple(_repair(reader, entry) for entry in entries)


def _repair(reader: Reader, node: yaml.Node) -> Repair:
    entry = reader.mapping(node, FIELDS)
    for name in NEEDED:
        if not reader.text(entry.get(name)):
            reader.refuse(entry.get(name) or node, f"a repair without {name!r}", f"add a line  {name}: ...")
    on, until = _day(reader, entry["on"]), _day(reader, entry["until"])
    if not on < until <= latest(on):
        hint = f"write a day after {on.isoformat()}, at most {LONGEST} days later"
        reader.refuse(entry["until"], f"an estimate until {until.isoformat()}", hint)
    return Repair(
        reader.text(entry["repair"]),
        reader.text(entry["part"]),
        reader.text(entry["by"]),
        on,
        until,
        _count(reader, entry.get("slots"), 1, MOST_SLOTS, "slots: 3"),
        _count(reader, entry.get("fewer"), 0, 100, "fewer: 30"),
        node.start_mark.line + 1,
    )


def _day(reader: Reader, node: yaml.Node) -> date:
    told = reader.text(node)
    try:
        return date.fromisoformat(told)
    except ValueError:
        reader.refuse(node, f"{told!r} where a day belongs", "write it as  until: 2027-02-20")


def _count(reader: Reader, node: yaml.Node | None, usual: int, most: int, example: str) -> int:
    said = reader.text(node).removesuffix("%").strip()
    if node is None or not said:
        return usual
    if not (said.isascii() and said.isdigit() and len(said) < 5 and 1 <= int(said) <= most):
        reader.refuse(node, f"{said!r} where a number from 1 to {most} belongs", f"write it as  {example}")
    return int(said)
