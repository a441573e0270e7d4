"""How well touches are foreseen, on clones of public repositories.

    python benchmarks/touches.py FOLDER LIST [--fit NAME ...] [--each N] [--foreign FOLDER] [--write FILE]
    python benchmarks/touches.py FOLDER LIST --usual

FOLDER holds the clones; LIST is a text file with one clone per line, a path
below FOLDER ("#" begins a comment). A Markdown table comes out.

The replay is honest: at each of eight moments (90, 180, ... 720 days before the
newest landing) history and tree are read as they were then, and what landed in
the following 90 days is foreseen from its text: at most N landings (default 30,
the first ones), and efforts, that is landings which share an issue or a branch.
Texts are cleaned as `colead.touch.messages` does, and paths and file names are
taken out of them. Left out: bots, bumps, bulk, reverts, texts of fewer than 8
words, a title seen among the 400 landings before. The truth is the product
files, there at that moment, that the landing changed (1 to 30 of them); an effort
needs two landings and three such files.

With --fit the constants of `colead.touch.chances` are fitted on the named clones
and printed; the table is about the others. Without it the shipped constants are
used for all. Means are over repositories; "paired" is the mean difference to the
same run's BM25 on contents with a 95 % interval from 2,000 bootstraps over
repositories.

The last table is about texts that do not belong: at the newest moment every clone
is asked about texts of every other clone (landings, efforts, feature specs where
a clone keeps some) and about the Markdown files of the --foreign folder. Own are
the replayed texts, and a clone's own specs as foreseen 180 days before its newest
landing. Specs stand as they read now, without paths, whole and as their first 250
words. "lost" are own texts that got a component with odds of at least .5 and have
none any more because they are doubted, "right before" those of them whose likeliest
component was touched; "foreign" are the foreign texts that got one before, and that
get one now.

With --usual the table of `colead.touch.usual` is made from the listed clones and
printed, and nothing else.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from textwrap import wrap
from typing import Any

import numpy as np

from colead.activity import Activity, activity
from colead.history import History, Kind, Landing
from colead.readers.git import Door
from colead.readers.markdown import read_spec
from colead.store import Store
from colead.store.codebase import codebase
from colead.store.index import Contents, Searched, index
from colead.store.postings import Field
from colead.touch import chances
from colead.touch.asked import Asked, asked, asked_text
from colead.touch.chances import features, noisy_or, of_components, of_files, part_features
from colead.touch.home import belongs
from colead.touch.messages import said
from colead.touch.signals import Past, Signals, past, signals
from colead.touch.told import FIRM, seats
from colead.touch.usual import RARE

MOMENTS = range(720, 0, -90)  # days before the newest landing
HORIZON = timedelta(days=90)
WORDS, FEWEST_EFFORTS = 8, 3
SPEC_MOMENT, OPENING = 180, 250  # days before the newest landing; words
SPECS = re.compile(r"(docs/feature/.*(feature-delta|discuss/[^/]+)|specs/0[1-9][^/]*)\.md")
LONG, SHORT = 60, 25  # words
PATH = re.compile(r"\S*/\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{1,5}\b|\b\w+(?:\.\w+){2,}\b")
SKIPPED = re.compile(r"(?i)(revert|merge (?:branch|remote)|release|bump|version|v?\d+\.\d+)\b")


def quiet(done: int, total: int, what: str) -> None:
    """Report progress to nobody."""


class Earlier:
    """A door through which the repository is seen as it was when `tip` was its newest commit."""

    def __init__(self, door: Door, tip: str) -> None:
        self._door, self.tip = door, tip

    def __getattr__(self, name: str) -> Any:
        return getattr(self._door, name)


@dataclass(frozen=True)
class Case:
    """One text and the product files that it turned out to change."""

    kind: str  # "landing" or "effort"
    title: str
    body: str
    paths: frozenset[str]


@dataclass(frozen=True)
class Then:
    """A repository as it was at a moment."""

    name: str
    activity: Activity
    searched: Searched
    earlier: Past


@dataclass(frozen=True)
class Text:
    """A text that may be asked about anywhere."""

    source: str  # the clone that it belongs to, "" for none
    kind: str  # "landing", "effort", "spec", "opening"
    words: int
    asked: Asked


@dataclass(frozen=True)
class Asking:
    """One text asked about in one repository."""

    repository: str
    text: Text
    chance: float  # of the likeliest component, if the text belongs there; 0 where all is a guess
    home: float
    right: float = float("nan")  # 1 where that component was touched, 0 where not

    @property
    def own(self) -> bool:
        return self.text.source == self.repository

    @property
    def now(self) -> float:
        """The odds that are told, 0 where the text does not seem to belong."""
        return self.chance if belongs(self.home, len(self.text.asked.terms)) else 0.0


@dataclass(frozen=True)
class Seen:
    """One case with what was foreseen for it."""

    repository: str
    kind: str
    truth: np.ndarray
    fused: np.ndarray
    content: np.ndarray
    features: np.ndarray
    heard: np.ndarray
    files: np.ndarray
    seat: np.ndarray
    named: np.ndarray
    asking: Asking


def replay(clone: Path, name: str, cache: Path, each: int) -> Iterator[Seen]:
    """Every case of one clone, foreseen at its moment."""
    with Door.open(clone) as door:
        with Store.open(door, cache / "now") as store:
            store.update(door, quiet)
            history = store.history()
            texts = {oid: (title, body) for oid, title, body in store.messages()}
        for days in MOMENTS:
            newest = history.landings[-1].at
            moment = int((datetime.fromtimestamp(newest, UTC) - timedelta(days=days)).timestamp())
            yield from _at(door, history, texts, moment, name, cache, each)


def _at(
    door: Door,
    history: History,
    texts: dict[str, tuple[str, str]],
    moment: int,
    name: str,
    cache: Path,
    each: int,
) -> Iterator[Seen]:
    with as_it_was(door, moment, name, cache) as then:
        if then is None:
            return
        known = {one.oid for one in then.activity.history.landings}
        for case in cases(door, history, texts, moment, known, then.activity, each):
            yield foreseen(case, then)


@contextmanager
def as_it_was(door: Door, moment: int, name: str, cache: Path) -> Iterator[Then | None]:
    """The repository at a moment; none where it did not exist yet."""
    tip = main_line_before(door, moment)
    if not tip:
        yield None
        return
    before: Any = Earlier(door, tip)
    with Store.open(before, cache / "then") as store:
        store.update(before, quiet)
        code = codebase(store, before, quiet, visitors=(Contents(store, quiet),))
        searched = index(store, before, code, quiet)
        then = activity(store.history(), code)
        yield Then(name, then, searched, past(then, datetime.fromtimestamp(moment, UTC).date()))


def main_line_before(door: Door, moment: int) -> str:
    """The newest commit of the main line that is older than a moment."""
    parents = {one.oid: (one.at, one.parents) for one in door.commits(door.tip)}
    here = door.tip
    while here in parents and parents[here][0] > moment:
        here = parents[here][1][0] if parents[here][1] else ""
    return here if here in parents else ""


def cases(
    door: Door,
    history: History,
    texts: dict[str, tuple[str, str]],
    moment: int,
    known: set[str],
    then: Activity,
    each: int,
) -> list[Case]:
    """Landings and efforts of the days after a moment, with their truth."""
    ends = moment + HORIZON.total_seconds()
    after = [
        one
        for one in history.landings
        if moment < one.at <= ends and one.oid not in known and one.kind is Kind.PERSON
    ]
    changed = dict(changes(door, after, {one.path for one in then.codebase.product}))
    recent = {one.title for one in then.history.landings[-400:]}
    found = []
    for one in after:
        title, body = spoken(*texts.get(one.oid, (one.title, "")))
        if usable(one, title, body, recent) and 1 <= len(changed[one.oid]) <= 30:
            found.append(Case("landing", title, body, changed[one.oid]))
        recent.add(one.title)
    return found[:each] + efforts(after, texts, changed)


def changes(door: Door, landings: Sequence[Landing], there: set[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """The product files, there before, that each landing changed."""
    for oid, rows in door.changes((one.oid, one.base) for one in landings):
        paths = ((row.old_path or row.path).decode("utf-8", "surrogateescape") for row in rows)
        yield oid, frozenset(path for path in paths if path in there)


def spoken(title: str, body: str) -> tuple[str, str]:
    """A message as a person might say it before the work: cleaned, without paths and file names."""
    return PATH.sub(" ", said(title)), PATH.sub(" ", said(body))


def usable(landing: Landing, title: str, body: str, recent: set[str]) -> bool:
    """Whether a landing says enough in words of its own."""
    enough = len(f"{title} {body}".split()) >= WORDS
    return enough and landing.title not in recent and not SKIPPED.match(landing.title)


def efforts(
    landings: Sequence[Landing], texts: dict[str, tuple[str, str]], changed: dict[str, frozenset[str]]
) -> list[Case]:
    """Landings that share an issue or a branch, as one text each."""
    groups: dict[str, list[Landing]] = defaultdict(list)
    for one in landings:
        for key in one.efforts[:1]:
            groups[key].append(one)
    found = []
    for members in groups.values():
        paths = frozenset().union(*(changed[one.oid] for one in members))
        if len(members) >= 2 and len(paths) >= FEWEST_EFFORTS:
            told = [spoken(*texts.get(one.oid, (one.title, ""))) for one in members]
            body = "\n".join(f"{title}\n{body}" for title, body in told)
            found.append(Case("effort", told[0][0], body, paths))
    return found


def foreseen(case: Case, then: Then) -> Seen:
    """What is foreseen for a case from what was known at its moment."""
    query = asked_text(case.title, case.body)
    found, asking = ask(Text(then.name, case.kind, len(f"{case.title} {case.body}".split()), query), then)
    truth = np.array([one.path in case.paths for one in then.activity.codebase.product])
    return Seen(
        then.name,
        case.kind,
        truth,
        found.fused,
        found.views["content"],
        features(found),
        found.heard,
        of_files(found),
        seats(then.activity),
        found.named,
        replace(asking, right=right(found, truth, seats(then.activity))),
    )


def right(found: Signals, truth: np.ndarray, seat: np.ndarray) -> float:
    """Whether the likeliest component was touched."""
    parts = of_components(of_files(found), seat, found.named)
    return float(np.any(truth & (seat == int(np.argmax(parts))))) if len(parts) else float("nan")


# --- texts that do not belong ------------------------------------------------


def ask(text: Text, then: Then) -> tuple[Signals, Asking]:
    """What a text would touch, were it to belong there, and how much it is at home."""
    found = signals(text.asked, then.activity, then.searched, then.earlier)
    files = of_files(found)
    parts = of_components(files, seats(then.activity), found.named)
    chance = float(parts.max(initial=0.0)) if files.max(initial=0.0) >= FIRM else 0.0
    return found, Asking(then.name, text, chance, found.home)


def specs(door: Door, name: str) -> Iterator[Text]:
    """The feature specs that a clone keeps, whole and as their first words."""
    listed = [(one.path, one.oid) for one in door.tree(door.tip)]
    wanted = [oid for path, oid in listed if SPECS.fullmatch(path.decode("utf-8", "surrogateescape"))]
    for _, data in door.blobs(wanted):
        yield from spec_texts(name, (data or b"").decode("utf-8", "replace"))


def spec_texts(source: str, written: str) -> Iterator[Text]:
    """A spec without paths, whole and as its first words."""
    lines = [PATH.sub(" ", line) for line in written.splitlines()]
    prose = [line for line in lines if not line.startswith(("|", "<"))]
    ends = np.cumsum([len(line.split()) for line in prose])
    opening = prose[: int(np.searchsorted(ends, OPENING)) + 1]
    for kind, some in (("spec", lines), ("opening", opening)):
        text = "\n".join(some)
        if text.strip():
            yield Text(source, kind, len(text.split()), asked(read_spec(text.encode(), "spec.md")))


def own_specs(clone: Path, name: str, cache: Path) -> list[Asking]:
    """A clone's own specs, asked about before most of them were built."""
    with Door.open(clone) as door:
        texts = list(specs(door, name))
        if not texts:
            return []
        with as_it_was(door, newest(door) - SPEC_MOMENT * 86_400, name, cache) as then:
            return [ask(one, then)[1] for one in texts] if then else []


def newest(door: Door) -> int:
    return max(one.at for one in door.commits(door.tip))


def strange(clone: Path, name: str, cache: Path, texts: Sequence[Text]) -> Iterator[Asking]:
    """Texts of others, asked about at the newest moment."""
    with Door.open(clone) as door, as_it_was(door, newest(door) - 90 * 86_400, name, cache) as then:
        if then:
            yield from (ask(one, then)[1] for one in texts if one.source != name)


def sample(askings: Sequence[Asking]) -> list[Text]:
    """Of the own texts of each clone, some of each kind and length."""
    rng, groups = np.random.default_rng(7), defaultdict(list)
    for one in askings:
        size = "long" if one.text.words >= LONG else "middle" if one.text.words >= SHORT else "short"
        groups[one.text.source, one.text.kind, size].append(one.text)
    most = {"long": 6, "middle": 3, "short": 2}
    return [
        some[int(number)]
        for (_, _, size), some in sorted(groups.items())
        for number in rng.permutation(len(some))[: most[size]]
    ]


def auc(own: Sequence[float], foreign: Sequence[float]) -> float:
    """The chance that an own text scores higher than a foreign one."""
    if not own or not foreign:
        return float("nan")
    high, low = np.array(own)[:, None], np.array(foreign)[None, :]
    return float(np.mean((high > low) + 0.5 * (high == low)))


def home_row(askings: Sequence[Asking]) -> dict[str, float]:
    own, foreign = ([one for one in askings if one.own is mine] for mine in (True, False))
    share: Mapping[str, list[bool]] = {
        "lost": [one.chance >= 0.5 > one.now for one in own],
        "foreign before": [one.chance >= 0.5 for one in foreign],
        "foreign now": [one.now >= 0.5 for one in foreign],
    }
    lost = [one.right for one in own if one.chance >= 0.5 > one.now and not np.isnan(one.right)]
    return {
        "own": len(own),
        "right before": float(np.mean(lost)) if lost else float("nan"),
        "lost": float(np.mean(share["lost"])) if own else float("nan"),
        "others": len(foreign),
        **{key: float(np.mean(share[key])) for key in ("foreign before", "foreign now") if foreign},
        "AUC odds": auc([one.chance for one in own], [one.chance for one in foreign]),
        "AUC home": auc([one.home for one in own], [one.home for one in foreign]),
    }


HOME_COLUMNS = (
    "own", "lost", "right before", "others", "foreign before", "foreign now", "AUC odds", "AUC home",
)  # fmt: skip


def home_table(askings: Sequence[Asking], title: str) -> Iterator[str]:
    """One row per repository for long texts, their mean, and rows by kind and length over all."""
    if not askings:
        return
    long = [one for one in askings if one.text.words >= LONG]
    names = list(dict.fromkeys(one.repository for one in long))
    rows = {name: home_row([one for one in long if one.repository == name]) for name in names}
    enough = [row for row in rows.values() if row["own"] >= 5]
    if enough:
        rows[f"**mean of {len(enough)}**"] = {
            key: mean_known([row.get(key, np.nan) for row in enough]) for key in HOME_COLUMNS
        }
    rows["all long texts"] = home_row(long)
    for kind in ("landing", "effort", "spec", "opening"):
        rows[f"long: {kind}"] = home_row([one for one in long if one.text.kind == kind])
    rows["long: of no clone"] = home_row([one for one in long if not one.text.source])
    rows["25 to 59 words"] = home_row([one for one in askings if SHORT <= one.text.words < LONG])
    rows["fewer words"] = home_row([one for one in askings if one.text.words < SHORT])
    yield f"### {title}\n"
    yield f"| repository | {' | '.join(HOME_COLUMNS)} |"
    yield f"|---|{'---|' * len(HOME_COLUMNS)}"
    for name, row in rows.items():
        yield f"| {name} | {' | '.join(home_cell(key, row.get(key)) for key in HOME_COLUMNS)} |"
    yield ""


def mean_known(values: Sequence[float]) -> float:
    known = [value for value in values if not np.isnan(value)]
    return float(np.mean(known)) if known else float("nan")


def home_cell(key: str, value: float | None) -> str:
    if value is None or np.isnan(value):
        return ""
    return f"{value:.0f}" if key in ("own", "others") else f"{value:.3f}"


# --- how often words stand anywhere ------------------------------------------

KNOWN_BY = 5  # clones of seven that hold a word


def usual(folder: Path, names: Sequence[str]) -> Iterator[str]:
    """The levels of `colead.touch.usual`: words of code and messages, in doublings of the rarest rate."""
    rates: dict[str, list[float]] = defaultdict(list)
    for name in names:
        with (
            tempfile.TemporaryDirectory() as cache,
            Door.open(folder / name) as door,
            Store.open(door, Path(cache)) as store,
        ):
            store.update(door, quiet)
            code = codebase(store, door, quiet, visitors=(Contents(store, quiet),))
            for term, rate in said_here(store, index(store, door, code, quiet)).items():
                rates[term].append(rate)
    levels = defaultdict(list)
    for term, found in rates.items():
        rate = sum(found) / len(names)
        if len(found) >= KNOWN_BY * len(names) / 7 and rate >= RARE:
            levels[round(np.log2(rate / RARE))].append(term)
    for level, some in sorted(levels.items()):
        yield "\n".join([f'    {level}: """', *wrap(" ".join(sorted(some)), 110), '    """,'])


def said_here(store: Store, searched: Searched) -> dict[str, float]:
    """How many chunks of code, and messages, per hundred terms hold each word; the mean of the two."""
    rates: dict[str, float] = defaultdict(float)
    lengths = (searched.chunks(())[0].lengths, searched.messages((), store.history().landings).lengths)
    for which, length in zip((Field.CONTENT, Field.MESSAGES), lengths, strict=True):
        rows = store.db.execute(
            "SELECT term, length(rows) / 4 FROM index_postings WHERE field = ?", (int(which),)
        )
        for term, held in rows:
            rates[term] += held / (length.sum() / 100) / 2
    return rates


# --- figures -----------------------------------------------------------------


def recall(scores: np.ndarray, truth: np.ndarray, top: int) -> float:
    return float(truth[np.argsort(-scores, kind="stable")[:top]].sum() / truth.sum())


def part_truth(seen: Seen) -> np.ndarray:
    held = np.zeros(len(seen.named), dtype=bool)
    held[seen.seat[seen.truth & (seen.seat >= 0)]] = True
    return held


def figures(all_seen: Sequence[Seen]) -> dict[str, float]:
    """The means over the cases of one repository."""
    rows = []
    for one in all_seen:
        parts, held = of_components(one.files, one.seat, one.named), part_truth(one)
        found = recall(one.fused, one.truth, 10)
        rows.append(
            {
                "R@10": found,
                "content R@10": recall(one.content, one.truth, 10),
                "hit@10": float(found > 0),
                "parts hit@3": float(held[np.argsort(-parts, kind="stable")[:3]].any()),
                "files": float(one.truth.sum()),
                "parts": float(held.sum()),
            }
        )
    mean = {key: float(np.mean([row[key] for row in rows])) for key in rows[0]} if rows else {}
    return mean | {"n": len(rows)} | calibration(all_seen)


def calibration(all_seen: Sequence[Seen]) -> dict[str, float]:
    """Expected calibration error of what got a probability of at least .1, in ten bins."""
    files = np.concatenate([one.files for one in all_seen])
    touched = np.concatenate([one.truth for one in all_seen])
    parts = np.concatenate([of_components(one.files, one.seat, one.named) for one in all_seen])
    held = np.concatenate([part_truth(one) for one in all_seen])
    shown = parts >= 0.3
    return {
        "error files": ece(files, touched),
        "error parts": ece(parts, held),
        "said": float(parts[shown].mean()) if shown.any() else float("nan"),
        "seen": float(held[shown].mean()) if shown.any() else float("nan"),
        "shown": float(shown.sum() / len(all_seen)),
    }


def ece(said_: np.ndarray, seen: np.ndarray) -> float:
    kept = said_ >= 0.1
    if not kept.any():
        return float("nan")
    bins = np.minimum((said_[kept] * 10).astype(int), 9)
    error = sum(abs(said_[kept][bins == one].sum() - seen[kept][bins == one].sum()) for one in range(10))
    return float(error / kept.sum())


# --- fitting -----------------------------------------------------------------


def logistic(rows: np.ndarray, truth: np.ndarray, weights: np.ndarray, ridge: float = 1e-3) -> np.ndarray:
    """Newton's method for a logistic regression."""
    beta = np.zeros(rows.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(rows @ beta, -30, 30)))
        slope = rows.T @ (weights * (truth - chance)) - ridge * beta
        bend = (rows * (weights * chance * (1 - chance))[:, None]).T @ rows + ridge * np.eye(len(beta))
        step = np.linalg.solve(bend, slope)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    return beta


def fitted(all_seen: Sequence[Seen]) -> tuple[np.ndarray, np.ndarray]:
    """The two constants of `colead.touch.chances`; every repository weighs the same."""
    weigh = case_weights(all_seen)
    rows = np.concatenate([one.features[one.heard] for one in all_seen])
    truth = np.concatenate([one.truth[one.heard] for one in all_seen]).astype(float)
    weights = np.concatenate(
        [np.full(int(one.heard.sum()), weight) for one, weight in zip(all_seen, weigh, strict=True)]
    )
    beta = logistic(rows, truth, weights)
    return beta, fit_parts(all_seen, weigh, beta)


def case_weights(all_seen: Sequence[Seen]) -> np.ndarray:
    count: dict[tuple[str, str], int] = defaultdict(int)
    for one in all_seen:
        count[one.repository, one.kind] += 1
    share = {"landing": 1.0, "effort": 0.5}
    return np.array([100 * share[one.kind] / count[one.repository, one.kind] for one in all_seen])


def fit_parts(all_seen: Sequence[Seen], weigh: np.ndarray, beta: np.ndarray) -> np.ndarray:
    """The line from the noisy-or of a component's files, and its being named, to its chance."""
    raw, truth, weights = [], [], []
    for one, weight in zip(all_seen, weigh, strict=True):
        raw.append(noisy_or(refreshed(one, beta), one.seat, len(one.named)))
        truth.append(part_truth(one))
        weights.append(np.full(len(one.named), weight))
    named = np.concatenate([one.named for one in all_seen])
    chance, held, weighed = (np.concatenate(part) for part in (raw, truth, weights))
    kept = chance > 0
    return logistic(part_features(chance[kept], named[kept]), held[kept].astype(float), weighed[kept])


def refreshed(seen: Seen, beta: np.ndarray) -> np.ndarray:
    chance = 1 / (1 + np.exp(-np.clip(seen.features @ beta, -30, 30)))
    return np.where(seen.heard, chance, 0.0)


# --- the table ---------------------------------------------------------------

COLUMNS = (
    "n", "files", "parts", "content R@10", "R@10", "hit@10", "parts hit@3", "shown", "said", "seen",
    "error files", "error parts",
)  # fmt: skip


def table(all_seen: Sequence[Seen], kind: str) -> Iterator[str]:
    """One row per repository and a mean."""
    names = list(dict.fromkeys(one.repository for one in all_seen))
    rows = {}
    for name in names:
        some = [one for one in all_seen if one.repository == name and one.kind == kind]
        if len(some) >= 5:
            rows[name] = figures(some)
    if not rows:
        return
    yield f"### {kind.capitalize()}s\n"
    yield f"| repository | {' | '.join(COLUMNS)} |"
    yield f"|---|{'---|' * len(COLUMNS)}"
    mean = {key: float(np.nanmean([row[key] for row in rows.values()])) for key in COLUMNS}
    for name, row in [*rows.items(), (f"**mean of {len(rows)}**", mean)]:
        yield f"| {name} | {' | '.join(shown(key, row[key]) for key in COLUMNS)} |"
    yield ""
    yield paired([row["R@10"] - row["content R@10"] for row in rows.values()])


def shown(key: str, value: float) -> str:
    return (
        f"{value:.0f}"
        if key == "n"
        else f"{value:.1f}"
        if key in ("files", "parts", "shown")
        else f"{value:.3f}"
    )


def paired(gains: Sequence[float]) -> str:
    rng = np.random.default_rng(7)
    drawn = rng.choice(np.array(gains), (2000, len(gains))).mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    better = sum(gain > 0 for gain in gains)
    return (
        f"Paired with BM25 on contents: R@10 {np.mean(gains):+.3f} ({low:+.3f} to {high:+.3f}), "
        f"better in {better} of {len(gains)}.\n"
    )


def everything(
    given: argparse.Namespace, names: Sequence[str], cache: Path
) -> tuple[list[Seen], list[Asking]]:
    """Every case foreseen, and every text asked about where it belongs and where it does not."""
    all_seen: list[Seen] = []
    askings: list[Asking] = []
    for name in names:
        started = time.perf_counter()
        found = list(replay(given.folder / name, name, cache / name, given.each))
        askings += own_specs(given.folder / name, name, cache / name / "specs")
        all_seen += found
        told(f"{name}: {len(found)} cases in {time.perf_counter() - started:.0f} s")
    askings += [one.asking for one in all_seen]
    texts = sample(askings)
    for path in sorted(given.foreign.glob("*.md")) if given.foreign else ():
        texts += [one for one in spec_texts("", path.read_text()) if one.kind == "spec"]
    for name in names:
        started = time.perf_counter()
        askings += strange(given.folder / name, name, cache / name, texts)
        told(f"{name}: {len(texts)} texts of others in {time.perf_counter() - started:.0f} s")
    return all_seen, askings


def told(line: str) -> None:
    """How far it is, to whoever waits."""
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    """Replay, fit where asked, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("list", type=Path)
    parser.add_argument("--fit", nargs="*", default=[])
    parser.add_argument("--each", type=int, default=30)
    parser.add_argument("--foreign", type=Path)
    parser.add_argument("--usual", action="store_true")
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    names = [line.split("#")[0].strip() for line in given.list.read_text().splitlines()]
    names = list(filter(None, names))
    if given.usual:
        print("\n".join(usual(given.folder, names)))
        return
    with tempfile.TemporaryDirectory() as cache:
        all_seen, askings = everything(given, names, Path(cache))
    lines = []
    if given.fit:
        beta, line = fitted([one for one in all_seen if one.repository in given.fit])
        chances.COMPONENT = line
        lines += [f"    {n:10} {v:+.3f}" for n, v in zip(chances.FEATURES, beta, strict=True)]
        lines += [f"    components {np.round(line, 3).tolist()}", ""]
        all_seen = [replace(one, files=refreshed(one, beta)) for one in all_seen]
        for kind in ("landing", "effort"):
            lines += ["Fitted on:", *table([one for one in all_seen if one.repository in given.fit], kind)]
    rest = [one for one in all_seen if one.repository not in given.fit]
    for kind in ("landing", "effort"):
        lines += table(rest, kind)
    lines += home_table([one for one in askings if one.repository in given.fit], "Belonging, chosen on")
    lines += home_table([one for one in askings if one.repository not in given.fit], "Belonging")
    print("\n".join(lines))
    if given.write:
        given.write.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
