"""Run: one call of the command line, from its words to its exit code; no error leaves as a traceback."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from colead.errors import ColeadError, WrongUse

INTERRUPTED = 130
EXAMPLE = "colead check idea.md --repo ."


def run(words: Sequence[str]) -> int:
    """Do what the words ask for and return the exit code."""
    as_json, debug = "--json" in words, "--debug" in words
    passed = [word for word in words if word != "--debug"]
    try:
        return _called(passed)
    except ColeadError as error:
        return _told(error, as_json, debug)
    except click.ClickException as error:
        return _told(misuse(error), as_json, debug)
    except (KeyboardInterrupt, click.Abort):
        sys.stderr.write("Stopped.\n")
        return INTERRUPTED
    except BrokenPipeError:
        return _nobody_listens()
    except Exception as error:  # the last door: a person gets a sentence, never a traceback
        return _told(unforeseen(error), as_json, debug)


def _called(words: Sequence[str]) -> int:
    from colead.cli.group import commands

    code = commands.main(args=list(words), prog_name="colead", standalone_mode=False)
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _told(error: ColeadError, as_json: bool, debug: bool) -> int:
    from colead.cli.faults import fault, fault_json, traced

    sys.stderr.write(fault_json(error) if as_json else fault(error))
    if debug:
        sys.stderr.write(traced(error))
    return error.exit_code


def misuse(error: click.ClickException) -> ColeadError:
    """Click's complaint in the form of all other errors."""
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "colead"
    why = hint = ""
    if path == "colead check" and "extra argument" in error.format_message():
        why, hint = "one spec is checked at a time", "name a repository with --repo: " + EXAMPLE
    said = (
        error.format_message().rstrip(".")
        if "Did you mean" not in error.format_message()
        else error.format_message()
    )
    code = "E02" if isinstance(error, click.BadParameter) else "E01"
    told = WrongUse(code, said[:1].lower() + said[1:], why=why, hint=hint or f"{path} --help")
    told.__cause__ = error
    return told


def unforeseen(error: Exception) -> ColeadError:
    """An error that nobody foresaw, as one that can be reported."""
    told = ColeadError(
        "E09",
        f"something went wrong inside Colead: {type(error).__name__}",
        why=str(error).splitlines()[0][:200] if str(error) else "",
        hint="run it again with --debug and report what it prints",
    )
    told.__cause__ = error
    return told


def _nobody_listens() -> int:
    """The reader of our output has left: be quiet, also when Python closes its streams."""
    from colead.cli.output import discard

    discard()
    return 0
