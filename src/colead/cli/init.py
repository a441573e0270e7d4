"""`colead init`: suggested settings files for a repository; files that exist stay as they are."""

from __future__ import annotations

from pathlib import Path

import click

from colead.cli.output import say, write_whole
from colead.cli.progress import Progress
from colead.errors import RepositoryError, WrongUse
from colead.phrase import literal


@click.command("init")
@click.option("--repo", default=".", metavar="PATH", show_default=True, help="The git repository.")
@click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Keep what was read here.",
)
def command(repo: str, cache: Path | None) -> None:
    """Write suggestions into .colead/: the parts of this repository and the words people use for
    them. They are yours to edit; a file that is there already is never written over."""
    from colead import look

    root = _root(repo)
    with Progress() as progress:
        suggested = look.suggest(repo, cache=cache, progress=progress)
    for name, text in suggested.items():
        say(f"{_settle(root, name, text)}\n")


def _root(repo: str) -> Path:
    from colead.readers.git import Door

    with Door.open(repo) as door:
        if door.root is None:
            raise RepositoryError(
                "E19",
                f"{repo!r} is a bare repository",
                why="settings live in the work tree, and a bare repository has none",
                hint="run it in a clone with a work tree",
            )
        return door.root


def _settle(root: Path, name: str, text: str) -> str:
    target = root / name
    shown = literal(name)
    try:
        if target.exists() or target.is_symlink():
            return f"kept   {shown} (it is there already)"
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.parent.resolve().is_relative_to(root.resolve()):
            raise OSError("its folder leads out of the repository")
        write_whole(target, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise WrongUse(
            "E07", f"{name!r} could not be written", why=why, hint="look at the folder's permissions"
        ) from error
    return f"wrote  {shown}"
