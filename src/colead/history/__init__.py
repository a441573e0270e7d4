"""Landing: a change that arrived on the main line - a merged pull request, a squash, a direct commit.

It counts wherever in the merge structure it sits.
"""

from __future__ import annotations

from colead.history.columns import MANY_FILES, History, IntArray, Kind, Landing

__all__ = ["MANY_FILES", "History", "IntArray", "Kind", "Landing"]
