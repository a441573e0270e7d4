"""Findings: what each part of a reading says, why it is there, and how it is measured."""

from __future__ import annotations

from colead.codes.code import Code

UNREPLAYED = "Not yet replayed on this repository's own past."

FINDINGS = (
    Code(
        "Q01",
        "What user problem are we solving?",
        "How far the spec says whose problem it is and what happens today: answered, half answered or open, "
        "with the sentence it was read from.",
        "A solution without a problem cannot be weighed against another one, and nobody can tell later "
        "whether it helped.",
        "The headings say which sentences speak of the problem; where there are none, the wording does. "
        "Nothing is guessed: a quote stands in the spec, word for word.",
        "An answer that was overlooked counts as open. Write it under a heading that asks the question.",
    ),
    Code(
        "Q02",
        "What metric should change if we solve it?",
        "Whether the spec names a number that should move, from what, to what, and by when.",
        "Without it the question afterwards - did it make things better? - has no answer.",
        "A sentence that names a number or something that can be counted; it is answered only when it says "
        "where the number should go.",
        "A sentence was found or it was not; whether it is the right metric is for people to say.",
    ),
    Code(
        "Q03",
        "Is this the simplest way to test the idea?",
        "Whether the spec names a smaller first step that would show if the idea works.",
        "The cheapest test is the one that saves most when the idea turns out to be wrong.",
        "Sentences and headings about a trial, a first step, a slice, a prototype or an experiment.",
        "A sentence was found or it was not; whether something simpler exists is for people to say.",
    ),
    Code(
        "T01",
        "A part that will probably change",
        "A service, package, library or folder that the idea will probably touch, with odds and reason.",
        "The size of an idea, its risk and its date follow from where it has to reach.",
        "Words of the spec are looked for in file names, in code and in past changes; past changes that "
        "sound like the spec vote for the files they changed. The votes are merged and turned into odds.",
        "In a study of 21 public repositories this way of ranking put 3 in 4 of the files that a change "
        f"really touched among its first ten. {UNREPLAYED}",
    ),
    Code(
        "F01",
        "How likely a part is to need fixes",
        "Fragile, watch or steady: how many fixes the part is likely to need in the next quarter, compared "
        "with the other parts here. It says nothing about who wrote it or how good it is.",
        "A change to a part that often needs fixes takes longer and surprises more often.",
        "From its size, how often it changed and how often it was fixed, newer changes counting more. The "
        "level is set to this repository's own past quarters. Below a minimum of history it is not said.",
        "In a back-test on 30 public repositories the fifth of the files ranked highest held 64 of 100 fixes "
        f"of the next 90 days. {UNREPLAYED}",
    ),
    Code(
        "S01",
        "How many parts the idea crosses",
        "How many parts the idea will touch, against how many a change here usually touches.",
        "An idea that crosses more parts than usual needs more people to talk to each other.",
        "The parts shown under touches, and the parts that each past change by people touched.",
        "It is a count. What the count leads to here is told under X02, where there is enough history.",
    ),
    Code(
        "P01",
        "A part that usually changes along and is not mentioned",
        "When a touched part changed in the past, this part changed too, and the spec does not mention it.",
        "What is forgotten in the spec shows up in the second week of building it.",
        "Past changes of the touched part are counted, and how many of them changed the other part too; "
        "shown only when that is clearly more often than for other parts that are as active.",
        UNREPLAYED,
    ),
    Code(
        "U01",
        "It broke before",
        "A past fix here mended what the spec speaks of, under a condition that the spec does not mention.",
        "An edge case that already broke once is the cheapest one to ask about.",
        "Titles of past fixes in the touched parts are held against each sentence of the spec. Most of a "
        "title must stand in one sentence, and its condition must not. Most specs get no such question.",
        "In a study with words picked by machine about 3 in 10 of such questions were useful, which is why "
        f"this version asks only when the match is strict. {UNREPLAYED}",
    ),
    Code(
        "D01",
        "When it is likely to be done",
        "A range of weeks that holds 8 in 10 cases, and the odds for the hoped-for date.",
        "A range that both sides believe beats a date that one side hopes for.",
        "From how long past efforts took here, where an issue key or a branch name groups changes. With "
        "--changes N: from how many changes land in a week. Without either nothing is said.",
        "Odds above 19 in 20 are never said; the future differs from the past more than any sum shows. "
        f"{UNREPLAYED}",
    ),
    Code(
        "X01",
        "If we leave a partner out",
        "How often the part that usually changes along was changed within days anyway, when it was left out.",
        "Leaving it out may save nothing; the work comes back, unplanned.",
        "Past changes of the touched part without its partner, compared with parts as active that are no "
        "partners. Told only when the difference is larger than chance explains.",
        "It is what happened here, an association and not a cause.",
    ),
    Code(
        "X02",
        "If we leave no time for repairs after a wide change",
        "How often changes that crossed as many parts as this idea needed a fix within three months.",
        "A date without room for these repairs is a date for half of the work.",
        "Past changes of like size, those that crossed several parts against those within one. Told only "
        "when the difference is larger than chance explains.",
        "It is what happened here, an association and not a cause.",
    ),
)
