"""Merge: a file of a brief that was edited elsewhere comes back; no text is lost and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from colead.web.briefs.form import SPACES, read, written
from colead.web.briefs.forms import Import
from colead.web.briefs.models import Brief, Section
from colead.web.briefs.models.section import LONGEST, Stale
from colead.web.briefs.views import BriefScoped

WHY = "from a file that was edited elsewhere"
HEAD = 400  # characters in which the file says what it was written over
_HEAD = re.compile(r"---\ncolead: ([a-z0-9, ]{1,200})\n---\n")


def marked(brief: Brief) -> str:
    """The file with the versions that it holds at its head."""
    told = ", ".join(f"{space} {one.version}" for space, one in sorted(brief.by_space.items()))
    return f"---\ncolead: {told}\n---\n{brief.text}"


@dataclass(frozen=True)
class Changed:
    """A section that a file says differently."""

    section: Section
    text: str
    over: int  # the version that it was written over; 0 where the file does not tell it

    @property
    def stale(self) -> bool:
        """Whether another version stands by now, or nobody knows."""
        return self.over != self.section.version


def changes(brief: Brief, text: str) -> list[Changed]:
    """What a file says differently than the versions that it was written over."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    head = _HEAD.match(text[:HEAD])
    overs = dict(_versions(head[1])) if head else {}
    form = read(text[head.end() :] if head else text)
    found = (_changed(section, form.texts[space], overs) for space, section in _sections(brief))
    return [one for one in found if one is not None]


def _sections(brief: Brief) -> Iterator[tuple[str, Section]]:
    every = brief.by_space
    for space in SPACES:
        every[space].brief = brief
        yield space, every[space]


def _versions(told: str) -> Iterator[tuple[str, int]]:
    for one in told.split(","):
        space, _, number = one.strip().partition(" ")
        if space in SPACES and number.isdecimal() and len(number) < 9:
            yield space, int(number)


def _changed(section: Section, text: str, overs: dict[str, int]) -> Changed | None:
    """None where the file says what stands, or what stood when it was written."""
    if text == section.text.strip():
        return None
    base = section.versions.filter(number=overs.get(section.space, 0)).first()
    if base is None:
        return Changed(section, text, 0)
    whole = read(written("-", {section.space: base.text})).texts
    if text == whole[section.space]:
        return None
    # Headings of one's own can look like another section's: then a person looks at it first.
    return Changed(section, text, base.number if whole[section.space] == base.text.strip() else 0)


class MergeView(BriefScoped):
    """The brief as a file, there and back."""

    def get(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Where to get it and where to bring it back."""
        return self.shown("briefs/file.html", brief=self.brief, form=Import(), at="briefs")

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Take what changed over, or show both where the brief moved on."""
        brief = self.brief
        self.takes_part()
        if "merge" in request.POST:
            return self._take(brief, list(self._merged(brief)))
        form = Import(request.POST, request.FILES)
        if not form.is_valid():
            return self.shown("briefs/file.html", status=422, brief=brief, form=form, at="briefs")
        told = changes(brief, form.cleaned_data["text"])
        if any(len(one.text) > LONGEST for one in told):
            form.add_error(None, "A text in it is too long.")
            return self.shown("briefs/file.html", status=422, brief=brief, form=form, at="briefs")
        return self._take(brief, told)

    def _merged(self, brief: Brief) -> Iterator[Changed]:
        """The texts as a person brought them together."""
        for space, section in _sections(brief):
            over = self.request.POST.get(f"over_{space}", "")
            text = self.request.POST.get(f"text_{space}", "").replace("\r\n", "\n")[:LONGEST]
            if over.isdecimal() and len(over) < 9 and text.strip() != section.text.strip():
                yield Changed(section, text, int(over))

    def _take(self, brief: Brief, told: Sequence[Changed]) -> HttpResponse:
        try:
            if any(one.stale for one in told):
                return self._both(brief, told)
            with brief.area.held():
                for one in told:
                    self._keep(one)
        except Stale:
            return self._both(self.brief, [Changed(one.section, one.text, 0) for one in told])
        return self.back(brief)

    def _keep(self, one: Changed) -> None:
        """As a new version where the person may write it, else as a suggestion."""
        if self.membership.may_edit(one.section.space):
            one.section.save_text(self.person, one.text, over=one.over)
        else:
            one.section.suggest(self.person, one.text, WHY)

    def _both(self, brief: Brief, told: Sequence[Changed]) -> HttpResponse:
        stands = brief.by_space
        rows = [(one, stands[one.section.space], self.membership.may_edit(one.section.space)) for one in told]
        return self.shown("briefs/merge.html", status=409, brief=brief, rows=rows, at="briefs")
