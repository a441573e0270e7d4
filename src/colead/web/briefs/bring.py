"""Bring: an idea from what exists: a Markdown file, a pasted text, an issue of an export or at an address."""

from __future__ import annotations

import threading
from typing import Any

from django import forms
from django.conf import settings

from colead.errors import ColeadError
from colead.readers.asked import Asked, read_asked
from colead.readers.reach import Reach
from colead.readers.tracker import LONGEST as LONGEST_ADDRESS
from colead.readers.tracker import fetched
from colead.web.areas.models import Area
from colead.web.briefs.forms import Import
from colead.web.repositories.origin import Origin

LARGEST_EXPORT = 16 << 20  # bytes of an export
MOST = 100  # issues to choose from
EXPORTS = (".json", ".csv", ".jsonl", ".ndjson")
AT_ONCE = threading.BoundedSemaphore(2)  # issues that are fetched at the same time


class Bring(Import):
    """A spec that exists: a file, an issue of an export, an issue at its address, or a pasted text."""

    address = forms.CharField(
        label="Or the address of an issue", required=False, max_length=LONGEST_ADDRESS,
        widget=forms.TextInput(
            attrs={"placeholder": "https://github.com/team/shop/issues/12", "spellcheck": "false"}
        ),
    )  # fmt: skip

    def __init__(self, *told: Any, area: Area, **more: Any) -> None:
        super().__init__(*told, **more)
        self.area = area
        self.several: tuple[Asked, ...] = ()
        self.fields["file"].label = "A Markdown or text file, or exported issues (JSON, CSV)"
        self.order_fields(["file", "address", "pasted"])
        if not settings.ISSUES and not settings.REACH:
            del self.fields["address"]

    def clean(self) -> dict[str, Any]:
        """Text as in any import; else an issue's, or issues to choose from in `several`."""
        told = self.cleaned_data
        file, address = told.get("file"), told.get("address", "").strip()
        if self.errors:
            return told
        if file is not None and file.name.lower().endswith(EXPORTS):
            told["text"], told["named"] = self._exported(file), ""
        elif file is None and address:
            told["text"], told["named"] = self._fetched(address), ""
        else:
            return super().clean()
        return told

    def _exported(self, file: Any) -> str:
        """The only issue of an export; "" where there are several, which are kept to choose from."""
        if file.size > LARGEST_EXPORT:
            raise forms.ValidationError("The export is larger than 16 MB. Export fewer issues.")
        try:
            found = read_asked(file.read(), file.name[:80])
        except ColeadError as error:
            raise _said(error) from error
        if not found:
            raise forms.ValidationError(
                "No issue with a title is in that file. It needs columns or fields such as title and body."
            )
        if len(found) > 1:
            self.several = found
            return ""
        return found[0].markdown

    def _fetched(self, address: str) -> str:
        """The issue at this address; one or two at a time, so that nobody waits for a slow host."""
        if not AT_ONCE.acquire(timeout=1):
            raise forms.ValidationError("Other issues are being fetched just now. Try again in a moment.")
        try:
            reach = Reach(settings.REACH)
            return fetched(address, reach, self._hosts(), settings.AUTHORITIES).markdown
        except ColeadError as error:
            self.add_error("address", _said(error))
            return ""
        finally:
            AT_ONCE.release()

    def _hosts(self) -> set[str]:
        """Forges that the installation names, and those that the area's repositories come from."""
        from colead.readers.git.address import address as parsed

        if not settings.ISSUES:
            return set()
        kept = Origin.objects.filter(repository__area=self.area).values_list("address", flat=True)
        return {*settings.ISSUES, *(parsed(one).host for one in kept)}


def _said(error: ColeadError) -> forms.ValidationError:
    return forms.ValidationError(f"{error.what}. {error.why}. Try: {error.hint}.")
