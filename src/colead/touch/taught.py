"""Taught: what the corrections of a team take from the chances of a spec, and add to them.

For the spec that it was said of a correction holds outright. In any other spec the
words of a wrong touch are no reason for that part: the spec is ranked again as if it
did not say them, and the lower of both chances stands for the part's files. Words of
a missing touch are further names of the part (`colead.correction.taught`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from colead.activity import Activity
from colead.correction import Kind, Lesson
from colead.touch.asked import Asked
from colead.touch.ranking import Floats, IntArray

SAID = 0.9  # stands for a person's word that a part is touched; it is not computed
MATTERS = 0.05  # the likeliest file of a part that is worth ranking again for
TAKEN = 0.01  # less than this is no difference
MOST = 10  # times that a spec is ranked again, for the likeliest parts

Again = Callable[[Asked], tuple[Floats, Floats]]  # the chances of files, how each component is named


@dataclass
class Taught:
    """The corrections of one repository, held against one spec."""

    lessons: Sequence[Lesson]
    title: str
    query: Asked
    activity: Activity
    seat: IntArray
    used: list[tuple[Lesson, bool]] = field(default_factory=list)  # and whether outright

    def lessen(self, files: Floats, named: Floats, again: Again) -> tuple[Floats, Floats]:
        """The chances of files and the naming of components without what was wrong."""
        files, named = files.copy(), named.copy()
        for one in self._kept(Kind.WRONG, outright=True):
            if files[self._files(one)].max(initial=0.0) > 0:
                files[self._files(one)] = 0.0
                self.used.append((one, True))
        for some in self._unsaid(files):
            without, called = again(self._without(frozenset().union(*(one.terms for one in some))))
            mine = self._files(some[0])
            less = np.minimum(files[mine], without[mine])
            if files[mine].max() - less.max() > TAKEN:
                self.used += [(one, False) for one in some]
            files[mine] = less
            if not some[0].path:
                number = self.activity.components.index(some[0].component)
                named[number] = min(named[number], called[number])
        return files, named

    @property
    def left_out(self) -> NDArray[np.bool_]:
        """Product files of which a person said that this very spec does not touch them."""
        out = np.zeros(len(self.seat), dtype=bool)
        for one in self._kept(Kind.WRONG, outright=True):
            out |= self._files(one)
        return out

    def put_in(self, files: Floats, components: Floats) -> tuple[Floats, Floats]:
        """The chances with what a person said of this very spec."""
        files, components = files.copy(), components.copy()
        for one in self._kept(Kind.MISSING, outright=True):
            number = self.activity.components.index(one.component)
            components[number] = max(components[number], SAID)
            if one.path:
                files[self._files(one)] = np.maximum(files[self._files(one)], SAID)
            self.used.append((one, True))
        return files, components

    def point(self, shown: Sequence[str]) -> None:
        """Note the words that led to one of the shown components."""
        asked = set(self.query.terms)
        for one in self._kept(Kind.MISSING, outright=False):
            if one.component in shown and one.points(asked):
                self.used.append((one, False))

    def said(self, component: str) -> Lesson | None:
        """The correction that put a component in."""
        found = (one for one, outright in self.used if outright and one.said.kind is Kind.MISSING)
        return next((one for one in found if one.component == component), None)

    def _kept(self, kind: Kind, *, outright: bool) -> Iterator[Lesson]:
        for one in self.lessons:
            if one.said.kind is kind and one.meant(self.title) is outright:
                yield one

    def _unsaid(self, files: Floats) -> list[list[Lesson]]:
        """The corrections whose words the spec says, by what they speak of, the likeliest first."""
        asked = set(self.query.terms)
        by_target: dict[tuple[str, str], list[Lesson]] = {}
        for one in self._kept(Kind.WRONG, outright=False):
            if one.terms & asked:
                by_target.setdefault((one.component, one.path), []).append(one)
        worth = [(float(files[self._files(some[0])].max(initial=0.0)), some) for some in by_target.values()]
        ranked = sorted(worth, key=lambda one: -one[0])[:MOST]
        return [some for chance, some in ranked if chance >= MATTERS]

    def _without(self, words: frozenset[str]) -> Asked:
        left = [number for number, term in enumerate(self.query.terms) if term not in words]
        return self.query.only(np.array(left, dtype=np.int32))

    def _files(self, lesson: Lesson) -> NDArray[np.bool_]:
        """Which product files a correction speaks of."""
        if lesson.path:
            return np.array([one.path == lesson.path for one in self.activity.codebase.product], dtype=bool)
        mine: NDArray[np.bool_] = self.seat == self.activity.components.index(lesson.component)
        return mine
