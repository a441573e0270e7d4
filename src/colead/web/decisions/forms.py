"""Forms of decisions: a question with its options, a call, a concern, a choice, what would make it wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from colead.web.decisions.models import Option, Space
from colead.web.decisions.models.call import LONGEST as LONGEST_CONCERN
from colead.web.decisions.models.choice import LONGEST as LONGEST_WHY
from colead.web.decisions.models.decision import LONGEST, LONGEST_QUESTION, MOST, Wish
from colead.web.decisions.models.doubt import Direction, Kind

FURTHEST = 365  # days ahead that a clock may stand


def _text(label: str, hint: str = "", rows: int = 2, longest: int = LONGEST) -> forms.CharField:
    widget = forms.Textarea({"rows": rows, "placeholder": hint})
    return forms.CharField(label=label, widget=widget, required=False, max_length=longest)


def _day(label: str, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )


class Question(forms.Form):
    """A question, what it is about, and the ways it may go; over the version that it was written over."""

    question = forms.CharField(
        label="What is to be decided?",
        max_length=LONGEST_QUESTION,
        widget=forms.TextInput({"placeholder": "Where does a gift note live?"}),
    )
    space = forms.ChoiceField(label="It is about", choices=Space.choices)
    background = _text("What one has to know", "Why it comes up now, what was tried, what is fixed.", 4)
    over = forms.IntegerField(min_value=1, initial=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, options: int = 2, **kwargs: Any) -> None:
        """Fields for so many options and one more."""
        super().__init__(*args, **kwargs)
        self.shown = min(MOST, max(2, options + 1))
        for place in range(MOST):
            self.fields[f"pk_{place}"] = forms.IntegerField(
                required=False, min_value=0, widget=forms.HiddenInput
            )
            self.fields[f"name_{place}"] = forms.CharField(
                label=f"Option {place + 1}", required=False, max_length=LONGEST_QUESTION
            )
            self.fields[f"text_{place}"] = _text("What we would do", "Can be read against the repositories.")
            self.fields[f"follows_{place}"] = _text(
                "What follows from it", "What gets easier, what gets harder."
            )

    @staticmethod
    def told(options: list[Option]) -> dict[str, object]:
        """What the fields of these options hold."""
        found: dict[str, object] = {}
        for place, one in enumerate(options[:MOST]):
            found |= {f"pk_{place}": one.pk, f"name_{place}": one.name}
            found |= {f"text_{place}": one.text, f"follows_{place}": one.follows}
        return found

    @property
    def asks(self) -> list[Any]:
        """The fields of the question itself."""
        return [self[name] for name in ("question", "space", "background")]

    @property
    def rows(self) -> Iterator[tuple[int, list[Any], bool]]:
        """The fields of each option, and whether they are open."""
        for place in range(MOST):
            fields = [self[f"{name}_{place}"] for name in ("pk", "name", "text", "follows")]
            yield place + 1, fields, place < self.shown

    def clean(self) -> dict[str, Any]:
        """An option needs a name, and each its own."""
        told = super().clean() or {}
        names = []
        for place in range(MOST):
            name = told.get(f"name_{place}", "")
            if not name and (told.get(f"text_{place}") or told.get(f"follows_{place}")):
                self.add_error(f"name_{place}", "Give this option a name.")
            if name and name.casefold() in names:
                self.add_error(f"name_{place}", "Another option is called like this.")
            names.append(name.casefold())
        return told

    @property
    def options(self) -> list[Wish]:
        """The options that have a name."""
        told = self.cleaned_data
        return [
            Wish(told[f"name_{n}"], told[f"text_{n}"], told[f"follows_{n}"], told[f"pk_{n}"] or 0)
            for n in range(MOST)
            if told[f"name_{n}"]
        ]

    @property
    def texts(self) -> dict[str, str]:
        """The question's own texts."""
        return {name: self.cleaned_data[name] for name in ("question", "space", "background")}


class CallForm(forms.Form):
    """Until when concerns are called for."""

    until = _day("Until")

    def clean_until(self) -> date:
        """A day ahead, within a year."""
        until: date = self.cleaned_data["until"]
        if not 0 <= (until - timezone.localdate()).days <= FURTHEST:
            raise forms.ValidationError("Choose a day from today on, within a year.")
        return until


class ConcernForm(forms.Form):
    """A concern, or a hold, or that nothing speaks against it."""

    text = _text("Your concern", "What could go wrong, and for whom?", 2, LONGEST_CONCERN)


class ChoiceForm(forms.Form):
    """Which option, and why."""

    option = forms.ModelChoiceField(
        label="We choose", queryset=Option.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    why = _text("Because", "What tipped the balance.", 3, LONGEST_WHY)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, options: Any, **kwargs: Any) -> None:
        """Among these options."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["option"]
        field.queryset = options
        field.label_from_instance = lambda one: one.name


class DoubtForm(forms.Form):
    """What would make it wrong: one of a day, a place, a number."""

    on = _day("A day on which we look again", required=False)
    path = forms.CharField(
        label="Or: something lands here",
        required=False,
        max_length=300,
        widget=forms.TextInput({"placeholder": "services/shipping/** or a file"}),
    )
    metric = forms.CharField(
        label="Or: a number",
        required=False,
        max_length=100,
        widget=forms.TextInput({"placeholder": "gift orders, % of orders"}),
    )
    direction = forms.ChoiceField(label="that", choices=Direction.choices, required=False)
    value = forms.FloatField(label="this value", required=False)

    def clean(self) -> dict[str, Any]:
        """Something is told, and a number has its line."""
        told = super().clean() or {}
        if not self.errors and not (told.get("on") or told.get("path") or told.get("metric")):
            raise forms.ValidationError("Give a day, a place or a number.")
        if told.get("metric") and told.get("value") is None and "value" not in self.errors:
            self.add_error("value", "Which value is the line?")
        if told.get("on") and told["on"] <= timezone.localdate():
            self.add_error("on", "That day is over. Choose one ahead.")
        return told

    @property
    def told(self) -> Iterator[dict[str, object]]:
        """What was written down, one by one."""
        found = self.cleaned_data
        if found["on"]:
            yield {"kind": Kind.DAY, "on": found["on"]}
        if found["path"]:
            yield {"kind": Kind.PATH, "path": found["path"].strip().lstrip("/")}
        if found["metric"]:
            direction = found["direction"] or Direction.BELOW
            yield {
                "kind": Kind.METRIC,
                "metric": found["metric"],
                "direction": direction,
                "value": found["value"],
            }
