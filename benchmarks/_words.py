"""Words: made-up texts for measuring, whose words are as rare and as common as words of a language are."""

from __future__ import annotations

import random
from itertools import accumulate

_ENDS = ("er", "ing", "ed", "tion", "al", "ment", "s", "ly", "able", "ness")
_STEMS = (
    "pack", "court", "gift", "note", "cart", "deliver", "print", "label", "order", "buy", "refund", "stock",
    "parcel", "tax", "invoice", "receipt", "return", "coupon", "price", "box", "ribbon", "address", "sign",
    "wait", "queue", "reach", "ship", "track", "pay", "card",
)  # fmt: skip
COMMON = "courier"  # stands in every text
RARE = "quillwort"  # stands in the texts of a few ideas


def vocabulary() -> list[str]:
    """Some 9,000 words, the most common ones first."""
    ends = [f"{one}{other}" for one in ("", *_ENDS) for other in ("", *_ENDS)]
    middles = ("", "o", "i")
    return [f"{stem}{middle}{end}" for end in ends for middle in middles for stem in _STEMS]


_WORDS = vocabulary()
_SUMS = list(accumulate(1 / rank for rank in range(1, len(_WORDS) + 1)))


def text(number: int, words: int = 60) -> str:
    """Sentences of so many words, always the same for a number."""
    chosen = random.Random(number).choices(_WORDS, cum_weights=_SUMS, k=words)
    lines = [" ".join(chosen[at : at + 12]).capitalize() + "." for at in range(0, words, 12)]
    rare = f" {RARE.capitalize()}." if number % 2_500 == 7 else ""
    return f"The {COMMON} is late. {' '.join(lines)}{rare}\n"
