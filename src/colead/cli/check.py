"""`colead check`: a spec and repositories in, the reading out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from colead.cli import correct, options, underway
from colead.cli.gates import GATES, closed
from colead.cli.output import coloured, columns, may_write, say, write_page
from colead.cli.progress import Progress
from colead.errors import WrongUse

if TYPE_CHECKING:
    from colead.reading import Reading

LARGEST = 1 << 20  # bytes of standard input that are read; look says so when there is more
FAILED = 1


class Whole(click.ParamType[int]):
    """A whole number from `least` to `most`, told in words."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or click's complaint."""
        try:
            found = int(value)
        except ValueError:
            found = self.least - 1
        if not self.least <= found <= self.most:
            self.fail(f"{value!r} is not a whole number from {self.least:,} to {self.most:,}", param, ctx)
        return found


@click.command(
    "check", epilog="For example: colead check idea.md --repo . --by 2026-12-01 --html reading.html"
)
@click.argument("spec", required=False)
@options.repositories
@click.option(
    "--by", callback=options.as_date, metavar="DATE", help="The date you hope for, like 2026-12-01."
)
@click.option(
    "--changes",
    type=Whole(1, 10_000),
    metavar="N",
    help="How many changes the idea will take, if you know.",
)
@click.option(
    "--prototype",
    default="",
    metavar="BRANCH",
    help="Read the idea after a prototype: what BRANCH changed replaces what was foreseen.",
)
@underway.options
@correct.options
@click.option("--path", default="", metavar="FOLDER", help="Read only this folder of the repository.")
@click.option("--md", "form", flag_value="md", help="Print Markdown instead, for an issue or a pull request.")
@click.option("--json", "form", flag_value="json", help="Print JSON instead, for programs.")
@click.option("--quiet", "form", flag_value="quiet", help="Print the verdict alone.")
@click.option("--html", metavar="FILE", help="Also write a page to read, print and answer in.")
@click.option("--force", is_flag=True, help="Let --html write over any file.")
@click.option("--technical", is_flag=True, help="Add the engineers' line to each finding.")
@click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice((*GATES, underway.GATE)),
    metavar="WHAT",
    help="Exit 1 when something is: unclear, hidden (a part not mentioned), late (the date is unlikely),"
    " fragile, left-out (with --diff). Again for several.",
)
@click.option(
    "--width",
    type=Whole(60, 200),
    metavar="N",
    help="Columns, 60 to 200.  [default: the terminal's, at most 120]",
)
@options.issues
@options.incidents
@options.cache
@click.option("--update", is_flag=True, help="Read what is new in the history and stop; needs no spec.")
@click.option("--no-input", is_flag=True, help="Never wait for a person.")
@options.today
def command(**asked: Any) -> int:
    """Check SPEC, a Markdown file ("-" reads standard input), against the history of one or more
    git repositories. Nothing is changed in them, but for the one file that --wrong and --missing write to,
    and nothing leaves this machine."""
    correct.refuse(asked)
    if underway.meant(asked):
        return underway.run(asked, _standard_input)
    if asked["update"]:
        return _update(asked)
    if asked["html"] not in (None, "-"):
        may_write(Path(asked["html"]), force=asked["force"])  # told before the work, not after it
    reading = _look(asked)
    if asked["html"]:
        _page(reading, asked["html"], asked["force"])
    if asked["html"] != "-":
        say(_rendered(reading, asked))
    if asked["html"] not in (None, "-") and asked["form"] is None:
        say(f"Page: {asked['html']}\n")
    return _gates(reading, asked["fail_on"])


def _update(asked: dict[str, Any]) -> int:
    from colead import look

    with Progress() as progress:
        told = look.update(asked["repos"] or (".",), cache=asked["cache"], progress=progress)
    if asked["form"] != "quiet":
        say("".join(f"{one}\n" for one in told))
    return 0


def _look(asked: dict[str, Any]) -> Reading:
    if asked["spec"] is None:
        raise WrongUse(
            "E01", "no spec was given", why="there is nothing to check", hint="colead check idea.md --repo ."
        )
    text = _standard_input(asked["no_input"]) if asked["spec"] == "-" else None
    with Progress() as progress:
        given = {
            "text": text,
            "source": "standard input",
            "by": asked["by"],
            "today": asked["today"],
            "changes": asked["changes"],
            "prototype": asked["prototype"],
            "path": asked["path"],
            "given": options.given(asked["issues"], asked["incidents"], shared=len(asked["repos"]) > 1),
            "cache": asked["cache"],
            "progress": progress,
        }
        spec, repos = None if text is not None else asked["spec"], asked["repos"] or (".",)
        if not correct.meant(asked):
            from colead import look

            return look.check(spec, repos, **given)
        from colead.correcting import correct as corrected

        said = {name: asked[name] for name in ("wrong", "missing", "because")}
        done = corrected(spec, repos, **said, **given)
    correct.told(done, asked["form"] or ("html" if asked["html"] == "-" else None))
    return done.reading


def _standard_input(alone: bool) -> bytes:
    if alone and sys.stdin.isatty():
        raise WrongUse(
            "E01",
            "standard input is a terminal",
            why="--no-input never waits for a person",
            hint="colead check - < idea.md",
        )
    return sys.stdin.buffer.read(LARGEST + 1)


def _page(reading: Reading, place: str, force: bool) -> None:
    from colead.writers.html import html

    if place == "-":
        say(html(reading))
    else:
        write_page(Path(place), html(reading), force=force)


def _rendered(reading: Reading, asked: dict[str, Any]) -> str:
    if asked["form"] == "json":
        from colead.writers.wire import to_json

        return to_json(reading)
    if asked["form"] == "md":
        from colead.writers.markdown import markdown

        return markdown(reading)
    from colead.writers.text import quiet, text

    if asked["form"] == "quiet":
        return quiet(reading)
    return text(reading, width=asked["width"] or columns(), colour=coloured(), technical=asked["technical"])


def _gates(reading: Reading, gates: tuple[str, ...]) -> int:
    told = closed(reading, gates)
    for one in told:
        sys.stderr.write(f"fail-on {one}\n")
    return FAILED if told else 0
