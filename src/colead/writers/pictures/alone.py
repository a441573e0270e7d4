"""Alone: a picture as a file of its own: its finding above, its key below, light and dark.

Colours are written out, since programs that turn SVG into PNG know no variables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from colead.writers.frame import asset
from colead.writers.tags import safe

WIDTH, MARGIN, HEAD, FOOT = 960, 24, 62, 44  # pixels
KEY, LETTER = 12, 6.6
LINE = 78  # letters of a title's line
# What the tokens of page.css and of the pictures are, on a light and on a dark screen.
COLOURS = {
    "paper": ("#fbfaf6", "#111316"),
    "sheet": ("#ffffff", "#181b1f"),
    "ink": ("#1c222b", "#ebe9e4"),
    "soft": ("#4d545f", "#b3b1aa"),
    "line": ("#e1dfda", "#34373c"),
    "solution": ("#006550", "#74d3b6"),
    "warn": ("#9b4200", "#fab874"),
    "few": ("#e7e8eb", "#26292e"),
    "some": ("#edd9ce", "#3f3730"),
    "several": ("#d9af9a", "#6e5843"),
    "many": ("#a45221", "#e6aa6d"),
    "expected": ("#cbdcd6", "#2c3e3c"),
    "features": ("#a8b1e0", "#505674"),
    "fixes": ("#babec4", "#44484d"),
    "other": ("#c4d7d0", "#2f4341"),
}
FACE = (
    ".page{fill:var(--paper)}.title{fill:var(--ink);font-size:18px;font-weight:600}"
    ".said{fill:var(--soft)}.key .outline{fill:none;stroke:var(--solution);stroke-width:3}"
)
TOKEN = re.compile(r"var\(--([a-z-]+)\)")
RULE = re.compile(r"[^{}]+\{[^{}]*\}")
LINK = re.compile(r'<a href="[^"]*"')


def alone(picture: str, kind: str, height: int, title: str, key: Sequence[tuple[str, str]]) -> str:
    """The file as text.

    Args:
        picture: SVG as a page holds it.
        kind: its class, "map" or "months".
        height: of the picture, in pixels.
        title: what it shows, a sentence.
        key: what the fills mean: their classes and words.
    """
    whole = HEAD + height + FOOT + MARGIN
    inner = LINK.sub("<g", picture).replace("</a>", "</g>")
    place = f'x="{MARGIN}" y="{HEAD}" width="{WIDTH - 2 * MARGIN}" height="{height}"'
    inner = inner.replace("<svg ", f"<svg {place} ", 1)
    told = safe(unescape(title), 400)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{whole}"'
        f' viewBox="0 0 {WIDTH} {whole}"'
        f' role="img" aria-label="{told}" font-family="system-ui, Inter, Helvetica, Arial, sans-serif"'
        f' font-size="12"><metadata>Colead</metadata><style>{style(kind)}</style>'
        '<rect class="page" width="100%" height="100%"/>'
        f'<text class="title" x="{MARGIN}" y="36">{told}</text>'
        f"{inner}{_key(key, kind, HEAD + height + 30)}</svg>\n"
    )


def style(kind: str) -> str:
    """The rules of a kind of picture with their colours, those of dark screens after the others."""
    drawing = asset(f"{kind}.css").partition("@layer page")[0].partition("{")[2]
    rules = [one for one in RULE.findall(FACE + drawing) if not re.search(r"root|hover|focus|wide", one)]
    dark = "".join(_resolved(one, 1) for one in rules if "var(--" in one)
    return f"{''.join(_resolved(one, 0) for one in rules)}@media (prefers-color-scheme:dark){{{dark}}}"


def _resolved(rule: str, dark: int) -> str:
    plain = re.sub(r"font:[^;}]*sans\);?", "", rule)
    return TOKEN.sub(lambda found: COLOURS[found[1]][dark], plain)


def _key(key: Sequence[tuple[str, str]], kind: str, line: int) -> str:
    """The key in one line."""
    shown, left = "", float(MARGIN)
    for fill, words in key:
        if fill:
            paint = f'fill="url(#{fill})"' if fill == "hatch" else f'class="{fill}"'
            shown += f'<rect {paint} x="{left:g}" y="{line - 10}" width="{KEY}" height="{KEY}"/>'
            left += KEY + 6
        shown += f'<text class="said" x="{left:g}" y="{line}">{safe(words, 60)}</text>'
        left = round(left + len(words) * LETTER + 18, 1)
    return f'<g class="{kind} key">{shown}</g>'
