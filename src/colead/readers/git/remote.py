"""Remote: the address that a clone was made from, read from git's settings without obeying any of them.

Only `url` below `[remote "origin"]` is looked for, as plain text on one line. No
other file is included, no address is rewritten, no process is started.
"""

from __future__ import annotations

import re
from pathlib import Path

from colead.errors import ColeadError
from colead.readers.git.place import regular_file

LARGEST = 256 << 10  # bytes of the settings
_ORIGIN = re.compile(r'\[remote[ \t]+"origin"\][ \t]*(?:[#;].*)?\Z')
_URL = re.compile(r"url[ \t]*=[ \t]*([^\s\"\\#;]{1,1000})[ \t]*\Z", re.IGNORECASE)


def origin(git_dir: Path) -> str:
    """The first address of the remote "origin", "" where there is none or it is written in an odd way."""
    try:
        data = regular_file(git_dir / "config", LARGEST) or b""
    except (OSError, ColeadError):
        return ""
    inside = False
    for line in data.decode("utf-8", "replace").split("\n"):
        told = line.strip(" \t\r")
        if told.startswith("["):
            inside = _ORIGIN.match(told) is not None
        elif inside and told[:3].lower() == "url":
            found = _URL.match(told)
            return found[1] if found else ""
    return ""
