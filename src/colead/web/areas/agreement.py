"""Agreement: how two people lead an area together: six blocks, each an idea, a live fact and an act."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from colead import agreement
from colead.phrase import listing, number, plural
from colead.space import SPOKEN
from colead.web.areas.models import Area, Membership, Side
from colead.web.areas.seen import Month, Said, months, said
from colead.web.briefs.models import Brief, Suggestion
from colead.web.briefs.rendered import LASTS, Shelf
from colead.web.repositories.models import KeptReading
from colead.web.threads.models import Thread

if TYPE_CHECKING:
    from colead.web.concerns.lamps import Row

SHOWN = 4  # ideas whose lamps are shown
MOST = 50  # suggestions that are looked at
_KEPT: Shelf[list[Block]] = Shelf()


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    words: str
    to: str


@dataclass(frozen=True, slots=True)
class Block:
    """One sixth of the agreement."""

    name: str
    title: str
    line: str  # the idea
    fact: str  # what is so today
    links: tuple[Link, ...] = ()  # what the fact speaks of
    act: Link | None = None
    lamps: tuple[Row, ...] = ()  # of ideas with bad news, a lamp for each of the four kinds
    owns: tuple[tuple[str, tuple[str, ...]], ...] = ()  # product, engineering, both; what they own
    said: tuple[Said, ...] = ()  # what one side says, and what it means; `fact` tells the same as a text
    months: tuple[Month, ...] = ()


def blocks(area: Area) -> list[Block]:
    """The six blocks of an area, the same for all its people; anew after every entry, and a minute later."""
    made = (_problem_first, _who_owns_what, _problem_or_solution, _translate, _surface_early, _reserve)
    when = (area.head, area.entered, area.name, area.slug, int(time.time() // LASTS))
    return _KEPT.get((area.pk, *when), lambda: [each(area) for each in made])


def _to(brief: Brief, area: Area) -> Link:
    return Link(brief.title, reverse("brief", args=[area.slug, brief.number]))


def _problem_first(area: Area) -> Block:
    coming = Brief.objects.coming().filter(area=area)
    without = coming.not_agreed_on("problem")
    count, agreed = coming.counted("problem")
    fact = f"{number(agreed).capitalize()} of {plural(count, 'open idea')} have an agreed problem."
    if not count:
        fact = "No open idea is written down."
    elif agreed < count:
        fact += " Without:"
    return Block(
        "problem",
        *agreement.PROBLEM,
        fact,
        tuple(_to(one, area) for one in without.order_by("place", "id")[:SHOWN]),
        Link("Write an idea", reverse("new-brief", args=[area.slug])),
    )


def _who_owns_what(area: Area) -> Block:
    missing, terms = area.missing_side, area.newest_terms
    fact = f"Nobody leads {missing} here yet. Colead needs two." if missing else ""
    act = Link("Add a row", reverse("terms", args=[area.slug]) + "#row-add")
    if missing:
        act = Link("Invite your counterpart", reverse("people", args=[area.slug]))
    elif terms and (changed := area.ownership.changes(terms.ownership)):
        fact = f"Version {terms.number} proposes {changed[0]}{' and more' if len(changed) > 1 else ''}."
    else:
        from colead.web.decisions.page import lately

        fact = lately(area)
    rows = tuple(area.ownership.by_side().items())
    return Block("owners", *agreement.OWNERS, fact, act=act, owns=rows)


def waiting(area: Area, membership: Membership) -> tuple[str, list[Link]]:
    """What waits for this person, in a sentence, and where."""
    if not membership.takes_part:
        return "How the two of us work together here.", []
    if steps := _first_steps(area):
        return "To begin:", steps
    from colead.web.inbox.collect import lately

    found = lately(membership)
    if not found:
        return "Nothing waits for you here today.", []
    inbox = reverse("inbox", args=[area.slug])
    first = Link(found[0].sentence, found[0].link)
    if len(found) == 1:
        return "One thing waits for you:", [first]
    rest = number(len(found) - 1)
    return f"{plural(len(found), 'thing waits', 'things wait').capitalize()} for you:", [
        first,
        Link(f"and {rest} more in the inbox", inbox),
    ]


def _first_steps(area: Area) -> list[Link]:
    """What an area needs before Colead is of use to two people."""
    steps = (
        (not area.repositories.exists(), "connect a repository", "repositories"),
        (not area.numbered, "write an idea", "new-brief"),
        (bool(area.missing_side), "invite your counterpart", "people"),
    )
    return [Link(words, reverse(name, args=[area.slug])) for open_yet, words, name in steps if open_yet]


def led(area: Area) -> str:
    """Who leads the area, in words."""
    names = [lead.name for lead in area.leads.values() if lead]
    return f"led by {listing(names or ['nobody yet'])}"


def signed(area: Area) -> str:
    """Who signed the terms that stand, in words."""
    terms = area.newest_terms
    if terms is None:
        return "Nobody signed this yet; the usual split stands."
    names = [terms.signed_by[side].name for side in Side if side in terms.signed_by]
    if len(names) == len(Side):
        return f"Signed as version {terms.number} by {listing(names)}."
    return f"Version {terms.number} is signed by {listing(names)}; the other side has not yet."


def _problem_or_solution(area: Area) -> Block:
    waiting = Suggestion.objects.filter(section__brief__area=area, accepted=None)
    found = list(waiting.select_related("section__brief").order_by("id")[:MOST])
    fact = "No suggestion waits. Product answers those on a problem, engineering those on an approach."
    act = Link("Open the ideas", reverse("briefs", args=[area.slug]))
    if found:
        fact = f"{plural(len(found), 'suggestion waits', 'suggestions wait').capitalize()} for an answer:"
    named = tuple({one.section.brief_id: _to(one.section.brief, area) for one in found}.values())[:SHOWN]
    debate = Thread.objects.open_in(area).exclude(space="").first()
    if debate and not found:
        fact = f"Discussed last: {SPOKEN[debate.space]}. {debate.line(area).partition('. ')[2]}"
        at = reverse("discussion", args=[area.slug, debate.brief.number, debate.number])
        named, act = (
            (Link(debate.title, at),),
            Link("All discussions", reverse("area-discussions", args=[area.slug])),
        )
    return Block("spaces", *agreement.SPACES, fact, named, act)


def _translate(area: Area) -> Block:
    seen = area.looks.filter(kind="fragility").order_by("-made").first()
    fact = "Every finding of a reading is told in plain words; the engineers' line is one switch away."
    if seen:
        fact = f"When engineers say that something is fragile here, they mean this. {seen.sentence}"
    act = Link("See the system", reverse("fragility", args=[area.slug]))
    told = said(area)
    if told:
        fact = " ".join(f"\u201c{one.words}\u201d: {one.means}" for one in told)
    return Block("translate", *agreement.TRANSLATE, fact, act=act, said=told)


def _surface_early(area: Area) -> Block:
    newest = KeptReading.objects.filter(brief=OuterRef("pk")).order_by("-id").values("concerns")[:1]
    open_ones = area.briefs.filter(shipped=None).annotate(news=Subquery(newest)).order_by("place", "id")
    from colead.web.concerns.lamps import lit

    lamps = lit(area, [(one, one.news) for one in open_ones[:SHOWN]])
    fact = "" if lamps else "Nobody raised bad news, and no reading of an open idea shows any."
    act = Link("Raise a concern", reverse("concerns", args=[area.slug]))
    return Block("early", *agreement.EARLY, fact, act=act, lamps=lamps)


def _reserve(area: Area) -> Block:
    from colead.web.reserve.coming import Coming

    seen = area.looks.filter(kind="balance").order_by("-made").values_list("sentence", flat=True).first()
    fact = seen or f"{area.share} of 100 changes are meant for the health of the system."
    coming = Coming(area, timezone.localdate())
    there = reverse("investments", args=[area.slug]) + "#reserve"
    act = Link(f"Fill {plural(coming.free, 'open slot')}" if coming.free else "See the reserve", there)
    new = reverse("new-repair", args=[area.slug])
    links = tuple(Link(one.name, f"{new}?{urlencode(one.asked)}") for one in coming.nexts[:1])
    told = f"{fact} {coming.sentence}{' Next best:' if links else ''}"
    return Block("reserve", *agreement.kept(area.share), told, links, act, months=months(area))
