"""Terms: the page on which two leads agree on who decides what, and on the share for health."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from colead.agreement import ANCHORS, ASKED, DECIDES, LONGEST, MOST, PARTS, Owned, Ownership
from colead.errors import ColeadError, WrongUse
from colead.readers.agreement import read_agreement
from colead.web.areas.scope import AreaScoped
from colead.web.repositories.look import look_later
from colead.writers.agreement import agreement

EMPTY = 2  # rows to fill
LARGEST = 100_000  # bytes of a file
CHOICES = [(one, one) for one in PARTS]
if TYPE_CHECKING:
    Several = forms.BaseFormSet["RowForm"]
else:
    Several = forms.BaseFormSet


class RowForm(forms.Form):
    """One thing that people decide about, and the part of each side in it."""

    thing = forms.CharField(max_length=LONGEST, required=False)
    product = forms.ChoiceField(choices=CHOICES, initial=DECIDES)
    engineering = forms.ChoiceField(choices=CHOICES, initial=ASKED)

    @property
    def named(self) -> str:
        """The thing, as it stands in the form."""
        return self["thing"].value() or ""

    @property
    def kept(self) -> bool:
        """Whether texts take their owner from this row, so that it stays."""
        return self.named in ANCHORS.values()

    def clean(self) -> dict[str, Any]:
        """Somebody decides."""
        told: dict[str, Any] = super().clean() or {}
        parts = (told.get("product"), told.get("engineering"))
        if told.get("thing") and None not in parts and DECIDES not in parts:
            raise forms.ValidationError(f"Nobody decides on {told['thing']}. Let one side decide, or both.")
        return told


class Rows(Several):
    """The rows; each thing once, and those that texts hang on stay."""

    def clean(self) -> None:
        """Nothing twice."""
        things = [one.thing.casefold() for one in self.rows]
        if twice := next((one for one in things if things.count(one) > 1), ""):
            raise forms.ValidationError(f"{twice.capitalize()} stands there twice.")
        if gone := next((one for one in ANCHORS.values() if one not in things), ""):
            raise forms.ValidationError(
                f"Keep a row for {gone}: a text or a discussion takes its owner from it."
            )

    @property
    def faults(self) -> list[str]:
        """What does not fit, in sentences."""
        told = [str(one) for form in self.forms for faults in form.errors.values() for one in faults]
        return [*told, *self.non_form_errors()]

    @property
    def rows(self) -> list[Owned]:
        """What was filled in; a row without a thing is none."""
        told = [one.cleaned_data for one in self.forms if hasattr(one, "cleaned_data")]
        every = [(" ".join(one.get("thing", "").split()), one) for one in told]
        return [
            Owned(thing, one["product"], one["engineering"])
            for thing, one in every
            if thing and "product" in one and "engineering" in one
        ]


Table = forms.formset_factory(RowForm, formset=Rows, extra=EMPTY, max_num=MOST, absolute_max=MOST)


def table_of(rows: list[dict[str, str]]) -> Rows:
    """Rows that did not come from the page's form, held to the same."""
    told = {f"row-{place}-{name}": text for place, row in enumerate(rows) for name, text in row.items()}
    told |= {"row-TOTAL_FORMS": str(len(rows)), "row-INITIAL_FORMS": "0"}
    return cast(Rows, Table(told, prefix="row", form_kwargs={"empty_permitted": False}))


class ShareForm(forms.Form):
    """The share for health."""

    share = forms.IntegerField(
        label="Of 100 changes, for the health of the system", min_value=0, max_value=100
    )


class TermsView(AreaScoped):
    """What the two leads agree on; a change is signed by who makes it and waits for the other."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """The terms as they were changed last, to be changed further."""
        return self._page(self._table(None), ShareForm(initial={"share": self.area.share}))

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Sign what stands, or change it."""
        self.demand(self.membership.leads, "The leads of an area agree on this.")
        if "sign" in request.POST:
            terms = self.area.newest_terms
            if terms is not None and str(terms.number) == request.POST["sign"]:
                terms.sign(self.person, self.membership.side)
            return redirect("area", self.area.slug)
        if "file" in request.FILES:
            return self._filed(request.FILES["file"])
        table, share = self._table(request.POST), ShareForm(request.POST)
        newest = self.area.newest_terms
        moved = newest is not None and request.POST.get("over", str(newest.number)) != str(newest.number)
        if moved or not (table.is_valid() and share.is_valid()):
            return self._page(table, share, status=409 if moved else 422, moved=moved)
        self.area.agree_on(self.person, self.membership.side, share.cleaned_data["share"], table.rows)
        if self.area.repositories.exists():
            look_later(self.area, self.person)
        return redirect("area", self.area.slug)

    def _filed(self, file: Any) -> HttpResponse:
        """What a file says as the table, to be looked through and proposed; nothing is saved yet."""
        share = ShareForm(initial={"share": self.area.share})
        try:
            if file.size > LARGEST:
                raise WrongUse("E11", "the file", why="it is far too large", hint="an agreement.yml")
            told = read_agreement(file.read(), file.name[:80])
        except ColeadError as error:
            why = f"{error.what}: {error.why}. Try: {error.hint}."
            return self._page(self._table(None), share, status=422, filed=why)
        said = {one.thing.strip().casefold() for one in told.rows}
        kept = (one for one in self.area.ownership.rows if one.thing in ANCHORS.values())
        whole = Ownership((*told.rows, *(one for one in kept if one.thing not in said)))
        differs = self.area.ownership.changes(whole)
        return self._page(self._table(None, whole), share, file=file.name, differs=differs)

    def _table(self, posted: QueryDict | None, table: Ownership | None = None) -> Rows:
        terms = self.area.newest_terms
        rows = (table or (terms.ownership if terms and terms.owns else Ownership())).rows
        initial = [one._asdict() for one in rows] if posted is None else None
        kwargs = {"empty_permitted": False}
        return cast(Rows, Table(posted, initial=initial, prefix="row", form_kwargs=kwargs))

    def _page(
        self, table: Rows, share: ShareForm, *, status: int = 200, moved: bool = False, **more: object
    ) -> HttpResponse:
        terms = self.area.newest_terms
        signed = terms.signed_by if terms else {}
        changes = self.area.ownership.changes(terms.ownership) if terms else []
        told = {"table": table, "form": share, "terms": terms, "changes": changes, "moved": moved, **more}
        waits = self.membership.leads and terms is not None and self.membership.side not in signed
        return self.shown(
            "areas/terms.html", status=status, at="area", waits=waits, rows=self.area.ownership.rows, **told
        )


class TermsFileView(AreaScoped):
    """The table that holds, as `.colead/agreement.yml`, which `colead cheatsheet` reads."""

    takes_tokens = True

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """The file."""
        answer = HttpResponse(agreement(self.area.ownership), content_type="text/yaml; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="agreement.yml"'
        return answer
