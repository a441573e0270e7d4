"""The wire form of tradeoffs."""

from __future__ import annotations

from dataclasses import dataclass

from colead.evidence import Figure
from colead.question import Side


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
