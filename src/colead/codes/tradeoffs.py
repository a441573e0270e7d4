"""What follows when something is skipped or an idea waits."""

from __future__ import annotations

from colead.codes.code import Code
from colead.codes.findings import MEASURED

WEIGHED = (
    Code(
        "X01",
        "If we leave a partner out",
        "How often a part that often changed along was changed within three days anyway, when left out.",
        "Leaving it out may save nothing where the work comes back, unplanned.",
        "Changes of the touched part without its partner in the last two years, at least 20, compared with "
        "parts as active that are no partners. Told only when the difference is larger than chance explains.",
        "It is what happened here, an association and not a cause.",
    ),
    Code(
        "X02",
        "If we leave no time for repairs after a wide change",
        "How likely a change in as many parts, as fragile as those shown, comes back for a fix within three "
        "months: a fix that changes or deletes lines of code which it wrote.",
        "A date without room for these repairs is a date without part of the work.",
        "From the number of parts, the highest of their expected fixes per file, the share of fixes among "
        "changes here, and that a spec asks for something new, by a formula of six numbers fitted on 22 "
        "public clones. Told from twice as often as the mean of people's changes of two years, where no "
        "left-out partner is; else it stands under what was looked at. Where too "
        "little is known of fragility: changes of two years across several parts, at least 20, against those "
        "within one of as many files that were as busy; did a fix of one of these files follow?",
        "On 14 public clones that it was not fitted on, 14,659 changes, with the parts they really "
        "touched: of those said 33 times in 100 35 came back, of those said 5 times 8, of those said once "
        "1; of one that came back and one that did not, the first had the higher odds in 68 of 100 pairs "
        "within a clone. It speaks of a change as wide as shown: from foreseen parts alone the order is "
        f"little better than chance (see docs/benchmarks.md). {MEASURED}",
    ),
    Code(
        "X03",
        "If those who ask for it wait",
        "How many imported issues ask for the idea, since when, with how many votes; how many came lately.",
        "What waiting costs product is seldom on the table; what was asked for can be counted.",
        "Issues of .colead/imports.yml or --issues whose titles say the same as the spec's title, by a "
        "strict rule: a lower bound. Pull requests and reports of bugs do not count.",
        "A count, no forecast: how many will ask is told as the pace of the last six months, from three on.",
    ),
    Code(
        "X06",
        "What incidents came to",
        "The minutes that imported incidents of a touched part lasted in the past year, times what a named "
        "person says that an hour of downtime costs.",
        "A repair competes with features that have a price; so has downtime, once somebody writes it down.",
        "Incidents of .colead/imports.yml or --incidents that list the part or name it in their title, and "
        ".colead/costs.yml. Nothing is told without both. What a repair would save is not known from either.",
        "Told, not foreseen: there is nothing to replay.",
    ),
    Code(
        "X05",
        "What is counted already",
        "A counter, an event or a metric in the code whose name says words of the idea.",
        "If it is the number that should move, how it stands and moves can be seen before anything is built.",
        "Files that speak both of counting and of the idea, at most 40, are read for calls with a name: at "
        "least two words of it and half of its weight must be in the spec; words of the metric weigh most.",
        "Judged by hand; the figures stand in docs/benchmarks.md, What is counted already.",
    ),
    Code(
        "X04",
        "If we begin four weeks later",
        "What becomes of the odds for the hoped-for date, or for the next occasion of .colead/occasions.yml, "
        "whichever falls most, when the idea is begun four weeks later.",
        "Waiting is a choice with a price, too. It is said in the same odds as the date itself.",
        "The lengths of past efforts, or the pace of changes, that the timeline is told from (D01), counted "
        "from a day four weeks later. That later work would be done in less time is not assumed. Told when "
        "the odds fall by 1 in 10 or more.",
        "As for D01: on past efforts of 4 public clones the range of weeks that holds 8 in 10 held 79 %. "
        "Nothing is known from the history about what else waiting would cost.",
    ),
)
