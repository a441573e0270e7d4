"""Views of a section: editing it, signing it, suggesting another text and answering that."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from colead.web.briefs.form import SPACES, blank
from colead.web.briefs.forms import Edit, Suggest
from colead.web.briefs.models import Brief, Section, Suggestion
from colead.web.briefs.models.section import Stale
from colead.web.briefs.views import BriefScoped
from colead.web.design.templatetags.design import markdown


class SectionScoped(BriefScoped):
    """A view on one section of a brief."""

    def section_of(self, brief: Brief) -> Section:
        """The section of the space in the address."""
        space = self.kwargs["space"]
        if space not in SPACES:
            raise Http404
        section = brief.by_space[space]
        section.brief = brief
        return section


class EditView(SectionScoped):
    """Editing a section; a text that somebody else changed in the meantime is shown beside one's own."""

    def get(self, request: HttpRequest, area: str, number: int, space: str) -> HttpResponse:
        """The text, or the draft that was kept of it."""
        section = self.section_of(self.brief)
        draft = section.drafts.filter(person=self.person).first()
        text, over = (draft.text, draft.over) if draft else (section.text or blank(space), section.version)
        return self._page(section, Edit(initial={"text": text, "over": over}), draft=draft)

    def post(self, request: HttpRequest, area: str, number: int, space: str) -> HttpResponse:
        """Save it, keep it as a draft, or show how it would look."""
        brief = self.brief
        section = self.section_of(brief)
        self.demand(self.membership.may_edit(space), f"{section.owner.capitalize()} owns this text.")
        form = Edit(request.POST)
        if not form.is_valid():
            return self._page(section, form, status=422)
        text, over = form.cleaned_data["text"], form.cleaned_data["over"]
        if "keep" in request.POST:
            section.keep_draft(self.person, text, over)
            return HttpResponse(status=204)
        if "preview" in request.POST:
            return self._page(section, form, preview=markdown(text))
        return self._save(brief, section, text, over)

    def _save(self, brief: Brief, section: Section, text: str, over: int) -> HttpResponse:
        try:
            section.save_text(self.person, text, over=over)
        except Stale as stale:
            section.keep_draft(self.person, text, over)
            form = Edit(initial={"text": text, "over": stale.section.version})
            return self._page(section, form, status=409, stands=stale.section)
        return self.back(brief)

    def _page(self, section: Section, form: Edit, *, status: int = 200, **told: object) -> HttpResponse:
        told = {"brief": section.brief, "section": section, "form": form, "at": "briefs", **told}
        return self.shown("briefs/edit.html", status=status, **told)


class AgreementView(SectionScoped):
    """A side's signature under the version that stands."""

    def post(self, request: HttpRequest, area: str, number: int, space: str) -> HttpResponse:
        """Sign, or take the signature back."""
        brief = self.brief
        section = self.section_of(brief)
        self.demand(self.membership.leads, "A lead signs for their side.")
        if "undo" in request.POST:
            section.take_back(self.person, self.membership.side)
            return self.back(brief)
        try:
            section.agree(self.person, self.membership.side, int(request.POST.get("version") or 0))
        except (Stale, ValueError):
            told = {"brief": brief, "section": section, "at": "briefs"}
            return self.shown("briefs/moved_on.html", status=409, **told)
        return self.back(brief)


class SuggestionsView(SectionScoped):
    """Suggesting another text to the side that owns it."""

    def get(self, request: HttpRequest, area: str, number: int, space: str) -> HttpResponse:
        """The text, to be changed."""
        section = self.section_of(self.brief)
        return self._page(section, Suggest(initial={"text": section.text, "over": section.version}))

    def post(self, request: HttpRequest, area: str, number: int, space: str) -> HttpResponse:
        """Hand it over."""
        brief = self.brief
        section = self.section_of(brief)
        self.takes_part()
        form = Suggest(request.POST)
        if not form.is_valid():
            return self._page(section, form, status=422)
        if form.cleaned_data["text"].strip() == section.text.strip():
            form.add_error("text", "That is the text as it stands. Change what you would change.")
            return self._page(section, form, status=422)
        section.suggest(self.person, form.cleaned_data["text"], form.cleaned_data["why"])
        return self.back(brief)

    def _page(self, section: Section, form: Suggest, *, status: int = 200) -> HttpResponse:
        told = {"brief": section.brief, "section": section, "form": form, "at": "briefs"}
        return self.shown("briefs/suggest.html", status=status, **told)


class AnswerView(BriefScoped):
    """The owner's answer to a suggestion."""

    def post(self, request: HttpRequest, area: str, number: int, suggestion: int) -> HttpResponse:
        """Accept it as the new text, or decline it with a reason."""
        brief = self.brief
        found = Suggestion.objects.select_related("section__brief__area").filter(section__brief=brief)
        one = get_object_or_404(found, pk=suggestion)
        self.demand(self.membership.may_edit(one.section.space), "The side that owns the text answers.")
        if "accept" not in request.POST:
            one.decline(self.person, request.POST.get("why", "").strip()[:500])
            return self.back(brief)
        try:
            one.accept(self.person)
        except Stale:
            told = {"brief": brief, "section": one.section, "suggestion": one, "at": "briefs"}
            return self.shown("briefs/moved_on.html", status=409, **told)
        return self.back(brief)
