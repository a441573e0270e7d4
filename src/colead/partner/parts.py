"""The wire form of partners."""

from __future__ import annotations

from dataclasses import dataclass

from colead.evidence import Figure


@dataclass(frozen=True, slots=True)
class Link:
    """Whether the code shows why two parts go together."""

    shown: str  # "code", "history" (nothing was found in the code), "not analysed"
    sentence: str  # "the code shows the link: shipping/labels.py uses ReturnLabel"


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
    chance: Figure  # that it will at the next change of `of`, 0..1
    usual: Figure  # share at which a part as active changes along by chance, 0..1
    last: str  # ISO date of the last time together
    files: tuple[str, ...]  # the partner's files that changed most often along, at most 3
    link: Link
    sentence: str  # "changed along with Shipping 18 of the last 29 times, ...; expect it 5 times in 10"
    ask: str  # a question for the meeting
    technical: str
    code: str = "P01"


@dataclass(frozen=True, slots=True)
class FileAlong:
    """When a likely file changed, this file changed too."""

    repository: str
    path: str
    of: str  # path of the likely file
    together: Figure  # times both changed
    times: Figure  # times `of` changed
    chance: Figure  # that it will at the next change of `of`, 0..1
    usual: Figure  # share of all landings that it is in, 0..1
    last: str  # ISO date of the last time together
    sentence: str  # "changed along with shipping/label.py 8 of the last 10 times, ..."
    technical: str
    code: str = "P02"
