"""Forms of discussions: opening one, saying something, traffic for a test, the outcome."""

from __future__ import annotations

from typing import Any

from django import forms

from colead.settle import Traffic
from colead.web.briefs.form import LONGEST_TITLE, SPACES
from colead.web.threads.models import KINDS, LONGEST

HINT = "What do you want to find out or settle together? @Name asks somebody."


def _text(label: str, rows: int, hint: str = "") -> forms.CharField:
    widget = forms.Textarea({"rows": rows, "placeholder": hint})
    return forms.CharField(label=label, widget=widget, max_length=LONGEST)


class Opening(forms.Form):
    """A new discussion."""

    title = forms.CharField(label="What is the question?", max_length=LONGEST_TITLE)
    text = _text("First message", 5, HINT)
    kind = forms.ChoiceField(choices=[(one, one) for one in KINDS], required=False, widget=forms.HiddenInput)
    key = forms.RegexField(r"^[a-z0-9-]{0,40}$", required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A discussion on nothing in particular is one on the idea."""
        told = super().clean() or {}
        if not told.get("kind") or (told["kind"] == "section" and told.get("key") not in SPACES):
            told["kind"], told["key"] = "idea", ""
        return told


class Say(forms.Form):
    """A message."""

    text = _text("Your message", 4)


class Reword(Say):
    """A message over a wording of it."""

    over = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class Come(forms.Form):
    """How many people come by, for a comparison."""

    daily = forms.IntegerField(label="People a day", min_value=1, max_value=10**9)
    today = forms.FloatField(label="Of 100, do it today", min_value=0, max_value=100)
    hoped = forms.FloatField(label="Of 100, hoped to", min_value=0, max_value=100)

    @property
    def traffic(self) -> Traffic | None:
        """The numbers, where they were typed."""
        if not self.is_bound or not self.is_valid():
            return None
        told = self.cleaned_data
        return Traffic(told["daily"], told["today"] / 100, told["hoped"] / 100)


class Outcome(forms.Form):
    """The sentence that a discussion ends with, and where it is written, too."""

    outcome = forms.CharField(label="What came of it, in a sentence", max_length=500)
    into = forms.ChoiceField(
        label="Write it into",
        choices=[("", "nowhere else"), *((one, f"the {one}") for one in SPACES)],
        required=False,
    )
