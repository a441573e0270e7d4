"""Faults: an error as a person reads it - what, why, what to try, where to see more - and as a program."""

from __future__ import annotations

import json
import traceback

from colead.errors import ColeadError
from colead.phrase import literal

NAMES = frozenset({"Colead", "Colead's", "Git", "Windows", "Python", "Markdown", "Linux", "Docker"})


def fault(error: ColeadError) -> str:
    """The error in at most four lines."""
    rows = [f"error[{error.code}]: {_line(error.what)}"]
    rows += [f"  {name}: {_line(told)}" for name, told in (("why", error.why), ("try", error.hint)) if told]
    return "\n".join([*rows, f"  see: colead explain {error.code}", ""])


def fault_json(error: ColeadError) -> str:
    """The error on one line of JSON."""
    told = {"what": error.what, "why": error.why, "try": error.hint}
    said = {"code": error.code, **{name: _line(words) for name, words in told.items()}}
    return json.dumps({"error": said}) + "\n"


def traced(error: ColeadError) -> str:
    """Where it arose, for the person who mends Colead."""
    return "".join(traceback.format_exception(error.__cause__ or error))


def _line(text: str) -> str:
    """One sentence as it stands behind "why:": its first letter small unless the word is a name."""
    told = literal(" ".join(text.split()))
    first = told.split(" ", 1)[0]
    whole = told if ". " in told or told.endswith((" .", "..")) else told.removesuffix(".")
    return whole[:1].lower() + whole[1:] if first.istitle() and first not in NAMES else whole
