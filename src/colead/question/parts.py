"""One question, and the sides that may owe its answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Who owes an answer or owns a section."""

    PRODUCT = "product"
    ENGINEERING = "engineering"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Question:
    """One question for the meeting."""

    code: str  # U01 it broke before; Q01..Q03 an open one of the three; P01 a partner; D01 a date
    side: Side
    ask: str
    why: str  # one line: what in the spec or the history raised it
    line: int  # of the spec, 0 for none
    evidence: str  # "" only for the three questions, which need none but the spec
