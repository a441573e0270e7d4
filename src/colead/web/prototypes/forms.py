"""Forms of prototypes: beginning one, its answer, more time."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.utils import timezone

from colead.readers.git.fetching import is_branch
from colead.web.prototypes.models import BOX, LONGEST_ANSWER, LONGEST_BRANCH, LONGEST_QUESTION, Verdict

LONGEST_BOX = timedelta(days=60)


def proposed() -> date:
    """The end of a box of some working days from today."""
    found, left = timezone.localdate(), BOX
    while left:
        found += timedelta(days=1)
        left -= found.weekday() < 5
    return found


class Box(forms.Form):
    """The end of the box."""

    until = forms.DateField(label="Until", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def clean_until(self) -> date:
        """A day ahead, and not far."""
        told: date = self.cleaned_data["until"]
        if not timezone.localdate() <= told <= timezone.localdate() + LONGEST_BOX:
            raise forms.ValidationError("A box ends today at the earliest, and in two months at the latest.")
        return told


class Start(Box):
    """One question, a branch, a box."""

    question = forms.CharField(
        label="What do you want to know?",
        max_length=LONGEST_QUESTION,
    )
    branch = forms.CharField(label="Branch", max_length=LONGEST_BRANCH)
    field_order = ("question", "branch", "until")

    def clean_branch(self) -> str:
        """A name that git takes for a branch."""
        told: str = self.cleaned_data["branch"]
        if not is_branch(told):
            raise forms.ValidationError("This is not a name that git takes for a branch.")
        return told


class End(forms.Form):
    """The answer."""

    verdict = forms.ChoiceField(label="Does it hold?", choices=Verdict.choices, widget=forms.RadioSelect)
    answer = forms.CharField(
        label="What did you learn?",
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea({"rows": 4}),
    )
