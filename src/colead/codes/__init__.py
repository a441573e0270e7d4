"""Codes: every finding and every error has one; `colead explain CODE` tells what it says, why,
how it is measured and how often it was right.
"""

from __future__ import annotations

from collections.abc import Mapping

from colead.codes.code import Code
from colead.codes.faults import FAULTS
from colead.codes.findings import FINDINGS

__all__ = ["CODES", "Code"]

CODES: Mapping[str, Code] = {one.code: one for one in (*FINDINGS, *FAULTS)}
