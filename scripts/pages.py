"""Pages: writes what documents repeat from the code: words, codes, schemas, the README's transcript.

`python scripts/pages.py` writes them; with `--check` it only says which are out
of date, and leaves with 1 when any is.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "colead"
EDGES = tuple("cli demo readers store writers look built grading lookout balancing planning auditing".split())
WRITTEN = "<!-- Written by `make pages`; edit the code that it is taken from. -->"
MARK = re.compile(r"(<!-- transcript -->\n).*?(<!-- /transcript -->)", re.DOTALL)
YOURS = re.compile(r" {2,}\S*/(gift-notes\.md), read on .*")  # the folder and the day differ for everybody
SENTENCE = re.compile(r"\.(?=\s|$)")


def words() -> str:
    """docs/words.md: what each word of Colead means, from the first sentence of its module."""
    rows = [row for place in sorted(SOURCE.iterdir()) for row in _row(place)]
    inner = [row for name, row in rows if name not in EDGES]
    outer = [row for name, row in rows if name in EDGES]
    return "\n".join(
        [
            "# Words",
            "",
            WRITTEN,
            "",
            "One word, one meaning, one module. What a person reads on a page is said with these.",
            "",
            *_table(inner),
            "",
            "Around them, what touches the world:",
            "",
            *_table(outer),
            "",
        ]
    )


def _row(place: Path) -> Iterator[tuple[str, str]]:
    """The row of one module or package; nothing for files that are none."""
    file = place / "__init__.py" if place.is_dir() else place
    if not file.is_file() or file.suffix != ".py" or place.stem.startswith("__"):
        return
    said = " ".join((ast.get_docstring(ast.parse(file.read_bytes())) or "").split("\n\n")[0].split())
    word, _, meaning = SENTENCE.split(said, maxsplit=1)[0].partition(": ")
    yield place.stem, f"| **{word}** | {meaning} | `colead.{place.stem}` |"


def _table(rows: list[str]) -> list[str]:
    return ["| word | meaning | where |", "|---|---|---|", *rows]


def codes() -> str:
    """docs/codes.md: every code of a finding or an error."""
    from colead.codes import CODES

    told = [f"## {one.code} {one.title}\n\n{_code(one)}\n" for one in CODES.values()]
    intro = "Every finding and every error has a code; `colead explain CODE` tells the same in the terminal."
    return "\n".join(["# Codes", "", WRITTEN, "", intro, "", *told])


def _code(code: object) -> str:
    """What, why, how and record of a code, a paragraph each."""
    said = [getattr(code, name) for name in ("what", "why", "how", "record")]
    return "\n\n".join(one for one in said if one)


def readme() -> str:
    """README.md with the transcript of the demo as it is now."""
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    told = f"```text\n$ colead demo\n{transcript()}```\n"
    return MARK.sub(lambda found: found[1] + told + found[2], page)


def transcript() -> str:
    """What `colead demo` prints on a terminal without colour, 88 columns wide."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "COLUMNS": "88",
            "NO_COLOR": "1",
            "COLEAD_CACHE": folder,
            "LC_ALL": "C.UTF-8",
        }
        command = [sys.executable, "-m", "colead", "demo"]
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=True
        )
    told = (YOURS.sub(r"   \1", line.rstrip()) for line in done.stdout.splitlines())
    return "".join(f"{line}\n" for line in told)


def system_map() -> str:
    """docs/pictures/system-map.svg: the demo shop, with what the gift notes touch."""
    from datetime import date

    from colead import look
    from colead.demo.repository import demo_repository
    from colead.demo.story import TODAY
    from colead.writers.mapped import picture

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shop, spec = demo_repository(folder), SOURCE / "demo" / "gift-notes.md"
        told = look.check(spec, shop, today=date.fromisoformat(TODAY), cache=folder)
    return picture(told.plots, [one.touch.component for one in told.touches])


def schema(name: str) -> str:
    """docs/schema/NAME-1.json: the published form of a reading and of what other commands tell."""
    from colead.writers import schema as schemas

    made = {
        "reading": schemas.schema,
        "underway": schemas.underway_schema,
        "backtest": schemas.backtest_schema,
        "fragility": schemas.outlook_schema,
        "balance": schemas.balance_schema,
        "ahead": schemas.ahead_schema,
    }
    return f"{json.dumps(made[name](), indent=2, ensure_ascii=False)}\n"


PAGES: dict[str, Callable[[], str]] = {
    "docs/words.md": words,
    "docs/codes.md": codes,
    "README.md": readme,
    "docs/pictures/system-map.svg": system_map,
    "docs/schema/reading-1.json": partial(schema, "reading"),
    "docs/schema/underway-1.json": partial(schema, "underway"),
    "docs/schema/backtest-1.json": partial(schema, "backtest"),
    "docs/schema/fragility-1.json": partial(schema, "fragility"),
    "docs/schema/balance-1.json": partial(schema, "balance"),
    "docs/schema/ahead-1.json": partial(schema, "ahead"),
}


def stale() -> list[str]:
    """The pages that do not say what the code says now."""
    return [name for name, made in PAGES.items() if _text(ROOT / name) != made()]


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def main(arguments: list[str]) -> int:
    """Write the pages, or only look."""
    if "--check" in arguments:
        found = stale()
        print("".join(f"out of date: {name} (make pages)\n" for name in found), end="")
        return 1 if found else 0
    for name, made in PAGES.items():
        (ROOT / name).write_text(made(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
