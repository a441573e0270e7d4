"""The dates that matter to the business, `.colead/occasions.yml`:

    occasions:
      - name: Black Friday
        on: 2026-11-27                        # or 2026-12-07 to 2026-12-24
        what: the busiest weekend of the year
        parts: [Checkout, services/payments]  # where it is about these only

Strict, as all settings are; what is over is passed by.
"""

from __future__ import annotations

from datetime import date

import yaml

from colead.occasion import FILE, Occasion
from colead.readers.settings import Reader

FIELDS = ("name", "on", "what", "parts")
MOST = 60  # occasions in one file
LONGEST = 60  # characters of a name


def read_occasions(data: bytes, file: str = FILE) -> tuple[Occasion, ...]:
    """The occasions of a file, in its order.

    Raises:
        SettingsError: with the file, the line, and what to try.
    """
    reader = Reader(file)
    top = reader.mapping(reader.document(data), ("occasions",))
    if "occasions" not in top:
        return ()
    found = tuple(_occasion(reader, node) for node in reader.items(top["occasions"], "occasions"))
    if len(found) > MOST:
        reader.refuse(top["occasions"], f"more than {MOST} occasions", "keep those that are still ahead")
    return found


def _occasion(reader: Reader, node: yaml.Node) -> Occasion:
    entry = reader.mapping(node, FIELDS)
    name = reader.text(entry.get("name"))
    if not name or len(name) > LONGEST:
        what = f"a name over {LONGEST} characters" if name else "an occasion without a name"
        reader.refuse(node, what, "give it a line such as  name: Black Friday")
    first, last = _days(reader, entry.get("on") or node, reader.text(entry.get("on")))
    what, parts = reader.text(entry.get("what")), reader.texts(entry.get("parts"))
    return Occasion(name, first, last, what, parts, node.start_mark.line + 1)


def _days(reader: Reader, node: yaml.Node, told: str) -> tuple[date, date]:
    first, _, last = told.partition(" to ")
    try:
        days = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError:
        reader.refuse(
            node, f"{told!r} where a day belongs", "write  on: 2026-11-27  or  on: 2026-12-07 to 2026-12-24"
        )
    if days[0] > days[1]:
        reader.refuse(node, f"{told!r}, which ends before it begins", "put the earlier day first")
    return days
