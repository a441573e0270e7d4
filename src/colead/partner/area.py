"""Partners in another repository of the area: parts that often change for the same ticket or branch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from colead import phrase
from colead.activity import Activity
from colead.citing import DAY, cite, day_of
from colead.codebase import Component
from colead.evidence import Figure, Ledger
from colead.history import MANY_FILES, IntArray
from colead.pace import Known
from colead.partner.along import SHARE, SUPPORT, WINDOW, Pair, changed_most, wilson
from colead.partner.parts import Link, Partner

NEAR = 30 * DAY  # between the two repositories' changes for one ticket
ANYBODY = frozenset("main master develop dev trunk staging release next fix hotfix patch-1 update".split())
ELSEWHERE = Link("not analysed", "whether the code shows it was not analysed: it lies in another repository")


@dataclass(frozen=True)
class Side:
    """One repository of the area: what people change there, and its name."""

    name: str
    activity: Activity


def across(
    here: Side,
    there: Side,
    touched: Sequence[str],
    free: Callable[[Component], bool],
    *,
    today: date,
    ledger: Ledger,
) -> tuple[Partner, ...]:
    """Parts `there` that usually change for the same ticket or branch as the touched parts (keys) `here`.

    Counted over the tickets and branches of the last two years that a touched
    part was changed for; the other repository's changes that bear the same name
    count within 30 days. At most one for each touched part, by the rule of
    partners: 6 times and 3 in 10 at least, the newer half too, and more often
    than tickets of any part here. Changes that are merely near in time are not
    counted: between repositories that have nothing in common they were as frequent.
    """
    shared = _Shared.of(here, there, Known.of([here.activity], today))
    seats = [(number, one) for number, one in enumerate(there.activity.codebase.components) if free(one)]
    told: dict[str, Partner] = {}
    for key in touched:
        found = max(shared.pairs(key, seats), key=lambda one: (one.low, one.component), default=None)
        if found and found.component not in told:
            told[found.component] = _told(shared, found, today, ledger)
    return tuple(told.values())


@dataclass(frozen=True)
class _Shared:
    """Tickets and branches of one repository, oldest first, with the parts changed for them in both."""

    here: Side
    there: Side
    known: Known
    own: NDArray[np.bool_]  # tickets x components here
    other: NDArray[np.bool_]  # tickets x components there
    landings: tuple[tuple[int, ...], ...]  # there, of each ticket

    @classmethod
    def of(cls, here: Side, there: Side, known: Known) -> _Shared:
        mine, theirs = (_tickets(one.activity, known.end) for one in (here, there))
        order = sorted(mine, key=lambda one: mine[one][-1])
        at, their_at = here.activity.history.at, there.activity.history.at
        near = tuple(
            tuple(one for one in theirs.get(key, ()) if np.abs(at[mine[key]] - their_at[one]).min() <= NEAR)
            for key in order
        )
        own = _table(here.activity, [mine[key] for key in order])
        return cls(here, there, known, own, _table(there.activity, near), near)

    def pairs(self, of: str, seats: Sequence[tuple[int, Component]]) -> Iterator[Pair]:
        """The parts there that qualify as partners of a part here."""
        if of not in self.here.activity.components:
            return
        changed = self.own[:, self.here.activity.components.index(of)]
        times = int(changed.sum())
        for number, one in seats:
            along = self.other[changed, number]
            together = int(along.sum())
            if together < max(SUPPORT, SHARE * times) or along[times // 2 :].mean() < SHARE:
                continue
            usual, low = float(self.other[:, number].mean()), wilson(together, times)[0]
            if low > usual:
                yield Pair(of, one.key, together, times, usual, low)

    def both(self, pair: Pair) -> IntArray:
        """The landings there that changed the partner for a ticket that the touched part was changed for."""
        changed = self.own[:, self.here.activity.components.index(pair.of)]
        wanted = [one for some, kept in zip(self.landings, changed, strict=True) if kept for one in some]
        of_part = self.there.activity.landings_of(self.there.activity.components.index(pair.component))
        found: IntArray = np.intersect1d(of_part, wanted).astype(np.int32)
        return found


def _tickets(activity: Activity, end: int) -> dict[str, list[int]]:
    """People's landings on product files in the window, by ticket or branch that may stand elsewhere too."""
    history = activity.history
    files = np.bincount(activity.row_landing, minlength=len(history.landings))
    recent = (history.at < end) & (history.at >= end - WINDOW * DAY) & (files > 0) & (files <= MANY_FILES)
    found: dict[str, list[int]] = {}
    for position in np.flatnonzero(recent).tolist():
        for key in history.landings[position].efforts:
            if _means_the_same(key):
                found.setdefault(key, []).append(position)
    return found


def _means_the_same(key: str) -> bool:
    """Whether a name is one that another repository would use for the same work: no number of its own."""
    return not key.startswith("#") and key.rpartition("/")[2].lower() not in ANYBODY


def _table(activity: Activity, tickets: Sequence[Sequence[int]]) -> NDArray[np.bool_]:
    table = np.zeros((len(tickets), len(activity.components)), dtype=bool)
    landing, part = activity.pairs
    first = np.searchsorted(landing, np.arange(len(activity.history.landings) + 1))
    for row, some in enumerate(tickets):
        for one in some:
            table[row, part[first[one] : first[one + 1]]] = True
    return table


def _told(shared: _Shared, pair: Pair, today: date, ledger: Ledger) -> Partner:
    activity, both, end = shared.there.activity, shared.both(pair), shared.known.end
    last = day_of(activity.history.at[both].max())
    name = activity.codebase.by_key[pair.component].name
    of_name = shared.here.activity.codebase.by_key[pair.of].name
    row = ledger.file(
        "P03",
        f"Tickets and branches of {shared.known.years} that changed {of_name} in {shared.here.name}, "
        f"and which of them changed {name} in {shared.there.name}.",
        n=pair.times,
        sources=cite(activity.history, both, shared.there.name),
        window=(
            day_of(end - WINDOW * DAY).isoformat(),
            day_of(end - 1).isoformat(),
        ),
    )
    seen = f"{pair.together} of the last {pair.times} times, last on {phrase.day(last, today=today)}"
    return Partner(
        shared.there.name,
        pair.component,
        name,
        pair.of,
        of_name,
        together=Figure(pair.together, row),
        times=Figure(pair.times, row),
        chance=Figure(pair.chance, row),
        usual=Figure(pair.usual, row),
        last=last.isoformat(),
        files=changed_most(activity, both, pair.component)[:3],
        link=ELSEWHERE,
        sentence=f"changed for the same ticket or branch as {of_name} {seen}; "
        f"expect it {phrase.often(pair.chance)}",
        ask=f"Does {name} in {shared.there.name} change too, or can it stay as it is?",
        technical=f"P({pair.component} | {pair.of}) = {pair.together / pair.times:.2f} across repositories, "
        f"support {pair.together}; any ticket here: {pair.usual:.2f}",
        code="P03",
    )
