"""Text: an idea's texts for programs: reading and saving them, signing, suggesting, answering."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.http import Http404
from django.shortcuts import get_object_or_404

from colead.web.api.call import Call
from colead.web.api.problem import Problem
from colead.web.api.routes import Page, route
from colead.web.api.shapes import limited, unfit
from colead.web.areas.resources import AREA
from colead.web.briefs import wire
from colead.web.briefs.form import SPACES
from colead.web.briefs.models import Section, Suggestion
from colead.web.briefs.models.section import LONGEST, Stale

IDEA = f"{AREA}/ideas/<int:number>"
TEXT = f"{IDEA}/sections/<slug:space>"
ONE = f"{IDEA}/suggestions/<int:suggestion>"
Given = TypeVar("Given")


@dataclass(frozen=True)
class NewText:
    """A text, and the version that it was written over (else If-Match says it)."""

    text: str = limited(LONGEST)
    over: int | None = None


@dataclass(frozen=True)
class NewAgreement:
    """The version that is signed (else If-Match says it)."""

    version: int | None = None


@dataclass(frozen=True)
class NewSuggestion:
    """Another text, and why."""

    text: str = limited(LONGEST)
    why: str = limited(500, default="")


@dataclass(frozen=True)
class NewAnswer:
    """Whether a suggestion becomes the text, and why not."""

    accepted: bool
    why: str = limited(500, default="")


def _section(call: Call, number: int, space: str) -> Section:
    if space not in SPACES:
        raise Http404
    brief = call.brief(number)
    found = get_object_or_404(brief.sections.prefetch_related("agreements__by"), space=space)
    found.brief = brief
    return found


def _over(call: Call, yours: str | None, deed: Callable[[], Given]) -> Given:
    """Do it; where another version stands, a problem that holds both texts."""
    try:
        return deed()
    except Stale as stale:
        stands = {"version": stale.section.version, "text": stale.section.text}
        more: dict[str, object] = {"stands": stands, **({} if yours is None else {"yours": yours})}
        why = "Somebody saved another version in the meantime; nothing of yours was saved."
        raise Problem(call.stale_status, "stale", why, param="over", **more) from stale


@route("GET", f"{IDEA}/sections")
def sections(call: Call, number: int) -> Page[wire.Section]:
    """An idea's three texts."""
    return call.page(call.brief(number).sections.prefetch_related("agreements__by"), wire.section)


@route("GET", TEXT, page="section")
def section(call: Call, number: int, space: str) -> wire.Section:
    """One text; its version is the ETag."""
    return wire.section(_section(call, number, space))


@route("PUT", TEXT, lifts=True)
def save_text(call: Call, number: int, space: str, told: NewText) -> wire.Section:
    """Save a new version over the one that one has read; the side that owns the text does."""
    one = _section(call, number, space)
    call.demand(call.membership.may_edit(space), f"{one.owner.capitalize()} owns this text.")
    over = call.over(told.over)
    _over(call, told.text, lambda: one.save_text(call.person, told.text, over=over))
    return wire.section(_section(call, number, space))


@route("GET", f"{TEXT}/versions", page="versions")
def versions(call: Call, number: int, space: str) -> Page[wire.Version]:
    """All versions of a text, the newest first."""
    found = _section(call, number, space).versions.select_related("by")
    return call.page(found, wire.version, newest_first=True)


@route("PUT", f"{TEXT}/agreement", lifts=True)
def agree(call: Call, number: int, space: str, told: NewAgreement) -> wire.Section:
    """Sign this version for one's side; a lead does."""
    one = _section(call, number, space)
    call.demand(call.membership.leads, "A lead signs for their side.")
    version = call.over(told.version)
    _over(call, None, lambda: one.agree(call.person, call.membership.side, version))
    return wire.section(_section(call, number, space))


@route("DELETE", f"{TEXT}/agreement")
def take_back(call: Call, number: int, space: str) -> None:
    """Take one's side's signature back."""
    one = _section(call, number, space)
    call.demand(call.membership.leads, "A lead signs for their side.")
    one.take_back(call.person, call.membership.side)


@route("GET", f"{IDEA}/suggestions")
def suggestions(call: Call, number: int) -> Page[wire.Suggestion]:
    """What was suggested for an idea's texts, the newest first."""
    found = Suggestion.objects.filter(section__brief=call.brief(number))
    told = found.select_related("by", "answered_by", "section")
    return call.page(told, wire.suggestion, newest_first=True)


@route("POST", f"{TEXT}/suggestions", status=201)
def suggest(call: Call, number: int, space: str, told: NewSuggestion) -> wire.Suggestion:
    """Suggest another text to the side that owns it."""
    one = _section(call, number, space)
    call.takes_part()
    if told.text.strip() == one.text.strip():
        raise unfit("text", "is the text as it stands")
    return wire.suggestion(one.suggest(call.person, told.text, told.why))


def _suggestion(call: Call, number: int, suggestion: int) -> Suggestion:
    found = Suggestion.objects.select_related("section__brief__area", "by", "answered_by")
    return get_object_or_404(found, section__brief=call.brief(number), pk=suggestion)


@route("GET", ONE)
def suggestion(call: Call, number: int, suggestion: int) -> wire.Suggestion:
    """One suggestion."""
    return wire.suggestion(_suggestion(call, number, suggestion))


@route("PUT", f"{ONE}/answer")
def answer_suggestion(call: Call, number: int, suggestion: int, told: NewAnswer) -> wire.Suggestion:
    """Accept it as the new text, or decline it with a reason; the side that owns the text does."""
    one = _suggestion(call, number, suggestion)
    call.demand(call.membership.may_edit(one.section.space), "The side that owns the text answers.")
    if told.accepted:
        _over(call, one.text, lambda: one.accept(call.person))
    else:
        one.decline(call.person, told.why)
    return wire.suggestion(_suggestion(call, number, suggestion))
