"""Menu: the pages and ideas of an area, found by a few letters; and the keys that pages listen to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from colead.web.areas.agreement import Link
from colead.web.areas.models import Area
from colead.web.areas.scope import AreaScoped
from colead.web.search.shown import Hit, groups

MOST = 12  # ideas that are shown
LONGEST = 80  # letters that are looked for
FEWEST, EACH = 2, 2  # letters from which on texts are searched; what is shown of each sort
PAGES = (
    ("How we work together", "area"),
    ("Inbox: what waits for you", "inbox"),
    ("Ideas", "briefs"),
    ("Write an idea", "new-brief"),
    ("Decisions", "decisions"),
    ("Ask for a decision", "new-decision"),
    ("The next meeting", "meeting"),
    ("Tradeoffs", "tradeoffs"),
    ("The dates that matter", "occasions"),
    ("Concerns: what is open", "concerns"),
    ("Discussions", "area-discussions"),
    ("Search in all that is written", "search"),
    ("How are we doing together?", "together"),
    ("How the work divides", "balance"),
    ("Where to invest next", "investments"),
    ("The reserve: repairs that fill its slots", "repairs"),
    ("Propose a repair", "new-repair"),
    ("How often this was right here", "record"),
    ("The system, and where fixes are likely", "fragility"),
    ("Repositories: what is read", "repositories"),
    ("People", "people"),
    ("What we agree on", "terms"),
    ("What is kept here", "keeping"),
)
KEYS = (
    ("Ctrl K", "this menu"),
    ("g b", "the ideas"),
    ("g i", "what waits for you"),
    ("g h", "how we work together"),
    ("c", "write an idea"),
    ("p, s, f", "in a discussion: we discuss the problem, the solution, a fact"),
    ("j, k", "the next and the one before in a list"),
    ("?", "these keys"),
)


class MenuView(AreaScoped):
    """Where one can go from here."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """What holds the letters: as a page, or as the list alone for a page that shows it itself."""
        sought = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
        idea = request.GET.get("idea", "")
        names = found(self.area, sought, idea)
        told = {"found": names, "said": said(self.area, sought, names), "sought": sought, "area": self.area}
        told |= {"idea": idea}
        if request.headers.get("HX-Request"):
            return render(request, "areas/found.html", told)
        return self.shown("areas/menu.html", status=200, keys=KEYS, **told)


def said(area: Area, sought: str, names: list[Link]) -> list[tuple[str, Hit]]:
    """A few things in whose words it stands, each with what it is, beside those that are named so."""
    if len(sought) < FEWEST:
        return []
    there = {one.to for one in names}
    every = [(group, hit) for group in groups([area], sought, few=EACH) for hit in group.hits]
    return [(group.title, hit) for group, hit in every if hit.link not in there][:MOST]


def found(area: Area, sought: str, idea: str = "") -> list[Link]:
    """Pages and ideas of the area whose words hold what is sought, ideas in product's order.

    `idea` is the number of the one on whose page it is asked: bad news is about it then.
    """
    pages = [_raising(area, idea)]
    pages += [Link(words, reverse(name, args=[area.slug])) for words, name in PAGES]
    pages.append(Link("Your settings", reverse("me")))
    ideas = area.briefs.filter(title__icontains=sought).order_by("place", "id")[: MOST if sought else 0]
    to = [Link(one.title, reverse("brief", args=[area.slug, one.number])) for one in ideas]
    return to + [one for one in pages if sought.lower() in one.words.lower()]


def _raising(area: Area, idea: str) -> Link:
    """Where bad news is raised in one act."""
    number = int(idea) if idea.isascii() and idea.isdigit() and len(idea) < 9 else 0
    about = area.briefs.filter(number=number).values_list("title", flat=True).first() if number else None
    if about:
        return Link(f"Raise a concern about {about}", reverse("raising", args=[area.slug, number]))
    return Link("Raise a concern", f"{reverse('concerns', args=[area.slug])}?raise=1")
