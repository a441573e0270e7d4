"""Store: what Colead has read of one repository, kept in one SQLite file in the cache folder.

Losing it costs nothing but time. It may be read by many and is written by one
at a time; every update is one transaction.
"""

from __future__ import annotations

from colead.store.progress import Updated
from colead.store.store import Store

__all__ = ["Store", "Updated"]
