"""Formed: what a program sent, held to the same form as on the page."""

from __future__ import annotations

from typing import Any

from django import forms

from colead.web.api.problem import Problem


def formed(form: forms.Form) -> dict[str, Any]:
    """What the form makes of it; Problem with the first place that does not fit."""
    if form.is_valid():
        return form.cleaned_data
    name, faults = next(iter(form.errors.items()))
    raise Problem(422, "invalid", " ".join(map(str, faults)), param="" if name == "__all__" else name)
