"""Code: what `colead explain` tells of one finding or error."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """What `colead explain` tells of one code."""

    code: str
    title: str
    what: str
    why: str
    how: str  # how it is measured, or for an error what to try
    record: str = ""  # how often such findings were right, where it was measured
