"""What is said while work is under way, and what goes wrong when it is asked for."""

from __future__ import annotations

from colead.codes.code import Code
from colead.codes.findings import UNREPLAYED

CONCERNS = (
    Code(
        "W01",
        "Left out of the changes so far",
        "A part, or where no part qualifies a file, that changed along at least every second time here, and "
        "is not in your diff.",
        "What is forgotten before a push comes back as a second change days later.",
        "Past changes of what is in the diff are counted, and in how many the other one changed too: half "
        "of them and six at least, lately too, and more than twice as often as by chance. When it was left "
        "out three times or more before, it must have changed within three days after all in 3 of 10 of "
        "them. At most one is told.",
        "On past changes of public repositories it came true within three days more often than for others as "
        f"active; the figures stand in docs/benchmarks.md. {UNREPLAYED}",
    ),
    Code(
        "W02",
        "The work went where nobody foresaw it",
        "The first part that the changes went into although the reading from before the first of them did "
        "not name it, with its day.",
        "Bad news on day 6 is cheap; in the week of the release it is not.",
        "The spec is read against the repository as it was when the work began. Parts that the changes went "
        "into are held against the parts of that reading, day by day by commit date. One file of a part in a "
        "change that sweeps over five parts or more does not count by itself.",
        "On past branches and efforts of public repositories the first such part was told on its day; how "
        f"many of these concerns were false stands in docs/benchmarks.md. {UNREPLAYED}",
    ),
)

FAULTS = (
    Code(
        "E37",
        "No such branch or commit",
        "A name given with --diff or --range is no branch, tag or full hash of this repository.",
        "Names are looked up in the files that git keeps them in; short hashes and forms like HEAD~3 are "
        "left to git.",
        "Name a branch, a tag or a full hash; git rev-parse HEAD~3 prints the full one.",
    ),
    Code(
        "E38",
        "Nothing to compare with",
        "--ticket or --range was given without a spec, or names no changes here.",
        "As briefed against as built needs both: the spec, and changes that name the ticket or lie in the "
        "range.",
        "Name the spec first: colead check idea.md --ticket SHOP-12.",
    ),
    Code(
        "E47",
        "Not a prototype",
        "The branch of --prototype is in none of the repositories, changes nothing, or changes far too much.",
        "What a prototype changed is read from its branch, from where it left the main line.",
        "Name the branch as git does; look at what it changes: git diff main...BRANCH.",
    ),
)
