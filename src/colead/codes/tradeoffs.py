"""What follows when something is skipped or an idea waits."""

from __future__ import annotations

from colead.codes.code import Code

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
        "How often changes that crossed as many parts as this idea needed a fix within three months (as many "
        "as past changes show, where hardly any crossed so many).",
        "A date without room for these repairs is a date without part of the work.",
        "Changes of the last two years that crossed several parts, at least 20, against those within one of "
        "as many files that were as busy: did one of these files need a fix within three months? Told only "
        "when the difference is larger than chance explains.",
        "It is what happened here, an association and not a cause.",
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
