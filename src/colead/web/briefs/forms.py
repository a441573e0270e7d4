"""Forms of briefs: a new idea, an import, an edit, a suggestion."""

from __future__ import annotations

from typing import Any

from django import forms

from colead.web.briefs.form import LONGEST_TITLE, QUESTIONS, asked
from colead.web.briefs.models.section import LONGEST

MOST_CHANGES = 1_000
LARGEST = 1 << 20  # bytes of a file
HINTS = (
    "Who has it, and what do they do today instead?",
    "Tickets, reviews, a count, a quote. Nothing yet is an answer, too.",
    "Gift orders: from 3.1 % to 4 % of orders by 1 March.",
    "What could show in a week or two that it is worth building?",
    "What somebody might expect, and will not get.",
)


def _text(label: str, hint: str = "", rows: int = 3) -> forms.CharField:
    widget = forms.Textarea({"rows": rows, "placeholder": hint})
    return forms.CharField(label=label, widget=widget, max_length=20_000, required=False, strip=True)


class NewIdea(forms.Form):
    """An idea from a title and six short questions, each of which may wait."""

    title = forms.CharField(label="What do you call it?", max_length=LONGEST_TITLE)
    hoped = forms.DateField(
        label="When do we hope to have it?",
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """One field for each question of the problem."""
        super().__init__(*args, **kwargs)
        for place, question in enumerate(QUESTIONS["problem"]):
            self.fields[f"question_{place}"] = _text(question, HINTS[place])
        self.order_fields(["title", *(f"question_{place}" for place in range(len(HINTS))), "hoped"])

    @property
    def texts(self) -> dict[str, str]:
        """The sections' first versions."""
        told = {
            question: self.cleaned_data[f"question_{place}"]
            for place, question in enumerate(QUESTIONS["problem"])
        }
        return {"problem": asked(told)}


class Import(forms.Form):
    """A spec that exists: a Markdown file or a pasted text."""

    file = forms.FileField(label="A Markdown or text file", required=False)
    pasted = forms.CharField(
        label="Or the text itself",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(
            {"rows": 8, "placeholder": "# Gift notes\n\nBuyers put gift messages into ..."}
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Text that is there, is text, and is not too long."""
        told = super().clean() or {}
        file = told.get("file")
        if file is not None and file.size > LARGEST:
            raise forms.ValidationError(
                "The file is larger than 1 MB. A brief is one text; leave pictures out."
            )
        text = file.read().decode("utf-8", "replace") if file is not None else told.get("pasted", "")
        if "\0" in text:
            raise forms.ValidationError("That is no text. Save it as Markdown or plain text and try again.")
        if not text.strip():
            raise forms.ValidationError("There is nothing to import: choose a file or paste a text.")
        told["text"], told["named"] = text, file.name.rsplit(".", 1)[0] if file is not None else ""
        return told


class Edit(forms.Form):
    """A section's text, over the version that it was written over."""

    text = forms.CharField(
        label="Text", widget=forms.Textarea({"rows": 22}), max_length=LONGEST, required=False, strip=False
    )
    over = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class Suggest(Edit):
    """Another text, and why."""

    why = forms.CharField(label="Why?", max_length=500, required=False)


class Size(forms.Form):
    """What engineering says of how large an idea is."""

    changes = forms.IntegerField(
        label="How many changes may it take, all in all?",
        required=False,
        min_value=1,
        max_value=MOST_CHANGES,
    )


class Title(forms.Form):
    """What product may change about a brief beside its texts."""

    title = forms.CharField(label="Title", max_length=LONGEST_TITLE)
    hoped = forms.DateField(
        label="When do we hope to have it?",
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
