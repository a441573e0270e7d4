"""How well the files of whole feature specs are foreseen, and what each of their requirements points at.

    python benchmarks/specs.py CLONE [--cache DIR] [--json FILE]

Reads the specs that LetPeopleWork/Lighthouse keeps (docs/feature/<name>/feature-delta.md
or discuss/*.md), each as it was first committed: what stands under DESIGN, DISTILL and
DELIVER is cut off, and all beyond 12,000 characters. History and tree are those before
that day. The truth are the product files, there then, that landings of the following 75
days changed which name the story's number or the spec; three at least.

Compared are text search, the sum of views, what ships, and the sums of the squared
scores of the spec's requirements and sections beside the whole. "told" are the files
shown beside a requirement: how many of them changed, and how much of what changed they are.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from _replay import Past, quiet
from touches import as_it_was, changes

from colead.readers.git import Door
from colead.readers.markdown import read_spec
from colead.spec.requirement import requirements
from colead.store import Store
from colead.touch.asked import SILENT, asked, asked_text
from colead.touch.chances import of_files
from colead.touch.held import Held
from colead.touch.learned import foreseen
from colead.touch.ranking import relative
from colead.touch.requirements import drawn
from colead.touch.signals import signals

SPEC = re.compile(r"docs/feature/([^/]+)/(?:feature-delta|discuss/[^/]+)\.md")
LATER = re.compile(r"(?m)^#{1,3} .*\b(?:DESIGN|DISTILL|DELIVER|DEVOPS)\b.*$")
STORY = re.compile(r"(?:[Ee]pic|[Ss]tory|[Bb]ug|edit/|#)[ -]?#?(\d{4,5})\b")
DAYS, CHARACTERS, FEWEST, SHOWN = 75, 12_000, 3, 3


@dataclass(frozen=True)
class Told:
    """One spec as it was first told, and what it led to."""

    name: str
    text: str
    at: int
    after: frozenset[str]  # landings


def told(past: Past, door: Door) -> Iterator[Told]:
    """The specs of a clone with the landings that name them."""
    history = past.history
    first: dict[str, tuple[int, list[str]]] = {}
    for row, path in enumerate(past.path):
        found = SPEC.fullmatch(path)
        if found and history.change_status[row] == ord("A"):
            landing = int(history.change_landing[row])
            at, paths = first.setdefault(found[1], (landing, []))
            if at == landing:
                paths.append(path)
    for name, (landing, paths) in first.items():
        one = history.landings[landing]
        oids = [entry.oid for entry in door.tree(one.oid) if entry.path.decode() in paths]
        text = "\n".join((data or b"").decode("utf-8", "replace") for _, data in door.blobs(oids))
        text = before_design(text)[:CHARACTERS]
        number = STORY.search(name) or STORY.search(text[:1500])
        names = re.compile(rf"\b(?:{re.escape(name)}{f'|{number[1]}' if number else ''})\b")
        after = frozenset(
            later.oid
            for later in history.landings[landing + 1 :]
            if later.at <= one.at + DAYS * 86_400
            and names.search(" ".join(past.texts.get(later.oid, (later.title, ""))))
        )
        if after and len(text.split()) >= 60:
            yield Told(name, text, one.at, after)


def before_design(text: str) -> str:
    """A spec without the sections of later waves."""
    kept, start = "", 0
    for found in LATER.finditer(text):
        kept += text[start : found.start()]
        level = len(found[0]) - len(found[0].lstrip("#"))
        following = re.compile(rf"(?m)^#{{1,{level}}} ").search(text, found.end())
        start = max(start, following.start() if following else len(text))
    return kept + text[start:]


def measured(one: Told, clone: Path, door: Door, cache: Path, texts: dict[str, Any]) -> dict[str, Any] | None:
    """Every ranking of one spec."""
    with as_it_was(door, one.at - 1, "Lighthouse", cache) as then:
        if then is None:
            return None
        product = then.activity.codebase.product
        wanted = [texts[oid] for oid in one.after]
        there = {file.path for file in product}
        paths = frozenset().union(*(some for _, some in changes(door, wanted, there)))
        truth = np.array([file.path in paths for file in product])
        if truth.sum() < FEWEST:
            return None
        spec = read_spec(one.text.encode(), f"{one.name}.md")
        found = signals(asked(spec), then.activity, then.searched, then.earlier)
        model = foreseen(found, then.activity, then.searched, then.searched.trees)
        asked_for = requirements(spec)
        parts = [query for req in asked_for if (query := asked_text("", req.text)).terms]
        sections = [asked_text("", f"{s.heading}\n{s.text}") for s in spec.sections if s.space not in SILENT]
        queries = [query for query in (*parts, *sections) if query.terms]
        terms = list(dict.fromkeys(term for query in queries for term in query.terms))
        held = Held.of(then.searched, terms, then.activity.history.landings)
        views = [signals(query, then.activity, held, then.earlier) for query in queries]
        by_part, by_section = views[: len(parts)], views[len(parts) :]
        nothing = np.zeros(len(product))
        summed = {
            "requirements": sum((view.fused**2 for view in by_part), nothing),
            "sections": sum((view.fused**2 for view in by_section), nothing),
        }
        ways = {
            "content": found.views["content"],
            "sum": found.fused,
            "model": model,
            **summed,
            **{f"model + {name}": relative(model) + relative(scores) for name, scores in summed.items()},
        }
        row: dict[str, Any] = {"name": one.name, "files": int(truth.sum()), "requirements": len(asked_for)}
        row["ways"] = {way: figures(scores, truth) for way, scores in ways.items()}
        odds = [drawn(of_files(view), model) for view in by_part]
        row["shown"] = shown(odds, truth, model)
        row["tops"] = [
            (view.home, float(chances.max(initial=0.0)), len(view.asked.terms))
            for view, chances in zip(by_part, map(of_files, by_part), strict=True)
        ]
        return row


def shown(odds: list[np.ndarray], truth: np.ndarray, model: np.ndarray) -> dict[str, Any]:
    """Said and seen of each file beside a requirement, and all of them against as many of the whole."""
    pairs, union = [], set()
    for chances in odds:
        top = np.argsort(-chances, kind="stable")[:SHOWN]
        pairs += [(float(chances[place]), bool(truth[place])) for place in top]
        union |= set(top.tolist())
    whole = np.argsort(-model, kind="stable")[: len(union)]
    both = (float(truth[sorted(union)].mean()), float(truth[whole].mean())) if union else (None, None)
    return {"pairs": pairs, "union": both}


def figures(scores: np.ndarray, truth: np.ndarray) -> list[float]:
    """P@10, R@10, R@20, hit@10, MRR."""
    hits = truth[np.argsort(-scores, kind="stable")]
    return [
        float(hits[:10].mean()),
        float(hits[:10].sum() / hits.sum()),
        float(hits[:20].sum() / hits.sum()),
        float(hits[:10].any()),
        1 / (1 + int(np.argmax(hits))),
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("clone", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as temporary, Door.open(options.clone) as door:
        cache = options.cache or Path(temporary)
        with Store.open(door, cache / "now") as store:
            store.update(door, quiet)
            past = Past.read(store, door)
        landings = {one.oid: one for one in past.history.landings}
        for one in told(past, door):
            row = measured(one, options.clone, door, cache, landings)
            if row:
                rows.append(row)
                print(row["name"], row["files"], row["requirements"], flush=True)
    if options.json:
        options.json.write_text(json.dumps(rows))
    print("\n".join(report(rows)))


def report(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The table."""
    files, count = np.mean([row["files"] for row in rows]), np.mean([row["requirements"] for row in rows])
    yield f"\n{len(rows)} specs, {files:.1f} files, {count:.1f} requirements on average\n"
    yield "| way | P@10 | R@10 | R@20 | hit@10 | MRR |\n|---|---:|---:|---:|---:|---:|"
    means: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(5))
    for row in rows:
        for way, cells in row["ways"].items():
            means[way] = means[way] + np.array(cells) / len(rows)
    for way, cells in means.items():
        yield f"| {way} | {' | '.join(f'{cell:.3f}'.lstrip('0') for cell in cells)} |"
    pairs = np.array([pair for row in rows for pair in row["shown"]["pairs"]], dtype=float)
    for low, high in ((0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 1.01)):
        some = pairs[(pairs[:, 0] >= low) & (pairs[:, 0] < high)]
        if len(some):
            yield f"said {low} to {high}: {some[:, 0].mean():.2f}, seen {some[:, 1].mean():.2f} ({len(some)})"
    union = np.array([row["shown"]["union"] for row in rows if row["shown"]["union"][0] is not None])
    beside, whole = union.mean(axis=0)
    yield f"files beside requirements that changed: {beside:.3f}; as many of the whole: {whole:.3f}"


if __name__ == "__main__":
    main()
