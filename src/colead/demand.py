"""Demand: the imported issues that ask for the same thing as a spec.

Issues are ranked by BM25 (Robertson and Zaragoza 2009) of title and text. Only those that
are *surely* about it are counted: by a strict rule on what the two titles say, so that the
number is a lower bound. The rest of the ranking is offered as *perhaps*, never counted.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from colead.evidence import Source
from colead.issue import Issue
from colead.kinds import by_label
from colead.spec import Space, Spec
from colead.terms import terms

K, B = 1.2, 0.75
TITLE = 2  # times that a title counts beside the text
SHARED = 2  # telling terms that two titles share at least
OF_ISSUE, OF_SPEC = 0.5, 0.6  # shares of what an issue's and a spec's title say, by rarity
PERHAPS = 5  # that are offered beside the sure ones
HALF = 0.5  # of the likeliest sure issue's score (or of the best) that a perhaps needs
TELLS_NOTHING = frozenset(
    terms(
        "add allow support enable implement introduce create new feature request enhancement improve option"
        " ability possible provide better want would nice please proposal idea user users people customer"
        " customers"
    )
)


@dataclass(frozen=True, slots=True)
class AskedFor:
    """Issues that ask for what a spec wants."""

    surely: tuple[Issue, ...]  # most votes first, then newest
    perhaps: tuple[Issue, ...]  # likeliest first, at most PERHAPS; not counted anywhere
    looked_at: int  # issues that could have asked for it: no pull requests, no reports of bugs
    votes: int  # of the sure ones
    comments: int
    oldest: date | None  # days on which sure ones were written
    newest: date | None

    def sources(self, repository: str) -> tuple[Source, ...]:
        """The sure ones as something that a person can open."""
        return tuple(as_source(one, repository) for one in self.surely)


def as_source(one: Issue, repository: str) -> Source:
    """An issue as something that a person can open."""
    created = one.created.isoformat() if one.created else ""
    return Source(
        "issue", one.key if one.url else f"{one.key}, {one.source}", one.title, created, repository, one.url
    )


def asked_for(issues: Iterable[Issue], spec: Spec) -> AskedFor:
    """The issues that ask for the same thing as a spec.

    An issue is surely about it when the titles share two telling words or more, and these are,
    weighed by how rare they are among the issues, half of what the issue's title says and six tenths
    of what the spec's title says. A title of one telling word needs an issue that says just this.
    """
    asks = [one for one in issues if not one.pull and by_label(one.named) != "fix"]
    desk = _Desk([_terms(one.title) for one in asks], [Counter(terms(one.text)) for one in asks])
    wanted = set(_terms(spec.title))
    sure = [place for place in range(len(asks)) if wanted and desk.same(place, wanted)]
    scores = desk.scores(_query(spec))
    least = HALF * max((scores[place] for place in sure or range(len(asks))), default=0.0)
    rest = sorted(set(range(len(asks))) - set(sure), key=lambda place: -scores[place])[:PERHAPS]
    surely = sorted((asks[place] for place in sure), key=_first)
    days = [one.created for one in surely if one.created]
    return AskedFor(
        surely=tuple(surely),
        perhaps=tuple(asks[place] for place in rest if scores[place] > max(0.0, least)),
        looked_at=len(asks),
        votes=sum(one.votes for one in surely),
        comments=sum(one.comments for one in surely),
        oldest=min(days, default=None),
        newest=max(days, default=None),
    )


def _first(one: Issue) -> tuple[int, int, str]:
    return -one.votes, -(one.created.toordinal() if one.created else 0), one.key


def _terms(title: str) -> Counter[str]:
    """The telling terms of a title."""
    return Counter(one for one in terms(title) if one not in TELLS_NOTHING)


def _query(spec: Spec) -> Counter[str]:
    said = (one.text for one in spec.sections if one.space in (Space.PROBLEM, Space.SOLUTION, Space.OTHER))
    return Counter(terms("\n".join([spec.title, spec.title, *said])[:20_000]))


@dataclass
class _Desk:
    """The issues of a tracker, ready to be compared."""

    titles: Sequence[Counter[str]]
    texts: Sequence[Counter[str]]

    def __post_init__(self) -> None:
        self.holding = Counter(
            term for one, text in zip(self.titles, self.texts, strict=True) for term in {*one, *text}
        )
        self.lengths = [
            TITLE * one.total() + text.total() for one, text in zip(self.titles, self.texts, strict=True)
        ]
        self.usual = max(1.0, sum(self.lengths) / max(1, len(self.lengths)))

    def rarity(self, term: str) -> float:
        """How much a term tells: the fewer issues hold it, the more."""
        held = self.holding[term]
        return math.log(1 + (len(self.titles) - held + 0.5) / (held + 0.5))

    def same(self, place: int, wanted: set[str]) -> bool:
        """Whether an issue's title and the spec's ask for the same by the strict rule."""
        said = set(self.titles[place])
        shared = said & wanted
        if len(shared) < min(SHARED, len(wanted)):
            return False
        both, mine, its = (sum(map(self.rarity, one)) for one in (shared, said, wanted))
        return both >= (OF_ISSUE if len(shared) >= SHARED else 1.0) * mine and both >= OF_SPEC * its

    def scores(self, query: Counter[str]) -> list[float]:
        """BM25 of every issue."""
        weights = {term: self.rarity(term) * math.sqrt(times) for term, times in query.items()}
        return [self._score(place, weights) for place in range(len(self.titles))]

    def _score(self, place: int, weights: dict[str, float]) -> float:
        title, text = self.titles[place], self.texts[place]
        long = K * (1 - B + B * self.lengths[place] / self.usual)
        counts = (
            (weights[term], TITLE * title[term] + text[term]) for term in {*title, *text} & weights.keys()
        )
        return sum(weight * times * (K + 1) / (times + long) for weight, times in counts)
