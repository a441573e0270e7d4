"""Space: whether a text argues about the problem, the solution or a fact, with the sentence that shows it.

Plain tables of what people say, no model: a sentence gets points for every space it speaks of, and the text
belongs to the space that leads clearly; otherwise it is unsure. English only. How often it was right:
docs/benchmarks.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

PROBLEM, SOLUTION, FACT, UNSURE = "problem", "solution", "fact", ""
SPOKEN = {PROBLEM: "the problem", SOLUTION: "the solution", FACT: "a fact"}
LONGEST = 20_000  # characters that are read
SENTENCE = 600  # characters of one sentence that are read
TITLE = 1.25  # what a title's points count
LEAST, AHEAD = 3.0, 1.7  # points of the leading space, and how many times the next one's
NEAR = 7  # words after somebody in which what they lack or need is looked for

# By points: what is said of a problem, whoever says it.
_PROBLEM = {
    3: """
    what problem, which problem, whose problem, real problem, actual problem, problem we are solving,
    user problem, problem to solve, use case, use cases, user need, user needs, user story, user
    stories, customer pain, customer pains, pain point, pain points, who would use, who needs, who is
    asking, who's asking, who asks for, nobody asked, nobody needs, no one needs, no one asked, does
    anyone need, do users need, do people need, do we need this, why do we need, why would anyone, worth
    solving, worth doing, worth building, what is the goal, our goal, success metric, metrics we will
    use, how do we measure success, which metric, target audience, support tickets, support requests,
    support calls, how important, user interview*, user research, biggest problem, lost sales, how does
    that help, problem that doesn't exist, problem statement
    """,
    2: """
    complain*, complaint*, confus*, frustrat*, annoy*, unhappy, overwhelm*, struggl*, difficult to find,
    difficult to understand, hard to find, hard to understand, hard to use, difficult to complete, give
    up, gives up, abandon*, drop out, drop outs, workaround*, by hand, copy paste, manually every, lose
    trust, the value, value is limited, unclear to, do not understand, does not understand, don't
    understand, doesn't understand, matters to, benefit, benefits, priorit*, easy to miss, easily
    missed, often missed, not obvious, surprised, personas, conversion, misunderstand*, disturb*, too
    many notifications, requests from our, feedback from, not needed, not necessary, painful
    """,
    1: """
    users, customers, people, buyers, visitors, audience, problem, trust, motivation, adoption,
    retention, need, usability, notice, noticed, needed, important
    """,
}
# By points: what is said of a solution.
_SOLUTION = {
    3: """
    we should use, we could use, we can use, should we use, could use, should use, let us use, i would
    use, why not use, rather use, i propose, we propose, i suggest, my suggestion, proposed solution, my
    proposal, alternative approach, another approach, this approach, implementation, implement,
    implementing, refactor*, rewrite, rearchitect*, migrat*, pros and cons, trade-off*, tradeoff*,
    architecture, foreign key, separate table, new table, data model, schema, endpoint*, backend,
    frontend, microservice*, monolith, event bus, data structure, i would prefer, i'd prefer, would be
    better to, better to, instead of, rather than, could store, should store, we could, we should, one
    option
    """,
    2: """
    cache, caching, cached, queue, queues, index, indexes, database, column, columns, json, jsonb,
    redis, postgres*, mysql, sqlite, graphql, rest api, library, framework, dependency, class,
    interface, module, modules, function, method, parameter, config*, flag, hook, plugin, middleware,
    async, synchronous, polling, websocket*, webhook*, cron, worker, thread, threads, transaction*,
    lock, locks, serializ*, encrypt*, token, cookie*, sdk, cli, css, html, component, components,
    wrapper, abstraction, design pattern
    """,
    1: """
    api, dropdown, button, tooltip, modal, toggle, checkbox, sidebar, header, field, limit, server, add,
    support, use, store, build, expose, replace, remove, move, split, merge, design, approach, option,
    options, performance, latency, code, type
    """,
}
# By points: what asks for something that can be looked up or tried.
_FACT = {
    3: """
    am i right, is it intentional, is this intentional, is this expected, is this behavior wanted, nice
    to know, like to know, still maintained, still supported, any clear indication*, unclear whether,
    unclear to me whether, could clarify, help clarify, latest thinking, is there any guidance, what is
    the maximum, how many, how much, how often, how long does, how large, how big,
    how fast, what percentage, what share, which version, what version, what is the limit, what is the
    current, is there a limit, is there any limit, is it documented, anyone know, does anybody know, do
    we know, can anyone confirm, can someone confirm, could someone confirm, is it true, is this still,
    is it still, is it possible to, is there a way to, is there any way, what happens if, what happens
    when, what is the difference, where is the,
    clear indications, interested whether, actually know, still suitable
    """,
    2: """
    intentional, clarif*, wondering if, wondering whether, not sure whether, can't find some, we are
    wondering, documented, documentation say, according to the docs, statistics, benchmark*, measured,
    maximum file size, numbers, figures, the logs, log files, in production
    """,
}
_ASKED = frozenset("is are was were does do did has have can how what which where when who".split())
_WE = frozenset(("we", "i", "us"))
_ASKS_YOU = frozenset("can could will would".split())  # "can you add it?" asks for a deed
_PLAIN = frozenset("is are was were does do did has have".split())  # ask for facts of "you" and "we", too
_OPEN = frozenset("should would could think about suggest".split())  # ask for ideas, not for facts
_WHO = frozenset(
    "user users customer customers people buyer buyers visitor visitors agent agents client clients reader"
    " readers admin admins player players student students teacher teachers patient patients everyone"
    " somebody someone newcomers beginners subscribers shoppers teams team members they".split()
)
_LACK = re.compile(
    r"(?:can't|cannot|can not|could not|couldn't|don't|do not|doesn't|does not|unable|never|struggl\w*"
    r"|complain\w*|fail|fails|forget|forgets|lose|loses|lost|miss|misses|give up|abandon\w*|waste|wastes"
    r"|confus\w*|frustrat\w*|mix|mixed|have to|has to|need|needs|want|wants|expect|expects|ask|asked|asking"
    r"|hesitat\w*|unsure|trouble|leave|drop|are having|would like|unaware|surpris\w*|expecting|misunderst\w*"
    r"|overlook\w*|annoyed)"
)
_MAKE = frozenset(
    "add allow implement support use move replace remove migrate refactor rewrite store make change introduce"
    " create extract split convert switch expose merge rename enable provide improve restructure limit show"
    " deprecate drop convert put turn cache".split()
)
# What a change of words, not of the product, speaks of: announcing it is no argument about a solution.
_HOUSE = re.compile(
    r"\b(?:docs?|documentation|readme|changelog|typos?|faq|licen[cs]e|rfcs?|sections?|topics?|tests?"
    r"|templates?|translations?|bump|guidelines?)\b"
)
_CLAUSE = re.compile(r"[,;:–—]\s")
_FENCE = re.compile(r"^[ ]{0,3}(?:```|~~~)")
_MARK = re.compile(r"^[ ]{0,3}(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\] )?|^[ ]{0,3}#{1,6}[ \t]+|^\*\*|\*\*$")
_END = re.compile(r"[.!?]+(?=\s|$)")
_WORD = re.compile(r"[a-z0-9]+(?:['’-][a-z0-9]+)*|\?")
# Headings of forms that say nothing of what is written below them.
_FORM = re.compile(
    r"what problem would this feature|is your feature request related|describe the solution"
    r"|describe alternatives|describe alternate|additional context|a clear and concise|screenshots"
    r"|steps to reproduce|description\W*$|value\W*$"
)


@dataclass(frozen=True, slots=True)
class Sense:
    """What a text is about; `sentence` stands in it word for word, "" where it is unsure."""

    space: str  # PROBLEM, SOLUTION, FACT or UNSURE
    sentence: str = ""

    @property
    def sure(self) -> bool:
        """Whether it says anything."""
        return bool(self.space)


@lru_cache(maxsize=2048)
def sense(text: str, title: str = "") -> Sense:
    """What a text, and its title, argue about."""
    told = [(points(one), TITLE, one) for one in sentences(title)]
    told += [(points(one), 1.0, one) for one in sentences(text[:LONGEST])]
    totals = {space: sum(each.get(space, 0) * weight for each, weight, _ in told) for space in SPOKEN}
    first, second = sorted(totals, key=lambda space: -totals[space])[:2]
    if totals[first] < LEAST or totals[first] < AHEAD * totals[second]:
        return Sense(UNSURE)
    shown = max(told, key=lambda one: _for(one[0], first))
    return Sense(first, shown[2]) if shown[0].get(first, 0) >= LEAST else Sense(UNSURE)


def _for(found: dict[str, float], space: str) -> float:
    return found.get(space, 0) - sum(found.get(one, 0) for one in SPOKEN if one != space) / 2


def sentences(text: str) -> Iterator[str]:
    """The sentences of a Markdown text as they stand in it, without code, quotations and forms' headings."""
    fenced = False
    for line in text.splitlines():
        if _FENCE.match(line):
            fenced = not fenced
        if fenced or line.lstrip().startswith((">", "|", "<!--", "```")):
            continue
        yield from _split(_MARK.sub("", line).strip())


def _split(line: str) -> Iterator[str]:
    start = 0
    for found in [*_END.finditer(line), None]:
        end = found.end() if found else len(line)
        one = line[start:end].strip()
        start = end
        if one and not _FORM.search(one.casefold()):
            yield one[:SENTENCE]


def points(sentence: str) -> dict[str, float]:
    """The points of one sentence by space, at most five each."""
    low = sentence.casefold().replace("’", "'")
    words = _WORD.findall(low)
    found = {space: _cues(space, " ".join(words)) for space in SPOKEN}
    if _lacking(words):
        found[PROBLEM] += 3
    if words[:1] and words[0] in _MAKE and not _HOUSE.search(low):
        found[SOLUTION] += 3
    if "vs" in words or "versus" in words:
        found[SOLUTION] += 3
    if words[-1:] == ["?"]:
        _question(_asking(low) or words, found)
    return {space: min(5.0, value) for space, value in found.items() if value}


def _asking(low: str) -> list[str]:
    """The words of the last clause of a question that starts as one asks; "Hello, is it ...?"."""
    clauses = [_WORD.findall(one) for one in _CLAUSE.split(low)]
    begun = [words[1:] if words[:1] in (["or"], ["and"], ["so"], ["but"]) else words for words in clauses]
    return next((words for words in reversed(begun) if words and words[0] in _ASKED), [])


def _question(words: list[str], found: dict[str, float]) -> None:
    """A question that starts as one asks for facts counts as such, unless it asks what we should do."""
    ours = words[0] not in _PLAIN and bool(_WE & set(words[:3]))
    ours = ours or (words[0] in _ASKS_YOU and words[1:2] == ["you"])
    if ours or words[0] not in _ASKED or _OPEN & set(words[:6]):
        return
    found[FACT] += 2 if found[PROBLEM] >= 3 else 3
    found[SOLUTION] /= 2


def _lacking(words: list[str]) -> bool:
    """Whether somebody lacks, needs or complains of something."""
    for place, word in enumerate(words):
        if word in _WHO and _LACK.search(" ".join(words[place + 1 : place + 1 + NEAR])):
            return True
    return False


def _cues(space: str, said: str) -> float:
    return float(sum(weight * len(set(cue.findall(said))) for cue, weight in _tables()[space]))


@cache
def _tables() -> dict[str, list[tuple[re.Pattern[str], int]]]:
    written = {PROBLEM: _PROBLEM, SOLUTION: _SOLUTION, FACT: _FACT}
    return {space: [_row(said, weight) for weight, said in table.items()] for space, table in written.items()}


def _row(said: str, weight: int) -> tuple[re.Pattern[str], int]:
    """One expression for all cues of a weight, the longest first; a star is the rest of a word."""
    cues = sorted((" ".join(one.split()) for one in said.split(",")), key=len, reverse=True)
    either = "|".join(re.escape(one).replace(r"\*", r"\w*") for one in cues)
    return re.compile(rf"\b(?:{either})\b"), weight
