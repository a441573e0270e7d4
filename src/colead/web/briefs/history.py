"""Views of a brief's past: what happened, what changed since a day, an old version brought back, deleting."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from colead.web.briefs.form import SPACES
from colead.web.briefs.models import Brief, Version
from colead.web.briefs.models.section import Stale
from colead.web.briefs.past import news_only, pieces, said, version_at
from colead.web.briefs.sections import SectionScoped
from colead.web.briefs.views import BriefScoped

SHOWN = 100  # entries


class Since(forms.Form):
    """A day to look back to."""

    since = forms.DateField(label="What changed since", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


class PastView(BriefScoped):
    """What happened to a brief, and how its texts changed since a day."""

    def get(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """The page; by default since a week ago."""
        brief = self.brief
        today = timezone.localdate()
        form = Since(request.GET if "since" in request.GET else {"since": today - timedelta(days=7)})
        day = form.cleaned_data["since"] if form.is_valid() else today
        moment = timezone.make_aware(datetime.combine(day, time.min))
        entries = news_only(brief.entries.select_related("by").order_by("-id")[:SHOWN])
        told = [(one, said(one)) for one in entries]
        changed = [one for one in (changed_since(brief, space, moment) for space in SPACES) if one]
        return self.shown(
            "briefs/past.html", brief=brief, form=form, entries=told, changed=changed, at="briefs", day=day
        )


def changed_since(brief: Brief, space: str, moment: datetime) -> dict[str, Any] | None:
    """A text that is another one than at a moment, with what went and what came; None where not."""
    section = brief.by_space[space]
    then = version_at(section, moment)
    if then.number == section.version:
        return None
    return {"section": section, "then": then, "pieces": pieces(then.text, section.text)}


class VersionsView(SectionScoped):
    """All versions of a section; whoever may edit it brings one back."""

    def get(self, request: HttpRequest, area: str, number: int, space: str) -> HttpResponse:
        """The newest first, each against the one before."""
        section = self.section_of(self.brief)
        versions = list(section.versions.select_related("by")[:50])
        told = [
            (one, pieces(before.text if before else "", one.text))
            for one, before in zip(versions, [*versions[1:], None], strict=True)
        ]
        may_edit = self.membership.may_edit(space)
        page = {"brief": section.brief, "section": section, "versions": told, "may_edit": may_edit}
        return self.shown("briefs/versions.html", status=200, at="briefs", **page)

    def post(self, request: HttpRequest, area: str, number: int, space: str) -> HttpResponse:
        """Bring a version back as the newest."""
        brief = self.brief
        section = self.section_of(brief)
        self.demand(self.membership.may_edit(space), "The side that owns the text brings old versions back.")
        try:
            wanted, over = int(request.POST.get("number", "")), int(request.POST.get("over", ""))
            section.restore(self.person, wanted, over=over)
        except (ValueError, Version.DoesNotExist, Stale):
            return self.shown("briefs/moved_on.html", status=409, brief=brief, section=section, at="briefs")
        return self.back(brief)


class DeletionView(BriefScoped):
    """Deleting an idea."""

    def get(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """What goes and what stays."""
        self.demand(self.membership.leads, "A lead deletes an idea.")
        return self.shown("briefs/delete.html", brief=self.brief, at="briefs")

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Delete it, when its title was typed."""
        brief = self.brief
        self.demand(self.membership.leads, "A lead deletes an idea.")
        if request.POST.get("title", "").strip() != brief.title:
            return self.shown("briefs/delete.html", status=422, brief=brief, wrong=True, at="briefs")
        brief.drop(self.person)
        return redirect("briefs", self.area.slug)
