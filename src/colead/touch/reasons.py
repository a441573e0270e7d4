"""Reasons: what speaks for a file or a component, in plain clauses; only what is true of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import numpy as np

from colead.history import Landing
from colead.phrase import clip, day, listing, literal
from colead.touch.ranking import Floats, IntArray, added, relative
from colead.touch.signals import SHARES, SPOKEN, Signals

WORDS = 2  # quoted in one reason
LANDINGS = 5  # kept as sources
ALIKE = 0.25  # a landing is a reason from this share of the resemblance of the most similar one


def words(found: Signals, files: Sequence[int]) -> list[str]:
    """The words of the text, as written there, that speak loudest for these files by standing in them."""
    total = np.zeros(len(found.asked.terms))
    for name in SPOKEN:
        total += _heard(found, name, files)
    loud = [number for number in np.argsort(-total, kind="stable") if total[number] > 0.2 * total.max()]
    said = (found.asked.words[found.asked.terms[number]] for number in loud)
    return list(dict.fromkeys(word.lower() for word in said))


def _heard(found: Signals, name: str, files: Sequence[int]) -> Floats:
    field = found.fields[name]
    rows = np.isin(field.document, np.asarray(files, dtype=np.int32))
    heard = field.impact[rows] * found.asked.weights[field.term[rows]]
    share = SHARES[name] / max(float(found.views[name].max(initial=0.0)), 1e-9)
    return share * added(field.term[rows], heard, field.terms)


def landings(found: Signals, files: Sequence[int]) -> list[int]:
    """The most similar past landings that changed one of these files, the most similar first."""
    rows = np.isin(found.past.file, np.asarray(files, dtype=np.int32))
    which = np.unique(np.repeat(np.arange(len(found.similar)), np.diff(found.past.start))[rows])
    floor = ALIKE * float(found.similar.max(initial=0.0))
    alike = [number for number in which.tolist() if found.similar[number] > max(floor, 0.0)]
    return sorted(alike, key=lambda number: (-found.similar[number], -number))[:LANDINGS]


def clauses(
    found: Signals, files: IntArray | Sequence[int], past: Sequence[Landing], today: date
) -> tuple[str, ...]:
    """At most two reasons for these files, the stronger kind first."""
    chosen = [int(one) for one in files]
    told = _words_clause(words(found, chosen)), _landing_clause(landings(found, chosen), past, today)
    code = _weight(found, ("content", "chunk", "path", "symbols"), chosen)
    before = _weight(found, ("similar", "past"), chosen)
    ordered = told if code >= before else told[::-1]
    return tuple(one for one in ordered if one)


def _weight(found: Signals, names: Sequence[str], files: Sequence[int]) -> float:
    return sum(SHARES[name] * float(relative(found.views[name])[files].max()) for name in names)


def _words_clause(said: Sequence[str]) -> str:
    quoted = [f'"{literal(clip(word, 40))}"' for word in said[:WORDS]]
    if not quoted:
        return ""
    return f"the word{'s' if len(quoted) > 1 else ''} {listing(quoted)}"


def _landing_clause(numbers: Sequence[int], past: Sequence[Landing], today: date) -> str:
    if not numbers:
        return ""
    landing = past[numbers[0]]
    return f'changed in "{literal(clip(landing.title, 60))}" ({day(landed(landing), today=today)})'


def landed(landing: Landing) -> date:
    """The day of a landing, UTC."""
    return datetime.fromtimestamp(landing.at, UTC).date()
