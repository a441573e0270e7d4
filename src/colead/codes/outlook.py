"""What `colead fragility` says, and what goes wrong when it is asked."""

from __future__ import annotations

from colead.codes.code import Code
from colead.codes.findings import MEASURED

LIKELY = (
    Code(
        "F02",
        "Where fixes are likely next",
        "The parts or files that most fixes are expected of in the next three months, with a range that "
        "holds 8 times in 10, and what was expected and came in each quarter of the past year. It says "
        "nothing about who wrote them or how good they are.",
        "Attention is scarce: a few files hold most of the next fixes. Plan some time there, review there "
        "with care, and look twice at an idea that touches them.",
        "As for F01, part by part or file by file. The same list is made for up to eight past quarters from "
        "what had landed before each, and held against the fixes that came; below 65 of 100 pairs of files "
        "ranked right, or with fewer than two quarters of five fixes, no list is shown.",
        "On 42 public clones that nothing was chosen by: in 83 of 100 pairs of files the one that then "
        "needed a fix was ranked higher (78 by changes times lines; better in 39 of them), the fifth "
        "ranked highest held 70 of 100 fixes, the range of parts held in 80 of 100 cases. The level "
        "is a little low: 88 fixes of parts were expected for 100 that came. "
        f"{MEASURED} Your own record stands below the list.",
    ),
    Code(
        "F03",
        "Features that changed this part reached further",
        "How many other parts features reached that changed a part, beside features that changed as many "
        "files of another part in the same years; told where that is a quarter more and beyond chance.",
        "An idea that touches such a part seldom stays there: ask early what else has to follow. It is an "
        "association: the part may be what makes work wide, or only where wide work ends.",
        "Landings of six years that are probably features, by their prefix or the model of kinds of work, at "
        "least 20 of the part. The ratio is drawn towards as usual by how much parts differ on other "
        "repositories; its range holds 98 times in 100. A database schema is one part, too.",
        "On 39 public clones it would be told of 66 of 485 parts, in 25 clones; of 2 where parts are dealt "
        "out by chance. Of 23 parts told from three years, features reached further in the next three in 22, "
        "1.36 times on average. That such features need more fixes or changes afterwards did not hold, so "
        f"it is not told. {MEASURED}",
    ),
)

STRUCK = (
    Code(
        "F04",
        "Incidents that a part was struck by",
        "How many imported incidents of the past year name the part, how long they lasted as far as they say "
        "when they began and ended, and the last of them. It is told from what a team hands over, never from "
        "git; without it nothing is said.",
        "A number of fixes to expect says little to somebody who never reads code. An outage that people "
        "remember, in the same line, says what those fixes are about.",
        "A part counts as struck by an incident that lists it as affected, by its name, its words in the "
        "glossary or its folder; else by one whose title names it; else by one in whose text a path in it "
        'stands, or its name set as code or in bold or before "service" and the like. The last kind is told '
        'as "named in". Each match keeps the words that it rests on; incidents that name no part, or more '
        "than three in their text, are counted as such. The formula for fixes to expect does not use them.",
        "On 55 post-mortems of a public repository that nothing was chosen by, 31 named a part: 18 of 20 "
        "matches by title were right, judged by hand, and 13 of 19 by text.",
    ),
)

FAULTS = (
    Code(
        "E39",
        "No such part or file",
        "colead fragility or colead balance --part was given something that is no part and no file here, or "
        "more than one.",
        "A part is called by its name, its folder or its other words; a file by its path from the "
        "repository's root.",
        "colead fragility without a name lists the parts; colead init writes their names down to be edited.",
    ),
)
