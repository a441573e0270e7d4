"""Faults: an error as a person reads it - what, why, what to try, where to see more - and as a program."""

from __future__ import annotations

import json
import traceback

from colead.errors import ColeadError
from colead.phrase import literal


def fault(error: ColeadError) -> str:
    """The error in at most four lines."""
    rows = [f"error[{error.code}]: {_line(error.what)}"]
    rows += [f"  {name}: {_line(told)}" for name, told in (("why", error.why), ("try", error.hint)) if told]
    return "\n".join([*rows, f"  see: colead explain {error.code}", ""])


def fault_json(error: ColeadError) -> str:
    """The error on one line of JSON."""
    told = {"code": error.code, "what": error.what, "why": error.why, "try": error.hint}
    return json.dumps({"error": {name: _line(said) for name, said in told.items()}}) + "\n"


def traced(error: ColeadError) -> str:
    """Where it arose, for the person who mends Colead."""
    return "".join(traceback.format_exception(error.__cause__ or error))


def _line(text: str) -> str:
    return literal(" ".join(text.split()))
