"""Forms of meetings: its day, and what came out."""

from __future__ import annotations

from django import forms

from colead.web.meetings.models import LONGEST, Kind


class Plan(forms.Form):
    """The day of the next meeting."""

    on = forms.DateField(label="When do you meet next?", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


class Note(forms.Form):
    """What was decided, or what a side owes."""

    kind = forms.ChoiceField(label="What came out?", choices=Kind.choices)
    text = forms.CharField(label="In one sentence", max_length=LONGEST)
