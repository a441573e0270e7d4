"""What corrections teach later specs, on clones of public repositories.

    python benchmarks/corrections.py FOLDER LIST [--each N]

FOLDER holds the clones; LIST is a text file with one clone per line, a path
below FOLDER. A Markdown table comes out, one row per clone.

A team that corrects everything is played: at four moments (90, 180, 270, 360 days
before the newest landing) the landings of the following 90 days, at most N (default
30), are foreseen one after the other from their cleaned texts, as in
benchmarks/touches.py. After each the team says which shown parts (odds of .3 and
more) were wrong, and which touched part was missing, with the words that Colead
would keep; the next ones are read with all corrections so far. Titles differ, so no
correction holds outright: this measures what their words do to others. "right" and
"wrong" count the shown parts that were and were not touched, without corrections
and with those of each kind.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from touches import Case, Then, as_it_was, cases, quiet

from colead.correction import WORDS, Correction, Kind, lessons
from colead.evidence import Ledger
from colead.readers.git import Door
from colead.readers.markdown import read_spec
from colead.spec import Spec
from colead.store import Store
from colead.touch import Touches, rank, telling

DAY = 86_400
POINTING = 3
KINDS = {"none": (), "wrong": (Kind.WRONG,), "missing": (Kind.MISSING,)}


def replayed(clone: Path, name: str, each: int) -> Counter[str]:
    """Shown parts, right and wrong, by the kind of corrections."""
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, Door.open(clone) as door:
        with Store.open(door, Path(folder) / "now") as store:
            store.update(door, quiet)
            history, texts = store.history(), {one[0]: one[1:] for one in store.messages()}
        for number in range(1, 5):
            moment = history.landings[-1].at - number * 90 * DAY
            with as_it_was(door, moment, name, Path(folder) / str(number)) as then:
                if then is not None:
                    known = {one.oid for one in then.activity.history.landings}
                    found = cases(door, history, texts, moment, known, then.activity, each)
                    counts.update(played([one for one in found if one.kind == "landing"], then, moment))
    return counts


def played(found: Sequence[Case], then: Then, moment: int) -> Counter[str]:
    """One quarter of a team that corrects every reading."""
    counts: Counter[str] = Counter()
    today = datetime.fromtimestamp(moment, UTC).date()
    said: list[Correction] = []
    for case in found:
        spec = read_spec(f"# {case.title}\n\n{case.body}\n".encode("utf-8", "replace"), "past")
        truth = {key for path in case.paths if (key := then.activity.codebase.seat(path)) is not None}
        for name, kinds in KINDS.items():
            told = foreseen(spec, then, [one for one in said if one.kind in kinds], today)
            shown = {one.component for one in told.components if not one.thin}
            counts[f"{name} right"] += len(shown & truth)
            counts[f"{name} wrong"] += len(shown - truth)
            if name == "none":
                new = list(corrected(told, spec, truth))
        counts["touched"] += len(truth)
        counts["cases"] += 1
        said += new
    return counts


def foreseen(spec: Spec, then: Then, said: Sequence[Correction], today: date) -> Touches:
    learnt, _ = lessons(said, then.activity.codebase)
    seen = then.activity, then.searched
    return rank(spec, *seen, today=today, ledger=Ledger(), repository="it", lessons=learnt)


def corrected(told: Touches, spec: Spec, truth: set[str]) -> Iterator[Correction]:
    """What the team says of one reading."""
    firm = [one for one in told.components if not one.thin]
    for one in firm:
        if one.component not in truth and one.component:
            yield Correction(Kind.WRONG, one.component, "", spec.title, one.words[:WORDS])
    for key in sorted(truth - {one.component for one in firm} - {""})[:1]:
        yield Correction(Kind.MISSING, key, "", spec.title, telling(spec, POINTING))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("list", type=Path)
    asked.add_argument("--each", type=int, default=30)
    given = asked.parse_args()
    print("| clone | changes | touched | " + " | ".join(f"{one}: right, wrong" for one in KINDS) + " |")
    print("|---|---:|---:|" + "---:|" * len(KINDS))
    total: Counter[str] = Counter()
    for line in given.list.read_text().splitlines():
        if name := line.partition("#")[0].strip():
            counts = replayed(given.folder / name, name, given.each)
            total.update(counts)
            row(name, counts)
    row("all", total)


def row(name: str, counts: Counter[str]) -> None:
    cells = [f"{counts[f'{one} right']}, {counts[f'{one} wrong']}" for one in KINDS]
    print(f"| {name} | {counts['cases']} | {counts['touched']} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
