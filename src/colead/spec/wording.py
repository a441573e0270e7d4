"""The English that tells a problem from a solution: headings, word lists, and a score for one sentence.

The score follows the rules measured in research on 320 sentences of public
requests and proposals (heading and words together: 85 % right): complaints and
the way things are done today speak for a problem, wishes and behaviour for a
solution, the heading above leans on the scale.
"""

from __future__ import annotations

import re
from functools import cache

from colead.spec.parts import Space

# What a single requirement is called: "US-1", "Requirement 3", "Scenario: ...".
LABEL = re.compile(
    r"[\W_]{0,6}(?:(?:[Uu]ser )?[Ss]tory|[Uu]se [Cc]ase|[Rr]equirement|[Ff]eature|[Ss]cenario|[Ss]lice"
    r"|[Cc]riterion|REQ|FR|NFR|US|AC|UC|BR)[ #_-]{0,2}\d{1,5}(?:[.-]?\d{1,4}){0,3}[a-z]?(?![\w-])"
    r"|[\W_]{0,6}[Ss]cenario: "
)
LONGEST = 2000  # characters of one sentence that are looked at


def either(words: str) -> re.Pattern[str]:
    """One pattern for whole words, listed with "|"; every word is a literal but for `s?`-like endings."""
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


_OUT_ALONE = re.compile(r"\W*(?:out|later|not yet|parked|skipped)\W*", re.IGNORECASE)
_HEADINGS: tuple[tuple[Space, re.Pattern[str]], ...] = (
    (
        Space.OUT,
        either(
            "out of scope|not in scope|is out|what'?s out|non[- ]?goals?|no[- ]?gos?|won'?t do|"
            "will not do|not doing|not included|exclusions?|excluded|outside (?:the )?scope|leave out|"
            "left (?:out|for later)|not this time|scope cuts?|not our job|not in this \\w+|"
            "not (?:right )?now|not covered|out of bounds|not part of (?:this|it)|"
            "what (?:we|this) (?:won'?t|will not|are not|aren'?t|is not|isn'?t|do not|don'?t|does not|"
            "doesn'?t)|"
            "(?:we|it) (?:won'?t|will not|are not|aren'?t|do not|don'?t)"
        ),
    ),
    (
        Space.OTHER,
        either("alternatives?|additional (?:context|information)|screenshots?|checklist|related work"),
    ),
    (
        Space.METRIC,
        either(
            "metrics?|numbers? should|which numbers?|kpis?|okrs?|key results?|measures?|measured|"
            "measurement|measurable|success criteria|success looks?|how do we measure|outcomes?|"
            "^\\W*targets?\\W*$|"
            "what (?:should|will|would|must|has to) (?:change|move|improve)|good looks like|north[- ]star|"
            "(?:how|when) (?:(?:will|would|can|should) (?:we|you|i)|(?:we|you|i)(?:'ll| will| would|"
            "'d)?) know "
            "(?:it|if|that|whether|we)|how will we know|how we(?:'ll| will) know|"
            "we (?:will )?know we(?:'re| are| were)|"
            "results? (?:we|that we) (?:are after|want|expect)|outcome we want|convinced (?:if|when)|"
            "should get us|"
            "number (?:moves|changes)|what (?:number|metric)|"
            "(?:expected|desired|intended) (?:impact|effects?|results?|change)|^\\W*(?:impact|success)\\W*$|"
            "(?:definition|signs?|picture) of success|success (?:metric|measure|target|signal|looks)\\w*"
        ),
    ),
    (
        Space.TEST,
        either(
            "simplest (?:test|way|step)|smallest (?:\\w+ )?(?:test|slice|step|version|thing)|experiments?|"
            "cheapest (?:\\w+ )?(?:test|way|try|experiment|step)|quick(?:est)? (?:test|try|check)|"
            "assumption tests?|how (?:we|i|you)(?:'ll| will| would| could| can)? (?:test|try|find out|learn)|"
            "first (?:thing to (?:try|test)|step|test|try|experiment|slice)|try first|"
            "try (?:it )?cheap\\w*|learn first|"
            "(?:find out|learn|check|test) (?:if|whether|fast|first|something)|before we (?:build|code|"
            "start)|"
            "without (?:code|building)|spike|"
            "prototypes?|pilot|mvp|minimum viable|test the idea|test this idea|try it out|first slice|"
            "validation plan|how (?:do|will|could|can) we (?:test|try)|hypothes[ie]s|painted door|"
            "proof of concept"
        ),
    ),
    (
        Space.PROBLEM,
        either(
            "problems?|pain(?: points?)?|motivation|background|whose|happens today|today|current(?:ly)?|"
            "opportunities|what we (?:hear|heard|see|saw)|we (?:heard|saw)|observations?|hurts|struggl\\w+|"
            "what is (?:going on|wrong)|what people say|voice of|complaints?|user scenarios?|"
            "status quo|why|user needs?|needs?|how do we know|evidence|supporting data|use[- ]?cases?|"
            "user (?:story|stories)|opportunity|context|rationale|who (?:has|is|needs|wants)|frustrat\\w+"
        ),
    ),
    (
        Space.WHEN,
        either(
            "deadlines?|timelines?|(?:target|planned) (?:date|release)|go[- ]live|^\\W*launch\\W*$|"
            "due(?: date)?|^\\W*when\\b|by when|hoped[- ]for|schedule|release date|"
            "launch date|dates?|milestones?"
        ),
    ),
    (
        Space.SOLUTION,
        either(
            "solutions?|propos\\w+|build|features?|requirements?|designs?|implementation|acceptance|"
            "approach|specification|behaviou?r|scope|functionality|describe the|user interface|ui|ux|"
            "how it works|workflow|api|changes?|what we want|idea|tasks?|steps|expected|enhancement|"
            "suggestion"
        ),
    ),
)

KNOWN = either("how do we know|what do we know|evidence|supporting data")
# What a sentence says of things that are not part of it.
LEFT_OUT = either(
    "out of scope|not asking for|not in this (?:version|release|ticket|round|story)|keeps? (?:its|"
    "their) own|not in scope|non[- ]goals?|not part of (?:this|the)|not included|outside (?:the |"
    "this )?scope|won'?t (?:do|cover|include|support)|will not (?:do|cover|include|support)|"
    "does not cover|not (?:needed|required|planned) (?:for now|yet|in (?:the )?first|initially)|"
    "leave out|left out|(?:leave|left) (?:\\w+ )?alone|off the table|stays? out|(?:we|it) (?:don'?t|"
    "do not|won'?t) touch|"
    "is a separate|are separate|not part of it|excluded?|later version|future version|can come later|"
    "comes later"
)
# Headings under which whatever stands is the metric, with a number or without.
METRIC_SURE = either("metrics?|numbers?|kpis?|okrs?|key results?|measur\\w+|success criteria|north[- ]star")


@cache
def space_of_heading(heading: str) -> Space:
    """What a heading speaks of; that of a single requirement speaks of the thing asked for.

    >>> space_of_heading("Is your feature request related to a problem?"), space_of_heading("Non-goals")
    (<Space.PROBLEM: 'problem'>, <Space.OUT: 'out'>)
    >>> space_of_heading("US-3: See when a stage is late")
    <Space.OTHER: 'other'>
    """
    if LABEL.match(heading[:200]):
        return Space.OTHER
    if _OUT_ALONE.fullmatch(heading[:200]):
        return Space.OUT
    for space, words in _HEADINGS:
        if words.search(heading[:200]):
            return space
    return Space.OTHER


_ENDS_AT = either("targets?|goals?|to|should be|aim|key results?")
_STARTS_AT = either("now|today|current\\w*|baseline|from|metrics?|measures?|kpis?|numbers?|before")


def tells_goals(head: str) -> bool:
    """Whether the first row of a table names a number and what it should become."""
    return "|" in head and bool(_ENDS_AT.search(head[:300]) and _STARTS_AT.search(head[:300]))


PAIN = either(
    "can'?t|cannot|can not|couldn'?t|could not|unable|not able|isn'?t able|no way|not possible|"
    "impossible|nobody|no one|nowhere|never|no longer|doesn'?t|does not|don'?t|do not|isn'?t|is not|"
    "aren'?t|are not|won'?t|lacks?|lacking|missing|tedious|hard(?:er)?|difficult|painful|pain|annoying|"
    "annoyed|frustrat\\w+|confus\\w+|cumbersome|clumsy|slow|slows|slower|error[- ]prone|workarounds?|"
    "work around|by hand|manually|manual|limited to|only (?:way|option)|forced to|complain\\w*|"
    "complaints?|struggl\\w+|fails?|breaks?|broken|los[et]s?|losing|lost|forget\\w*|forgot|wast\\w+|"
    "too (?:long|many|much|late|few|big|small)|takes? (?:forever|ages)|clunky|awkward|poor(?:ly)?|"
    "bad(?:ly)?|terribl[ey]|suffers?|suffering|crash(?:es|ed)?|stuck|guess|unclear|overlook\\w*|"
    "miss(?:ed|es)?|abandon\\w*|give up|"
    "gives up|gave up|inconvenient|impractical|time[- ]consuming|unnecessar\\w+|risky?|problems?|"
    "problematic|issue is|instead of|clutter\\w*|overwhelm\\w*|trouble|lots of (?:time|work)|"
    "a lot of (?:time|work)"
)
TODAY = either(
    "currently|today|at the moment|right now|as of now|at present|presently|nowadays|already|have to|"
    "has to|had to|need to|needs to|always|every time|each time|every (?:day|week|second day|month|"
    "morning)|often|usually|sometimes|when(?:ever)? (?:i|we|you|they|users?|people)|so far|still|"
    "keep \\w+ing|ends? up|by default"
)
REASON = either(
    "so that|because|since|due to|in order to|helps?|would help|customers? (?:asked|ask|want)|"
    "users? (?:asked|ask|want|need)|want to|wants to|wanted to|would like to be able|makes? it|useful|"
    "allows? us|leads? to|results? in|means that|which means|support (?:tickets?|requests?)"
)
WISH = either(
    "i'd like|(?:i|we|would|we'd) like|i want|we want|should|shall|must|add|adds|adding|allow|allows|"
    "allowing|display|displays|displayed|button|buttons|setting|settings|option|options|toggle|dropdown|"
    "checkbox|tick|field|fields|returns?|implement|implemented|introduce|introduces|provide|provides|"
    "support for|new|will|would be (?:nice|great|good|cool|helpful|useful)|could|propose|proposal|"
    "suggest|enable|enables|shows?|shown|printed|configurable|endpoint|page|tab|menu|icon|feature"
)
TECHNICAL = either(
    "api|endpoint|json|schema|database|table|column|class|method|function|module|interface|parameter|"
    "argument|config(?:uration)?|server|client|header|query|cache|token|plugin|library|backend|frontend|"
    "component|migration|struct|enum|type"
)
_ORDER = either(
    "add|allow|create|make|let|enable|support|implement|provide|introduce|show|display|use|change|move|"
    "remove|replace|extend|give|include|store|send|build|expose|return|update|ability|option|please|"
    "(?:we|this|it) (?:will|want to|would like to|are going to|plan to|propose)"
)
_OPENING = re.compile(
    r"^\W*(?:(?:i'm|i am|we're|we are|it is|it's) (?:always |often )?(?:frustrat|annoy|hard|difficult|"
    r"tedious|confus)|users? (?:cannot|can't|have no|are unable)|there (?:is|are) (?:currently )?no |"
    r"this leads to|"
    r"the problem|it is (?:currently )?(?:not possible|impossible)|(?:\w+ ){1,4}(?:cannot|can't) )",
    re.IGNORECASE,
)
_STORY = re.compile(
    r"^\W*(?:when|whenever|as an?)\b[^.]{3,200}?\bi\b.{0,5} (?:want|need|would like|wish)", re.IGNORECASE
)
_LEAN = {Space.PROBLEM: 1.2, Space.SOLUTION: -1.2, Space.TEST: -1.0, Space.OUT: -1.3, Space.WHEN: -1.3}
PROBLEM_FROM = 0.15  # a sentence with a higher score speaks of the problem


def tells_today(text: str) -> bool:
    """Whether a sentence complains, or tells how things are done today; a mere wish does neither."""
    return bool(PAIN.search(text[:LONGEST]) or TODAY.search(text[:LONGEST]) or _OPENING.match(text))


_WANTS = either(
    "wants?|wanted|needs?|would like|(?:i|we|i'd|we'd) like|wishes|wish|hopes?|asks? for|asked for|likes? to|"
    "should|"
    "shall|must|will|could|adding|allow|allows|allowing|implement\\w*|introduc\\w+|provid\\w+|enable|enables|"
    "support for|would be (?:nice|great|good|cool|helpful|useful)|propos\\w+|suggest"
)


def is_story(text: str) -> bool:
    """Whether a sentence is a story of somebody: "As a nurse I want", "When I come home late, I want"."""
    return bool(_STORY.match(text[:LONGEST].replace("*", "")))


def wishes(text: str) -> bool:
    """Whether a sentence says what somebody wants, rather than what happens."""
    return bool(_WANTS.search(text[:LONGEST]))


def _count(words: re.Pattern[str], text: str, most: int) -> int:
    return sum(1 for _, _one in zip(range(most), words.finditer(text), strict=False))


def problem_score(text: str, space: Space = Space.OTHER) -> float:
    """How far a sentence speaks of the problem (above `PROBLEM_FROM`) rather than of a solution."""
    text = text[:LONGEST]
    score = 1.5 * _count(PAIN, text, 2) + _count(TODAY, text, 2) + 0.8 * _count(REASON, text, 2)
    score -= _count(WISH, text, 3) + 0.4 * _count(TECHNICAL, text, 3)
    if _ORDER.match(text.lstrip("*-_ \"'`")):
        score -= 2
    if _OPENING.match(text):
        score += 1.2
    if is_story(text):
        score += 2.2
    return score + _LEAN.get(space, 0.0)


_THINGS = r"(?![ -](?:services?|pages?|apis?|tables?|modules?|views?|models?|controllers?|endpoints?)\b)"
_PEOPLE = either(
    "customers?|buyers?|shoppers?|sellers?|merchants?|vendors?|administrators?|admins?(?! \\w*(?:panel|"
    "page|area|interface|settings|ui|role|menu))|developers?|engineers?|designers?|analysts?|students?|"
    "teachers?|pupils?|parents?|patients?|doctors?|nurses?|members?|clients?|readers?|authors?|editors?|"
    "writers?|visitors?|guests?|managers?|operators?|staff|employees?|agents?|drivers?|couriers?|"
    "maintainers?|contributors?|subscribers?|owners?|organi[sz]ers?|reviewers?|moderators?|citizens?|"
    "tenants?|hosts?|newcomers?|beginners?|support (?:team|agents?|staff|people)|the warehouse|"
    "accountants?|bookkeepers?|translators?|publishers?|testers?|researchers?|volunteers?|freelancers?|"
    "founders?|recruiters?|applicants?|candidates?|learners?|players?|listeners?|donors?|drivers?|"
    "attendees?|coaches|trainers?|librarians?|sysadmins?|devops|sres?|product (?:managers?|owners?|"
    "people)|stakeholders?|collaborators?|teammates?|colleagues?|passengers?|travellers?|travelers?|"
    "cooks?|residents?|packers?|pickers?|viewers?|participants?|senders?|recipients?|creators?|"
    "consumers?|newbies|scrum masters?|delivery leads?|team leads?|leads|families|family|companies|"
    "organi[sz]ations?|schools?|businesses|agencies|self[- ]hosters?|on[- ]call|vets?|veterinarians?|"
    "clerks?|cashiers?|technicians?|dispatchers?|pharmacists?|lawyers?|auditors?|consultants?|scientists?|"
    "artists?|photographers?|journalists?|lecturers?|professors?|trainees?|supervisors?|planners?|"
    "marketers?|children|kids|salespeople|shopkeepers?|people (?:who|with|on|in|from|waiting|living)|"
    "women|men|"
    "home ?owners?|households?|commuters?|treasurers?|freelancers?|graders|midwi(?:fe|ves)|farmers?|growers?|"
    "gamers?|(?:\\w+ )?workers?|assistants?|neighbou?rs?|landlords?|care ?givers?|carers?|(?:sales )?reps?|"
    "pensioners?|job ?seekers?|hikers?|cyclists?|riders?|pilots|sailors?|runners?|cleaners?|mechanics|"
    "brokers?|"
    "foresters?|bakers?|brewers?|landowners?|grandparents|relatives|fans?|streamers?|adults|teenagers?|teens|"
    "foreigners|immigrants?|refugees?|veterans?|coordinators?|secretar(?:y|ies)|receptionists?|curators?|"
    "hobbyists?"
)
ROLES = re.compile(_PEOPLE.pattern + _THINGS, re.IGNORECASE)  # "the customers service" is nobody
ANYBODY = either(
    "users?|people|person|persons|i|we|our|my|us|me|you|they|everyone|anyone|somebody|someone|teams?"
)
