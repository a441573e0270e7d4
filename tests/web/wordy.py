"""Wordy: an area in which everything is one word that nothing breaks, and one where much of all there is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

UNBROKEN = "Rechtsschutzversicherungsgesellschaften" * 5
TOWARDS = "\u202eשובר מתנה\u202c: כרטיס ברכה לכל הזמנה, بطاقة هدية لكل طلب"  # read from right to left
SAID = f"{UNBROKEN} {TOWARDS}"
TITLES = (f"{UNBROKEN[:190]}", TOWARDS)


def wordy(by: Any) -> None:
    """One of everything that issue, meeting and reserve know, for each of both words."""
    from django.utils import timezone

    from colead.web.areas.models import Side
    from colead.web.briefs.models import Brief
    from colead.web.meetings.models import Meeting
    from colead.web.people.views import begin

    area = begin(by, "Words", Side.PRODUCT)
    meeting = Meeting.objects.plan(area, by, timezone.localdate() + timedelta(days=2))
    for title in TITLES:
        texts = {"problem": f"{SAID}\n\n{SAID}\n\n- {SAID}\n\n`{UNBROKEN}`", "approach": SAID}
        one = Brief.objects.write(area, by, title, texts, None)
        one.area = area
        _between(area, by, one, title)
        meeting.put(by, one)
    meeting.note(by, "decided", SAID[:300], None)


def _between(area: Any, by: Any, one: Any, title: str) -> None:
    from django.utils import timezone

    from colead.web.areas.models import Membership
    from colead.web.concerns.models import Concern
    from colead.web.decisions.models import Decision
    from colead.web.decisions.models.decision import Wish
    from colead.web.prototypes.models import Prototype
    from colead.web.questions.models import Question
    from colead.web.reserve.models import WEEK, Place, Repair, monday
    from colead.web.threads.models import Thread
    from colead.web.tradeoffs.models import Occasion, write

    day, me = timezone.localdate() + timedelta(days=9), Membership.objects.get(area=area, person=by)
    Occasion.objects.create(area=area, by=by, name=title[:60], first=day, last=day)
    Concern.objects.raise_it(area, by, "hidden", SAID[:480], one).reply(by, SAID[:480])
    Question.objects.ask(one, by, "product", SAID[:280])
    Thread.objects.begin(one, by, title, SAID)
    write(area, by, "repair", title[:120], SAID[:280], brief=one)
    Prototype.objects.start(one, by, SAID[:280], f"try/{UNBROKEN[:90]}", day)
    wishes = [Wish(title[:110], SAID, SAID[:280]), Wish(UNBROKEN[:110], SAID, SAID[:280])]
    Decision.objects.ask(area, by, SAID[:280], "problem", background=SAID, options=wishes, brief=one)
    Repair.objects.propose(me, title[:180], Place(UNBROKEN[:90], "x", None), monday() + WEEK)


def crowd(area: Any, by: Any, count: int) -> None:
    """As many concerns, decisions, discussions, questions and tradeoffs on the area's ideas."""
    from django.utils import timezone

    from colead.web.concerns.models import Concern
    from colead.web.decisions.models import Decision
    from colead.web.questions.models import Question
    from colead.web.threads.models import Thread
    from colead.web.tradeoffs.models import Tradeoff

    briefs, now = list(area.briefs.order_by("id")[:count]), timezone.now()
    every = [(number, one, {"area": area, "brief": one, "by": by}) for number, one in enumerate(briefs, 1)]
    Concern.objects.bulk_create([Concern(kind="timeline", text=f"Late {n}", **told) for n, _, told in every])
    Decision.objects.bulk_create(
        [Decision(number=n, question=f"Do we, {n}?", space="problem", **told) for n, _, told in every]
    )
    Question.objects.bulk_create(
        [Question(ask=f"Who, {n}?", side="product", turn="product", **told) for n, _, told in every]
    )
    Tradeoff.objects.bulk_create(
        [Tradeoff(kind="repair", skip=f"it, {n}", risk="more fixes", **told) for n, _, told in every]
    )
    Thread.objects.bulk_create(
        [Thread(brief=one, number=1, by=by, title=f"Why, {n}?", moved=now) for n, one, _ in every]
    )
