"""Apart: partners that the team has said are none, until they have changed along often enough again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from colead.activity import Activity
from colead.citing import end_of
from colead.correction import Kind, Lesson

AGAIN = 6  # times together since; as many as make a partner in the first place


@dataclass
class Apart:
    """The corrections of one repository's partners, held against one spec; asked of each pair."""

    lessons: Sequence[Lesson]
    title: str
    activity: Activity
    used: list[Lesson] = field(default_factory=list)

    def __call__(self, of: str, component: str) -> bool:
        """Whether `component` is not to be told beside `of`."""
        for one in self.lessons:
            if self._speaks(one, of, component) and self.since(one) < AGAIN:
                if one not in self.used:
                    self.used.append(one)
                return True
        return False

    def _speaks(self, lesson: Lesson, of: str, component: str) -> bool:
        """In the spec that it was said of the part is no partner of anything."""
        if lesson.said.kind is not Kind.PARTNER or lesson.component != component:
            return False
        return lesson.of == of or lesson.meant(self.title)

    def since(self, lesson: Lesson) -> int:
        """How often both changed together after the day of the correction; 0 where it is not dated."""
        if lesson.said.day is None:
            return 0
        keys = self.activity.components
        one, other = (self.activity.landings_of(keys.index(key)) for key in (lesson.of, lesson.component))
        both = np.intersect1d(one, other)
        return int((self.activity.history.at[both] >= end_of(lesson.said.day)).sum())
