"""Tradeoff: "if we skip X, Y is at risk": repair or feature, with odds, size, time,
and who accepted it until when.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from colead import phrase
from colead.activity import Activity
from colead.citing import DAY, cite, day_of
from colead.evidence import Coverage, Figure, Ledger, State
from colead.history import MANY_FILES, IntArray
from colead.pace import Known
from colead.partner import WINDOW, Along, Partner, wilson
from colead.question import Side

ENOUGH = 20  # cases in either group
SOON = 3 * DAY  # in which a left-out partner shows up
LATER = 90 * DAY  # in which a fix counts as needed
SAME_WORK = DAY  # a fix this close is part of the same piece of work
SHOWN = 3
BEFORE = 180 * DAY  # in which changes say how busy a file is
SIZES = np.array([1, 2, 3, 5, 9, 16])  # files changed, and
BUSY = np.array([0, 1, 3, 6, 12])  # changes of the busiest of them: like is compared with like
ENOUGH_IN_BAND = 5
WAITING = "What waiting costs is not analysed: no requests are imported."

# Only consequences that were measured on many repositories are told, and each only where this repository's
# own history shows it. Tests in the same change and recent refactoring showed none: no word of them.
EFFECTS: Mapping[str, str] = {
    "X01": "Back-test on 12 public repositories, 22 November 2026: a left-out partner was touched within "
    "three days in 33 to 48 % of cases, parts as active that never go along in 24 to 29 %",
    "X02": "Back-test on 20 public repositories, 19,879 changes, 22 November 2026: 8 % of those in one part "
    "led to a fix within 90 days, 21 to 32 % of those in three and more; mostly for their size, so like "
    "sizes are compared",
}


@dataclass(frozen=True, slots=True)
class Tradeoff:
    """One consequence of leaving something out, told from this repository's own history."""

    skip: str  # what is skipped: stands behind "if we skip" and, with a colon, before the sentence
    side: Side  # whose uncomfortable news it is
    here: Figure  # share of like cases, 0..1
    usual: Figure  # share in the comparison group, 0..1
    sentence: str
    technical: str
    code: str = "X01"


@dataclass(frozen=True, slots=True)
class Groups:
    """Like cases against a comparison group: how many, and the share in which it happened."""

    n: int
    here: float
    others: int
    usual: float
    highest: float  # of `usual`, the upper end of its 95 % interval
    cases: IntArray  # landings in which it happened

    @property
    def enough(self) -> bool:
        """Whether both groups are large enough to speak of."""
        return min(self.n, self.others) >= ENOUGH

    @property
    def apart(self) -> bool:
        """Whether the 95 % intervals are apart, and the odds differ in words too."""
        low = wilson(round(self.here * self.n), self.n)[0]
        return self.enough and low > self.highest and phrase.odds(self.here) != phrase.odds(self.usual)


def tradeoffs(
    activity: Activity,
    touched: Sequence[str],
    partners: Sequence[Partner],
    *,
    today: date,
    ledger: Ledger,
    repository: str,
) -> tuple[tuple[Tradeoff, ...], Coverage]:
    """What tends to follow here when something is left out, at most three; associations, not causes.

    X01: a partner (of `partners`) is left out; how often it changes within
    three days anyway, against parts as active that do not go with the touched
    one. X02: no time is kept for repairs; how often changes that reach as many
    parts as this idea need a fix on the same files within 90 days, against
    changes of as many files within one part.
    """
    if not touched:
        return (), Coverage("tradeoffs", State.NOT_ANALYSED, f"No touched part to start from. {WAITING}")
    scene = Scene(activity, today, ledger, repository)
    left_out = [(one, left_out_partner(activity, one, today)) for one in partners]
    reach, wide = wide_changes(activity, len(set(touched)), today)
    told = [scene.partner(one, groups) for one, groups in left_out if groups.apart]
    told += [scene.wide(reach, wide)] if wide.apart else []
    state = _state(told, [groups for _, groups in left_out] + [wide])
    return tuple(told[:SHOWN]), Coverage("tradeoffs", state, f"{_looked_at(reach, wide, left_out)} {WAITING}")


def left_out_partner(activity: Activity, partner: Partner, today: date) -> Groups:
    """Landings that changed the partner's touched part without it: was it changed within three days?

    Compared with parts as active that are no partners of the touched part,
    because partners are chosen for being busy.
    """
    along = Along.of(activity, today)
    landings, hits = _soon_after(along, partner.of, partner.component)
    keys = (activity.components[one] for one in along.as_active(partner.component, partner.of))
    others = [_soon_after(along, partner.of, key)[1] for key in keys if not along.pair(partner.of, key)]
    pooled = np.concatenate(others) if others else np.zeros(0, dtype=bool)
    # The same landings stand in every comparison, so they count once for how sure the share is.
    size = int(np.mean([len(one) for one in others])) if others else 0
    usual = float(pooled.mean()) if size else 0.0
    highest = wilson(round(usual * size), size)[1]
    return Groups(len(hits), _mean(hits), size, usual, highest, landings[hits])


def wide_changes(activity: Activity, parts: int, today: date) -> tuple[int, Groups]:
    """Landings that reached at least `parts` parts: did the same files need a fix within 90 days?

    Compared with landings within one part, like with like: by how many files
    they changed and how busy these had been, weighted as the wide ones are.
    When fewer than ENOUGH reach so far, the largest reach that enough landings
    have (at least two parts). Returns the reach used, too.
    """
    landings, files = _settled(activity, today)
    spread, fixed = activity.spread[landings], fixed_later(activity)[landings]
    reach = max(2, parts)
    while reach > 2 and np.sum(spread >= reach) < ENOUGH:
        reach -= 1
    band = _band(files, SIZES) * len(BUSY) + _band(busy_before(activity)[landings], BUSY)
    return reach, _alike(band, spread >= reach, spread == 1, fixed, landings)


def _alike(
    band: NDArray[np.intp],
    wide: NDArray[np.bool_],
    narrow: NDArray[np.bool_],
    fixed: NDArray[np.bool_],
    landings: IntArray,
) -> Groups:
    """The wide landings against the narrow ones of the same bands (direct standardisation)."""
    size = len(SIZES) * len(BUSY)
    wanted, n, hits = (np.bincount(band[one], minlength=size) for one in (wide, narrow, narrow & fixed))
    shared = (wanted > 0) & (n >= ENOUGH_IN_BAND)
    counted = wide & shared[band]
    weights = wanted[shared] / max(1, int(counted.sum()))
    smooth = (hits[shared] + 0.5) / (n[shared] + 1)
    usual = float(weights @ (hits[shared] / n[shared]))
    error = float(np.sqrt(np.sum(weights**2 * smooth * (1 - smooth) / n[shared])))
    highest = usual + 1.96 * error
    happened = landings[counted & fixed]
    return Groups(int(counted.sum()), _mean(fixed[counted]), int(n[shared].sum()), usual, highest, happened)


def fixed_later(activity: Activity) -> NDArray[np.bool_]:
    """Which landings were followed by a fix on one of the same product files, 1 to 90 days later."""
    history, rows = activity.history, activity.row_landing
    key = _file_and_time(activity)
    fixes = np.append(np.sort(key[history.is_fix[rows]]), np.iinfo(np.int64).max)
    following = fixes[np.searchsorted(fixes, key + SAME_WORK, side="right")]
    return np.bincount(rows[following <= key + LATER], minlength=len(history.landings)) > 0


def busy_before(activity: Activity) -> NDArray[np.int64]:
    """How often the busiest product file of each landing had been changed in the 180 days before."""
    key = _file_and_time(activity)
    ordered = np.sort(key)
    before = np.searchsorted(ordered, key) - np.searchsorted(ordered, key - BEFORE)
    busiest = np.zeros(len(activity.history.landings), dtype=np.int64)
    np.maximum.at(busiest, activity.row_landing, before)
    return busiest


def _file_and_time(activity: Activity) -> NDArray[np.int64]:
    """One number per row, ordered by file, then by time, with room between files for the spans used here."""
    at = activity.history.at
    span = int(at.max()) + LATER + BEFORE + 1 if len(at) else 1
    key: NDArray[np.int64] = activity.row_file.astype(np.int64) * span + at[activity.row_landing]
    return key


def _band(values: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.intp]:
    band: NDArray[np.intp] = np.searchsorted(starts, values, side="right") - 1
    return band


@dataclass(frozen=True)
class Scene:
    """Where tradeoffs are told from."""

    activity: Activity
    today: date
    ledger: Ledger
    repository: str

    @property
    def known(self) -> Known:
        """Up to when the history tells."""
        return Known.of([self.activity], self.today)

    def partner(self, partner: Partner, groups: Groups) -> Tradeoff:
        """X01 in words."""
        method = (
            f"Landings of {self.known.years} that changed {partner.of_name} without {partner.name}; "
            f"whether {partner.name} changed within three days, against parts as active."
        )
        happened = f"{partner.name} was changed within three days {phrase.often(groups.here)} anyway"
        return self._told(
            "X01",
            f"changing {partner.name} along",
            Side.ENGINEERING,
            groups,
            method,
            f"When {partner.of_name} changed without it, {happened}; "
            f"{phrase.often(groups.usual)} is usual for a part as busy.",
        )

    def wide(self, reach: int, groups: Groups) -> Tradeoff:
        """X02 in words."""
        method = (
            f"Landings of {self.known.years} that reached {reach} or more parts; whether one of their files "
            "needed a fix within 90 days, against landings in one part of as many files that were as busy."
        )
        parts = f"{phrase.number(reach)} or more parts"
        return self._told(
            "X02",
            "time for repairs afterwards",
            Side.PRODUCT,
            groups,
            method,
            f"Changes that reached {parts} needed a fix within three months {phrase.often(groups.here)} "
            f"here; changes like them in one part {phrase.often(groups.usual)}.",
        )

    def _told(self, code: str, skip: str, side: Side, groups: Groups, method: str, sentence: str) -> Tradeoff:
        sources = cite(self.activity.history, groups.cases, self.repository)
        window = tuple(day_of(one).isoformat() for one in (self.known.end - WINDOW * DAY, self.known.end - 1))
        row = self.ledger.file(code, method, n=groups.n, sources=sources, window=(window[0], window[1]))
        low, high = wilson(round(groups.here * groups.n), groups.n)
        here = Figure(groups.here, row, low, high)
        usual = Figure(groups.usual, row, None, groups.highest)
        technical = (
            f"{groups.here:.2f} of {groups.n} (95 %: {low:.2f}..{high:.2f}) against {groups.usual:.2f} of "
            f"{groups.others} (up to {groups.highest:.2f}); an association, not a cause"
        )
        return Tradeoff(skip, side, here, usual, sentence, technical, code)


def _soon_after(along: Along, of: str, key: str) -> tuple[IntArray, NDArray[np.bool_]]:
    """Landings that changed `of` and not `key`, and whether `key` changed within SOON after each."""
    history = along.activity.history
    landings = along.landings[along.column(of) & ~along.column(key)]
    landings = landings[history.at[landings] <= along.known.end - SOON]
    moments = np.sort(history.at[along.activity.landings_of(along.activity.components.index(key))])
    moments = np.append(moments, np.iinfo(np.int64).max)
    next_time = moments[np.searchsorted(moments, history.at[landings], side="right")]
    return landings, next_time - history.at[landings] <= SOON


def _settled(activity: Activity, today: date) -> tuple[IntArray, NDArray[np.int64]]:
    """People's landings of two years that are LATER old, of at most MANY_FILES files; their file counts."""
    history, end = activity.history, Known.of([activity], today).end
    files = np.bincount(activity.row_landing, minlength=len(history.landings))
    old = (history.at < end - LATER) & (history.at >= end - WINDOW * DAY)
    landings = np.flatnonzero(old & (files > 0) & (files <= MANY_FILES)).astype(np.int32)
    return landings, files[landings]


def _mean(hits: NDArray[np.bool_]) -> float:
    return float(hits.mean()) if len(hits) else 0.0


def _state(told: Sequence[Tradeoff], groups: Sequence[Groups]) -> State:
    if told:
        return State.FINDING
    return State.NOTHING if any(one.enough for one in groups) else State.TOO_LITTLE


def _looked_at(reach: int, wide: Groups, left_out: Sequence[tuple[Partner, Groups]]) -> str:
    partners = "".join(f", {groups.n} without {one.name}" for one, groups in left_out)
    changes = "change" if wide.n == 1 else "changes"
    count = f"{wide.n:,}" if wide.n else "no"
    return f"{count} comparable {changes} across {phrase.number(reach)} or more parts{partners}."
