"""Parts: what every writer says alike about a reading: its states, what was read, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from colead.correction import told_used
from colead.evidence import Coverage, Figure, State
from colead.forecast import Forecast
from colead.fragility import Fragility, Level
from colead.partner import Partner
from colead.phrase import clip, day, listing, literal
from colead.question import Question
from colead.reading import Reading, Repository, Touched
from colead.spec import Answer, Said
from colead.spread import Crossing, Spread
from colead.touch import Birth, Touch
from colead.tradeoff import Tradeoff

PARTS = {
    "answers": "the three questions",
    "touches": "touches",
    "fragility": "fragility",
    "spread": "spread",
    "partners": "parts not mentioned",
    "questions": "questions",
    "timeline": "timeline",
    "tradeoffs": "if we skip something or wait",
}
PLACELESS = ("fragility",)  # what is silent elsewhere says so in its own place
MARKS = {Said.ANSWERED: "●", Said.HALF: "◐", Said.OPEN: "○"}
QUOTE = 220  # characters of the spec that are quoted at most
NAME = 60
FILE = 44  # characters of the spec's path
SENTENCE = 400


def said(text: str, most: int = QUOTE) -> str:
    """Text of a spec or a repository on one line, at most `most` characters, nothing invisible in it."""
    return clip(literal(" ".join(text.split())), most)


def ended(sentence: str) -> str:
    """A sentence with one mark at its end."""
    told = said(sentence, SENTENCE).rstrip(".")
    return told if told.endswith(("?", "!", "…")) else f"{told}."


def crossed(spread: Spread) -> Sequence[Crossing]:
    """The schema and the interface where they stand on the page."""
    return [one for one in spread.crossings if one.told]


def spread_told(spread: Spread) -> str:
    """How many parts, and what else is crossed, in sentences."""
    return " ".join(map(ended, (spread.sentence, *(one.sentence for one in crossed(spread)))))


def timeline_told(told: Forecast) -> str:
    """The range, the odds for the hoped-for date, and those of the occasions that are at risk."""
    first, *more = [one.sentence for one in told.ready if one.risky] or [""]
    short = [one.replace(" to be ready for ", " for ", 1) for one in more]
    return ended("; ".join(filter(None, (told.sentence, first, *short))))


def if_we(one: Tradeoff) -> str:
    """What a tradeoff is about: "If we skip changing Returns label along", "If we wait four weeks"."""
    return f"If we {one.act} {said(one.what)}".strip()


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
    return f"{word}: {after_colon(ended(told.note))}" if told.note else str(word)


class Counted(Protocol):
    """Anything of the wire form that is counted from a day."""

    @property
    def today(self) -> str:
        """The day as an ISO date."""
        ...


def dated(iso: str, reading: Counted) -> str:
    """An ISO date of the wire form as people write it, counted from the reading's day."""
    try:
        return day(date.fromisoformat(iso[:10]), today=date.fromisoformat(reading.today))
    except ValueError:
        return said(iso, NAME)


def read(reading: Reading) -> str:
    """What was read: "Read 3,012 landings of shop to 3f2a1c9, 10 January 2022 to 16 October"."""
    return f"Read {listing([_one_read(one, reading) for one in reading.repositories]) or 'no repository'}"


def _one_read(one: Repository, reading: Reading) -> str:
    first, last = dated(one.first, reading), dated(one.last, reading)
    span = f", {f'{first} to {last}' if first != last else f'all of {last}'}" if one.landings else ""
    return f"{one.landings:,} landings of {said(one.name, NAME)} to {said(one.tip[:7], NAME)}{span}"


def unread(reading: Reading) -> Sequence[tuple[str, State, str]]:
    """What could not speak and has no place of its own to say so: name, word, why."""
    short = (State.NOT_ANALYSED, State.TOO_LITTLE)
    told = [coverage(reading, part) for part in PLACELESS if reading.touches or part != "fragility"]
    return [(PARTS[one.part], one.state, said(one.note)) for one in told if one.state in short]


def unread_line(reading: Reading) -> str:
    """The same in one clause: "too little data: fragility"."""
    clauses = []
    for state in (State.NOT_ANALYSED, State.TOO_LITTLE):
        names = [name for name, told, _ in unread(reading) if told is state]
        if names:
            clauses.append(f"{state}: {listing(names)}")
    return "; ".join(clauses)


def notes(reading: Reading) -> Sequence[str]:
    """What the readers had to do with the spec and the repositories ("read as Latin-1", "shallow: ...")."""
    many = len(reading.repositories) > 1
    told = []
    for one in reading.repositories:
        own = [after_colon(said(note)) for note in one.notes]
        told += [f"{said(one.name, NAME)}: {'; '.join(own)}"] if many and own else own
    used = told_used(len(reading.corrections))
    return [*(after_colon(said(note)) for note in reading.spec.notes), *told, *([used] if used else [])]


def started(told: str) -> str:
    """A clause as a sentence of its own."""
    return stopped(f"{told[:1].upper()}{told[1:]}") if told else ""


def stopped(told: str) -> str:
    """A text with a stop at its end, unless it asks."""
    return told if told.endswith("?") else f"{told.rstrip('.')}."


def lights(reading: Reading) -> str:
    """The five lights: "Said: problem, who, metric. Not said: simplest test."; "" when not analysed."""
    if coverage(reading, "answers").state is State.NOT_ANALYSED:
        return ""
    on = [one.name for one in reading.lights if one.on]
    off = [one.name for one in reading.lights if not one.on]
    return " ".join(
        f"{word}: {said(', '.join(names))}." for word, names in (("Said", on), ("Not said", off)) if names
    )


def missing(one: Answer) -> str:
    """What would complete an answer, without the words that its quote says already."""
    if one.said is Said.ANSWERED:
        return ""
    head, _, tail = one.missing.rpartition(": ")
    if _letters(head) and _letters(head) in _letters(one.quote):
        return said(tail[:1].upper() + tail[1:])
    return said(one.missing)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def not_analysed(one: Answer) -> bool:
    """Whether a question is unanswered only because nobody could look."""
    return one.said is Said.OPEN and one.missing.startswith("Not analysed")


def where(name: str, repository: str, reading: Reading) -> str:
    """A component's name, with its repository when there are several."""
    if len(reading.repositories) < 2:
        return said(name, NAME)
    tail = f" ({said(repository, NAME // 2)})"
    return f"{said(name, NAME - len(tail))}{tail}"


def births_of(touch: Touch, reading: Reading) -> Sequence[Birth]:
    """Where the changes of a touched part are likely to make new files."""
    mine = (touch.repository, touch.component)
    return [one for one in reading.births if (one.repository, one.component) == mine]


def fragile_told(one: Touched) -> str:
    """What is said of a touched part's fragility, with its incidents where some were imported."""
    return "; ".join(filter(None, [one.fragility.sentence, one.incidents.brief if one.incidents else ""]))


def fragile_figures(one: Touched) -> tuple[Figure | None, ...]:
    """The figures in that."""
    fragility, toll = one.fragility, one.incidents
    told = (fragility.changed, fragility.fixes, fragility.expected, fragility.chance)
    return (*told, toll.count, toll.minutes) if toll else told


def struck_by(one: Touched) -> list[str]:
    """The last incident of a touched part, and what the matches rest on, for engineers."""
    return [said(one.incidents.sentence), said(one.incidents.technical, 600)] if one.incidents else []


def level(fragility: Fragility) -> str:
    """Fragility in a word that everybody understands."""
    return str(State.TOO_LITTLE if fragility.level is Level.UNKNOWN else fragility.level)


def numbered(reading: Reading) -> Sequence[tuple[int, Question]]:
    """The questions with their numbers, without those that stand beside their partner."""
    beside = [found[0] for one in reading.partners if (found := question_of(one, reading))]
    return [(place, one) for place, one in enumerate(reading.questions, start=1) if place not in beside]


def question_of(one: Partner, reading: Reading) -> tuple[int, Question] | None:
    """The question about a partner with its number: both are one fact and stand in one place."""
    for place, asked in enumerate(reading.questions, start=1):
        if (asked.code, asked.ask) == (one.code, one.ask):
            return place, asked
    return None


def after_colon(sentence: str) -> str:
    """A sentence as it stands behind a colon: its first letter small unless the word is a name."""
    first = sentence.split(" ", 1)[0]
    return sentence[:1].lower() + sentence[1:] if first.istitle() and first in STARTS else sentence


STARTS = frozenset("Changes The This These Of A An About In It When Work Efforts No Only Fewer What".split())
