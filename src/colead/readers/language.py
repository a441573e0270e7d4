"""Tells whether a text is English, by the share of each language's most frequent small words."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_SMALL = {  # words that two of the languages share stand in none of the lists but the English one
    "en": """
        the of and to in is that for it as with on be are this by we you not or from have can an will our a i
        if but so at when how which they has was could would should there do does no all also only
        more than them their what who my me one add when where any each should been its into some other
    """,
    "de": "der das und ist nicht ein eine zu den mit von für auf dem im werden wird sich es auch aber sie",
    "fr": "le la les des et est une un dans pour que qui sur pas avec du par ne il nous ce cette sont",
    "es": "el la los las de que y en un una es para con por se del al como su lo son este cuando",
    "it": "il di che la e un una per non è con del della sono si le dei nel come anche gli più quando",
    "pt": "o os de que e em um uma para com não por se da na é como mais dos são quando ou",
    "nl": "de het een en van dat niet voor met op te zijn er ook als wordt bij naar deze maar",
}
_LISTS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
FEWEST = 12  # words; a shorter text in Latin letters passes as English


def is_english(text: str) -> bool:
    """Whether a text is (mostly) English; very short texts in Latin letters count as English.

    >>> is_english("Käufer schreiben den Gruß in die Hinweise, wo ihn niemand druckt, und das ist nicht gut.")
    False
    """
    words = [one.lower() for one in _WORD.findall(text[:100_000])]
    latin = [one for one in words if one[0] < "\u0250"]
    if len(latin) < 0.5 * len(words):
        return False
    if len(words) < FEWEST:
        return True
    shares = {language: sum(one in small for one in latin) / len(latin) for language, small in _LISTS.items()}
    other = max(share for language, share in shares.items() if language != "en")
    return other < 0.1 or 1.2 * shares["en"] >= other
