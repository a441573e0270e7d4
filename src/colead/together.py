"""Together: how two sides work together in a quarter: figures about their area, never about a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from colead.phrase import MONTHS, number, plural

PEOPLE = 3  # who took part; with fewer, a figure of the area would be one of a person
FEWEST = 5  # cases that a share or a middle is told of


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year."""

    year: int
    number: int  # 1 to 4

    @classmethod
    def of(cls, when: date) -> Quarter:
        """The one in which a day is."""
        return cls(when.year, (when.month + 2) // 3)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def before(self) -> Quarter:
        """The one before."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    @property
    def after(self) -> Quarter:
        """The one after."""
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)

    def __str__(self) -> str:
        return f"{MONTHS[3 * self.number - 3]} to {MONTHS[3 * self.number - 1]} {self.year}"


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in an area in one quarter; hours and days are middles, None where there are none."""

    people: int = 0  # who took part
    waiting: int = 0  # decisions open at its end
    waiting_days: float | None = None
    oldest_days: int = 0
    answered_before: int = 0  # questions asked in it, by when they were answered
    answered_after: int = 0
    unanswered: int = 0
    concerns: int = 0  # raised in it
    late: int = 0  # of them, after the idea went ahead
    foretold: int = 0  # of the late ones, those that a reading held before
    ahead: int = 0  # ideas that went ahead in it
    ahead_agreed: int = 0  # of them, with an agreed problem
    coming: int = 0  # ideas not gone ahead at its end
    coming_agreed: int = 0
    written: int = 0  # ideas written in it
    read: int = 0  # of them, those that were read
    hours_read: float | None = None
    tested: int = 0
    hours_tested: float | None = None
    due: int = 0  # reviews whose day was in it
    reviewed: int = 0  # of them, within a week of that day
    hoped: int = 0  # ideas that go ahead, hoped for by a day in it
    shipped: int = 0  # of them, by that day


FINDING, NOTHING, LITTLE = "finding", "nothing found", "too little data"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a whole, for a picture."""

    name: str
    count: int
    kind: str  # "on", "half" or "open"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it asks, and what is known."""

    key: str
    title: str
    state: str
    sentence: str
    n: int
    pieces: tuple[Piece, ...] = ()


def figures(told: Counts) -> tuple[Figure, ...]:
    """All figures of a quarter, in the order in which a page tells them."""
    made = (_questions(told), _late(told), _decisions(told), _agreed(told), _hours(told), _promises(told))
    return made if told.people >= PEOPLE else tuple(_held_back(one, told.people) for one in made)


def _held_back(one: Figure, people: int) -> Figure:
    if one.state == NOTHING:
        return one
    who = ("nobody", "one person", "two people")[people]
    told = f"Too little to tell: with {who} taking part, this would say something about a person."
    return Figure(one.key, one.title, LITTLE, told, 0)


def _told(key: str, title: str, n: int, said: str, none: str, *pieces: Piece) -> Figure:
    if not n:
        return Figure(key, title, NOTHING, none, 0)
    if n < FEWEST:
        little = f"Too little to tell yet: {number(n)} of at least {number(FEWEST)}."
        return Figure(key, title, LITTLE, little, n)
    return Figure(key, title, FINDING, said, n, pieces)


def _questions(told: Counts) -> Figure:
    n = told.answered_before + told.answered_after + told.unanswered
    said = f"{_of(told.answered_before, n)} questions were answered before anybody went ahead"
    rest = [
        f"{number(count)} {words}"
        for count, words in ((told.answered_after, "afterwards"), (told.unanswered, "not yet"))
        if count
    ]
    said += f", {' and '.join(rest)}." if rest else "."
    pieces = (
        Piece("before going ahead", told.answered_before, "on"),
        Piece("afterwards", told.answered_after, "half"),
        Piece("still open", told.unanswered, "open"),
    )
    return _told("questions", "Questions answered in time", n, said, "Nobody asked a question.", *pieces)


def _late(told: Counts) -> Figure:
    n, late = told.concerns, told.late
    said = f"None of the {number(n)} concerns came after an idea had gone ahead."
    if late:
        said = f"{_of(late, n)} concerns came after the idea had gone ahead"
        foretold = {
            0: "; no reading had shown any of them before.",
            late: "; readings had shown all of them before.",
        }
        said += foretold.get(told.foretold, f"; readings had shown {number(told.foretold)} of them before.")
    pieces = (
        Piece("in time", n - late, "on"),
        Piece("late, and a reading had shown it", told.foretold, "half"),
        Piece("late, and no reading had shown it", late - told.foretold, "open"),
    )
    return _told("surprises", "Late surprises", n, said, "Nobody raised a concern.", *pieces)


def _decisions(told: Counts) -> Figure:
    n = told.waiting
    said = f"{plural(n, 'decision is', 'decisions are').capitalize()} open; half of them for"
    said += f" {_days(told.waiting_days or 0)} or longer, the oldest for {_days(told.oldest_days)}."
    return _told("decisions", "How long decisions stay open", n, said, "No decision is open.")


def _agreed(told: Counts) -> Figure:
    n, some = told.ahead + told.coming, []
    if told.ahead:
        gone = plural(told.ahead, "idea")
        some.append(f"of {gone} that went ahead {_some(told.ahead_agreed)} had an agreed problem")
    if told.coming:
        has = "has" if told.coming_agreed == 1 else "have"
        some.append(f"of {plural(told.coming, 'open idea')} {_some(told.coming_agreed)} {has} one")
    said = "; ".join(some).capitalize() + "."
    said = said if told.ahead else said.replace(" one.", " an agreed problem.")
    agreed = told.ahead_agreed + told.coming_agreed
    pieces = (Piece("with an agreed problem", agreed, "on"), Piece("without", n - agreed, "open"))
    return _told("agreed", "Ideas with an agreed problem", n, said, "No idea is open.", *pieces)


def _hours(told: Counts) -> Figure:
    n = told.written
    said = f"{_of(told.read, n)} ideas were read"
    if told.hours_read is not None:
        said += f", half of them within {_time(told.hours_read)}"
    said += f"; {_some(told.tested)} got a test"
    if told.hours_tested is not None and told.tested >= FEWEST:
        said += f", half of them within {_time(told.hours_tested)}"
    return _told("hours", "From an idea to its first test", n, f"{said}.", "No idea was written.")


def _promises(told: Counts) -> Figure:
    n, kept, some = told.due + told.hoped, told.reviewed + told.shipped, []
    if told.due:
        in_time = f"{_some(told.reviewed)} of {number(told.due)}"
        some.append(f"Tradeoffs and decisions looked at again by their day: {in_time}.")
    if told.hoped:
        there = f"{_some(told.shipped)} of {number(told.hoped)}"
        some.append(f"Ideas there by the day they were hoped for: {there}.")
    pieces = (Piece("by their day", kept, "on"), Piece("later, or not yet", n - kept, "open"))
    none = "No day that was promised has come."
    return _told("promises", "Promises kept", n, " ".join(some), none, *pieces)


def _some(count: int) -> str:
    return number(count) if count else "none"


def _of(count: int, n: int) -> str:
    """ "Seven of the nine"; "all nine"; "none of the nine"."""
    if count == n:
        return f"All {number(n)}"
    return f"{number(count).capitalize() if count else 'None'} of the {number(n)}"


def _days(days: float) -> str:
    return plural(round(days), "day") if round(days) else "less than a day"


def _time(hours: float) -> str:
    if hours < 1:
        return "an hour"
    return plural(round(hours), "hour") if hours < 48 else plural(round(hours / 24), "day")


def headline(told: tuple[Figure, ...]) -> str:
    """The first sentence of the page: the two figures that say most, or that there is too little yet."""
    known = [one for one in told if one.state == FINDING]
    if not known:
        return "There is too little yet to say how we are doing together."
    return " ".join(one.sentence for one in known[:2])


def beside(now: tuple[Figure, ...], before: tuple[Figure, ...]) -> Iterator[tuple[Figure, Figure | None]]:
    """Each figure with that of the quarter before, where both say something."""
    for one, other in zip(now, before, strict=True):
        yield one, other if one.state == other.state == FINDING else None
