"""Partner: what usually changes together with a touched part and is not mentioned (a hidden dependency)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from colead import phrase
from colead.activity import Activity
from colead.citing import DAY, cite, day_of
from colead.codebase import Component
from colead.evidence import Coverage, Figure, Ledger, State
from colead.history import MANY_FILES, IntArray
from colead.pace import Known

WINDOW = 730  # days looked back
ENOUGH = 5  # landings of a touched part
SUPPORT = 6  # times together; with 4 it came true less often (29 % against 34 %)
SHARE = 0.3  # of the touched part's landings
SHOWN = 3
LIKE = 1.5  # "as active" means between 1/LIKE and LIKE times as many landings
FEWEST_LIKE = 3  # parts to compare with; when fewer are as active, the nearest


@dataclass(frozen=True, slots=True)
class Partner:
    """When `of` changed, `component` changed too."""

    repository: str
    component: str
    name: str
    of: str  # key of the touched component
    of_name: str
    together: Figure  # times both changed
    times: Figure  # times `of` changed
    usual: Figure  # share at which a part as active changes along by chance, 0..1
    last: str  # ISO date of the last time together
    files: tuple[str, ...]  # the partner's files that changed most often along, at most 3
    sentence: str  # "when Shipping changed, this changed too: 18 of the last 29 times, last on 3 October"
    ask: str  # a question for the meeting
    technical: str
    code: str = "P01"


def partners(
    activity: Activity,
    touched: Sequence[str],
    mentioned: Callable[[Component], bool],
    *,
    today: date,
    ledger: Ledger,
    repository: str,
) -> tuple[tuple[Partner, ...], Coverage]:
    """The parts that usually change along with the touched ones (keys) and are neither touched nor mentioned.

    Counted over people's landings of the last two years with at most
    MANY_FILES product files. A partner changed in at least 30 % and at least
    6 of a touched part's landings, in 30 % of their newer half, too, and
    clearly more often than chance would have a part as active along: the lower
    end of the 95 % Wilson interval lies above `Along.usual`. At most three,
    strongest first, each once, beside the touched part that it goes with most.

    Where the clone seems out of date, the two years end with its newest
    landing (`Known`), and the words say so.

    Replayed on 12 public repositories, such parts had changed along in 47 % of
    the landings, and in the following half year did in 34 % (by chance: 19 %).
    Past counts are told as what they are.
    """
    if not touched:
        return (), Coverage("partners", State.NOT_ANALYSED, "No touched part to start from.")
    along = Along.of(activity, today)
    known = [key for key in dict.fromkeys(touched) if along.changed(key) >= ENOUGH]
    if not known:
        note = f"No touched part changed {ENOUGH} times in {along.known.years}."
        return (), Coverage("partners", State.TOO_LITTLE, note)
    free = [one for one in activity.codebase.components if one.key not in touched and not mentioned(one)]
    pairs = _strongest([pair for key in known for one in free if (pair := along.pair(key, one.key))])
    told = tuple(_told(along, pair, today, ledger, repository) for pair in pairs)
    return told, Coverage("partners", State.FINDING if told else State.NOTHING, _looked_at(along, known))


@dataclass(frozen=True, slots=True)
class Pair:
    """A touched part and one that goes with it more than chance."""

    of: str
    component: str
    together: int
    times: int
    usual: float
    low: float  # of the share, 95 %


@dataclass(frozen=True)
class Along:
    """Which parts changed in which landings: a table over the landings that count."""

    activity: Activity
    landings: IntArray  # positions, ascending
    table: NDArray[np.bool_]  # landings x components
    known: Known  # up to when it was counted

    @classmethod
    def of(cls, activity: Activity, today: date) -> Along:
        """The table of the two years up to the end of `today`, or of a stale clone's newest landing."""
        history, known = activity.history, Known.of([activity], today)
        end = known.end
        files = np.bincount(activity.row_landing, minlength=len(history.landings))
        recent = (history.at < end) & (history.at >= end - WINDOW * DAY)
        landings = np.flatnonzero(recent & (files > 0) & (files <= MANY_FILES)).astype(np.int32)
        landing, part = activity.pairs
        place = np.searchsorted(landings, landing)
        kept = np.isin(landing, landings)
        table = np.zeros((len(landings), len(activity.components)), dtype=bool)
        table[place[kept], part[kept]] = True
        return cls(activity, landings, table, known)

    @property
    def window(self) -> tuple[str, str]:
        """Their first and last day, ISO."""
        end = self.known.end
        return day_of(end - WINDOW * DAY).isoformat(), day_of(end - 1).isoformat()

    def column(self, key: str) -> NDArray[np.bool_]:
        """In which of the landings the component changed."""
        changed: NDArray[np.bool_] = self.table[:, self.activity.components.index(key)]
        return changed

    def changed(self, key: str) -> int:
        """How many of the landings changed the component; 0 for a key that is not there."""
        return int(self.column(key).sum()) if key in self.activity.components else 0

    def pair(self, of: str, key: str) -> Pair | None:
        """`key` as a partner of `of`, None when it is not one."""
        a, b = self.column(of), self.column(key)
        times, together = int(a.sum()), int((a & b).sum())
        newer = b[a][times // 2 :]
        if together < SUPPORT or together < SHARE * times or newer.mean() < SHARE:
            return None
        usual, low = self.usual(of, key), wilson(together, times)[0]
        return Pair(of, key, together, times, usual, low) if low > usual else None

    def usual(self, of: str, key: str) -> float:
        """The share of `of`'s landings that `key` would be in if parts changed along by how active they are.

        Each landing keeps its number of parts; never less than `key`'s share of all landings.
        """
        a, counts = self.column(of), self.table.sum(axis=0)
        others = counts.sum() - counts[self.activity.components.index(of)]
        own = counts[self.activity.components.index(key)]
        along = (self.table[a].sum(axis=1) - 1) * own / max(1, others)
        return float(max(np.minimum(1.0, along).mean(), own / max(1, len(self.landings))))

    def as_active(self, key: str, of: str) -> NDArray[np.intp]:
        """Positions of the components that changed about as often as `key`, without it and `of`."""
        counts = self.table.sum(axis=0)
        position, other = (self.activity.components.index(one) for one in (key, of))
        distance = np.abs(np.log(np.maximum(counts, 0.5) / max(counts[position], 0.5)))
        distance[[position, other]] = np.inf
        like = np.flatnonzero(distance <= np.log(LIKE))
        nearest = np.argsort(distance, kind="stable")[:FEWEST_LIKE]
        chosen = like if len(like) >= FEWEST_LIKE else nearest
        seated: NDArray[np.intp] = chosen[np.isfinite(distance[chosen])]
        return seated


def wilson(hits: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson score interval of a share of `hits` in `n`, 95 % by default (Wilson 1927)."""
    if n <= 0:
        return 0.0, 1.0
    share, width = hits / n, z * z / n
    middle = share + width / 2
    half = z * float(np.sqrt(share * (1 - share) / n + width / (4 * n)))
    return max(0.0, (middle - half) / (1 + width)), min(1.0, (middle + half) / (1 + width))


def _strongest(pairs: list[Pair]) -> list[Pair]:
    best: dict[str, Pair] = {}
    for pair in sorted(pairs, key=lambda one: (-one.low, one.component, one.of)):
        best.setdefault(pair.component, pair)
    return list(best.values())[:SHOWN]


def _told(along: Along, pair: Pair, today: date, ledger: Ledger, repository: str) -> Partner:
    activity = along.activity
    both = along.landings[along.column(pair.of) & along.column(pair.component)]
    last = day_of(activity.history.at[both].max())
    name, of_name = (activity.codebase.by_key[key].name for key in (pair.component, pair.of))
    row = ledger.file(
        "P01",
        f"Landings of {along.known.years} that changed {of_name}, and which of them changed {name} too.",
        n=pair.times,
        sources=cite(activity.history, both, repository),
        window=along.window,
    )
    seen = f"{pair.together} of the last {pair.times} times, last on {phrase.day(last, today=today)}"
    return Partner(
        repository,
        pair.component,
        name,
        pair.of,
        of_name,
        together=Figure(pair.together, row),
        times=Figure(pair.times, row),
        usual=Figure(pair.usual, row),
        last=last.isoformat(),
        files=_files(activity, both, pair.component),
        sentence=f"when {of_name} changed, this changed too: {seen}",
        ask=f"Does {name} change too, or can it stay as it is?",
        technical=_technical(pair),
    )


def _technical(pair: Pair) -> str:
    low, high = wilson(pair.together, pair.times)
    return (
        f"P({pair.component} | {pair.of}) = {pair.together / pair.times:.2f} (95 %: {low:.2f}..{high:.2f}), "
        f"support {pair.together}; a part as active would be along in {pair.usual:.2f}; linked in history"
    )


def _files(activity: Activity, landings: IntArray, key: str) -> tuple[str, ...]:
    position = activity.components.index(key)
    rows = np.isin(activity.row_landing, landings) & (activity.file_component[activity.row_file] == position)
    counts = np.bincount(activity.row_file[rows], minlength=len(activity.history.paths))
    there = {one.path for one in activity.codebase.product}
    often = np.argsort(-counts, kind="stable")[: int(np.count_nonzero(counts))]
    paths = (activity.history.paths[file] for file in often)
    return tuple([path for path in paths if path in there][:3])


def _looked_at(along: Along, known: Sequence[str]) -> str:
    parts = phrase.plural(len(known), "touched part")
    return f"{len(along.landings):,} landings of {along.known.years} around {parts}, against chance."
