"""Told: tradeoffs from this repository's own history, in words, with their evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from colead import phrase
from colead.activity import Activity
from colead.citing import DAY, cite, day_of
from colead.evidence import Coverage, Figure, Ledger, State
from colead.pace import Known
from colead.partner import WINDOW, Partner, wilson
from colead.question import Side
from colead.risk import Planned
from colead.tradeoff.asking import NOT_IMPORTED
from colead.tradeoff.parts import Act, Tradeoff
from colead.tradeoff.past import Groups, left_out_partner, wide_changes

SHOWN = 3


def tradeoffs(
    activity: Activity,
    touched: Sequence[str],
    partners: Sequence[Partner],
    *,
    today: date,
    ledger: Ledger,
    repository: str,
    plan: Planned | None = None,
    demand: str = NOT_IMPORTED,
) -> tuple[tuple[Tradeoff, ...], Coverage]:
    """What tends to follow here when something is left out, at most three; associations, not causes.

    X01: a partner (of `partners`) is left out; how often it changes within
    three days anyway, against parts as active that do not go with the touched
    one. X02: no time is kept for repairs; how often a change like `plan` comes
    back for a fix within 90 days, against the usual one. Without a plan (too
    little is known of fragility): how often changes that reach as many parts as
    this idea were followed by a fix on the same files within 90 days, against
    changes of as many files within one part. `demand` is told with
    the coverage.
    """
    if not touched:
        return (), Coverage("tradeoffs", State.NOT_ANALYSED, f"No touched part to start from. {demand}")
    scene = Scene(activity, today, ledger, repository)
    left_out = [(one, left_out_partner(activity, one, today)) for one in partners]
    reach, wide = wide_changes(activity, len(set(touched)), today)
    told = [scene.partner(one, groups) for one, groups in left_out if groups.apart]
    note = _looked_at(reach, wide, left_out)
    if plan and plan.stands_out:
        risk = scene.planned(plan)
        note = f"{risk.sentence} {note}" if told else note  # a partner is nearer; the page stays short
        told = told or [risk]
    elif wide.apart and not plan:
        told += [scene.wide(reach, wide)]
    state = _state(told, [groups for _, groups in left_out] + [wide])
    return tuple(told[:SHOWN]), Coverage("tradeoffs", state, f"{note} {demand}")


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
        followed = f"{partner.name} followed within three days {phrase.often(groups.here)}"
        return self._told(
            "X01",
            f"changing {partner.name} along",
            Side.ENGINEERING,
            groups,
            method,
            f"When {partner.of_name} changed alone, {followed}; "
            f"{phrase.often(groups.usual)} is usual for a part as busy.",
            f"Out of the plan is not out of the work: {phrase.often(groups.here)} {partner.name} was "
            f"changed within three days all the same; {phrase.often(groups.usual)} is usual.",
            f"Of {groups.n:,} changes to {partner.of_name} without {partner.name}, "
            f"{phrase.often(groups.here)} one to it followed within three days; "
            f"parts as busy: {phrase.often(groups.usual)}.",
        )

    def planned(self, plan: Planned) -> Tradeoff:
        """X02 in words, of a plan."""
        history, activity = self.activity.history, self.activity
        wide = plan.landings[activity.spread[plan.landings] >= plan.parts]
        row = self.ledger.file(
            "X02",
            "Of a feature across so many parts: the chance that a fix changes its lines again within 90 "
            "days, told from their fragility and the share of fixes here by a formula fitted on 22 public "
            "repositories; usual is its mean for people's changes of two years. Listed: changes as wide.",
            n=len(plan.landings),
            sources=cite(history, wide, self.repository),
        )
        often, usual = phrase.often(plan.chance), phrase.often(plan.usual)
        fragile = {0: "", plan.parts: ", all fragile"}.get(
            plan.fragile, f", {phrase.number(plan.fragile)} of them fragile"
        )
        return Tradeoff(
            Act.SKIP,
            "time for repairs afterwards",
            Side.PRODUCT,
            Figure(plan.chance, row),
            Figure(plan.usual, row),
            f"Changes like this one ({phrase.number(plan.parts)} parts{fragile}) come back for a fix within "
            f"three months {often} here; {usual} is usual.",
            f"A date without room for repairs leaves out work that comes {often} within three months of such "
            f"a change; {usual} is usual.",
            f"A change in {phrase.number(plan.parts)} parts{fragile}: its own lines need a fix within three "
            f"months {often}; {usual} is usual here.",
            f"P {plan.chance:.2f} against a mean of {plan.usual:.2f} of {len(plan.landings):,} changes; "
            "logistic formula on parts, highest fragility, share of fixes; an association, not a cause",
            "X02",
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
            f"Changes that reached {parts} were followed by a fix of the same files within three months "
            f"{phrase.often(groups.here)} here; changes like them in one part {phrase.often(groups.usual)}.",
            f"A date without room for repairs leaves out work that came {phrase.often(groups.here)} within "
            f"three months of such a change; {phrase.often(groups.usual)} of one in a single part.",
            f"Of {groups.n:,} changes across {parts}, {phrase.often(groups.here)} a fix of the same files "
            f"followed within three months; changes as large and as busy in one part: "
            f" {phrase.often(groups.usual)}.",
        )

    def _told(
        self, code: str, skip: str, side: Side, groups: Groups, method: str, *sentences: str
    ) -> Tradeoff:
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
        sentence, product, engineering = sentences
        return Tradeoff(Act.SKIP, skip, side, here, usual, sentence, product, engineering, technical, code)


def _state(told: Sequence[Tradeoff], groups: Sequence[Groups]) -> State:
    if told:
        return State.FINDING
    return State.NOTHING if any(one.enough for one in groups) else State.TOO_LITTLE


def _looked_at(reach: int, wide: Groups, left_out: Sequence[tuple[Partner, Groups]]) -> str:
    partners = "".join(f", {groups.n} without {one.name}" for one, groups in left_out)
    changes = "change" if wide.n == 1 else "changes"
    count = f"{wide.n:,}" if wide.n else "no"
    return f"{count} comparable {changes} across {phrase.number(reach)} or more parts{partners}."
