"""What a backtest says of the other codes."""

from __future__ import annotations

from colead.codes.code import Code

REPLAYED = (
    Code(
        "B01",
        "How far to trust Colead here",
        "How often readings would have been right on this repository's own past: files and parts, fixes, "
        "ranges of weeks, and parts that change along; beside what two simple rules would have said.",
        "A figure measured elsewhere says little about your repository. This one is yours, with the misses "
        "by name.",
        "On four days of the past year, a quarter apart, tree and history are read as they were. What landed "
        "two weeks to three months later is foreseen from its text, without paths, and held against what it "
        "changed: at most 40 changes of people a quarter, each with eight words and one to 30 product files. "
        "The simple rules are the most-changed files of the year before, and BM25 on file contents. Below "
        "20 changes nothing is said.",
        "It is the record. What it leaves out: a message written after the work says more than a spec "
        "written before it, names in `.colead/` are today's, and a file that was renamed before the change "
        "counts as not foreseen.",
    ),
)
