"""About: which part of a reading each row of evidence stands behind, and what it says there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from colead.partner import FileAlong, Partner
from colead.phrase import odds
from colead.reading import Reading, Touched
from colead.spread import Spread
from colead.touch import Birth
from colead.writers.parts import NAME, PARTS, fragile_figures, fragile_told, if_we, said, where


class About(NamedTuple):
    """What a row of evidence stands behind: of which part, saying what."""

    id: str
    name: str
    says: str


def cited(reading: Reading) -> Sequence[tuple[str, Sequence[About]]]:
    """The parts of a reading with what they cite; a row belongs to the first that cites it."""
    when, spread = reading.timeline, reading.spread
    skipped = [About(one.here.evidence, if_we(one), one.sentence) for one in reading.tradeoffs]
    return (
        (
            "What it will probably touch",
            [about for one in reading.touches for about in _touched(one, reading)],
        ),
        (
            "Not mentioned, often changed along",
            [*(_partner(one, reading) for one in reading.partners), *map(_along, reading.along)],
        ),
        ("Spread", _spread(spread) if spread else []),
        ("The likeliest files", [About(one.probability.evidence, one.path, "") for one in reading.files]),
        ("What each requirement points at", _requirements(reading)),
        ("Where new files will be made", [_birth(one) for one in reading.births]),
        ("System map", [About(row, "", "") for row in dict.fromkeys(one.evidence for one in reading.plots)]),
        ("Timeline", [About(when.weeks.evidence, "", when.sentence)] if when else []),
        (PARTS["tradeoffs"].capitalize(), skipped),
        ("Questions", [About(one.evidence, "", one.ask) for one in reading.questions]),
        ("Also read", [About(one.id, "", "") for one in reading.evidence]),
    )


def _touched(one: Touched, reading: Reading) -> Sequence[About]:
    touch = one.touch
    name, told = where(touch.name, touch.repository, reading), fragile_told(one)
    figures = fragile_figures(one)
    likely = About(touch.probability.evidence, name, f"{odds(touch.probability.value)} to be touched")
    return [likely, *(About(each.evidence, name, told) for each in figures if each)]


def _spread(one: Spread) -> Sequence[About]:
    crossings = (About(each.chance.evidence, "", each.sentence) for each in one.crossings)
    return [About(one.parts.evidence, "", one.sentence), *crossings]


def _birth(one: Birth) -> About:
    return About(one.probability.evidence, said(one.name, NAME), one.sentence)


def _requirements(reading: Reading) -> Sequence[About]:
    rows = dict.fromkeys(file.probability.evidence for one in reading.requirements for file in one.files)
    return [About(row, "", f"{len(reading.requirements)} requirements") for row in rows]


def _partner(one: Partner, reading: Reading) -> About:
    return About(one.together.evidence, where(one.name, one.repository, reading), one.sentence)


def _along(one: FileAlong) -> About:
    return About(one.together.evidence, one.path, one.sentence)


def subjects(reading: Reading) -> Mapping[str, str]:
    """The name of what each row of evidence is about, "" where the row says so itself."""
    names: dict[str, str] = {}
    for _, abouts in cited(reading):
        for one in abouts:
            names.setdefault(one.id, one.name)
    return names
