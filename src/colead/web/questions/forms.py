"""Forms of questions: an answer, a question of one's own, answers that were given elsewhere."""

from __future__ import annotations

from typing import Any

from django import forms

from colead.question import Side as Owes
from colead.web.questions.models import ASKED, LONGEST

LARGEST = 2 << 20  # bytes of a page with answers


class Answer(forms.Form):
    """What a side says to a question; which of three things it is, is told by the button."""

    text = forms.CharField(label="Your answer", widget=forms.Textarea({"rows": 2}), max_length=LONGEST)


class Ask(forms.Form):
    """A question to a side."""

    ask = forms.CharField(label="Your question", max_length=ASKED)
    side = forms.ChoiceField(
        label="Who owes the answer?",
        choices=[
            (Owes.PRODUCT, "product"),
            (Owes.ENGINEERING, "engineering"),
            (Owes.BOTH, "both"),
        ],
    )

    def clean_ask(self) -> str:
        """One line."""
        return " ".join(str(self.cleaned_data["ask"]).split())


class Answers(forms.Form):
    """The page of a reading that was answered elsewhere, or what its button copied."""

    file = forms.FileField(label="The page with the answers, as you saved it", required=False)
    pasted = forms.CharField(
        label="Or what its button \u201cCopy answers\u201d copied",
        required=False,
        max_length=200_000,
        widget=forms.Textarea({"rows": 8, "placeholder": "## Answers: Gift notes"}),
    )

    def clean(self) -> dict[str, Any]:
        """Text that is there and not too long."""
        told = super().clean() or {}
        file = told.get("file")
        if file is not None and file.size > LARGEST:
            raise forms.ValidationError("The page is larger than 2 MB; a page of Colead is not.")
        text = file.read().decode("utf-8", "replace") if file is not None else told.get("pasted", "")
        told["text"] = text.replace("\0", "")
        if not told["text"].strip():
            raise forms.ValidationError("There is nothing in it: choose the page or paste the answers.")
        return told
