"""Correcting: says of a touch or a partner that it is wrong or missing, and keeps it for the whole team.

What every door calls to correct a reading.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from colead.amiss import shows
from colead.correction import FILE, LONGEST, Correction, Kind, place, shown
from colead.errors import ColeadError, RepositoryError, WrongUse
from colead.look import Opening, PathLike, check, silent, spec_bytes

if TYPE_CHECKING:
    from colead.reading import Reading

NAMED = 6  # things named to somebody who named none of them
POINTING = 3  # words kept of a missing part
HOLDS = 64  # characters of a word


@dataclass(frozen=True)
class Corrected:
    """What was kept, by repository, as YAML; and the reading as it is now."""

    entries: Mapping[str, str]
    reading: Reading


def correct(
    spec: PathLike | None = None,
    repos: PathLike | Sequence[PathLike] = ".",
    *,
    wrong: Sequence[str] = (),
    missing: Sequence[str] = (),
    because: str = "",
    text: str | bytes | None = None,
    today: date | None = None,
    **asked: Any,
) -> Corrected:
    """Say what a reading got wrong, keep it in `.colead/corrections.yml`, and read anew.

    Args:
        spec, repos, text, today: as for `colead.check`, and so are the others.
        wrong: touches, partners or files of the reading: a name, a path, an evidence id ("T01-2").
        missing: parts or files that the reading should have shown: a name or a path.
        because: the reason, one sentence that is kept with it.

    The file is written whole or not at all, in the work tree and nowhere else.

    Raises:
        ColeadError: with a code; E15 when something is not in the reading, E19 when there is no work tree.
    """
    places = [repos] if isinstance(repos, (str, Path)) else list(repos)
    given = {"text": text, "today": today, **asked}
    before = check(spec, places, **given)
    day = today or datetime.now(UTC).date()
    said = Said(before, shown(before.spec.title), sentence(because), day)
    found = [said.wrong(one) for one in wrong]
    if missing:
        words = pointing(*spec_bytes(spec, text, asked.get("source", "text")), because)
        codebases = _codebases(before, places, day, asked)
        found += [said.missing(one, words, codebases) for one in missing]
    entries = {}
    for name, where in zip((one.name for one in before.repositories), places, strict=True):
        if mine := [one for at, one in found if at == name]:
            entries[name] = keep(where, mine)
    return Corrected(entries, check(spec, places, **given))


@dataclass(frozen=True)
class Said:
    """What is the same for all corrections of one reading."""

    reading: Reading
    title: str
    because: str
    day: date

    def wrong(self, told: str) -> tuple[str, Correction]:
        """The correction of something that the reading shows, and the repository that it belongs to."""
        several = len(self.reading.repositories) > 1
        found = [shown for shown in shows(self.reading) if told.strip().casefold() in shown.called(several)]
        if len({(one.repository, one.said.part) for one in found}) != 1:
            every = list(dict.fromkeys(repr(one.names[0]) for one in shows(self.reading)))
            names = ", ".join(every[:NAMED]) + (f" and {len(every) - NAMED} more" * (len(every) > NAMED))
            raise WrongUse(
                "E15",
                f"{told!r} is {'more than one thing' if found else 'nothing'} in this reading",
                why=f"It shows {names or 'no part and no partner'}.",
                hint="write a name as the reading shows it, a path, or the id of its evidence",
            )
        said = replace(found[0].said, spec=self.title, because=self.because, day=self.day)
        return found[0].repository, said

    def missing(
        self, told: str, words: tuple[str, ...], codebases: Mapping[str, Any]
    ) -> tuple[str, Correction]:
        """The correction that puts a part or a file in."""
        found = [(name, at) for name, code in codebases.items() if (at := place(told, code))]
        if len(found) != 1:
            raise WrongUse(
                "E15",
                f"{told!r} is {'in several repositories' if found else 'no part and no file here'}",
                why="a missing part is named by its name, its folder or one of its product files",
                hint="write its folder from the repository's root, as in services/checkout",
            )
        repository, (component, path) = found[0]
        part = path or component or codebases[repository].by_key[component].name
        said = Correction(Kind.MISSING, part, "", self.title, words, self.because, self.day)
        return repository, said


def sentence(because: str) -> str:
    """A reason as it is kept; WrongUse E02 where it is long or holds what nobody sees."""
    told = " ".join(because.split())
    if len(told) <= LONGEST and told.isprintable():
        return told
    raise WrongUse(
        "E02",
        f"--because holds over {LONGEST} characters or invisible ones",
        why="it is kept as one sentence in a settings file",
        hint="say it in one sentence",
    )


def pointing(data: bytes, source: str, because: str) -> tuple[str, ...]:
    """The words of the spec that are to point to a missing part; those of the reason go first."""
    from colead.readers.markdown import read_spec
    from colead.terms import terms
    from colead.touch import telling

    words = [one for one in telling(read_spec(data, source), 40) if len(one) <= HOLDS]
    because_of = set(terms(because))
    return tuple(sorted(words, key=lambda one: because_of.isdisjoint(terms(one)))[:POINTING])


def _codebases(
    reading: Reading, places: Sequence[PathLike], day: date, asked: Mapping[str, Any]
) -> dict[str, Any]:
    opening = Opening(day, asked.get("path", ""), asked.get("cache"), asked.get("progress", silent))
    names = [one.name for one in reading.repositories]
    with opening.materials(places) as materials:
        return {name: one.activity.codebase for name, one in zip(names, materials, strict=True)}


# --- the file -------------------------------------------------------------------------------


def keep(where: PathLike, new: Sequence[Correction]) -> str:
    """Write corrections at the end of a work tree's file and return them as YAML.

    Raises:
        RepositoryError: E19, there is no work tree; what to paste where is said.
        WrongUse: E07 or E16, the file cannot be written or added to.
    """
    from colead.readers.git import Door
    from colead.store.corrections import settings_text
    from colead.writers.corrections import added, entry
    from colead.writers.kept import keep as settings_file

    with Door.open(where) as door:
        if door.root is None or not door.root.is_dir():
            _no_place(str(where), new)
        before = settings_text(door, FILE).decode("utf-8", "replace")
        told = next(
            (text for text in (added(before, new, by) for by in ("  ", "")) if _holds(before, text, new)), ""
        )
        if not told:
            _not_added(new)
        try:
            settings_file(os.fsencode(door.root), FILE, told)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            hint = f"look at its folder and its permissions, or paste: {_lines(new)}"
            raise WrongUse("E07", f"{FILE} could not be written", why=why, hint=hint) from error
    return "".join(entry(one) for one in new)


def _holds(before: str, after: str, new: Sequence[Correction]) -> bool:
    """Whether the text says what was said before and the new corrections, and nothing else."""
    from colead.readers.corrections import read_corrections

    old = [replace(one, line=0) for one in read_corrections(before.encode())]
    try:
        now = [replace(one, line=0) for one in read_corrections(after.encode())]
    except ColeadError:
        return False
    return now == [*old, *(replace(one, line=0) for one in new)]


def _lines(new: Iterable[Correction]) -> str:
    from colead.writers.corrections import entry_line

    return "  ".join(entry_line(one) for one in new)


def _no_place(where: str, new: Sequence[Correction]) -> NoReturn:
    raise RepositoryError(
        "E19",
        f"{where!r} has no work tree to write to",
        why=f"corrections are kept in {FILE} of a work tree, so that they are reviewed like code",
        hint=f"in a clone with a work tree, put this below 'corrections:' there: {_lines(new)}",
    )


def _not_added(new: Sequence[Correction]) -> NoReturn:
    raise WrongUse(
        "E16",
        f"{FILE} could not be added to",
        why="its list does not end the file, is full, or is written in another form",
        hint=f"put this below 'corrections:' there by hand: {_lines(new)}",
    )
