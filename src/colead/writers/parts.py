"""Parts: what every writer says alike about a reading: its states, what was read, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from colead.evidence import Coverage, State
from colead.fragility import Fragility, Level
from colead.phrase import clip, day, listing, literal
from colead.question import Question
from colead.reading import Reading, Repository
from colead.spec import Said

PARTS = {
    "answers": "the three questions",
    "touches": "touches",
    "fragility": "fragility",
    "spread": "spread",
    "partners": "parts not mentioned",
    "questions": "questions",
    "timeline": "timeline",
    "tradeoffs": "if we skip something",
}
MARKS = {Said.ANSWERED: "●", Said.HALF: "◐", Said.OPEN: "○"}
QUOTE = 220  # characters of the spec that are quoted at most
NAME = 60
FILE = 44  # characters of the spec's path
SENTENCE = 400


def said(text: str, most: int = QUOTE) -> str:
    """Text of a spec or a repository on one line, at most `most` characters, nothing invisible in it."""
    return clip(literal(" ".join(text.split())), most)


def ended(sentence: str) -> str:
    """A sentence with one full stop at its end."""
    return f"{said(sentence, SENTENCE).rstrip('.')}."


def spec_file(reading: Reading) -> str:
    """The spec's name as given; a long path, or one from the root of a person's disk, by its end."""
    source = said(reading.spec.source, 2_000)
    told = len(source) <= FILE and not source.startswith(("/", "~"))
    return source if told else f"…/{source.rpartition('/')[2][-FILE:]}"


def coverage(reading: Reading, part: str) -> Coverage:
    """What a part says of itself; a part that says nothing was not analysed."""
    for one in reading.coverage:
        if one.part == part:
            return one
    return Coverage(part, State.NOT_ANALYSED, "")


def silence(reading: Reading, part: str, found: object) -> str:
    """Why a part shows nothing, in one of the four words; "" when it shows something."""
    if found:
        return ""
    told = coverage(reading, part)
    word = State.NOTHING if told.state is State.FINDING else told.state
    return f"{word}: {said(told.note, SENTENCE)}" if told.note else str(word)


def dated(iso: str, reading: Reading) -> str:
    """An ISO date of the wire form as people write it, counted from the reading's day."""
    try:
        return day(date.fromisoformat(iso[:10]), today=date.fromisoformat(reading.today))
    except ValueError:
        return said(iso, NAME)


def read(reading: Reading) -> str:
    """What was read: "Read 3,012 landings of shop to 3f2a1c9, 10 January 2022 to 16 October"."""
    return f"Read {listing([_one_read(one, reading) for one in reading.repositories]) or 'no repository'}"


def _one_read(one: Repository, reading: Reading) -> str:
    span = f", {dated(one.first, reading)} to {dated(one.last, reading)}" if one.landings else ""
    return f"{one.landings:,} landings of {said(one.name, NAME)} to {said(one.tip[:7], NAME)}{span}"


def unread(reading: Reading) -> Sequence[tuple[str, State, str]]:
    """The parts that could not speak: name, word, why."""
    short = (State.NOT_ANALYSED, State.TOO_LITTLE)
    told = [coverage(reading, part) for part in PARTS]
    return [(PARTS[one.part], one.state, said(one.note)) for one in told if one.state in short]


def unread_line(reading: Reading) -> str:
    """The parts that could not speak in one clause: "not analysed: timeline; too little data: fragility"."""
    clauses = []
    for state in (State.NOT_ANALYSED, State.TOO_LITTLE):
        names = [name for name, told, _ in unread(reading) if told is state]
        if names:
            clauses.append(f"{state}: {listing(names)}")
    return "; ".join(clauses)


def notes(reading: Reading) -> Sequence[str]:
    """What the readers had to do with the spec and the repositories ("read as Latin-1", "shallow: ...")."""
    many = len(reading.repositories) > 1
    told = [
        f"{said(one.name, NAME)}: {said(note)}" if many else said(note)
        for one in reading.repositories
        for note in one.notes
    ]
    return [*(said(note) for note in reading.spec.notes), *told]


def lights(reading: Reading) -> str:
    """The five lights in a line: "Said: problem, who and metric. Not said: simplest test"."""
    on = [one.name for one in reading.lights if one.on]
    off = [one.name for one in reading.lights if not one.on]
    told = [f"{word}: {listing(names)}" for word, names in (("Said", on), ("Not said", off)) if names]
    return ". ".join(told)


def where(name: str, repository: str, reading: Reading) -> str:
    """A component's name, with its repository when there are several."""
    return said(f"{name} ({repository})" if len(reading.repositories) > 1 else name, NAME)


def level(fragility: Fragility) -> str:
    """Fragility in a word that everybody understands."""
    return str(State.TOO_LITTLE if fragility.level is Level.UNKNOWN else fragility.level)


def told_above(one: Question, reading: Reading) -> bool:
    """Whether what raised a question already stands among the findings."""
    return any(one.why == partner.sentence for partner in reading.partners)


def after_colon(sentence: str) -> str:
    """A sentence as it stands behind a colon: its first letter small unless the word is a name."""
    first = sentence.split(" ", 1)[0]
    return sentence[:1].lower() + sentence[1:] if first.istitle() and first in STARTS else sentence


STARTS = frozenset("Changes The This These Of A An About In It When Work Efforts".split())
