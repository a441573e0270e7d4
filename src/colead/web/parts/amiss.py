"""Amiss: the small forms beside findings that say what is wrong, and what they mean."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from colead.correction import Correction, Kind, shown
from colead.errors import WrongUse
from colead.web.areas.models import Membership
from colead.web.briefs.models import Brief
from colead.web.parts.models import Part
from colead.web.repositories.models import Repository, ready

if TYPE_CHECKING:
    from colead.amiss import Shown
    from colead.reading import Reading
    from colead.writers.amiss import Folds

BECAUSE = '<label>Because <input name="because" maxlength="200"></label>'


def forms(brief: Brief, membership: Membership, token: str) -> Folds:
    """What a person sees beside the findings of a brief's reading; nothing where they only look on."""
    from colead.writers.amiss import Folds

    if not (membership.takes_part and token):
        return Folds(lambda shown, reading: "", lambda reading: "")
    address = escape(reverse("amiss", args=[brief.area.slug, brief.number]))
    begins = (
        f'<form method="post" action="{address}">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(token)}">'
    )

    def wrong(shown: Shown, reading: Reading) -> str:
        name = escape(shown.names[-1], quote=True)
        verb = "It is no partner" if shown.said.kind is Kind.PARTNER else "It is not touched"
        return (
            f'<details class="amiss"><summary>this is wrong</summary>{begins}'
            f'<input type="hidden" name="wrong" value="{name}">{BECAUSE}'
            f'<button class="button quiet">{verb}</button></form></details>'
        )

    def missing(reading: Reading) -> str:
        return (
            f'<details class="amiss"><summary>a part is missing</summary>{begins}'
            '<label>Its name or folder <input name="missing" required maxlength="200"></label>'
            f'{BECAUSE}<button class="button quiet">Put it in</button></form></details>'
        )

    return Folds(wrong, missing)


def meant(
    brief: Brief, reading: Reading, wrong: str, missing: str, because: str
) -> tuple[Repository, Correction]:
    """The correction that a form means, and whose repository it is of; ColeadError where there is none."""
    from colead.correcting import Said, pointing, sentence

    said = Said(reading, shown(reading.spec.title), sentence(because), timezone.now().date())
    repositories = list(ready(brief.area))
    if wrong:
        name, correction = said.wrong(wrong)
        names = [one.name for one in reading.repositories]
        if len(names) != len(repositories):
            why = "repositories came or went since it was read"
            raise WrongUse("E15", "the reading is of the past", why=why, hint="read it anew, then say it")
        return repositories[names.index(name)], correction
    part = _called(missing, repositories)
    words = pointing(brief.text.encode(), reading.spec.source, because)
    said_of = Correction(Kind.MISSING, part.key or part.name, "", said.title, words, said.because, said.day)
    return part.repository, said_of


def _called(told: str, repositories: list[Repository]) -> Part:
    """The part of this name, folder or other word."""
    wanted = told.strip().rstrip("/").casefold()
    parts = Part.objects.filter(repository__in=repositories).defer("page").select_related("repository")
    every = list(parts.order_by("name"))
    exact = [one for one in every if wanted == one.key.casefold()]
    found = exact or [one for one in every if wanted in _names(one)]
    if len(found) == 1:
        return found[0]
    near = ", ".join(one.name for one in (found or every)[:6])
    raise WrongUse(
        "E15",
        f"{told!r} is {'more than one part' if found else 'no part'} here",
        why=f"there are {near}, among others" if near else "nothing was looked at yet",
        hint="write its folder from the repository's root, as in services/checkout",
    )


def _names(part: Part) -> set[str]:
    return {str(one).casefold() for one in (part.name, *part.says, *part.folders)}
