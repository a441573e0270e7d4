"""Lock: writes the hash-locked requirements anew from pyproject.toml; they name no place."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "requirements.lock": ["pyproject.toml", "--extra", "web"],
    "requirements-dev.lock": [
        *("pyproject.toml", "--extra", "web", "--extra", "postgres"),
        *("--group", "dev", "-c", "requirements.lock"),
    ],
    "requirements-build.lock": ["--group", "build"],
}


def main(more: list[str]) -> int:
    """Compile each lock; further words, like `--upgrade`, are handed to uv."""
    uv = Path(sys.executable).with_name("uv")
    shape = ["--universal", "--generate-hashes", "--python-version", "3.11", "--no-header", "--quiet"]
    for name, asked in LOCKS.items():
        command = [os.fspath(uv), "pip", "compile", *shape, *asked, "-o", name, *more]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
