"""Repositories that grow at random from a seed: merges, git-flow, moves, squashes."""

from __future__ import annotations

import os
import random
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

Tree = dict[str, str]
START = 1_700_000_000


def git(where: Path, *words: str, given: bytes = b"") -> str:
    """Run git without anybody's settings; returns what it says."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    ran = subprocess.run(
        ["git", "-C", str(where), *words], input=given, capture_output=True, check=True, env=environment
    )
    return ran.stdout.decode().strip()


@dataclass
class Grown:
    """A bare repository and the commits in it, oldest first."""

    where: Path
    hashes: list[str] = field(default_factory=list)

    def stand_on(self, number: int) -> str:
        """Move the main branch to the n-th commit."""
        git(self.where, "update-ref", "refs/heads/main", self.hashes[number])
        return self.hashes[number]


class Stream:
    """Writes commits for git fast-import; a commit is known by its mark, 1 for the first."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.trees: list[Tree] = [{}]

    def commit(
        self, parents: list[int], tree: Tree, message: str, *, author: str = "Emil", at: int = 0
    ) -> int:
        """Write one commit with the whole of its tree; returns its mark."""
        mark = len(self.trees)
        self.trees.append(dict(tree))
        size = len(message.encode())
        when = at or START + 60 * mark
        self.lines += [
            *([] if parents else ["reset refs/heads/grown\n"]),
            "commit refs/heads/grown",
            f"mark :{mark}",
            f"author {author} <{author.lower()}@example.com> {when} +0000",
            f"committer {author} <{author.lower()}@example.com> {when} +0000",
            f"data {size}\n{message}",
            *([f"from :{parents[0]}"] if parents else []),
            *(f"merge :{one}" for one in parents[1:]),
            "deleteall",
            *(
                f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}"
                for path, text in sorted(tree.items())
            ),
            "",
        ]
        return mark

    def build(self, where: Path) -> Grown:
        """Make the repository."""
        where.mkdir(parents=True)
        git(where, "init", "-q", "--bare", "-b", "main")
        marks = where / "marks"
        git(
            where,
            "fast-import",
            "--quiet",
            "--force",
            f"--export-marks={marks}",
            given="\n".join(self.lines).encode(),
        )
        found = dict(line.split() for line in marks.read_text().splitlines())
        return Grown(where, [found[f":{number}"] for number in range(1, len(self.trees))])


def random_repository(seed: int, where: Path, commits: int = 40) -> Grown:
    """A repository that a seed decides."""
    dice = random.Random(seed)
    stream = Stream()
    stream.commit([], {"src/a.py": "a", "src/b.py": "b"}, "start")
    tips = [1]
    for number in range(2, commits + 1):
        _grow(stream, dice, tips, number)
    return stream.build(where)


def long_repository(where: Path, commits: int) -> Grown:
    """A straight line of commits with something to say."""
    stream = Stream()
    for number in range(commits):
        said = f"Add part {number} (#{number + 1})\n\n" + f"because of {number} " * 60
        stream.commit([number] if number else [], {"a.py": f"{number}", f"b{number % 50}.py": "b"}, said)
    return stream.build(where)


def _grow(stream: Stream, dice: random.Random, tips: list[int], number: int) -> None:
    """One more commit: work on some branch, a new branch, a merge, an octopus, another root."""
    branch = dice.randrange(len(tips))
    roll = dice.random()
    if roll < 0.45 or len(tips) < 2:
        tips[branch] = stream.commit(
            [tips[branch]], _worked(stream.trees[tips[branch]], dice, number), _title(dice)
        )
    elif roll < 0.6:
        tips.append(
            stream.commit([tips[branch]], _worked(stream.trees[tips[branch]], dice, number), _title(dice))
        )
    elif roll < 0.62:
        tips.append(stream.commit([], {f"lib/{number}.py": str(number)}, "imported"))
    else:
        others = [
            one
            for one in dict.fromkeys(dice.sample(tips, min(len(tips), dice.choice([1, 1, 1, 2]))))
            if one != tips[branch]
        ]
        if others:
            merged = {
                path: text for one in [*others, tips[branch]] for path, text in stream.trees[one].items()
            }
            tips[branch] = stream.commit([tips[branch], *others], merged, _merge_title(dice))
    if len(tips) < 3 and number % 3 == 0:
        tips.append(stream.commit([tips[0]], _worked(stream.trees[tips[0]], dice, number), _title(dice)))


def _worked(tree: Tree, dice: random.Random, number: int) -> Tree:
    tree = dict(tree)
    path = dice.choice(sorted(tree)) if tree else ""
    roll = dice.random()
    if roll < 0.5 or not path:
        tree[path or "src/new.py"] = f"text {number}"
    elif roll < 0.7:
        tree[f"src/{dice.choice('abcdef')}{number % 5}.py"] = f"text {number}"
    elif roll < 0.9:
        tree[f"src/{dice.choice('abcdef')}{dice.randrange(4)}.py"] = tree.pop(path)
    else:
        del tree[path]
    return tree


def _title(dice: random.Random) -> str:
    number = dice.randrange(1, 30)
    return dice.choice(
        ["work", "wip", f"Add notes (#{number})", f"fix: keep the note (#{number})", "SHOP-12 go on"]
    )


def _merge_title(dice: random.Random) -> str:
    number = dice.randrange(1, 30)
    return dice.choice(
        [
            f"Merge pull request #{number} from ann/gift-{number}\n\nAdd notes\n\ncloses #{number - 1}",
            "Merge branch 'develop'",
            "Merge branch 'gift-notes'",
            f"Merged PR {number}: Show the note",
        ]
    )
