"""Folder: where an installation keeps everything."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_folder() -> Path:
    """COLEAD_DATA, else the platform's folder for what programs keep."""
    if named := os.environ.get("COLEAD_DATA"):
        return Path(named)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "colead"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "colead"
