"""Findings: what each part of a reading says, why it is there, and how it is measured."""

from __future__ import annotations

from colead.codes.code import Code

MEASURED = "Measured on 22 November 2026."
UNREPLAYED = "Not yet replayed on this repository's own past."
OWN = "On your own repository's past: `colead backtest`."

FINDINGS = (
    Code(
        "Q01",
        "What user problem are we solving?",
        "How far the spec says whose problem it is and what happens today: answered, half answered or open, "
        "with the sentence it was read from.",
        "A solution without a problem cannot be weighed against another one, and nobody can tell later "
        "whether it helped.",
        "The wording says which sentences speak of the problem, and the heading above them counts with it. "
        "Nothing is guessed: a quote stands in the spec, word for word.",
        "An answer that was overlooked counts as open. Write it under a heading that asks the question.",
    ),
    Code(
        "Q02",
        "What metric should change if we solve it?",
        "Whether the spec names a number that should move, from what, to what, and by when.",
        "Without it the question afterwards - did it make things better? - has no answer.",
        "A sentence that names a number or something that can be counted; it is answered only when it says "
        "from what, to what and by when, and half answered as long as one of these is missing.",
        "A sentence was found or it was not; whether it is the right metric is for people to say.",
    ),
    Code(
        "Q03",
        "Is this the simplest way to test the idea?",
        "Whether the spec names a smaller first step that would show if the idea works.",
        "The cheapest test is the one that saves most when the idea turns out to be wrong.",
        "Sentences and headings about a trial, a prototype or an experiment. A first version or a first step "
        "is half an answer: what would it show? Under a heading about the test it is a whole one.",
        "A sentence was found or it was not; whether something simpler exists is for people to say.",
    ),
    Code(
        "T01",
        "A part that will probably change",
        "A service, package, library or folder that the idea will probably touch, with odds and reason.",
        "The size of an idea, its risk and its date follow from where it has to reach.",
        "Words of the spec are looked for in file names, in code and in past changes; past changes that "
        "sound like the spec vote for the files they changed. The votes are merged and turned into odds by "
        "decision trees that were learnt on other repositories and come with Colead.",
        "For 3,147 changes of 21 public repositories, ranked by trees that had not seen them, each from its "
        "text and the code that it landed on: 78 of 100 files that a change really touched were among the "
        "first ten (66 by plain text search); for 93 of 100 changes one of the first three parts was right. "
        "With the text in a product's language, without names from code: 68 (55) and 87. The odds "
        "of parts were off by 1 to 2 in 100 on average; for 611 groups of changes under one issue key or "
        "branch in 13 other repositories by 3 in 100, where the number of changes was told. "
        f"{MEASURED} {OWN}",
    ),
    Code(
        "T02",
        "What one requirement points at",
        "The parts and at most three files that a single requirement of the spec points at, or that nothing "
        "here resembles it.",
        "A spec is built requirement by requirement. One that points nowhere is new work or new words, and "
        "one that points far from the others is the one that widens the idea.",
        'Stories, acceptance criteria, list items and sentences with a "must" are each searched for by '
        "themselves, with the sum of the votes of T01, drawn a little towards the files of the whole spec.",
        "On 29 real feature specs of one product, each read before it was built: 30 of 100 files told beside "
        "a requirement were then changed by the work. Of files told with 3, 5 and 7 in 10, 35, 56 and 74 of "
        "100 were; with less than 2 in 10 it was 35, too: small odds are too low for a whole idea. Of 124 "
        "requirements 2 in 100 were said to resemble nothing, of foreign ones 94. "
        f"{MEASURED}",
    ),
    Code(
        "T03",
        "A part in which a new file will probably be made",
        "Where changes to a touched part have lately brought new files: into the part itself, or elsewhere, "
        "as changes to models bring a migration.",
        "New files cannot be ranked, and they are part of every larger idea.",
        "Of the newest 40 changes to each part it is counted how many added a file, and where. The share, a "
        "little lowered, times the odds that the part is touched must be 3 in 10 or more; two at most.",
        "For 1,347 changes of nine public repositories: of parts given 5 to 9, 10 to 19 and 20 to 29 in 100, "
        "5, 11 and 26 of 100 then got a new file; for single changes 3 in 10 is hardly ever reached. "
        f"{MEASURED}",
    ),
    Code(
        "T04",
        "A part that a prototype changed",
        "A part in which the branch of a prototype changed files. Parts that were foreseen and that the "
        "prototype did without are told as less likely than before.",
        "An hour of trying tells more than a day of guessing; what was tried replaces what was foreseen.",
        "The files that the branch changed since it left the main line are read from git.",
        "For 53 branches of five public repositories, a third of each taken as the prototype, the reading "
        "after it was nearer to what was built for 94 of 100; for 60 and more of others about as often. Of "
        "parts that it changed nearly all stayed; foreseen ones that it did without came half as often.",
    ),
    Code(
        "F01",
        "How likely a part is to need fixes",
        "Fragile, watch or steady: how many fixes the part is likely to need in the next three months, "
        "compared with the other parts here. It says nothing about who wrote it or how good it is.",
        "The next fixes come mostly where the last ones were. Whoever plans a change there should expect "
        "some; that changes there take longer was looked for and not found.",
        "From its size, how often it changed and how often it was fixed, newer changes counting more. The "
        "level is set to this repository's own past quarters. Below a minimum of history it is not said.",
        "On 42 public clones that nothing was chosen by, on average: of a file that needed a fix in the "
        "next three months and one that did not, the first was ranked higher in 83 of 100 pairs (78 by "
        "changes times lines, 80 by lines alone); the fifth of the files ranked highest held 70 of 100 "
        "fixes; parts called fragile, watch and steady then needed one in 78, 49 and 18 of 100 quarters; "
        "the 80 % range of how many held in 80 of 100 cases. "
        f"{MEASURED} {OWN}",
    ),
    Code(
        "S01",
        "How many parts the idea crosses",
        "How many parts a change like this is expected to touch, against how many a change here usually "
        "touches. Fewer than are listed under touches means that not all of these are likely at once.",
        "An idea that crosses more parts than usual needs more people to talk to each other.",
        "From the odds of all parts, listed or not, and from how many parts the 30 past changes that are "
        "most like it reached. Usual is what 8 in 10 changes by people touched in two years, or fewer.",
        "On 9 public clones (1,346 changes) it put changes in order (rank correlation .25), was a seventh "
        "too high on average (2.2 expected, 2.0 came), and as a single number no closer than always saying "
        "what is usual. Of changes with a chance of more than half to be wider than usual 52 in 100 were, of "
        "all 17. Wide ones were not followed by more fixes than others with as many files there. "
        f"{MEASURED} {OWN}",
    ),
    Code(
        "S02",
        "Whether the idea changes the database schema",
        "The odds that the idea changes how data is stored, against how often changes here do. On the page "
        "only where it is likely, or clearly above what is usual here; otherwise with --technical.",
        "A changed schema has to be brought to data that is there already, often in steps, and is hard to "
        "take back.",
        "Migrations, SQL and other definitions of a schema are told by their path (model classes where there "
        "is nothing else). Counted is which of the 30 past changes that are most like the idea changed one.",
        "On 4 public clones that keep a schema (596 changes): of one that changed it and one that did "
        "not, the first was given better odds in 89 of 100 pairs; odds were off by 2 in 100 on average; "
        f"where it would stand on the page, 36 in 100 changed it (38 said). {MEASURED}",
    ),
    Code(
        "S03",
        "Whether the idea changes a public interface",
        "The odds that the idea changes what others call, import or receive: described interfaces, routes, "
        "message formats, what a package exports. On the page only where it is likely, or clearly above what "
        "is usual here; otherwise with --technical.",
        "Who relies on an interface has to be asked or told before it changes.",
        "Interfaces are told by their path. Counted is which of the 30 past changes that are most like the "
        "idea changed one; the odds of today's files of it count a little, too.",
        "On 8 public clones (1,196 changes): of a change that changed an interface and one that did not, the "
        "first was given better odds in 90 of 100 pairs; odds were off by 3 in 100 on average; where it "
        f"would stand on the page, 60 in 100 changed one (50 said). {MEASURED}",
    ),
    Code(
        "P01",
        "A part that often changed along and is not mentioned",
        "When a touched part changed in the past, this part often changed too, and the spec does not mention "
        "it. The count is of the past; the odds are of the next change. Neither knows this idea: hence a "
        "question.",
        "What a spec leaves out is cheaper to ask about before than to come upon halfway.",
        "Changes of the touched part in the last two years are counted, and how many of them changed the "
        "other part too: at least 6 and 3 in 10, in the newer half as well. Shown only when that is clearly "
        "more often than chance would have it, given how many parts change together and how active each is. "
        "Chosen for being frequent, counts fall back: for the odds, eight times without it are added. "
        "Whether the code shows the link is looked up in up to 150 files of each part: imports, paths, and "
        "names that only the other part defines. What a framework finds by convention is not seen.",
        "Replayed on 27 public repositories. On the 11 with such parts that the eight was chosen on, they "
        "had changed along in 49 % of the past changes; said was 38 %, and they did in 38 % of those in the "
        "next half year. On nine others said was 40 % and 43 % came, on seven more 40 % and 37 %. Parts as "
        "active that do not go along: 13 to 17 %. "
        f"{MEASURED} {OWN}",
    ),
    Code(
        "P02",
        "A file that often changed along and is not mentioned",
        "When one of the likeliest files changed in the past, this file often changed too; it is not among "
        "them and the spec does not mention it.",
        "A part can be too large to say where to look. A file is not.",
        "As for parts, by file: at least 6 times and every second time in two years, in 3 of 10 of the newer "
        "half, within the last 60 days, and more than twice as often as the file changes anyway. The odds "
        "are counted as those of parts.",
        "Replayed on 16 public repositories that nothing was chosen on: such files had changed along in 66 "
        "to 70 % of the past changes; said was 41 and 42 %, and they did in 45 % of those of the half year "
        "after. Any change there touched them in 2 to 3 %. On ten others 47 % was said and 58 % came. "
        f"{MEASURED} {OWN}",
    ),
    Code(
        "P03",
        "A part of another repository that often changed for the same ticket",
        "When a touched part was changed for a ticket or on a branch, this part of another repository of the "
        "area often was for the same one, and the spec does not mention it.",
        "What has to change in two repositories needs two reviews and two releases, often by two teams.",
        "Tickets and branches are counted by their names in both repositories, 30 days apart at most: 6 at "
        "least and 3 in 10 of those that changed the touched part in two years, in the newer half too, and "
        "clearly more often than any ticket or branch here. Bare numbers and common names do not count.",
        "Not measured: no public pair of repositories that was looked at names its tickets in both. Changes "
        "that are merely near in time are left out, because they were as frequent between two repositories "
        "that have nothing to do with each other. Not yet replayed on this repository's own past.",
    ),
    Code(
        "U01",
        "It broke before",
        "A past fix here mended what the spec speaks of, under a condition that the spec does not mention.",
        "An edge case that already broke once is the cheapest one to ask about.",
        "Titles of the touched parts' fixes of five years that name a condition are held against the spec. "
        "Two telling words in a row of a title must stand together in the spec's title or in two of its "
        "sentences, and its condition nowhere in the spec. Most specs get no such question.",
        "In a study with words picked by machine about 3 in 10 of such questions were useful, which is why "
        f"this version asks only when the match is strict. {UNREPLAYED}",
    ),
    Code(
        "D01",
        "When it is likely to be done",
        "A range of weeks that holds 8 in 10 cases, and the odds for the hoped-for date.",
        "A range that both sides believe beats a date that one side hopes for.",
        "From how long past efforts took here, from first to last change, where an issue key or a branch "
        "name groups changes; at least eight must be over. Where there are fewer, --changes N tells it from "
        "how many changes land in a week. Without either, or when a range may have no end, nothing is said.",
        "Of 92 past efforts in 4 public clones, each forecast from what was known on its first day, the 80 % "
        "range held 79 %. On 15 clones, ranges from the pace of changes held 78, 82 and 86 %, for "
        "work of 4, 8 and 12 weeks. Beyond 19 in 20 no odds are told apart: the future differs from the past "
        f"more than any sum shows. {MEASURED} {OWN}",
    ),
)
