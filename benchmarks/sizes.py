"""Whether odds hold at every size: one landing, a few that share an issue key or a branch, many.

    python benchmarks/sizes.py gather ROWS FOLDER [LIST] [--most N] [--processes N] [--cache DIR]
    python benchmarks/sizes.py specs ROWS FOLDER --folds DIR [--cache DIR]
    python benchmarks/sizes.py fit ROWS
    python benchmarks/sizes.py report ROWS

FOLDER holds the clones; LIST (default: groups.txt beside this file) has one per line:
name, commit, "fitting" or "reporting". `gather` replays the newest N (60) groups and the
newest N usable single landings of each with the shipped trees and writes what was said
and what came true to ROWS, one file per repository; `fit` prints the constants
SEVERAL_FILES and SEVERAL_COMPONENTS of `colead.touch.chances` and IDEA of
`colead.touch.asked` from the repositories for fitting; `report` prints the tables of the
others. After the trees changed: gather, fit, put the constants in, report.

A group is what people landed under one issue key, closed issue or branch, a silence of
more than eight weeks parting it: two to thirty landings. It is seen from the moment
before its first landing: the tree that this landed on and what had landed until then.
Two texts are asked about: "joined", what all its landings say, each line once, a list
item for each, as a spec of that size would; and "first", what the first one says alone.
The truth are the product files that were there and that the group changed, under
whatever name later, and their components. Single landings are usable ones as in
ranking.py. Paths are taken out of all texts. "As one change" is how odds were told
before they knew of size; "told" is told the number of landings, as with --changes;
"not told" guesses by whether the text has several sentences.

`specs` does the same with the feature specs of specs.py, by trees that never saw their
repository (--folds, written by _learning.py), with components as they were that year.

Errors are expected calibration errors of what got a chance of at least .1, in ten bins,
over all cases of a row.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import specs
from _replay import Case, Earlier, Names, Past, _cases, chosen, quiet, stripped
from ranking import Listed, clone_of, listed, missing, ranker
from touches import ece

from colead.citing import DAY
from colead.efforts import SILENCE, _names_an_effort
from colead.history import Kind
from colead.readers.git import Door
from colead.readers.markdown import read_spec
from colead.store import Store
from colead.store.index import shipped
from colead.touch.asked import IDEA, asked_text, expected
from colead.touch.chances import MANY, SEVERAL_COMPONENTS, SEVERAL_FILES, grown, of_components
from colead.touch.learned import foreseen
from colead.touch.messages import said
from colead.touch.signals import past, signals
from colead.touch.trees import Trees

FITTING, REPORTING = "fitting", "reporting"
KINDS = ("single", "joined", "first", "spec")
SPECS = "LetPeopleWork/Lighthouse"
LARGEST = 30  # landings; more share a habit, not an idea
FAINT, FAINTEST = 2e-4, 3e-3  # chances below are not kept, not fitted on
NAMES = ("SEVERAL_FILES", "SEVERAL_COMPONENTS")


@dataclass(frozen=True)
class Group:
    """Landings that belong together, told as one text."""

    kind: str
    title: str
    body: str
    first: str  # what the first landing says below its title
    truth: frozenset[str]
    landings: int


def changed(members: Sequence[int], names: Names) -> frozenset[str]:
    """The files that landings change, by the names that they have now."""
    files = names.past.history.change_file
    rows = (row for one in members for row in range(int(names.first[one]), int(names.first[one + 1])))
    return frozenset(names.paths[int(files[row])] for row in rows)


class Groups:
    """The groups of a history, by their first landing."""

    def __init__(self, past: Past, most: int) -> None:
        self.past = past
        landings, named = past.history.landings, defaultdict(list)
        for number, one in enumerate(landings):
            for key in filter(_names_an_effort, one.efforts if one.kind is Kind.PERSON else ()):
                named[key].append(number)
        found: dict[int, list[int]] = {}
        for members in named.values():
            for run in self._runs(members):
                if (
                    2 <= len(run) <= LARGEST
                    and len(run) > len(found.get(run[0], ()))
                    and landings[run[0]].base
                ):
                    found[run[0]] = run
        self.members = {first: found[first] for first in sorted(found)[-most:]}

    def _runs(self, members: Sequence[int]) -> Iterator[list[int]]:
        run: list[int] = []
        for one in members:
            if run and self.past.history.landings[one].at - self.past.history.landings[run[-1]].at > SILENCE:
                yield run
                run = []
            run.append(one)
        yield run

    def begun(self, number: int, names: Names, there: frozenset[str]) -> Group | None:
        """The group that a landing is the first of, if it changes files that were there."""
        members = self.members.get(number)
        if not members:
            return None
        truth = changed(members, names) & there
        told = [self.past.texts.get(oid, (title, "")) for oid, title in self._titles(members)]
        lines: dict[str, str] = {}
        for title, body in told:
            for line in f"- {said(title)}\n{said(body)}".splitlines():
                lines.setdefault(line.strip().removeprefix("- "), line.strip())
        body = "\n".join(filter(None, lines.values()))
        group = Group("joined", said(told[0][0]), body, said(told[0][1]), truth, len(members))
        return group if truth else None

    def _titles(self, members: Sequence[int]) -> list[tuple[str, str]]:
        return [(one.oid, one.title) for one in map(self.past.history.landings.__getitem__, members)]


# --- gathering ---------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """What is asked about at a moment, and what came of it."""

    kind: str
    title: str
    body: str
    truth: frozenset[str]
    changes: int


def cases(
    door: Any, store: Store, before: Past, groups: Any, singles: set[int]
) -> Iterator[tuple[Case, list[Text]]]:
    """Moments with their texts, a year at a time: components are those of its start."""
    landings = before.history.landings
    years = defaultdict(list)
    for number in sorted(singles | set(groups.members)):
        years[(landings[-1].at - landings[number].at) // (365 * DAY)].append(number)
    oids = {landings[number].oid for number in singles}
    for numbers in years.values():
        for case in _cases(door, store, before, numbers, 0, groups):
            yield case, texts(case, case.landing.oid in oids)


def texts(case: Case, single: bool) -> list[Text]:
    """Everything that is asked about at a moment."""
    found = [Text("single", case.title, case.body, case.truth, 1)] if single and case.truth else []
    group: Any = case.effort
    if group is not None:
        found.append(Text(group.kind, group.title, group.body, group.truth, group.landings))
        if group.kind == "joined":
            found.append(Text("first", group.title, group.first, group.truth, group.landings))
    return found


@dataclass(frozen=True)
class Work:
    """One repository to gather."""

    one: Listed
    clone: Path
    rows: Path
    cache: Path | None
    most: int
    trees: Trees
    briefs: bool = False


def gather(work: Work) -> None:
    """What was said and what came true in one repository."""
    started = time.perf_counter()
    kept: list[dict[str, Any]] = []
    with (
        tempfile.TemporaryDirectory() as temporary,
        Door.open(work.clone) as opened,
        Store.open(opened, work.cache or Path(temporary)) as store,
    ):
        door: Any = Earlier(opened, work.one.commit) if work.one.commit else opened
        store.update(door, quiet)
        before = Past.read(store, door)
        groups: Any = Specs(before, door) if work.briefs else Groups(before, work.most)
        singles = set() if work.briefs else set(chosen(before, work.most))
        for case, asked in cases(door, store, before, groups, singles):
            known = past(case.activity, case.today)
            rows = (row(case, text, known, work.trees) for text in asked)
            kept += [one for one in rows if one]
    name = f"{work.one.name}{'-specs' if work.briefs else ''}".replace("/", "+")
    use = "specs" if work.briefs else work.one.use
    np.savez_compressed(work.rows / f"{name}.npz", use=use, **columns(kept))
    counted = np.bincount([one["kind"] for one in kept], minlength=len(KINDS)).tolist()
    print(f"{name}: {counted} in {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)


def row(case: Case, text: Text, known: Any, trees: Trees) -> dict[str, Any] | None:
    """One text with the chances of one change."""
    query = asked_text(stripped(text.title), stripped(text.body))
    if not query.terms:
        return None
    found = signals(query, case.activity, case.index, known)
    chances = foreseen(found, case.activity, case.index, trees)
    parts = of_components(chances, case.seat, found.named, trees.parts)
    hits = np.array([file.path in text.truth for file in case.activity.codebase.product])
    loud = chances >= FAINT
    return {
        "kind": KINDS.index(text.kind),
        "changes": text.changes,
        "idea": expected(read_spec(f"# {text.title}\n\n{text.body}".encode("utf-8", "replace"), "")) > 1,
        "words": len(f"{text.title} {text.body}".split()),
        "truth": int(hits.sum()),
        "files": chances[loud].astype(np.float32),
        "hits": hits[loud],
        "parts": parts.astype(np.float32),
        "held": np.isin(np.arange(len(parts)), case.seat[hits & (case.seat >= 0)]),
    }


def columns(kept: Sequence[dict[str, Any]]) -> dict[str, np.ndarray]:
    """Cases as columns; those of files and of components laid end to end."""
    long = ("files", "hits", "parts", "held")
    found = {key: np.array([one[key] for one in kept]) for key in kept[0] if key not in long}
    found |= {key: np.concatenate([one[key] for one in kept]) for key in long}
    found["file ends"] = np.cumsum([len(one["files"]) for one in kept])
    found["part ends"] = np.cumsum([len(one["parts"]) for one in kept])
    return found


# --- specs -------------------------------------------------------------------


class Specs:
    """The feature specs of a repository, by the landing that first committed them."""

    def __init__(self, before: Past, door: Any) -> None:
        place = {one.oid: number for number, one in enumerate(before.history.landings)}
        self.members = {
            int(np.searchsorted(before.history.at, one.at)): (one, sorted(place[oid] for oid in one.after))
            for one in specs.told(before, door)
        }

    def begun(self, number: int, names: Names, there: frozenset[str]) -> Group | None:
        """The spec that a landing commits, if what it asks for changed three files that were there."""
        if number not in self.members:
            return None
        one, after = self.members[number]
        truth = changed(after, names) & there
        title = one.name.replace("-", " ")
        return Group("spec", title, one.text, "", truth, len(after)) if len(truth) >= specs.FEWEST else None


# --- figures -----------------------------------------------------------------


@dataclass(frozen=True)
class Seen:
    """One text with what was said for one change, and what came true."""

    repository: str
    use: str
    kind: str
    changes: int
    idea: int  # whether the text looks as if it took more than one change
    words: int
    truth: int
    files: np.ndarray
    hits: np.ndarray
    parts: np.ndarray
    held: np.ndarray


def read(rows: Path) -> list[Seen]:
    """Everything that was gathered."""
    found = []
    for file in sorted(rows.glob("*.npz")):
        with np.load(file) as held:
            data = dict(held)
        ends = zip(data["file ends"].tolist(), data["part ends"].tolist(), strict=True)
        start = (0, 0)
        for number, end in enumerate(ends):
            files, parts = (slice(*both) for both in zip(start, end, strict=True))
            found.append(
                Seen(
                    file.stem,
                    str(data["use"]),
                    KINDS[data["kind"][number]],
                    *(int(data[key][number]) for key in ("changes", "idea", "words", "truth")),
                    data["files"][files].astype(float),
                    data["hits"][files],
                    data["parts"][parts].astype(float),
                    data["held"][parts],
                )
            )
            start = end
    return found


def fitted(seen: Sequence[Seen], level: str) -> np.ndarray:
    """What ln(changes) adds to the log odds of files or parts; every repository weighs the same.

    A logistic regression with the log odds of one change as a fixed term.
    """
    counted = Counter(one.repository for one in seen)
    rows, known, truth, weights = [], [], [], []
    for one in seen:
        chances, came = (one.files, one.hits) if level == "files" else (one.parts, one.held)
        loud = chances > FAINTEST
        odds = np.log(chances[loud] / (1 - chances[loud]))
        rows.append(np.log(min(one.changes, MANY)) * np.stack([np.ones(len(odds)), odds], axis=1))
        known.append(odds)
        truth.append(came[loud].astype(float))
        weights.append(np.full(len(odds), 1000 / counted[one.repository]))
    return newton(*(np.concatenate(part) for part in (rows, known, truth, weights)))


def newton(rows: np.ndarray, known: np.ndarray, truth: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Newton's method for a logistic regression with a fixed term."""
    beta = np.zeros(rows.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(known + rows @ beta, -30, 30)))
        slope = rows.T @ (weights * (truth - chance))
        step = np.linalg.solve((rows * (weights * chance * (1 - chance))[:, None]).T @ rows, slope)
        beta += step
        if np.abs(step).max() < 1e-9:
            break
    return beta


Lines = tuple[np.ndarray, np.ndarray]


def errors(seen: Sequence[Seen], lines: Lines, sizes: Sequence[float]) -> list[float]:
    """Of files and of parts: the error, how many had a chance of .1, what was said and seen of them.

    `sizes` are how many changes are taken for each.
    """
    row: list[float] = []
    for level, line in zip(("files", "parts"), lines, strict=True):
        given = [one.files if level == "files" else one.parts for one in seen]
        chances = np.concatenate([grown(some, line, size) for some, size in zip(given, sizes, strict=True)])
        came = np.concatenate([one.hits if level == "files" else one.held for one in seen])
        loud = chances >= 0.1
        row += [ece(chances, came), int(loud.sum()), float(chances[loud].mean()), float(came[loud].mean())]
    return row


def usual(seen: Sequence[Seen], lines: Lines) -> float:
    """The number of changes that suits texts of groups best when nobody says it."""
    some = [one for one in seen if one.kind == "joined"]
    tried = [number / 2 for number in range(2, 17)]
    return min(tried, key=lambda one: sum(errors(some, lines, [one] * len(some))[::4]))


HEAD = (
    "| texts | n | repositories | files (median words) | as one change: files / parts "
    "| number of changes told: files (said, seen) | parts (said, seen) | not told: files / parts |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|"
)


def told(seen: Sequence[Seen], name: str, lines: Lines) -> str:
    """One row of the table."""
    if not seen:
        return f"| {name} | 0 |"
    taken = ([1.0] * len(seen), [one.changes for one in seen], [IDEA if one.idea else 1.0 for one in seen])
    one, known, guessed = (errors(seen, lines, sizes) for sizes in taken)
    size = f"{np.mean([one.truth for one in seen]):.1f} ({np.median([one.words for one in seen]):.0f})"
    cells = [name, f"{len(seen):,}", str(len({one.repository for one in seen})), size]
    cells += [f"{one[0]:.3f} / {one[4]:.3f}"]
    cells += [f"**{known[at]:.3f}** ({known[at + 2]:.2f}, {known[at + 3]:.2f})" for at in (0, 4)]
    return f"| {' | '.join([*cells, f'{guessed[0]:.3f} / {guessed[4]:.3f}'])} |"


def report(seen: Sequence[Seen], lines: Lines) -> Iterator[str]:
    """The tables."""
    for use in (FITTING, REPORTING):
        some = [one for one in seen if one.use == use]
        yield f"\n### Repositories for {use}\n\n{HEAD}"
        yield told([one for one in some if one.kind == "single"], "single landings", lines)
        for kind in ("joined", "first"):
            mine = [one for one in some if one.kind == kind]
            yield told(mine, f"groups, {kind}", lines)
            for low, high in ((2, 2), (3, 4), (5, LARGEST)):
                few = [one for one in mine if low <= one.changes <= high]
                yield told(few, f"{low} to {high} landings", lines)
        mine = [one for one in some if one.kind == "joined"]
        for low, high in ((0, 24), (25, 74), (75, 10_000)):
            yield told(
                [one for one in mine if low <= one.words <= high], f"joined, {low} words and more", lines
            )
    briefs = [one for one in seen if one.use == "specs"]
    if briefs:
        yield f"\n### Feature specs\n\n{HEAD}"
        yield told(briefs, "specs", lines)
        yield f"\nLandings of a spec, median {np.median([one.changes for one in briefs]):.0f}"


def main() -> None:
    """Gather, fit or report."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("work", choices=("gather", "specs", "fit", "report"))
    parser.add_argument("rows", type=Path)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("list", type=Path, nargs="?", default=Path(__file__).with_name("groups.txt"))
    parser.add_argument("--most", type=int, default=60)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--folds", type=Path)
    given = parser.parse_args()
    if given.work in ("gather", "specs"):
        given.rows.mkdir(exist_ok=True)
        with ProcessPoolExecutor(given.processes) as pool:
            list(pool.map(gather, works(given)))
        return
    seen = read(given.rows)
    lines = (SEVERAL_FILES, SEVERAL_COMPONENTS)
    if given.work == "fit":
        groups = [one for one in seen if one.use == FITTING and one.kind in ("joined", "first")]
        lines = (fitted(groups, "files"), fitted(groups, "parts"))
        print(
            *(f"{name} = {line.round(3).tolist()}" for name, line in zip(NAMES, lines, strict=True)), sep="\n"
        )
        print(f"IDEA = {usual(groups, lines)}")
    print("\n".join(report(seen, lines)))


def works(given: argparse.Namespace) -> Iterator[Work]:
    """What is there to be gathered; what is not is told."""
    one_only = given.work == "specs"
    file = Path(__file__).with_name("repositories.txt") if one_only else given.list
    for one in listed(file):
        if one_only and one.name != SPECS:
            continue
        clone = clone_of(given.folder, one.name)
        why = missing(clone, one.commit)
        trees = ranker(one, given) if one_only else shipped()
        if why or clone is None or trees is None:
            print(f"{one.name}: {why or 'no trees that never saw it'}", file=sys.stderr)
        else:
            yield Work(one, clone, given.rows, given.cache, given.most, trees, one_only)


if __name__ == "__main__":
    main()
