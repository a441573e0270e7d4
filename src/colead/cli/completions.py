"""`colead completions`: the script that teaches a shell Colead's commands."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

from colead.cli.output import say


@click.command("completions")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script for SHELL; for bash: source <(colead completions bash)."""
    from colead.cli.group import commands

    kind = get_completion_class(shell) or ShellComplete
    # The plain source: bash's own class would start bash to ask for its version.
    say(ShellComplete.source(kind(commands, {}, "colead", "_COLEAD_COMPLETE")) + "\n")
