"""The command line: the door that most people use first."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    from colead.cli.run import run

    sys.exit(run(sys.argv[1:]))
