"""Codes: every finding and every error has one; `colead explain CODE` tells what it says, why,
how it is measured and how often it was right.
"""

from __future__ import annotations

from collections.abc import Mapping

from colead.codes.balance import BALANCED
from colead.codes.balance import FAULTS as KEEPING
from colead.codes.code import Code
from colead.codes.corrections import FAULTS as CORRECTING
from colead.codes.faults import FAULTS
from colead.codes.fetched import FAULTS as FETCHING
from colead.codes.findings import FINDINGS
from colead.codes.imports import FAULTS as IMPORTING
from colead.codes.outlook import FAULTS as ASKING
from colead.codes.outlook import LIKELY, STRUCK
from colead.codes.pictures import FAULTS as DRAWING
from colead.codes.replayed import REPLAYED
from colead.codes.served import FAULTS as SERVING
from colead.codes.tradeoffs import WEIGHED
from colead.codes.underway import CONCERNS
from colead.codes.underway import FAULTS as COMPARING

__all__ = ["CODES", "Code"]

_OF_READING = (*FAULTS, *COMPARING, *CORRECTING, *ASKING, *DRAWING, *IMPORTING, *KEEPING)
_RAISED = (*_OF_READING, *FETCHING, *SERVING)
_FAULTS = sorted(_RAISED, key=lambda one: one.code)
_TOLD = (*FINDINGS, *WEIGHED, *CONCERNS, *REPLAYED, *LIKELY, *STRUCK, *BALANCED, *_FAULTS)
CODES: Mapping[str, Code] = {one.code: one for one in _TOLD}
