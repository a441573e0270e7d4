"""Partner: what usually changes together with a touched part and is not mentioned (a hidden dependency)."""

from __future__ import annotations

from dataclasses import dataclass

from colead.evidence import Figure


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
