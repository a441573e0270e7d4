"""Views of decisions as files: one, all of them, and bringing files in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from colead.web.areas.scope import AreaScoped
from colead.web.decisions import files
from colead.web.decisions.forms import Question
from colead.web.decisions.models import Decision
from colead.web.decisions.views import DecisionScoped

LARGEST = 5 << 20  # bytes of what is handed in


class Files(forms.Form):
    """A Markdown file, or a folder as a zip file."""

    file = forms.FileField(label="A Markdown file, or a folder of them as a zip file")

    def clean(self) -> dict[str, Any]:
        """The files in it."""
        told = super().clean() or {}
        file = told.get("file")
        if file is None:
            return told
        if file.size > LARGEST:
            raise forms.ValidationError("That is larger than 5 MB. Pack the Markdown files alone.")
        try:
            told["files"] = files.unpacked(file.read(), file.name)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
        if not told["files"]:
            raise forms.ValidationError("There is no Markdown file in it.")
        return told


class DecisionFileView(DecisionScoped):
    """One decision as a MADR file."""

    takes_tokens = True

    def get(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Markdown, to keep beside the code."""
        every = self.area.decisions.select_related(*files.ALONG).prefetch_related(*files.FETCHED)
        one: Decision = get_object_or_404(every, number=number)
        one.area = self.area
        called, told = files.file_of(one)
        answer = HttpResponse(told, content_type="text/markdown; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{called}"'
        return answer


class ArchiveView(AreaScoped):
    """All decisions as a zip file of MADR files."""

    takes_tokens = True

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """The archive."""
        answer = HttpResponse(files.archive(self.area), content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="{self.area.slug}-decisions.zip"'
        return answer


class FilesView(AreaScoped):
    """Where decisions leave as files, and where files come in."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """Both."""
        return self._page(Files())

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Bring files in; one that differs from what is here is shown beside it."""
        self.takes_part()
        form = Files(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, status=422)
        taken = files.take(self.area, self.person, form.cleaned_data["files"])
        if len(taken) == 1 and taken[0].what == "differs":
            return self._merge(taken[0])
        counts = {what: sum(one.what == what for one in taken) for what in ("new", "saved", "same", "none")}
        return self._page(Files(), taken=taken, counts=counts)

    def _merge(self, one: files.Taken) -> HttpResponse:
        """Both texts; what was decided is not rewritten."""
        there, told = one.decision, one.record
        if there is None or told is None or there.settled:
            return self._page(Files(), taken=[one])
        typed: dict[str, object] = {"question": told.title, "space": there.space, "background": told.context}
        for place, wish in enumerate(files.wishes(told)):
            typed |= {
                f"name_{place}": wish.name,
                f"text_{place}": wish.text,
                f"follows_{place}": wish.follows,
            }
        form = Question(initial={**typed, "over": there.version}, options=len(told.ways))
        shown = {"decision": there, "form": form, "stands": there, "at": "decisions"}
        return self.shown("decisions/edit.html", status=409, **shown)

    def _page(self, form: Files, *, status: int = 200, **told: object) -> HttpResponse:
        return self.shown("decisions/files.html", status=status, form=form, at="decisions", **told)
