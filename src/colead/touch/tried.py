"""A ranking after a prototype: what it really changed replaces what was foreseen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from colead.activity import Activity
from colead.codebase import Component
from colead.evidence import Coverage, Figure, Ledger, Source, State
from colead.phrase import literal, odds, plural
from colead.touch.parts import FileTouch, Touch, Touches

# Of branches of public clones (benchmarks/prototypes.py): how many of 100 parts, and of 100 files, that the
# first third of the commits changed were changed by the rest or stayed changed; and by how much the odds of
# a foreseen part shrink that the first third left alone.
KEPT, KEPT_FILE, LEFT = 0.97, 0.93, 0.5
SHOWN = 0.3  # as without a prototype
MOST, MOST_FILES, FILES_OF_ONE = 6, 10, 5
METHOD = (
    "The files that the prototype's branch changed since it left the main line were read from git; of past "
    "branches, parts that the first third of the commits changed were nearly always part of the whole"
)


@dataclass(frozen=True, slots=True)
class Tried:
    """What a prototype changed in one repository."""

    branch: str
    tip: str  # full hash
    on: date  # of its newest commit
    files: dict[str, tuple[str, ...]]  # product files by key of their component

    @property
    def note(self) -> str:
        """That the reading was made after it, in words."""
        count = plural(sum(map(len, self.files.values())), "file")
        return f"read after the prototype on {literal(self.branch)}, which changed {count}"


def tried(foreseen: Touches, trial: Tried, activity: Activity, *, ledger: Ledger, repository: str) -> Touches:
    """The ranking with what the prototype changed on top, and the rest of what was foreseen less likely.

    Args:
        foreseen: the ranking by the spec's words.
        trial: what the prototype changed; parts that exist now only.
        activity: the codebase it is about.
        ledger: takes one row of evidence.
        repository: its name for people.
    """
    by_key = activity.codebase.by_key
    real = {key: files for key, files in trial.files.items() if key in by_key}
    source = Source("landing", trial.tip, f"branch {trial.branch}", trial.on.isoformat(), repository)
    count = sum(map(len, trial.files.values()))
    row = ledger.file("T04", METHOD, n=count, sources=(source,))
    every = {key: chance * LEFT for key, chance in foreseen.every.items()} | dict.fromkeys(real, KEPT)
    known = {one.component: one for one in foreseen.components}
    parts = [_real(by_key[key], files, known.get(key), repository, row) for key, files in _most(real)]
    rest = [_left(one) for one in foreseen.components if one.component not in real]
    shown = [*parts, *(one for one in rest if one.probability.value >= SHOWN)][:MOST]
    files = [one for part in parts for one in part.files]
    told = {one.path for one in files}
    files += [
        replace(one, probability=_less(one.probability)) for one in foreseen.files if one.path not in told
    ]
    note = "; ".join(
        filter(None, [f"after the prototype on {literal(trial.branch)}", foreseen.coverage.note])
    )
    return replace(
        foreseen,
        components=tuple(shown),
        files=tuple(files[:MOST_FILES]),
        coverage=Coverage("touches", State.FINDING if shown else foreseen.coverage.state, note, row),
        every=every,
    )


def _most(real: dict[str, tuple[str, ...]]) -> Sequence[tuple[str, tuple[str, ...]]]:
    return sorted(real.items(), key=lambda one: (-len(one[1]), one[0]))


def _real(component: Component, paths: Sequence[str], was: Touch | None, where: str, row: str) -> Touch:
    """A part that the prototype changed."""
    count = plural(len(paths), "file")
    reason = f"the prototype changed {count} of it"
    foreseen = "foreseen" if was else "not foreseen before it"
    files = tuple(
        FileTouch(where, path, Figure(KEPT_FILE, row), (reason,)) for path in sorted(paths)[:FILES_OF_ONE]
    )
    return Touch(
        repository=where,
        component=component.key,
        name=component.name,
        kind=component.kind,
        probability=Figure(KEPT, row),
        reasons=(reason, foreseen),
        files=files,
        thin=False,
        sentence=f"{literal(component.name)} is really touched: {reason} ({foreseen}).",
        technical=f"p = {KEPT:.2f} after a prototype; before it {was.probability.value if was else 0:.2f}",
        code="T04",
    )


def _left(one: Touch) -> Touch:
    """A foreseen part that the prototype did without."""
    chance = one.probability.value * LEFT
    because = "the prototype did without it"
    sentence = f"{literal(one.name)} is perhaps touched ({odds(chance)}): {because}."
    return replace(
        one, probability=_less(one.probability), reasons=(because, *one.reasons), sentence=sentence
    )


def _less(figure: Figure) -> Figure:
    return replace(figure, value=figure.value * LEFT)
