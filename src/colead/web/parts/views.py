"""Views of parts: what a part is, how fragile, which ideas reach it."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.safestring import mark_safe

from colead.errors import ColeadError, WrongUse
from colead.readers.git import Door
from colead.readers.settings import GLOSSARY, Word, read_glossary
from colead.store.corrections import settings_text
from colead.web.areas.scope import AreaScoped
from colead.web.briefs.views import BriefScoped
from colead.web.parts.amiss import meant
from colead.web.parts.found import SHOWN, found, reaching
from colead.web.parts.lessons import beside, keep_amiss, keep_words, take_back
from colead.web.parts.models import Amiss, Part, Reached
from colead.web.parts.models import Word as OwnWord
from colead.web.repositories.models import ready


class PartScoped(AreaScoped):
    """A view on one part of the area."""

    @property
    def part(self) -> Part:
        """The part of the address; of several repositories that have it the one that is meant."""
        one = found(self.area, self.kwargs["key"], self.request.GET.get("in", ""))
        if one is None:
            raise Http404
        return one


class PartView(PartScoped):
    """One part."""

    def get(self, request: HttpRequest, area: str, key: str) -> HttpResponse:
        """The page."""
        part = self.part
        word = part.repository.words.filter(target=part.key).first()
        says = ", ".join(word.says if word else part.says)
        return self._page(part, Called(initial={"name": word.name if word else part.name, "says": says}))

    def post(self, request: HttpRequest, area: str, key: str) -> HttpResponse:
        """Keep what the area calls it; an empty name leaves it to the repository again."""
        part = self.part
        self.takes_part()
        form = Called(request.POST)
        if form.is_valid():
            try:
                keep_words(self.area, part.repository, self.person, [form.word(part.key)])
                return redirect(part.address)
            except ColeadError as error:
                form.add_error("name", f"{error.what}: {error.why}. Try: {error.hint}.")
        return self._page(part, form, status=422)

    def _page(self, part: Part, form: Called, *, status: int = 200) -> HttpResponse:
        page = {"part": part, "touches": list(reaching(part)), "along": _along(part), "form": form}
        # What a writer made is escaped there.
        page["history"] = mark_safe(part.page)  # noqa: S308 - escaped by the writers
        return self.shown("parts/show.html", status=status, at="fragility", **page)


def _along(part: Part) -> list[dict[str, object]]:
    """The parts that readings of open ideas name beside this one, each with what was said of it last."""
    reached = Reached.objects.filter(repository=part.repository, partner=True, brief__shipped=None)
    beside = reached.filter(of=part.key).select_related("brief").order_by("-odds", "id")
    names: dict[str, dict[str, object]] = {}
    for one in beside[:SHOWN]:
        to = Part(repository=part.repository, key=one.key).address
        names.setdefault(one.key, {"name": one.name, "to": to, "sentence": one.sentence, "brief": one.brief})
    return list(names.values())


class Called(forms.Form):
    """What an area calls a part."""

    name = forms.CharField(label="What do you call it?", max_length=200, required=False)
    says = forms.CharField(
        label="Other words that people say for it, separated by commas", max_length=400, required=False
    )

    def word(self, target: str) -> Word:
        """It as a line of a glossary."""
        says = (one.strip() for one in self.cleaned_data["says"].split(","))
        return Word(self.cleaned_data["name"].strip(), target, tuple(dict.fromkeys(filter(None, says))))


class AmissView(BriefScoped):
    """Saying that a finding is wrong or that a part is missing."""

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Keep it and read anew; what cannot be meant is told with the form as it was filled in."""
        brief = self.brief
        self.takes_part()
        kept = brief.newest_reading
        reading = kept.reading if kept else None
        told = {name: request.POST.get(name, "").strip() for name in ("wrong", "missing", "because")}
        if reading is None or not (told["wrong"] or told["missing"]):
            return self.shown("parts/amiss.html", status=422, brief=brief, told=told, at="briefs")
        try:
            repository, said = meant(brief, reading, **told)
            keep_amiss(repository, brief, self.person, said)
        except ColeadError as error:
            page = {"brief": brief, "told": told, "error": error, "at": "briefs"}
            return self.shown("parts/amiss.html", status=422, **page)
        return self.back(brief)


class LessonsView(AreaScoped):
    """What the area told Colead: its words and its corrections."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """Both lists."""
        return self._page()

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Take a correction back, forget a word, or take over a repository's own glossary."""
        self.takes_part()
        one = next((name for name in ("correction", "word", "glossary") if name in request.POST), "")
        number = request.POST.get(one, "")
        if not (one and number.isdecimal() and len(number) < 16):
            raise Http404
        try:
            getattr(self, f"_{one}")(int(number))
        except ColeadError as error:
            return self._page(status=422, error=error)
        return redirect("lessons", self.area.slug)

    def _correction(self, number: int) -> None:
        found = Amiss.objects.filter(repository__area=self.area).select_related("brief")
        take_back(self.area, self.person, get_object_or_404(found, pk=number))

    def _word(self, number: int) -> None:
        words = OwnWord.objects.filter(repository__area=self.area).select_related("repository")
        one = get_object_or_404(words, pk=number)
        keep_words(self.area, one.repository, self.person, [Word("", one.target)])

    def _glossary(self, number: int) -> None:
        repository = get_object_or_404(ready(self.area), pk=number)
        with Door.open(repository.place) as door:
            words = read_glossary(settings_text(door, GLOSSARY))
        if not words:
            raise WrongUse("E13", f"{repository.name} has no {GLOSSARY}", why="none lies at its tip",
                           hint="name the parts on their pages")  # fmt: skip
        keep_words(self.area, repository, self.person, words)

    def _page(self, *, status: int = 200, **told: object) -> HttpResponse:
        by = ("repository", "by")
        words = OwnWord.objects.filter(repository__area=self.area).select_related(*by)
        said = Amiss.objects.filter(repository__area=self.area).select_related(*by, "brief")
        page = {"words": words.order_by("repository", "name"), "said": said.order_by("-id"), **told}
        return self.shown(
            "parts/lessons.html", status=status, repositories=ready(self.area), at="fragility", **page
        )


class LessonsFileView(AreaScoped):
    """The same as a file below `.colead/`, to be put into the repository."""

    def get(self, request: HttpRequest, area: str, pk: int, file: str) -> HttpResponse:
        """YAML."""
        repository = get_object_or_404(self.area.repositories, pk=pk)
        text = beside(repository).get(f".colead/{file}.yml")
        if text is None:
            raise Http404
        answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{file}.yml"'
        return answer
