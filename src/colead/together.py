"""Together: how two sides work together in a quarter: figures about their area, never about a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from colead.phrase import MONTHS, listing, number, plural

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
    unanswered: int = 0  # of them, on ideas that went ahead
    unbegun: int = 0  # still open, on ideas with which nobody went ahead
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
    estimated: int = 0  # estimates that were held against what came, their quarter over in it
    held: int = 0  # of them, those within what was said, or better
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
    short: str = ""  # the finding as a clause, for the sentence on top
    cases: str = ""  # what is counted, in the plural


def figures(told: Counts) -> tuple[Figure, ...]:
    """All figures of a quarter, in the order in which a page tells them."""
    made = (_questions(told), _late(told), _decisions(told), _agreed(told), _hours(told), _promises(told))
    return made if told.people >= PEOPLE else tuple(map(_held_back, made))


def _held_back(one: Figure) -> Figure:
    if one.state == NOTHING:
        return one
    little = "With so few taking part, this would say something about a person."
    return Figure(one.key, one.title, LITTLE, little, 0, cases=one.cases)


def missing(told: Counts) -> str:
    """What would be needed for the figures that cannot be told yet, one sentence; "" where all are."""
    made = figures(told)
    little = [one for one in made if one.state == LITTLE]
    if told.people < PEOPLE and (little or not any(one.n for one in made)):
        who = ("nobody does", "one does", "two do")[told.people]
        return (
            f"It takes {number(PEOPLE)} people who take part in a quarter, and {who}: with fewer, every"
            " figure would say something about a person."
        )
    if not little and any(one.state == FINDING for one in made):
        return ""
    some = [f"{one.cases}, of which there are {number(one.n)}" for one in little if one.n > 1]
    some += [f"{one.cases}, of which there is one" for one in little if one.n == 1]
    there = "; ".join(some) or "questions, concerns, ideas or days that were promised"
    return f"It takes {number(FEWEST)} in a quarter to tell more of these: {there}."


def nothing(told: tuple[Figure, ...]) -> str:
    """What was looked for and not found, one line; "" where all is there."""
    return " ".join(one.sentence for one in told if one.state == NOTHING)


def _told(key: str, title: str, n: int, said: str, none: str, cases: str, short: str, *pieces: Piece,
          fewest: int = FEWEST) -> Figure:  # fmt: skip
    if not n:
        return Figure(key, title, NOTHING, none, 0, cases=cases)
    if n < fewest:
        little = f"Too little to tell yet: {number(n)} of at least {number(fewest)}."
        return Figure(key, title, LITTLE, little, n, cases=cases)
    return Figure(key, title, FINDING, said, n, pieces, short, cases)


def _questions(told: Counts) -> Figure:
    n, early = told.answered_before + told.answered_after + told.unanswered, told.answered_before
    said = f"{_of(early, n)} questions {_was(early, n)} answered before anybody went ahead"
    rest = [
        f"{number(count)} {words}"
        for count, words in ((told.answered_after, "afterwards"), (told.unanswered, "not yet"))
        if count
    ]
    said += f", {' and '.join(rest)}." if rest else "."
    if told.unbegun:
        wait = "waits" if told.unbegun == 1 else "wait"
        said += f" {number(told.unbegun).capitalize()} more {wait} on ideas with which nobody went ahead."
    pieces = (
        Piece("before going ahead", early, "on"),
        Piece("afterwards", told.answered_after, "half"),
        Piece("still open", told.unanswered, "open"),
    )
    short = f"{_of(early, n).lower()} questions {_was(early, n)} answered in time"
    none = "Nobody asked a question about what went ahead."
    return _told("questions", "Questions answered in time", n, said, none, "questions", short, *pieces)


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
    short = f"{_of(late, n).lower()} concerns came late"
    return _told(
        "surprises", "Late surprises", n, said, "Nobody raised a concern.", "concerns", short, *pieces
    )


def _decisions(told: Counts) -> Figure:
    """Told however few there are: how long a thing is open needs no second one."""
    n, oldest = told.waiting, _days(told.oldest_days)
    said = f"{plural(n, 'decision is', 'decisions are').capitalize()} open"
    if n >= FEWEST:
        said += f"; half of them for {_days(told.waiting_days or 0)} or longer, the oldest for {oldest}."
    else:
        said += f", {'the oldest ' if n > 1 else ''}for {oldest}."
    none = "No decision is open."
    return _told("decisions", "How long decisions stay open", n, said, none, "open decisions", "", fewest=1)


def _agreed(told: Counts) -> Figure:
    n, some = told.ahead + told.coming, []
    if told.ahead:
        gone = f"{_of(told.ahead_agreed, told.ahead)} ideas"
        some.append(f"{gone if told.ahead > 1 else 'The one idea'} that went ahead")
        agreed = told.ahead_agreed or told.ahead > 1
        some[0] += " had an agreed problem" if agreed else " had no agreed problem"
    if told.coming:
        has = "has" if told.coming_agreed == 1 else "have"
        some.append(f"of {plural(told.coming, 'open idea')} {_some(told.coming_agreed)} {has} one")
    said = "; ".join(some) + "."
    said = said if told.ahead else (said[:1].upper() + said[1:]).replace(" one.", " an agreed problem.")
    agreed = told.ahead_agreed + told.coming_agreed
    pieces = (Piece("with an agreed problem", agreed, "on"), Piece("without", n - agreed, "open"))
    return _told("agreed", "Ideas with an agreed problem", n, said, "No idea is open.", "ideas", "", *pieces)


def _hours(told: Counts) -> Figure:
    n = told.written
    said = f"{_of(told.read, n)} ideas {_was(told.read, n)} read"
    if told.hours_read is not None:
        said += f", half of them within {_time(told.hours_read)}"
    said += f"; {_some(told.tested)} got a test"
    if told.hours_tested is not None and told.tested >= FEWEST:
        said += f", half of them within {_time(told.hours_tested)}"
    title, none = "From an idea to its first test", "No idea was written."
    return _told("hours", title, n, f"{said}.", none, "ideas that were written", "")


def _promises(told: Counts) -> Figure:
    """Estimates count in the whole alone: by themselves they may be those of one person."""
    n, some = told.due + told.hoped + told.estimated, []
    kept = told.reviewed + told.shipped + told.held
    if told.due:
        in_time = f"{_some(told.reviewed)} of {number(told.due)}"
        some.append(f"tradeoffs and decisions looked at again by their day: {in_time}")
    if told.hoped:
        there = f"{_some(told.shipped)} of {number(told.hoped)}"
        some.append(f"ideas there by the day they were hoped for: {there}")
    if told.estimated:
        some.append("estimates of repairs, held against what came, count here, too")
    said = f"{_of(kept, n)} promises {_was(kept, n)} kept. {'; '.join(some).capitalize()}."
    pieces = (Piece("kept", kept, "on"), Piece("later, not yet, or otherwise", n - kept, "open"))
    none, short = (
        "No day that was promised has come.",
        f"{_of(kept, n).lower()} promises {_was(kept, n)} kept",
    )
    return _told("promises", "Promises kept", n, said, none, "promises whose day came", short, *pieces)


def _some(count: int) -> str:
    return number(count) if count else "none"


def _was(count: int, n: int) -> str:
    """ "One of the nine was", "all nine were"."""
    return "was" if count == 1 and n > 1 else "were"


def _of(count: int, n: int) -> str:
    """ "Seven of the nine"; "all nine"; "both"; "none of the nine"."""
    if count == n:
        if n == 2:
            return "Both"
        return f"All {number(n)}"
    return f"{number(count).capitalize() if count else 'None'} of the {number(n)}"


def _days(days: float) -> str:
    return plural(round(days), "day") if round(days) else "less than a day"


def _time(hours: float) -> str:
    if hours < 1:
        return "an hour"
    return plural(round(hours), "hour") if hours < 48 else plural(round(hours / 24), "day")


def headline(told: tuple[Figure, ...]) -> str:
    """The first sentence of the page: what there is to say in short, or that there is too little yet."""
    short = [one.short for one in told if one.state == FINDING and one.short]
    known = short or [one.sentence.rstrip(".") for one in told if one.state == FINDING][:1]
    if not known:
        return "There is too little yet to say how we are doing together."
    said = listing(known)
    return f"{said[:1].upper()}{said[1:]}."


def beside(now: tuple[Figure, ...], before: tuple[Figure, ...]) -> Iterator[tuple[Figure, Figure | None]]:
    """Each figure with that of the quarter before, where both say something."""
    for one, other in zip(now, before, strict=True):
        yield one, other if one.state == other.state == FINDING else None
