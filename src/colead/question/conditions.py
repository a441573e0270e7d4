"""How titles of fixes name a condition, and what makes a fix uninteresting for a spec."""

from __future__ import annotations

import re

from colead.terms import terms


def _either(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words.split())})\b", re.IGNORECASE)


LINKS = _either("when whenever if unless while without after before during until once despite even")
EDGES = _either(
    """
    deleted? deleting deletion archived? removed missing empty blank nonexistent absent twice
    duplicates? duplicated? double split partial(?:ly)? cancel(?:l?ed|ling|lation)? refund(?:ed|s)?
    concurrent(?:ly)? simultaneous(?:ly)? parallel permissions? unauthori[sz]ed forbidden private
    read-only readonly long longer large huge many expired? expiry expiration invalid malformed special
    unicode emojis? non-ascii timezones? daylight offline disabled inactive suspended blocked anonymous
    guests? zero negative nested recursive limits? exceed(?:s|ed|ing)? pending stale outdated timeout
    retry retries moved renamed already shared last unpublished draft locked paused null nil undefined
    leap midnight rtl case-insensitive collision conflict(?:s|ing)? interrupted failed failing failure
    rate-limit(?:ed)? race
    """
)
TECHNICAL = _either(
    """
    null nil none undefined race concurrent(?:ly)? thread(?:s|ing)? deadlock memory leak
    crash(?:es|ed|ing)? exception(?:s)? traceback keyerror typeerror attributeerror valueerror
    index(?:es)? cache(?:d|s)? transaction(?:s)? query queries sql migration(?:s)? timeout socket
    websocket(?:s)? api endpoint(?:s)? json payload header(?:s)? worker(?:s)? queue(?:s)? redis postgres
    mysql sqlite docker async regex
    """
)
COSMETIC = _either(
    """
    typos? lint(?:er|ing)? eslint flake8 prettier mypy css margin padding spacing align(?:ed|ment)?
    colou?rs? icons? font styling styles? hover animation flicker(?:ing)? layout tests? flaky specs? ci
    docs? documentation readme translations? i18n changelog deps? dependenc(?:y|ies) bump upgrade
    warnings? deprecat(?:ed|ion) types? typings? typescript tsc refactor comments? wording snapshots?
    storybook empty.state revert coverage sonar(?:qube)? codeql docker dockerfile webpack vite mutation
    """
)
GENERIC = frozenset(
    terms(
        """
    fix fixes fixed fixing bug bugs issue issues error errors handle handles handling ensure make makes
    correct correctly properly prevent avoid show shows showing display displays displayed work works
    working support add adds added adding allow allows set sets setting get remove removes update
    updates updated change changes changed new problem broken wrong render renders rendering page user
    users button value values check checks return returns call calls open opens opening click clicking
    view load loading loads crash improve better regression possible being able cause caused causing
    list item items data default field fields name names text code file files type option options page
    pages result results case cases state also only first appear appears visible hide hidden proper
    always never sure keep keeps message messages success modal dialog menu toolbar tooltip panel side
    mode row rows label labels link links method methods function functions class classes endpoint
    endpoints info component components logic apply applied incorrect create creates creating created
    edit editing save saving saved select selected selecting
    """
    )
)
