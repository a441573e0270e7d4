"""The corrections file, `.colead/corrections.yml`: what readings got wrong here, kept for the whole team.

    corrections:
      - wrong: services/checkout          # a part or a file that is not touched
        in: Gift notes                    # the title of the spec that it was said of
        words: [cart, note]               # of that spec: no reason for this part from now on
        because: an order note is not a gift note
        on: 2026-10-19
      - missing: services/packing         # its words point to this part from now on
        words: [gift]
      - partner: services/returns         # does not depend on `of`
        of: services/shipping
        on: 2026-10-19

Strict, as all settings are.
"""

from __future__ import annotations

from datetime import date

import yaml

from colead.correction import FILE, WORDS, Correction, Kind
from colead.readers.settings import Reader

KINDS = {"wrong": Kind.WRONG, "missing": Kind.MISSING, "partner": Kind.PARTNER}
FIELDS = (*KINDS, "of", "in", "words", "because", "on")


def read_corrections(data: bytes, file: str = FILE) -> tuple[Correction, ...]:
    """The corrections of a file, in its order.

    Raises:
        SettingsError: with the file, the line, and what to try.
    """
    reader = Reader(file)
    top = reader.mapping(reader.document(data), ("corrections",))
    entries = list(reader.items(top["corrections"], "corrections")) if "corrections" in top else []
    return tuple(_correction(reader, entry) for entry in entries)


def _correction(reader: Reader, node: yaml.Node) -> Correction:
    entry = reader.mapping(node, FIELDS)
    named = [name for name in KINDS if name in entry]
    if len(named) != 1:
        what = "a correction with more than one of" if named else "a correction without"
        reader.refuse(node, f"{what} wrong, missing, partner", "give one line such as  wrong: Checkout")
    kind, words = KINDS[named[0]], reader.texts(entry.get("words"))
    part, of = reader.text(entry[named[0]]), reader.text(entry.get("of"))
    if not part:
        reader.refuse(entry[named[0]], f"{named[0]!r} without a part", "write the part's name or folder")
    if (kind is Kind.PARTNER) != bool(of):
        reader.refuse(node, "a partner without 'of'" if kind is Kind.PARTNER else "'of' without a partner",
                      "write  partner: Returns label  and  of: Shipping")  # fmt: skip
    if len(words) > WORDS:
        reader.refuse(entry["words"], f"more than {WORDS} words", "keep the telling ones")
    title, because = reader.text(entry.get("in")), reader.text(entry.get("because"))
    return Correction(
        kind, part, of, title, words, because, _day(reader, entry.get("on")), node.start_mark.line + 1
    )


def _day(reader: Reader, node: yaml.Node | None) -> date | None:
    told = reader.text(node)
    if node is None or not told:
        return None
    try:
        return date.fromisoformat(told)
    except ValueError:
        reader.refuse(node, f"{told!r} where a day belongs", "write it as  on: 2026-10-19")
