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
