"""Forms of people: signing in, the first start, one's own settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password

from colead.web.areas.models import Side
from colead.web.people.models import Person


class SignIn(forms.Form):
    """An address and a password."""

    email = forms.EmailField(label="Your address", widget=forms.EmailInput({"autocomplete": "username"}))
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput({"autocomplete": "current-password"}), max_length=200
    )

    def clean(self) -> dict[str, Any]:
        """Find the person; the same words for every reason why there is none."""
        told = super().clean() or {}
        self.person = authenticate(username=told.get("email"), password=told.get("password"))
        if self.person is None and not self.errors:
            raise forms.ValidationError(
                "That address and password do not go together. Look at both; after ten tries wait a minute."
            )
        return told


class Welcome(forms.Form):
    """The first person, and the area they lead."""

    name = forms.CharField(label="Your name", max_length=80)
    email = forms.EmailField(label="Your address", widget=forms.EmailInput({"autocomplete": "username"}))
    password = forms.CharField(
        label="A password of at least ten characters",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        max_length=200,
    )
    area = forms.CharField(label="The product area you lead", max_length=80)
    side = forms.ChoiceField(label="You lead", choices=Side.choices)

    def clean_password(self) -> str:
        """Long enough, and not one that everybody uses."""
        told: str = self.cleaned_data["password"]
        validate_password(told)
        return told


class Joining(forms.Form):
    """Somebody new who was invited."""

    name = forms.CharField(label="Your name", max_length=80)
    email = forms.EmailField(label="Your address", widget=forms.EmailInput({"autocomplete": "username"}))
    password = Welcome.base_fields["password"]

    clean_password = Welcome.clean_password

    def clean_email(self) -> str:
        """One account per address."""
        told: str = self.cleaned_data["email"].lower()
        if Person.objects.filter(email=told).exists():
            raise forms.ValidationError("There is an account with this address: sign in first.")
        return told


class Me(forms.Form):
    """What a person may decide about how Colead speaks to them."""

    name = forms.CharField(label="Your name", max_length=80)
    technical = forms.BooleanField(label="Show the engineers' lines from the start", required=False)
    keys = forms.BooleanField(label="Listen to keys: Ctrl K for the menu, ? for the others", required=False)
