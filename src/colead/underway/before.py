"""Before: a history without the changes that are under way, so that they are not their own evidence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from colead.history import History


def before(history: History, under_way: Collection[str]) -> History:
    """The history without the landings whose hash is in `under_way`."""
    kept = np.array([one.oid not in under_way for one in history.landings], dtype=bool)
    if not under_way or kept.all():
        return history
    place = np.cumsum(kept, dtype=np.int32) - np.int32(1)
    rows = kept[history.change_landing]
    return replace(
        history,
        landings=tuple(one for one, stays in zip(history.landings, kept.tolist(), strict=True) if stays),
        change_landing=place[history.change_landing[rows]],
        change_file=history.change_file[rows],
        change_status=history.change_status[rows],
    )
