"""Frame: the head that every page of Colead's shares; a page is one file and loads nothing."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from functools import cache
from importlib.resources import files

from colead.writers.tags import safe

BLANKS = re.compile(r"\s*([{};,])\s*")


def head(title: str, version: str, style: str, script: str = "", shape: str = "") -> str:
    """Everything before the body.

    Args:
        title: as HTML text already.
        version: of Colead.
        style: the style sheet.
        script: the only script that may run on the page, "" for none.
        shape: attributes of the page's root, with a space before them.
    """
    return (
        f'<!doctype html>\n<html lang="en"{shape}><head><meta charset="utf-8">'
        f'<meta name="generator" content="Colead {safe(version, 20)}">'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">'
        f"<title>{title} - Colead</title><style>{style}</style></head>"
    )


@cache
def asset(name: str) -> str:
    """A style sheet or script that is kept beside the writers; a style sheet without its blanks."""
    text = files("colead.writers").joinpath("page", name).read_text("utf-8")
    return BLANKS.sub(r"\1", text).replace(": ", ":") if name.endswith(".css") else text


def styled(*pictures: str) -> str:
    """The style sheet of a page with these kinds of pictures."""
    return "".join((asset("page.css"), *(asset(f"{one}.css") for one in pictures)))


def _policy(style: str, script: str) -> str:
    """Nothing from anywhere; this very style and this very script."""
    scripts = f" script-src 'sha256-{_hash(script)}';" if script else ""
    return (
        f"default-src 'none'; style-src 'sha256-{_hash(style)}';{scripts} base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()
