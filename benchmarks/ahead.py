"""Whether ranking parts by exposure finds where the coming changes will need fixes.

    python benchmarks/ahead.py FOLDER [LIST] [--sets reporting,other] [--tests N] [--processes N]
        [--cache DIR] [--rows FILE]

FOLDER and LIST as for ranking.py. Past landings stand in for ideas: of the newest N
(240) usable landings of a clone (see _replay.py) that are 100 days older than its
newest, three, four or five that follow each other are one group; the tree, the index
and the history are those before the first of them, and their texts without paths are
the specs. The shipped ranking has seen the clones of the set "tuning".

Parts are ranked by exposure (odds of the shipped ranking times the share of past
changes that needed a fix there), and beside it by those odds alone, by fragility, by
size in product files, by fixes of the past year, by the changes of the past year.
Came: one for each landing of a group and part in which a fix changed the same
file 1 to 90 days later. Told is the share of them in the first three parts (ties in
the order of the parts), pooled per clone and averaged over clones; also fixes
expected against those that came, and whether a part's own share tells more of what came
than one share for all (Poisson deviance); and what came for an idea in parts that are told to need more fixes
than usual. Of the reserve: how often the range of changes
in six weeks held, at 24 moments six weeks apart. Clones with fewer than twelve parts
say little, for three of them are many; they are told apart.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from _replay import Case, Earlier, quiet, replay, stripped
from ranking import Listed, clone_of, listed, missing

from colead.activity import Activity, activity
from colead.ahead import Followed, followed, ranked
from colead.ahead.reserve import WEEKS
from colead.citing import DAY, end_of
from colead.evidence import Ledger
from colead.fixes import fixed_parts
from colead.fragility import fragilities
from colead.history import History
from colead.pace import WEEK, Pace
from colead.readers.git import Door
from colead.readers.markdown import read_spec
from colead.store import Store
from colead.store.index import shipped
from colead.touch import rank

SETTLED = 100 * DAY
TOP = 3
SIZES = (3, 4, 5)
MANY = 12  # parts
FEWEST = 10  # fixes of a clone that counts
ORIGINS, SCORED = 24, 8  # stretches of six weeks looked back, and those that a clone needs to count
WAYS = ("exposure", "odds", "fragility", "past fixes", "changes", "size", "best possible")


@dataclass(frozen=True)
class Group:
    """Landings that follow each other, seen from before the first."""

    cases: Sequence[Case]

    @property
    def before(self) -> Activity:
        """What had landed before, in the parts of that day."""
        first = self.cases[0]
        return activity(first.activity.history, first.activity.codebase)

    def chances(self, before: Activity) -> np.ndarray:
        """(ideas, parts): the odds of each landing, taken for one change."""
        rows = []
        for case in self.cases:
            text = f"# {stripped(case.title)}\n\n{stripped(case.body)}\n"
            spec = read_spec(text.encode("utf-8", "replace"), "idea.md")
            first = self.cases[0]
            first.index.trees = shipped()
            found = rank(
                spec, before, first.index, today=first.today, ledger=Ledger(), repository="", changes=1
            )
            rows.append([found.every[key] for key in before.components])
        return np.array(rows)


def groups(cases: Iterable[Case]) -> Iterator[Group]:
    """The groups of a clone, oldest first; each is used up before the next is asked for."""
    held: list[Case] = []
    number = 0
    for case in cases:
        held.append(case)
        if len(held) == SIZES[number % len(SIZES)]:
            yield Group(held)
            held, number = [], number + 1


def came(group: Group, whole: History, seen: Activity, before: Activity) -> np.ndarray:
    """For each part how many of the landings needed a fix there, in the history as it went on."""
    counts = np.zeros(len(before.components))
    place = {key: number for number, key in enumerate(before.components)}
    numbers = {one.oid: number for number, one in enumerate(whole.landings)}
    for case in group.cases:
        number = numbers.get(case.landing.oid, -1)  # told as part of a later merge since: nothing came
        own = seen.row_file[seen.row_landing == number]
        at = whole.at[seen.row_landing] - case.landing.at
        later = whole.is_fix[seen.row_landing] & (at > DAY) & (at <= 90 * DAY)
        hit = np.intersect1d(own, seen.row_file[later])
        keys = {before.codebase.seat(whole.paths[file]) for file in hit.tolist()}
        for key in keys - {None}:
            counts[place[key]] += 1
    return counts


def scores(group: Group, before: Activity) -> dict[str, np.ndarray]:
    """A score of each part by each way, and what the first is made of."""
    today, chances = group.cases[0].today, group.chances(before)
    end = end_of(today)
    landing, part = before.pairs
    recent = before.history.at[landing] >= end - 365 * DAY
    size = len(before.components)
    seats = before.codebase.seats
    position = {key: number for number, key in enumerate(before.components)}
    files = np.bincount([position[one] for one in seats if one is not None], minlength=size)
    past = followed(before, today)
    return {
        "fixed": past.fixed,
        "of": past.changes,
        "exposure": ranked(chances, past.share)[0],
        "odds": chances.sum(axis=0),
        "fragility": fragilities(before, today=today, repository="").component_expected,
        "past fixes": fixed_parts(before, end - 365 * DAY, end),
        "changes": np.bincount(part[recent], minlength=size).astype(float),
        "size": files.astype(float),
    }


def history(clone: Path, cache: Path, commit: str) -> History:
    """The history of a clone up to a commit."""
    with Door.open(clone) as opened, Store.open(opened, cache) as store:
        door: Any = Earlier(opened, commit) if commit else opened
        store.update(door, quiet)
        return store.history()


def measured(job: tuple[Path, Listed, str, int]) -> dict[str, Any]:
    """Everything of one clone."""
    clone, one, cache, tests = job
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(cache or folder)
        whole = history(clone, kept / "whole", one.commit)
        settled = int(np.searchsorted(whole.at, whole.at[-1] - SETTLED)) - 1
        cases = replay(clone, kept / "then", tip=whole.landings[settled].oid, tests=tests, training=0)
        rows, parts = [], 0
        for group in groups(cases):
            before = group.before
            seen, parts = activity(whole, before.codebase), len(before.components)
            rows.append(figures(scores(group, before), came(group, whole, seen, before)))
    return {"name": one.name, "use": one.use, "parts": parts, "rows": rows, "reserve": reserve(whole)}


def reserve(whole: History) -> list[list[float]]:
    """Of past stretches of six weeks: the ends of the range of changes that was expected, and what came."""
    at, rng = np.sort(whole.at[whole.by_people]), np.random.default_rng(1)
    found = []
    for back in range(1, ORIGINS + 1):
        start = int(whole.at[-1]) + 1 - back * WEEKS * WEEK
        pace = Pace.counted(at, start)
        if pace.enough:
            low, middle, high = np.quantile(pace.landed_in(WEEKS, rng), (0.1, 0.5, 0.9)).tolist()
            landed = float(((at >= start) & (at < start + WEEKS * WEEK)).sum())
            found.append([low, middle, high, landed])
    return found


def top(scores: np.ndarray, truth: np.ndarray) -> float:
    """How much of what came lies in the first three parts by a score."""
    return float(truth[np.argsort(-scores, kind="stable")[:TOP]].sum())


def figures(told: dict[str, np.ndarray], truth: np.ndarray) -> dict[str, Any]:
    """What is kept of a group: every column, rounded."""
    return {way: np.round(one, 4).tolist() for way, one in {**told, "came": truth}.items()}


def report(done: Sequence[dict[str, Any]]) -> None:
    """Print a row for each clone, then the means."""
    print("clone|set|parts|groups|fixes|" + "|".join(WAYS) + "|expected for one")
    table = []
    for one in done:
        rows = list(map(columns, one["rows"]))
        total = sum(float(row["came"].sum()) for row in rows)
        head = f"{one['name']}|{one['use']}|{one['parts']}|{len(rows)}|{total:.0f}"
        if total < FEWEST:
            print(f"{head}|too few fixes")
            continue
        shares = [sum(top(row[way], row["came"]) for row in rows) / total for way in WAYS]
        expected = sum(float(row["exposure"].sum()) for row in rows) / total
        table.append((one, shares, expected, gained(rows)))
        print("|".join([head, *(f"{share:.3f}" for share in shares), f"{expected:.2f}"]))
    chosen = {
        "all": table,
        "tuning": [row for row in table if row[0]["use"] == "tuning"],
        "never tuned on": [row for row in table if row[0]["use"] != "tuning"],
        f"{MANY} parts and more": [row for row in table if row[0]["parts"] >= MANY],
    }
    for label, some in chosen.items():
        if some:
            summed(label, some)
    for use in ("tuning", ""):
        banded([one for one in done if not use or one["use"] == use], use or "all")
    for label, seen in (("tuning", True), ("never tuned on", False)):
        flagged([one for one in done if (one["use"] == "tuning") == seen], label)
    held(done)


def columns(row: dict[str, Any]) -> dict[str, np.ndarray]:
    """A group as it was kept, with the exposure by what is shipped now."""
    told = {way: np.array(column, dtype=float) for way, column in row.items()}
    past = Followed(told["of"].astype(int), told["fixed"].astype(int))
    return {**told, "exposure": told["odds"] * past.share, "best possible": told["came"]}


def summed(label: str, chosen: Sequence[Any]) -> None:
    """The means over some clones."""
    shares = np.array([row[1] for row in chosen])
    print(f"\n{label}: {len(chosen)} clones, {sum(len(row[0]['rows']) for row in chosen)} groups")
    for place, way in enumerate(WAYS):
        gain = shares[:, 0] - shares[:, place]
        low, high = interval(gain)
        better, worse = int((gain > 0).sum()), int((gain < 0).sum())
        print(f"  {way:14} {shares[:, place].mean():.3f}  exposure gains {gain.mean():+.3f} "
              f"({low:+.3f} to {high:+.3f}), better in {better}, worse in {worse}")  # fmt: skip
    low, high = interval(np.array([row[3] for row in chosen]))
    print(f"  deviance of what came, own shares against one share for all: "
          f"{np.mean([row[3] for row in chosen]):+.3f} ({low:+.3f} to {high:+.3f})")  # fmt: skip
    print(f"  expected for one that came: {np.mean([row[2] for row in chosen]):.2f}")


def gained(rows: Sequence[dict[str, np.ndarray]]) -> float:
    """By how much (a share) parts' own shares lower the Poisson deviance against the repository's share."""
    columns = {way: np.concatenate([row[way] for row in rows]) for way in ("exposure", "odds", "came")}
    whole = np.concatenate(
        [np.full(len(row["of"]), row["fixed"].sum() / max(1, row["of"].sum())) for row in rows]
    )
    own, flat = (
        deviance(columns["came"], said * columns["came"].sum() / max(1e-9, said.sum()))
        for said in (columns["exposure"], columns["odds"] * whole)
    )
    return 1 - own / flat


def deviance(came: np.ndarray, said: np.ndarray) -> float:
    """Twice the loss of likelihood of counts against a perfect forecast."""
    said = np.maximum(said, 1e-4)
    return float(2 * np.sum(came * np.log(np.maximum(came, 1e-9) / said) - (came - said)))


def banded(done: Sequence[dict[str, Any]], label: str) -> None:
    """Expected against came, by bands of what was expected, over all groups."""
    said, came = (
        np.concatenate([columns(row)[way] for one in done for row in one["rows"]])
        for way in ("exposure", "came")
    )
    edges = (0.05, 0.1, 0.2, 0.4, 0.8, 99.0)
    for low, high in pairwise(edges):
        chosen = (said >= low) & (said < high)
        if chosen.any():
            print(f"{label}, expected {low:.2f} to {high:.2f}: {chosen.sum():5} parts, "
                  f"said {said[chosen].mean():.3f}, came {came[chosen].mean():.3f}")  # fmt: skip


def flagged(done: Sequence[dict[str, Any]], label: str) -> None:
    """For one idea that touches a part: its share and what came, in parts told to need more, and others."""
    sums, better = np.zeros((2, 3)), []
    for one in done:
        own = np.zeros((2, 3))
        for row in map(columns, one["rows"]):
            past = Followed(row["of"].astype(int), row["fixed"].astype(int))
            for part in np.flatnonzero(past.known):
                share = past.fixed[part] / past.changes[part]
                own[int(past.more(part))] += row["odds"][part] * np.array([1, share, 0])
                own[int(past.more(part)), 2] += row["came"][part]
        sums += own
        if own[:, 0].min() >= 3:
            better.append(own[1, 2] / own[1, 0] > own[0, 2] / own[0, 0])
    for name, (ideas, share, came) in zip(("others", "more"), sums, strict=True):
        print(f"{label}, {name}: {ideas:.0f} ideas, share {share / ideas:.3f}, came {came / ideas:.3f}")
    print(f"{label}: came more often where more is said in {sum(better)} of {len(better)} clones")


def held(done: Sequence[dict[str, Any]]) -> None:
    """How often the range of changes in six weeks held."""
    shares = []
    for one in done:
        if len(one["reserve"]) >= SCORED:
            low, middle, high, landed = np.array(one["reserve"]).T
            shares.append([np.mean((low <= landed) & (landed <= high)), np.mean(landed < middle)])
    print(f"six weeks: {len(shares)} clones, range of 80 % held {np.mean(shares, axis=0)[0]:.3f}, "
          f"below the middle {np.mean(shares, axis=0)[1]:.3f}")  # fmt: skip


def interval(gains: np.ndarray) -> tuple[float, float]:
    """95 % of 2,000 bootstraps of the mean over clones."""
    rng = np.random.default_rng(1)
    means = rng.choice(gains, (2000, len(gains))).mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def main() -> None:
    """Measure and report."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("folder", type=Path)
    words.add_argument("list", type=Path, nargs="?", default=Path(__file__).with_name("repositories.txt"))
    words.add_argument("--sets", default="tuning,reporting,other")
    words.add_argument("--tests", type=int, default=240)
    words.add_argument("--processes", type=int, default=1)
    words.add_argument("--cache", default="")
    words.add_argument("--rows", type=Path, help="keep or take up what was measured, one JSON line a clone")
    asked = words.parse_args()
    done: list[dict[str, Any]] = []
    if asked.rows and asked.rows.exists():
        done = [json.loads(line) for line in asked.rows.read_text().splitlines()]
    jobs = []
    for one in listed(asked.list):
        if one.use not in asked.sets.split(",") or any(row["name"] == one.name for row in done):
            continue
        clone = clone_of(asked.folder, one.name)
        if why := missing(clone, one.commit):
            print(f"{one.name}: {why}", file=sys.stderr)
        elif clone is not None:
            jobs.append((clone, one, asked.cache, asked.tests))
    with ProcessPoolExecutor(asked.processes) as pool:
        for found in pool.map(measured, jobs):
            done.append(found)
            print(f"{found['name']}: {len(found['rows'])} groups", file=sys.stderr, flush=True)
            if asked.rows:
                with asked.rows.open("a") as file:
                    file.write(json.dumps(found) + "\n")
    report([one for one in done if one["use"] in asked.sets.split(",")])


if __name__ == "__main__":
    main()
