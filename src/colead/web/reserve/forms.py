"""Forms of the reserve: a repair, its estimate, its week, the slots of weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms

from colead.phrase import day
from colead.web.reserve.models import LONGEST_NAME, LONGEST_WHY, MOST_ROOM, MOST_SLOTS, Guess, Repair

Weeks = Sequence[tuple[str, str]]


class Estimation(forms.Form):
    """What the person who fills it in says."""

    slots = forms.IntegerField(
        label="How many changes it takes", min_value=1, max_value=MOST_SLOTS, required=False
    )
    fewer = forms.IntegerField(
        label="Of 100 fixes there in the quarter after it, how many fewer",
        min_value=1,
        max_value=100,
        required=False,
    )

    @property
    def guess(self) -> Guess | None:
        """The estimate; None where nothing was said."""
        told = self.cleaned_data
        if told["slots"] is None and told["fewer"] is None:
            return None
        return Guess(told["slots"] or 1, told["fewer"])


class Guessing(Estimation):
    """An estimate of its own: something is said."""

    def clean(self) -> dict[str, Any]:
        """One number at least."""
        told = super().clean() or {}
        if not self.errors and self.guess is None:
            raise forms.ValidationError("Say how many changes it takes, or how many fixes fewer.")
        return told


class Week(forms.Form):
    """A week to put a repair into."""

    week = forms.TypedChoiceField(label="Put it into", coerce=date.fromisoformat)

    def __init__(self, weeks: Weeks, *args: Any, **kwargs: Any) -> None:
        """The weeks that may be chosen."""
        super().__init__(*args, **kwargs)
        cast(forms.TypedChoiceField, self.fields["week"]).choices = list(weeks)


class Proposal(Week, Estimation):
    """A repair."""

    what = forms.CharField(
        label="What is repaired?",
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"placeholder": "Split the tax rates from the till"}),
    )
    part = forms.CharField(
        label="In which part?", max_length=LONGEST_NAME, widget=forms.TextInput({"list": "parts"})
    )
    repository = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    field_order = ("what", "part", "repository", "week", "slots", "fewer")


class Moving(Week):
    """Another week, and why; over the week that was seen."""

    why = forms.CharField(
        label="Because",
        max_length=LONGEST_WHY,
        error_messages={"required": "Say why: the other side reads it."},
    )
    seen = forms.DateField(widget=forms.HiddenInput)
    field_order = ("week", "why", "seen")


class Freeing(forms.Form):
    """Why a slot is given back."""

    reason = forms.CharField(
        label="Because",
        max_length=LONGEST_WHY,
        error_messages={"required": "Say why: the other side reads it."},
    )


class Rooms(forms.Form):
    """How many slots every week has, and single ones; empty goes back to the proposal."""

    def __init__(self, weeks: Mapping[date, int | None], today: date, *args: Any, **kwargs: Any) -> None:
        """A field for every week, in which what holds without a number stands faintly."""
        super().__init__(*args, **kwargs)
        self.weeks = {f"week_{place}": one for place, one in enumerate(weeks)}
        self.fields["all"] = _room("Every week")
        for name, one in self.weeks.items():
            self.fields[name] = _room(f"The week of {day(one, today=today)}", weeks[one])

    @property
    def told(self) -> dict[date | None, int | None]:
        """By week."""
        told: dict[date | None, int | None] = {None: self.cleaned_data["all"]}
        for name, one in self.weeks.items():
            told[one] = self.cleaned_data[name]
        return told


def _room(label: str, holds: int | None = None) -> forms.IntegerField:
    widget = forms.NumberInput({"placeholder": "" if holds is None else holds})
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_ROOM, required=False, widget=widget)


def moving(one: Repair, weeks: Weeks, *args: Any) -> Moving:
    """The form that moves a repair."""
    return Moving(weeks, *args, initial={"week": one.week.isoformat(), "seen": one.week})
