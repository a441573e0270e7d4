"""Forms of tradeoffs: one that a person writes, a lead's word, an occasion."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from colead.web.tradeoffs.models import LONGEST, LONGEST_RISK, Kind, Occasion


def _day(label: str, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class Written(forms.Form):
    """A tradeoff as a person tells it."""

    kind = forms.ChoiceField(label="We skip", choices=Kind.choices)
    skip = forms.CharField(
        label="Which one?",
        max_length=LONGEST,
        widget=forms.TextInput({"placeholder": "the repair of shipment splitting"}),
    )
    risk = forms.CharField(
        label="What is at risk?",
        max_length=LONGEST_RISK,
        widget=forms.Textarea(
            {"rows": 2, "placeholder": "Labels go wrong when two parcels leave on one day."}
        ),
    )


class Word(forms.Form):
    """A lead's word: until when, against which occasion, why."""

    until = _day("Accepted until")
    occasion = forms.ModelChoiceField(
        label="Against", queryset=Occasion.objects.none(), required=False, empty_label="no occasion"
    )
    why = forms.CharField(label="Because", max_length=500, required=False)

    def __init__(self, *args: Any, occasions: Any, **kwargs: Any) -> None:
        """Against one of these occasions."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["occasion"]
        field.queryset = occasions

    def clean_until(self) -> date:
        """A day ahead, within two years."""
        until: date = self.cleaned_data["until"]
        if not 0 < (until - timezone.localdate()).days <= 731:
            raise forms.ValidationError("Choose a day ahead, within two years.")
        return until


class OccasionForm(forms.Form):
    """A date that matters to the business."""

    name = forms.CharField(
        label="What happens?", max_length=60, widget=forms.TextInput({"placeholder": "Autumn sale"})
    )
    first = _day("On, or from")
    last = _day("to", required=False)
    what = forms.CharField(label="Why it matters", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        told = super().clean() or {}
        first, last = told.get("first"), told.get("last")
        if first and last and last < first:
            self.add_error("last", "It ends before it begins.")
        return told
