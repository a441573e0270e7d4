"""The commands in their groups; a command's module is imported when it is called, so that help is instant."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple, cast

import click

from colead import __version__


class Seat(NamedTuple):
    """Where a command stands in the help, and where it lives."""

    group: str  # "" keeps it out of the help
    told: str


SEATS = {
    "check": Seat("Look", "Check a spec against git repositories before the meeting."),
    "backtest": Seat("Know", "Tell how often readings would have been right on your own past."),
    "fragility": Seat("Know", "Tell which parts and files are likeliest to need fixes next."),
    "balance": Seat("Know", "Tell how work divides into features, fixes and system health."),
    "today": Seat("After", "Say what waits for you on the shared page, and what moved."),
    "cheatsheet": Seat("Run", "Print how product and engineering work together, with what is so here."),
    "serve": Seat("Run", "Serve the shared page for the two people who lead an area."),
    "explain": Seat("Run", "Tell what a code says, how it is measured, what to do."),
    "init": Seat("Run", "Suggest names for the parts of a repository, as files to edit."),
    "demo": Seat("", "Build the demo shop and check its spec."),
    "completions": Seat("", "Print the completion script for a shell."),
}
GROUPS = {
    "Look": "Look at an idea",
    "Know": "Know how far to trust it",
    "After": "Stay on it",
    "Run": "Set up and understand",
}


class Commands(click.Group):
    """The group that knows its commands by name and imports one when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands that help shows."""
        return [name for name, seat in SEATS.items() if seat.group]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command and return it; None when there is no such command."""
        if cmd_name not in SEATS:
            return None
        return cast(click.Command, import_module(f"colead.cli.{cmd_name}").command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, but with the commands that are not imported yet among the suggestions."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            near = nearest(args[0], list(SEATS))
            hint = f" Did you mean {near!r}?" if near else ""
            raise click.UsageError(f"there is no command {args[0]!r}.{hint}", ctx) from error

    def invoke(self, ctx: click.Context) -> object:
        """As click does it, but an interruption prints no empty line and a reader that left is no failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise click.exceptions.Exit(0) from error
        except KeyboardInterrupt as error:
            raise click.Abort from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands in their groups."""
        for group, title in GROUPS.items():
            rows = [(name, seat.told) for name, seat in SEATS.items() if seat.group == group]
            with formatter.section(title):
                formatter.write_dl(rows)


def nearest(word: str, known: Sequence[str]) -> str:
    """The known word that a mistyped one probably means, "" when none is near."""
    from difflib import get_close_matches

    return "".join(get_close_matches(word, known, n=1))


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"colead {__version__}")
        ctx.exit()


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=True,
    epilog="Exit: 0 done; 1 only with --fail-on; 2 wrong use; 3 could not be read; 130 interrupted.",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version."
)
@click.option("--debug", is_flag=True, expose_value=False, help="Show where in Colead an error arose.")
@click.pass_context
def commands(ctx: click.Context) -> None:
    """Colead reads a spec and a git repository, and tells product and engineering on one page
    what the idea will probably touch, what is unclear, and which dates are realistic.

    Start with: colead check idea.md --repo .
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
