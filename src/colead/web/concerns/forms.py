"""Forms of concerns: raising one, what is said to it, by what an idea's changes are known."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from colead.web.areas.models import Area
from colead.web.concerns.models import LONGEST, Kind

IDEAS = 50  # that one may choose from
_NAME = re.compile(r"[A-Za-z0-9#][A-Za-z0-9._/#-]{0,199}")


def _line(label: str) -> forms.CharField:
    widget = forms.Textarea({"rows": 2})
    return forms.CharField(label=label, max_length=LONGEST, widget=widget)


class Raise(forms.Form):
    """Bad news: one sentence and its kind."""

    text = _line("What is it? One sentence.")
    kind = forms.ChoiceField(label="What kind of news?", choices=Kind.choices)


class RaiseAnywhere(Raise):
    """The same with the idea that it is about."""

    def __init__(self, area: Area, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = area.briefs.filter(shipped=None).order_by("place", "id")[:IDEAS]
        ideas = [(str(number), title) for number, title in found.values_list("number", "title")]
        choices = [("", "none: the area as a whole"), *ideas]
        self.fields["idea"] = forms.ChoiceField(label="About which idea?", choices=choices, required=False)
        self.order_fields(["text", "kind", "idea"])


class Say(forms.Form):
    """What is said to a concern, or what resolved it; the button tells which."""

    text = _line("One sentence")


class Follow(forms.Form):
    """By what the changes of an idea are known."""

    branch = forms.CharField(label="Branch", max_length=200, required=False)
    ticket = forms.CharField(label="Ticket", max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        """Names as git and trackers have them."""
        told = super().clean() or {}
        for name in ("branch", "ticket"):
            value = told.get(name) or ""
            if value and (not _NAME.fullmatch(value) or ".." in value):
                self.add_error(name, f"That is no name of a {name}. Write it as in SHOP-12 or gift-notes.")
        return told
