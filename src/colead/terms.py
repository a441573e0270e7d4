"""Terms: the words of a text as the index knows them: identifiers whole and split, lower case, stemmed.

One regular expression cuts a text into raw words, a bounded memo turns each raw
word into its terms. The same terms stand for specs, messages, code and paths,
so that "packing slips" in a spec meets `PackingSlip` and `packing_slip.py`.
Stems are those of the Snowball English stemmer (Porter 2).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock

import snowballstemmer

LONGEST = 64  # characters; longer raw words are hashes, keys and encoded data
LEAST, MOST = 20, 60  # lines of one chunk of code

_RAW = re.compile(r"\w+(?:-\w+)*")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")
_OTHER = re.compile(r"[^\W\d_]+|\d+")

_ENGLISH = """
a about above after again against all also although always am among an and another any anybody anyone
anything are aren around as at be became because become been before being below between both but by can
cannot could couldn did didn do does doesn doing don done down during each either else etc even ever every
few for from further gets got had hadn has hasn have haven having he her here hers him his how however i if
in instead into is isn it its itself just least less let like ll made make makes many may maybe me might
more most much must mustn my need needs neither never no nobody none nor not now of off often on once one
only or other others our ours out over own per perhaps please put quite rather re really s same several shall
she should shouldn since so some somebody something soon still such t than that the their theirs them then
there these they thing things this those though through to today together too under until up upon us use
used uses using ve very via was wasn way we well were weren what when where whether which while who whom
whose why will with within without won would wouldn yet you your yours
"""
# Only what says nothing in a product either: "return", "export", "private" and "template" do, and stay in.
_CODE = """
args assert async await bool boolean char const def del elif elsif elseif endif enum extends extern
finally float fn foreach func goto html https impl implements instanceof int kwargs lambda let mut namespace
nil null params protected pub readonly self sizeof src static std str struct super throws true false
typedef typeof undefined unsigned val var virtual void volatile www com org
"""
STOPPED = frozenset(_ENGLISH.split()) | frozenset(_CODE.split())

_stemmer = snowballstemmer.stemmer("english")
_turn = Lock()  # the stemmer keeps state while it works


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    if len(word) < 4 or not word.isascii():
        return word
    with _turn:
        return str(_stemmer.stemWord(word))


def _parts(raw: str) -> list[str]:
    pattern = _PART if raw.isascii() else _OTHER
    return [one.lower() for one in pattern.findall(raw)]


def _kept(part: str) -> bool:
    if part.isdigit():
        return 3 <= len(part) <= 4  # "404" says something, "1" and "20261201" do not
    return len(part) > 1 and part not in STOPPED


@lru_cache(maxsize=1 << 17)
def _of_word(raw: str) -> tuple[str, ...]:
    if len(raw) > LONGEST:
        return ()
    parts = _parts(raw)
    found = [stem(one) for one in parts if _kept(one)]
    if len(parts) > 1 and found:
        found.append("".join(parts))
    return tuple(found)


def terms(text: str) -> list[str]:
    """The terms of a text, in its order, repeated as often as they stand there.

    >>> terms("Print the packingSlip of gift_notes")
    ['print', 'pack', 'slip', 'packingslip', 'gift', 'note', 'giftnotes']
    """
    return [term for raw in _RAW.findall(text) for term in _of_word(raw)]


def counts(text: str) -> dict[str, int]:
    """How often each term stands in a text; the quick form for code, where few words repeat often."""
    found: dict[str, int] = {}
    for raw, times in Counter(_RAW.findall(text)).items():
        for term in _of_word(raw):
            found[term] = found.get(term, 0) + times
    return found


def spoken(text: str) -> dict[str, str]:
    """Each term with the shortest word of the text that it comes from, as a person would quote it.

    >>> spoken("Packing slips, and the packing-slip printer")["slip"]
    'slips'
    """
    words: dict[str, str] = {}
    for raw in _RAW.findall(text):
        parts = _parts(raw[:LONGEST])
        for term, word in [*((stem(part), part) for part in parts), ("".join(parts), raw)]:
            if term not in words or len(word) < len(words[term]):
                words[term] = word
    return words


def chunks(text: str) -> Iterator[str]:
    """Code cut into pieces of 20 to 60 lines, at the first blank line where there is one."""
    lines = text.split("\n")
    start = 0
    while start < len(lines):
        end = _cut(lines, start)
        yield "\n".join(lines[start:end])
        start = end


def _cut(lines: list[str], start: int) -> int:
    last = start + MOST
    if last >= len(lines):
        return len(lines)
    for number in range(start + LEAST, last):
        if not lines[number] or lines[number].isspace():
            return number + 1
    return last
