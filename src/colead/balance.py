"""Balance: how work divides into features, fixes and the health that was chosen, against what is agreed.

Shares are sums of chances. Their ranges hold what the shipped model was off by on
repositories that it was not fitted on, so they are wide; a difference is told only
where it is beyond them and beyond chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from colead.activity import Activity
from colead.audit import Audited
from colead.citing import DAY, cite, day_of, end_of
from colead.evidence import Coverage, Evidence, Figure, Ledger, State
from colead.history import Kind
from colead.kinds import HEALTH, Kinds
from colead.phrase import MONTHS, day, listing

SCHEMA, CODE = "colead.balance/1", "L01"
USUAL = 0.2
WIDE = 1.645  # standard deviations either way that hold 90 %
BIAS = 0.11  # a share told by the model is off by, beyond chance; see docs/benchmarks.md
SHIFT = 0.06  # the same, around what it is off by in this repository anyhow
REAL = 0.05  # below it no difference is told
LATELY = 91  # days
FEWEST, FEWEST_LATELY = 5, 20  # landings of a row; of a whole or a quarter that is compared
PARTS, SHOWN = 5, 12
LEFT_OUT = {
    Kind.BOT: "by automations",
    Kind.BUMP: "moved a version or a dependency",
    Kind.BULK: "changed more than 30 files at once",
    Kind.GENERATED: "changed generated files alone",
}

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What an area agreed on: the share of health, and which kinds of work count as health."""

    share: float = USUAL
    health: tuple[str, ...] = HEALTH
    written: bool = False  # in the settings; else the defaults
    labels: Mapping[str, str] = field(default_factory=dict)  # of issues, plain, that mean a kind of work here


@dataclass(frozen=True, slots=True)
class Row:
    """How the landings of a month or of a part divide; shares of 1, each with its 90 % range."""

    name: str  # "all", a month ("2026-10") or a part's name
    landings: int
    features: Figure
    fixes: Figure
    health: Figure
    other: Figure  # kinds of health that the area does not count as such


@dataclass(frozen=True, slots=True)
class Balanced:
    """The balance of one repository."""

    repository: str
    tip: str
    since: str
    sentence: str
    product: str
    engineering: str
    lately: str  # "" where nothing moved that could be told from chance
    whole: Row | None
    months: tuple[Row, ...]
    parts: tuple[Row, ...]
    coverage: Coverage
    left_out: str
    by_hand: int  # changes sorted by hand that the shares are set right by
    sorted_on: str  # the newest ISO date of them, "" where none is known
    notes: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """How the work of one or several repositories divides."""

    schema: str
    version: str
    made: str
    today: str
    agreed: float
    counted: tuple[str, ...]  # kinds of work that count as health here
    written: bool
    repositories: tuple[Balanced, ...]


def since_of(today: date) -> date:
    """The first day of the month eleven months before `today`, or of time."""
    months = max(date.min.year * 12, today.year * 12 + today.month - SHOWN)
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True)
class Balancing:
    """One repository while it is balanced."""

    activity: Activity
    kinds: Kinds
    agreed: Agreed
    since: date
    today: date
    repository: str
    ledger: Ledger
    audit: Audited | None = None  # whose kinds are `kinds`

    def row(self, name: str, chosen: NDArray[np.bool_], what: str) -> Row:
        """The chosen ones of `kinds` as a row, filed as evidence."""
        health = self.kinds.share(self.agreed.health)
        rest = tuple(one for one in HEALTH if one not in self.agreed.health)
        surest = self.kinds.landing[chosen][np.argsort(-health[chosen], kind="stable")][:12]
        guessed = int((chosen & ~self.kinds.said).sum())
        by_hand = int((chosen & self.audit.by_hand).sum()) if self.audit else 0
        sorted_ = f"{by_hand:,} were sorted by hand, {guessed:,}" if self.audit else f"{guessed:,}"
        filed = self.ledger.file(
            CODE,
            f"{what}: the chances of each kind added up; {chosen.sum() - guessed - by_hand:,} are told by "
            f"their prefix{' or a label' if self.kinds.labelled else ''}, {sorted_} by the shipped model. "
            "Listed: the likeliest health work.",
            n=int(chosen.sum()),
            sources=cite(self.activity.history, surest, self.repository),
            window=(self.since.isoformat(), self.today.isoformat()),
        )
        chances = (self.kinds.share(("feature",)), self.kinds.share(("fix",)), health, self.kinds.share(rest))
        return Row(name, int(chosen.sum()), *(self._figure(one, chosen, filed) for one in chances))

    def _figure(self, chance: Floats, chosen: NDArray[np.bool_], filed: str) -> Figure:
        share, wide = float(chance[chosen].mean()), WIDE * self.error(chance, chosen)
        return Figure(share, filed, max(0.0, share - wide), min(1.0, share + wide))

    def error(self, chance: Floats, chosen: NDArray[np.bool_], bias: float | None = None) -> float:
        """Standard deviation of a share: the model's, or `bias` of it, and the chance of each landing."""
        if bias is None:
            bias = self.audit.unsure(chosen) if self.audit else BIAS
        guessed = float((~self.kinds.said[chosen]).mean()) if chance.any() else 0.0
        alone = float((chance[chosen] * (1 - chance[chosen])).sum()) / int(chosen.sum()) ** 2
        return float(np.sqrt((bias * guessed) ** 2 + alone))

    def differs(self) -> float:
        """Health less what is agreed, 0 where that is no real difference."""
        chance = self.kinds.share(self.agreed.health)
        every = np.ones(len(chance), dtype=bool)
        off = float(chance.mean()) - self.agreed.share
        error = np.hypot(self.error(chance, every), _by_chance(float(chance.mean()), len(chance)))
        return off if abs(off) >= REAL and abs(off) > WIDE * error else 0.0

    def lately(self) -> str:
        """A sentence on the last three months where health really moved, else ""."""
        chance = self.kinds.share(self.agreed.health)
        new = self.activity.history.at[self.kinds.landing] >= end_of(self.today - timedelta(days=LATELY))
        if min(new.sum(), (~new).sum()) < FEWEST_LATELY:
            return ""
        now, then = float(chance[new].mean()), float(chance[~new].mean())
        guessed = [float((~self.kinds.said[one]).mean()) for one in (new, ~new)]
        errors = [self.error(chance, one, SHIFT) for one in (new, ~new)]
        by_chance = [_by_chance(now, int(new.sum())), _by_chance(then, int((~new).sum()))]
        level = self.audit.lean if self.audit else BIAS
        error = np.linalg.norm([*errors, *by_chance, level * (guessed[0] - guessed[1])])
        if abs(now - then) < REAL or abs(now - then) <= WIDE * error:
            return ""
        return f"In the last three months it was about {percent(now)}, before that about {percent(then)}."

    def months(self) -> tuple[Row, ...]:
        """A row per calendar month, the last twelve, oldest first; months with few landings are left out."""
        days = [day_of(one) for one in self.activity.history.at[self.kinds.landing].tolist()]
        month = np.array([one.year * 12 + one.month - 1 for one in days])
        last = self.today.year * 12 + self.today.month - 1
        rows = []
        for each in range(last - SHOWN + 1, last + 1):
            if (chosen := month == each).sum() >= FEWEST:
                named = f"{MONTHS[each % 12]} {each // 12}"
                what = f"Changes by people that landed in {named}"
                rows.append(self.row(f"{each // 12}-{each % 12 + 1:02}", chosen, what))
        return tuple(rows)

    def parts(self) -> tuple[Row, ...]:
        """A row for each of the parts that changed most often."""
        landing, part = self.activity.pairs
        components = self.activity.codebase.components
        kept = np.isin(landing, self.kinds.landing)
        count = np.bincount(part[kept], minlength=len(components))
        first = [int(one) for one in np.argsort(-count, kind="stable")[:PARTS] if count[one] >= FEWEST_LATELY]
        return tuple(
            self.row(
                components[one].name,
                np.isin(self.kinds.landing, landing[part == one]),
                f"Changes by people to product files of {components[one].name}",
            )
            for one in first
        )

    def told(self) -> tuple[str, str, str]:
        """The headline and a sentence for each side."""
        count, health = len(self.kinds.landing), self.kinds.share(self.agreed.health)
        every = np.ones(count, dtype=bool)
        figure = self._figure(health, every, "")
        head = f"{_about(figure)} of {count:,} changes by people went into system health. {self._against()}"
        new, fixed = (100 * float(self.kinds.share((name,)).mean()) for name in ("feature", "fix"))
        built = f"Of 100 changes about {new:.0f} built something new and {fixed:.0f} fixed what was wrong."
        share = {name: float(self.kinds.share((name,)).mean()) for name in self.agreed.health}
        most = [name for name in sorted(share, key=lambda one: -share[one])[:3] if share[name] >= 0.01]
        named = listing([f"{name} (about {percent(share[name])})" for name in most])
        most_told = f"Most of the health work was {named}." if named else "Hardly any change was health work."
        return head, f"{built} Fixes are not counted as health.", most_told

    def _against(self) -> str:
        share, off = percent(self.agreed.share), self.differs()
        named = (
            f"the {share} agreed" if self.agreed.written else f"the usual {share}; nothing is agreed here yet"
        )
        if not off:
            return f"It cannot be told apart from {named}."
        return f"That is {'more' if off > 0 else 'less'} than {named}."


def balanced(
    activity: Activity,
    found: Kinds,
    agreed: Agreed,
    *,
    since: date,
    today: date,
    repository: str,
    notes: Sequence[str] = (),
    audit: Audited | None = None,
) -> Balanced:
    """The balance of a repository from `since` to `today`; the kinds of an audit go before those found."""
    ledger = Ledger()
    found = audit.kinds if audit else found
    desk = Balancing(activity, found, agreed, since, today, repository, ledger, audit)
    count = len(found.landing)
    enough = count >= FEWEST_LATELY
    every = np.ones(count, dtype=bool)
    whole = desk.row("all", every, "Changes by people in the whole time") if enough else None
    changes = f"{count} change{'' if count == 1 else 's'} by people"
    few = f"Only {changes}: too few to tell how they divide."
    said = desk.told() if enough else (few, "", "")
    return Balanced(
        repository=repository,
        tip=activity.history.tip,
        since=since.isoformat(),
        sentence=said[0],
        product=said[1],
        engineering=said[2],
        lately=desk.lately() if enough else "",
        whole=whole,
        months=desk.months() if enough else (),
        parts=desk.parts() if enough else (),
        coverage=_coverage(found, enough, audit),
        left_out=_left_out(activity, since),
        by_hand=audit.count if audit else 0,
        sorted_on=audit.last.isoformat() if audit and audit.last else "",
        notes=tuple(notes),
        evidence=ledger.table(),
    )


def _coverage(found: Kinds, enough: bool, audit: Audited | None) -> Coverage:
    count, said = len(found.landing), int(found.said.sum())
    state = State.FINDING if enough else State.TOO_LITTLE
    if not enough:
        changes = f"{count} change{'' if count == 1 else 's'} by people"
        note = f"{changes}, and at least {FEWEST_LATELY} are needed."
        return Coverage("balance", state, note)
    if said == count and not audit:
        who = "Every title or label says the kind" if found.labelled else "Every title says its kind itself"
        return Coverage("balance", state, f"{who}, so there is nothing to guess.")
    guess = "the rest is an estimate from words and files, hence the ranges"
    if audit:
        said -= int(audit.by_hand.sum())
        on = f", the last on {day(audit.last)}" if audit.last else ""
        guess = f"{audit.count} were sorted by hand{on}, and set right the estimate of the rest"
    label = f", by an issue's label {found.labelled:,}" if found.labelled else ""
    named = f"Kind named in the title: {max(0, said - found.labelled):,}{label} of {count:,}"
    return Coverage("balance", state, f"{named}; {guess}.")


def _left_out(activity: Activity, since: date) -> str:
    """What was no work of people's own, in words."""
    start = end_of(since) - DAY
    landings = activity.history.landings
    count = Counter(one.kind for one in landings if one.at >= start)
    return listing([f"{count[kind]:,} {words}" for kind, words in LEFT_OUT.items() if count[kind]])


def _by_chance(share: float, count: int) -> float:
    return float(np.sqrt(share * (1 - share) / count))


def _about(one: Figure) -> str:
    low, high = one.low or 0.0, one.high or 0.0
    if percent(low) == percent(high):
        return percent(one.value)
    return f"About {percent(one.value)} ({percent(low)} to {percent(high)})"


def percent(share: float) -> str:
    """A share in hundredths: "18 %"."""
    return f"{100 * share:.0f} %"
