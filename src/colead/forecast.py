"""Forecast: a range of dates or counts with odds, its past cousins, and the record of such forecasts here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from colead import phrase
from colead.activity import Activity
from colead.citing import day_of
from colead.efforts import FEWEST, Cousins, Effort, Lengths, efforts, nearest
from colead.evidence import SOURCES_SHOWN, Coverage, Figure, Ledger, Source, State
from colead.occasion import Occasion, Ready, readiness
from colead.pace import LONGEST, Known, Pace

LOW, HIGH = 0.1, 0.9  # the middle 80 % of cases
MOST = 0.99  # no date is certain
AT_A_TERMINAL = " (--changes N)"  # how it is said there; the shared page has a field
GIVE = f"Say how many changes it may take{AT_A_TERMINAL}, or name an issue key or branch in landings."
NO_EFFORTS = f"No past efforts to compare with. {GIVE}"


@dataclass(frozen=True, slots=True)
class Cousin:
    """One past effort like this one."""

    name: str  # the issue key or branch
    title: str
    days: float  # first landing to last landing
    landings: int
    finished: str  # ISO date


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the idea is likely to be done, counted from `start`."""

    basis: str  # "efforts" (past issue keys or branches) or "throughput" (--changes N)
    start: str  # ISO date
    weeks: Figure  # median, in weeks; low and high: the middle 80 % of cases
    earliest: str  # ISO date of weeks.low
    latest: str  # ISO date of weeks.high
    by: str  # the hoped-for ISO date, "" when none
    odds: Figure | None  # of being done by `by`, 0..1
    cousins: tuple[Cousin, ...]  # the nearest, at most 12
    sentence: str  # "Likely 5 to 9 weeks; 3 in 10 to make 1 December"
    technical: str
    ready: tuple[Ready, ...] = ()  # for the hoped-for date and the nearest occasions, at most 3
    code: str = "D01"


def forecast(
    activities: Sequence[Activity],
    touched: Mapping[str, Sequence[str]],
    *,
    by: date | None,
    changes: int | None,
    today: date,
    rng: np.random.Generator,
    ledger: Ledger,
    coming: Sequence[tuple[Occasion, tuple[str, ...]]] = (),
) -> tuple[Forecast | None, Coverage]:
    """When an idea that touches these parts is likely to be done, counted from `today`.

    Args:
        activities: one per repository.
        touched: repository name to component keys, in the order of `activities`.
        by: the hoped-for date, not before `today`.
        changes: how many landings are ahead: this idea's and what goes first.
        rng: where the simulated weeks come from.
        coming: the nearest occasions, as `colead.occasion.ahead` returns them.

    Past efforts of this size carry the forecast where at least eight are
    finished; else the pace of landings does, when `changes` says how many are
    needed. Nothing is guessed from the length of single changes. A range that
    ends LONGEST weeks ahead or later is none. The past ends with the newest
    landing where the clone seems out of date (`Known`); dates are counted from
    `today` all the same.
    """
    known = Known.of(activities, today)
    desk = Desk(tuple(activities), tuple(touched), by, changes, known, ledger, tuple(coming))
    past = efforts(activities, known.end)
    cousins = nearest(past, desk.parts(touched), changes)
    if cousins.finished >= FEWEST:
        return _from_efforts(desk, cousins)
    if changes is None:
        return _nothing_to_go_by(desk, past)
    pace = Pace.of(activities, known.end)
    if not pace.enough:
        return desk.silent("The pace of landings tells a date from half a year and 30 landings on.")
    return _from_pace(desk, pace, changes, rng)


@dataclass(frozen=True)
class Desk:
    """What is asked, and what a forecast is told with."""

    activities: tuple[Activity, ...]
    names: tuple[str, ...]  # of the repositories
    by: date | None
    changes: int | None
    known: Known
    ledger: Ledger
    coming: tuple[tuple[Occasion, tuple[str, ...]], ...] = ()

    @property
    def today(self) -> date:
        """The day that dates are counted from."""
        return self.known.today

    def parts(self, touched: Mapping[str, Sequence[str]]) -> frozenset[tuple[int, int]]:
        """The touched components as (position of the activity, position of the component)."""
        pairs = enumerate(zip(self.activities, touched.values(), strict=True))
        return frozenset(
            (number, activity.components.index(key))
            for number, (activity, keys) in pairs
            for key in keys
            if key in activity.components
        )

    def covered(self, told: Forecast, note: str) -> tuple[Forecast, Coverage]:
        """The forecast with its coverage, which warns when the pace has turned."""
        turned = Pace.of(self.activities, self.known.end).turned
        if turned != 1.0:
            how = "more than twice" if turned > 1 else "less than half"
            note += f" The pace of the last eight weeks is {how} that of the year before: trust this less."
        return told, Coverage("timeline", State.FINDING, note + self.known.doubt, told.weeks.evidence)

    def silent(self, why: str, state: State = State.TOO_LITTLE) -> tuple[None, Coverage]:
        """No forecast, and why. Whether the clone is current is asked once, beside the repository."""
        return None, Coverage("timeline", state, why)

    def forecast(
        self,
        basis: str,
        weeks: Figure,
        done: Callable[[int], float],
        technical: str,
        cousins: tuple[Cousin, ...] = (),
    ) -> Forecast:
        """Put a range in weeks into dates and words."""
        low, high = weeks.low or 0.0, weeks.high or 0.0
        ready = readiness(
            self.by, self.coming, lambda days: min(done(days), MOST), weeks.evidence, self.today
        )
        odds = ready[0].odds if self.by else None
        return Forecast(
            basis,
            self.today.isoformat(),
            weeks,
            earliest=self._date(low).isoformat(),
            latest=self._date(high).isoformat(),
            by=self.by.isoformat() if self.by else "",
            odds=odds,
            cousins=cousins,
            sentence=self._sentence(low, high, odds),
            technical=technical + self.known.doubt,
            ready=ready,
        )

    def _date(self, weeks: float) -> date:
        return self.today + timedelta(days=round(7 * weeks))

    def _sentence(self, low: float, high: float, odds: Figure | None) -> str:
        said = f"Likely {phrase.span(low, high, 'week')}"
        if odds is None or self.by is None:
            return said
        return f"{said}; {phrase.odds(odds.value)} to make {phrase.day(self.by, today=self.today)}"


def _from_efforts(desk: Desk, cousins: Cousins) -> tuple[Forecast | None, Coverage]:
    lengths = Lengths.of(cousins.efforts)
    low, middle, high = (lengths.after(share) / 7 for share in (LOW, 0.5, HIGH))
    if high >= LONGEST:
        return desk.silent("Too many past efforts are still open: nobody can say how long one takes.")
    shown = [one for one in cousins.efforts if one.done][:SOURCES_SHOWN]
    row = desk.ledger.file(
        "D01",
        "Lengths of past efforts, from the first to the last landing that names the same issue key or "
        "branch; open ones count as at least as long as so far.",
        n=len(cousins.efforts),
        sources=tuple(_source(desk, one) for one in shown),
        window=_window(cousins.efforts),
        coverage=desk.known.doubt.strip(),
    )
    told = desk.forecast(
        "efforts",
        Figure(middle, row, low, high),
        lengths.by,
        f"{_efforts_note(cousins)} Kaplan-Meier, 80 % range for the next one. The length runs from the first "
        "landing, not from the start of thinking; no slack is added.",
        tuple(_cousin(desk, one) for one in shown),
    )
    return desk.covered(told, _efforts_note(cousins))


def _from_pace(
    desk: Desk, pace: Pace, changes: int, rng: np.random.Generator
) -> tuple[Forecast | None, Coverage]:
    weeks = pace.weeks_for(changes, rng)
    low, middle, high = (float(one) for one in np.quantile(weeks, (LOW, 0.5, HIGH)))
    if high >= LONGEST:
        return desk.silent(f"At this pace nobody can say when {changes:,} changes will have landed.")
    first = day_of(desk.known.end - 1) - timedelta(weeks=len(pace.year))
    row = desk.ledger.file(
        "D01",
        "Simulated weeks drawn from people's landings per week, of the last 12 or the last 52 weeks, "
        "at a level that wanders.",
        n=int(pace.year.sum()),
        window=(first.isoformat(), day_of(desk.known.end - 1).isoformat()),
        coverage=desk.known.doubt.strip(),
    )
    told = desk.forecast(
        "throughput",
        Figure(middle, row, low, high),
        lambda days: float(np.mean(weeks * 7 <= days)),
        f"{changes} changes ahead, all of this pace spent on them: {pace.year.mean():.1f} landings a week "
        f"{desk.known.year}. 4,000 paths; the number of changes is taken as known.",
    )
    return desk.covered(told, "From the pace of people's landings.")


def _nothing_to_go_by(desk: Desk, past: Sequence[Effort]) -> tuple[None, Coverage]:
    if not past:
        return desk.silent(NO_EFFORTS, State.NOT_ANALYSED)
    finished = phrase.plural(sum(one.done for one in past), "finished past effort")
    return desk.silent(f"Only {finished}; a forecast needs eight. {GIVE}")


def _efforts_note(cousins: Cousins) -> str:
    about = f" {cousins.told}" if cousins.told else ""
    still = len(cousins.efforts) - cousins.finished
    opened = f", {phrase.number(still)} still open" if still else ""
    return f"From {phrase.plural(len(cousins.efforts), 'past effort')}{about}{opened}."


def _cousin(desk: Desk, one: Effort) -> Cousin:
    number, position = one.landings[0]
    title = desk.activities[number].history.landings[position].title
    return Cousin(one.name, title, one.days, len(one.landings), day_of(one.last).isoformat())


def _source(desk: Desk, one: Effort) -> Source:
    number, position = one.landings[-1]
    landing = desk.activities[number].history.landings[position]
    day = day_of(landing.at).isoformat()
    return Source("landing", landing.oid, f"{one.name}: {landing.title}", day, desk.names[number])


def _window(found: Sequence[Effort]) -> tuple[str, str]:
    first, last = min(one.first for one in found), max(one.last for one in found)
    return day_of(first).isoformat(), day_of(last).isoformat()
