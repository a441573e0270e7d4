"""Told: the tradeoffs that the newest reading of an idea tells, with what became of each."""

from __future__ import annotations

from dataclasses import dataclass

from colead.tradeoff import Act
from colead.web.briefs.models import Brief
from colead.web.briefs.rendered import tradeoffs
from colead.web.parts.models import Reached
from colead.web.tradeoffs.models import LONGEST, LONGEST_RISK, Kind, Tradeoff

MOST = 20  # of one idea


@dataclass(frozen=True)
class Row:
    """One tradeoff of an idea: written down already, or told by the reading alone."""

    code: str
    skip: str
    risk: str
    kind: str
    written: Tradeoff | None


def rows(brief: Brief) -> list[Row]:
    """Those of the newest reading first, then what people wrote down beside it."""
    written = list(
        brief.tradeoffs.select_related("area").prefetch_related("acceptances__by").order_by("id")[:MOST]
    )
    kept = brief.readings.defer("wire").order_by("-id").first()
    found, met = [], set()
    for one in tradeoffs(kept) if kept else ():
        later = one.act is Act.WAIT
        skip, kind = (f"{brief.title} for now", Kind.FEATURE) if later else (one.what[:LONGEST], Kind.REPAIR)
        there = next((each for each in written if (each.code, each.skip) == (one.code, skip)), None)
        met.add(there.pk if there else 0)
        found.append(Row(one.code, skip, one.sentence[:LONGEST_RISK], kind, there))
    rest = [one for one in written if one.pk not in met]
    return found + [Row(one.code, one.skip, one.risk, one.kind, one) for one in rest]


def parts(brief: Brief) -> list[list[str]]:
    """The parts that the newest reading says the idea touches: repository, key, name."""
    found = Reached.objects.filter(brief=brief, partner=False).order_by("-odds")[:12]
    return [[str(one.repository_id), one.key, one.name] for one in found]
