"""Example: what the demo's people ask and fear, and when they meet."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from colead.web.areas.models import Area
from colead.web.concerns.models import Concern, Kind, Trail
from colead.web.meetings.models import Meeting
from colead.web.people.models import Person
from colead.web.questions.models import Question


def talk(area: Area, priya: Person, emil: Person, omar: Person) -> None:
    """Bad news of three people, a question, an idea that is built under a ticket, the next meeting."""
    gift, carts, day = area.briefs.order_by("place")[:3]
    for one in (gift, carts, day):
        one.area = area
    late = Concern.objects.raise_it(
        area, omar, Kind.HIDDEN, "The courier's label has no room for another line", gift
    )
    late.reply(emil, "True for the small label. I ask the courier for the large one.")
    Concern.objects.raise_it(area, emil, Kind.TIMELINE, "Stocktaking takes me away in the last week", carts)
    done = Concern.objects.raise_it(area, priya, Kind.UNCLEAR, "Is a Saturday a delivery day?", day)
    done.resolve(priya, "Yes, where the courier drives on Saturdays.")
    Question.objects.ask(gift, priya, "engineering", "How many lines fit on the packing slip?")
    Trail.objects.create(brief=day, ticket="SHOP-401")
    meeting = Meeting.objects.plan(area, priya, timezone.localdate() + timedelta(days=2))
    meeting.put(priya, gift)
    meeting.put(emil, carts)
