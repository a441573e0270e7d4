"""The wire form of tradeoffs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from colead.evidence import Figure
from colead.question import Side


class Act(StrEnum):
    """What somebody thinks of doing."""

    SKIP = "skip"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Tradeoff:
    """One consequence of leaving something out or of waiting: one number, told for both sides."""

    act: Act
    what: str  # what is skipped, or how long is waited; stands behind the act and before the sentence
    side: Side  # whose uncomfortable news it is
    here: Figure  # what follows: a share or odds, 0..1, or a count
    usual: Figure | None  # the same of what it is compared with
    sentence: str
    product: str  # what it means for product, with the same number
    engineering: str  # what it means for engineering, with the same number
    technical: str
    code: str
