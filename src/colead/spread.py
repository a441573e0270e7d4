"""Spread: how many parts, schemas and public interfaces an idea crosses, against what is usual here (architectural complexity)."""

from __future__ import annotations

from dataclasses import dataclass

from colead.evidence import Figure


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the idea reaches."""

    parts: Figure  # expected number of components touched (those shown)
    usual: Figure  # share of past landings here that touched at most `usual_parts`
    usual_parts: int
    wide: bool  # clearly wider than usual here
    sentence: str  # "3 parts; 8 in 10 changes here touch 1"
    technical: str
    code: str = "S01"
