"""Asking: who waits while an idea waits, from the imported issues that surely ask for it."""

from __future__ import annotations

from datetime import date, timedelta

from colead import phrase
from colead.demand import AskedFor
from colead.evidence import Figure, Ledger
from colead.question import Side
from colead.tradeoff.parts import Act, Tradeoff

LATELY = 182  # days that "the last six months" means
MONTHS = 6
NOT_IMPORTED = "What waiting costs is not analysed: no requests are imported."
RATE_FROM = 3  # issues of these six months from which on a pace is told


def asked(found: AskedFor, *, today: date, ledger: Ledger, repository: str) -> tuple[Tradeoff, ...]:
    """X03: how many imported issues surely ask for the idea, since when, and at which pace lately.

    Counted are issues whose titles say the same (`colead.demand`), so that it is a lower bound; nothing
    where there is none.
    """
    count = len(found.surely)
    if not count:
        return ()
    days = [one.created for one in found.surely if one.created]
    lately = sum(one > today - timedelta(days=LATELY) for one in days)
    row = ledger.file(
        "X03",
        "Imported issues whose titles ask for the same as the spec's; a lower bound.",
        n=found.looked_at,
        sources=found.sources(repository),
        window=(min(days).isoformat(), today.isoformat()) if days else None,
    )
    since = f" since {phrase.day(min(days), today=today)}" if days else ""
    votes = f" ({phrase.plural(found.votes, 'vote')})" if found.votes else ""
    ask = f"{phrase.plural(count, 'issue asks', 'issues ask')} for it"
    return (
        Tradeoff(
            Act.WAIT,
            "",
            Side.ENGINEERING,
            Figure(float(count), row),
            None,
            _sentence(f"{ask}{votes}{since}{_lately(lately, count)}"),
            _sentence(
                f"{ask}{votes}, the first{since}: whoever wrote them has waited so long"
                if days
                else f"{ask}{votes}; they wait as well"
            ),
            _sentence(f"{ask}; {_pace(lately)}"),
            f"{count} of {found.looked_at:,} issues by their titles; {len(found.perhaps)} more perhaps, "
            f"not counted; {found.comments:,} comments",
            "X03",
        ),
    )


def demand_told(found: AskedFor, imported: int) -> str:
    """What was looked at of those who ask: how many of the imported issues surely do."""
    if not imported:
        return NOT_IMPORTED
    count = len(found.surely)
    surely = phrase.plural(count, "surely asks", "surely ask") if count else "none surely asks"
    return f"Of {found.looked_at:,} imported issues {surely} for it."


def _sentence(told: str) -> str:
    return f"{told[:1].upper()}{told[1:]}."


def _lately(count: int, of: int) -> str:
    return f", {_number(count)} in half a year" if of > 1 else ""


def _number(count: int) -> str:
    return phrase.number(count) if count else "none"


def _pace(count: int) -> str:
    if count < RATE_FROM:
        return f"{_number(count)} in the last six months, too few to say how many come while it waits"
    months = MONTHS / count
    often = "every month" if months < 1.5 else f"every {phrase.number(round(months))} months"
    many = phrase.number(max(1, round(count / MONTHS)))
    return f"at the pace of the last six months about {many} more {often} while it waits"
