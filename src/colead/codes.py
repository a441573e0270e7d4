"""Codes: every finding and every error has one; `colead explain CODE` tells what it says, why, how it is measured and how often it was right."""

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

