"""Forms of people: signing in, the first start, one's own settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password

from colead.web.areas.models import Side
from colead.web.people.models import Person, Scope


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


class MailedLink(forms.Form):
    """Where a link is to go."""

    email = forms.EmailField(
        label="Your address", max_length=254, widget=forms.EmailInput({"autocomplete": "username"})
    )


class Code(forms.Form):
    """A code of the moment, or a spare one."""

    code = forms.CharField(
        label="The code on your phone, or a spare code",
        max_length=40,
        widget=forms.TextInput({"autocomplete": "one-time-code", "autocapitalize": "none"}),
    )


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


class Password(forms.Form):
    """Another password; with the old one, unless a link has just let the person in."""

    old = forms.CharField(
        label="The password you have",
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        max_length=200,
    )
    password = Welcome.base_fields["password"]

    def __init__(self, person: Person, *args: Any, asks: bool, **kwargs: Any) -> None:
        """`asks`: whether the old password has to be told."""
        super().__init__(*args, **kwargs)
        self.person = person
        if not asks:
            del self.fields["old"]

    def clean_old(self) -> str:
        """It is the one."""
        told: str = self.cleaned_data["old"]
        if not self.person.check_password(told):
            raise forms.ValidationError("That is not the password you have.")
        return told

    def clean_password(self) -> str:
        """Long enough, not one that everybody uses, not one's own name."""
        told: str = self.cleaned_data["password"]
        validate_password(told, self.person)
        return told


class NewToken(forms.Form):
    """A token for a program."""

    name = forms.CharField(label="What is it for?", max_length=80)
    scope = forms.ChoiceField(label="It may", choices=Scope.choices)
    days = forms.TypedChoiceField(
        label="It ends after", coerce=int, choices=[(30, "a month"), (90, "three months"), (365, "a year")]
    )


class Me(forms.Form):
    """What a person may decide about how Colead speaks to them."""

    name = forms.CharField(label="Your name", max_length=80)
    technical = forms.BooleanField(label="Show the engineers' lines from the start", required=False)
    keys = forms.BooleanField(label="Listen to keys: Ctrl K for the menu, ? for the others", required=False)
