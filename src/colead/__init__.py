"""Colead: a spec and a git repository go in; one page comes out that product and engineering both understand.

>>> from colead import check
>>> reading = check("idea.md", "path/to/repository")  # doctest: +SKIP
>>> print(reading.verdict.sentence)  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from colead.correcting import correct
    from colead.look import check
    from colead.reading import Reading

__all__ = ["Reading", "__version__", "check", "correct"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Import on first use: `colead --version` must not pay for numpy."""
    if name == "check":
        from colead.look import check

        return check
    if name == "correct":
        return import_module(
            "colead.correcting"
        ).correct  # by name: it stands above what imports this package
    if name == "Reading":
        from colead.reading import Reading

        return Reading
    raise AttributeError(f"module 'colead' has no attribute {name!r}")
