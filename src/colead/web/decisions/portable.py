"""Views of decisions as files: one, all of them, and bringing files in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from colead.decision import Record
from colead.web.areas.scope import AreaScoped
from colead.web.decisions import files
from colead.web.decisions.forms import Question
from colead.web.decisions.models import Decision
from colead.web.decisions.views import DecisionScoped

LARGEST = 5 << 20  # bytes of what is handed in
WHATS = ("differs", "new", "saved", "same", "none")  # what became of a file, what asks for a person first


class Several(forms.ClearableFileInput):
    """A field for files that takes more than one."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    widget = Several

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each of them."""
        every = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in every or [None]]


class Files(forms.Form):
    """Markdown files, or a folder as a zip file."""

    file = FilesField(label="Markdown files, or a folder of them as a zip file")

    def clean(self) -> dict[str, Any]:
        """The files in them."""
        told = super().clean() or {}
        every = told.get("file") or []
        if sum(one.size for one in every) > LARGEST:
            raise forms.ValidationError("That is larger than 5 MB. Pack the Markdown files alone.")
        if every:
            told["files"] = self._unpacked(every)
        return told

    def _unpacked(self, every: list[Any]) -> list[tuple[str, bytes]]:
        try:
            found = [one for file in every for one in files.unpacked(file.read(), file.name)]
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
        if not found:
            raise forms.ValidationError("There is no Markdown file in it.")
        if len(found) > files.FILES:
            raise forms.ValidationError(f"That is more than {files.FILES} files.")
        return found


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
        """Bring files in; of one that differs from what is here, both texts are shown."""
        self.takes_part()
        form = Files(request.POST, request.FILES)
        if "text" in request.POST:
            text = request.POST["text"].replace("\r\n", "\n")
            brought = [(request.POST.get("name", "")[-200:], text.encode())]
        elif form.is_valid():
            brought = form.cleaned_data["files"]
        else:
            return self._page(form, status=422)
        taken = files.take(self.membership, brought)
        if len(taken) == 1 and (beside := self._beside(taken[0])):
            return beside
        order = sorted(taken, key=lambda one: WHATS.index(one.what))
        counts = {what: sum(one.what == what for one in taken) for what in WHATS}
        return self._page(Files(), taken=order, counts=counts)

    def _beside(self, one: files.Taken) -> HttpResponse | None:
        """What a file says as a form: over what stands, or in place of what was decided."""
        there, told = one.decision, one.record
        if one.what != "differs" or there is None or told is None:
            return None
        form = Question(initial={**typed(told, there.space), "over": there.version}, options=len(told.ways))
        if there.settled:
            if "anew" not in self.request.POST:
                return None
            anew = f"{reverse('new-decision', args=[self.area.slug])}?instead={there.number}"
            shown = {"form": form, "before": there, "brief": there.brief, "action": anew, "at": "decisions"}
            return self.shown("decisions/new.html", status=200, **shown)
        if not one.may_word:
            return None
        action = reverse("decision-text", args=[self.area.slug, there.number])
        shown = {"decision": there, "form": form, "stands": there, "action": action, "at": "decisions"}
        return self.shown("decisions/edit.html", status=409, **shown)

    def _page(self, form: Files, *, status: int = 200, **told: object) -> HttpResponse:
        return self.shown("decisions/files.html", status=status, form=form, at="decisions", **told)


def typed(told: Record, space: str) -> dict[str, object]:
    """What a file says, as the fields of a form hold it."""
    found: dict[str, object] = {"question": told.title, "space": space, "background": told.context}
    for place, wish in enumerate(files.wishes(told)):
        found |= {
            f"name_{place}": wish.name,
            f"text_{place}": wish.text,
            f"follows_{place}": wish.follows,
        }
    return found
