"""What a balance tells."""

from __future__ import annotations

from colead.codes.code import Code

BALANCED = (
    Code(
        "L01",
        "How the work divides",
        "Which shares of the changes by people were features, fixes and system health, all in all, by month "
        "and by part, beside the share of health that is agreed in .colead/balance.yml (20 % where nothing "
        "is).",
        "A small share kept for health is easier to keep when both sides see the same figure, and when a "
        "small difference is not argued over.",
        "A conventional prefix (feat:, fix:, docs:) is taken as the team's own word. Without one a small "
        "model that was fitted on other repositories tells how likely each kind is, from the words of the "
        "title and the files; the chances are added up. Changes by automations, moved versions, changes of "
        "more than 30 product files and generated ones are left out. Work is counted in changes, not in "
        "hours. The range holds what the model was off by on repositories that it had not seen. Changes "
        "that were sorted by hand (colead balance --audit, kept in .colead/audit.csv) count as they were "
        "sorted; drawn at random, they tell which way the model leans here. The rest is set right by that, "
        "and the range then holds what so few answers leave unknown. Answers count for changes of the past "
        "two years. More, less "
        "and lately are said only beyond that range, beyond chance and beyond five points. Fixes never count "
        "as health.",
        "On public repositories that the model was not fitted on, with their prefixes removed, kinds, "
        "quarterly shares and ranges were held against the prefixes; the figures stand in "
        "docs/benchmarks.md.",
    ),
    Code(
        "L02",
        "What the coming ideas meet",
        "The parts that several specs will probably touch, with the share of past changes there that a fix on"
        " the same files followed within three months, against the middle part of this repository. It says "
        "nothing about how good the code is, and nothing about what repairing it would gain.",
        "Ideas are looked at one by one, so that nobody sees that most of them meet in one part where fixes "
        "keep following.",
        "The odds of each idea are those of colead check. People's changes of two years, up to 90 days ago, "
        "are counted for each part: did a fix change one of its same files of that part 1 to 90 days later? "
        "Fewer than 20 changes are too few to say a share; in sums a part's share leans on the repository's "
        "own. Odds times share, summed over the ideas, ranks the parts. More than usual is said where the "
        "95 % interval lies above the middle part. A fix that follows is no sign that the change was at "
        "fault: fixes of the lines that a change wrote itself are about a fifth as common; how likely these "
        "are is told by a formula from other repositories.",
        "Replayed on public repositories with past changes as ideas; figures in docs/benchmarks.md.",
    ),
    Code(
        "L03",
        "Room for health",
        "How many changes for system health have room in the coming six weeks, how many are spoken for by "
        "repairs in .colead/reserve.yml, and what became of such slots in the past.",
        "A share in percent is agreed easily and forgotten; a number of slots can be filled.",
        "The changes by people of six weeks are drawn from the past year at a pace that wanders, as for "
        "dates; times the agreed share. For up to eight past stretches of six weeks the same is told from "
        "what had landed before, and held against the changes and the health changes that came, these with "
        "the range of a balance.",
        "Held against six weeks of public repositories; the figures stand in docs/benchmarks.md.",
    ),
    Code(
        "L04",
        "A repair with an estimate",
        "What a person said that a repair would gain, in fixes of a part until a date, computed on, and held "
        "against what came once the date is over.",
        "What a repair gains cannot be seen in a history, so it is never invented; said by a name and scored "
        "later, it can be learnt from.",
        "Fixes expected of the part as of the day it was said, as colead fragility tells them, for as many "
        "days; less the share that the person said. Both have a range that holds 8 times in 10. One repair "
        "is one case: what came never proves what caused it.",
        "Each estimate is its own record. Ranges of parts held in 80 of 100 past quarters of public "
        "repositories.",
    ),
)

FAULTS = (
    Code(
        "E45",
        "The reserve file could not be added to",
        "The entry could not be put at the end of .colead/reserve.yml with all of it read as before.",
        "What people wrote there is never changed.",
        "Paste the entry by hand, below repairs: in that file.",
    ),
)
