"""Both decide: what one side proposes is decided when the other agrees; who is named in a call is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from colead.web.areas.models import Membership, Role
from colead.web.decisions.models import Choice, Decision, Proposal, Stale
from colead.web.decisions.models.call import call, say
from colead.web.decisions.models.decision import Wish
from colead.web.decisions.models.proposal import proposed, settle
from colead.web.decisions.waiting import waits

TWO = (Wish("It helped"), Wish("It did not"))
THERE = "/checkout/decisions/1"


@pytest.fixture
def asked(area: Any) -> Decision:
    """A question about the outcome."""
    made = Decision.objects.ask(area.area, area.priya, "Did it help?", "outcome", options=TWO)
    return Decision.objects.get(pk=made.pk)


def told(area: Any, who: str) -> list[str]:
    """What waits for somebody on decisions."""
    mine = Membership.objects.select_related("area", "person").get(area=area.area, person=area.people[who])
    return [one.sentence for one in waits(mine)]


def test_one_proposes_and_the_other_agrees(area: Any, asked: Decision, signed_in: Any) -> None:
    first, second = asked.options.order_by("place")
    priya, emil = signed_in("product lead"), signed_in("engineering lead")
    sent = {"option": first.pk, "version": 1, "why": "31 % to 35 %"}
    assert priya.post(f"{THERE}/choice", sent).status_code == 302
    assert priya.post(f"{THERE}/choice", sent).status_code == 302
    assert Proposal.objects.count() == 1
    assert not Choice.objects.exists()
    assert told(area, "product lead") == []
    assert told(area, "engineering lead") == ["Did it help? product lead proposes: It helped; do you agree?"]
    page = emil.get(THERE).content.decode()
    assert "Agree, and it is decided" in page and "31 % to 35 %" in page
    assert "you proposed It helped" in priya.get(THERE).content.decode()
    assert emil.post(f"{THERE}/choice", {"option": second.pk, "version": 1, "why": ""}).status_code == 302
    assert [one.option_id for one in Proposal.objects.filter(ended=None)] == [second.pk]
    sent = {"option": second.pk, "version": 1, "why": "true"}
    assert priya.post(f"{THERE}/choice", sent).status_code == 302
    choice = Choice.objects.get()
    assert (choice.option_id, choice.why) == (second.pk, "true")
    assert "Decided by engineering lead and product lead" in priya.get(THERE).content.decode()
    assert not Proposal.objects.filter(ended=None).exists()
    verbs = list(area.area.entries.order_by("-number").values_list("verb", "by__name")[:3])
    assert verbs == [
        ("decided", "product lead"),
        ("proposed an answer", "engineering lead"),
        ("proposed an answer", "product lead"),
    ]


def test_a_proposal_ends_with_its_wording(area: Any, asked: Decision) -> None:
    first = asked.options.order_by("place")[0]
    settle(asked, area.priya, "product", first, "", version=1)
    keep = [Wish(one.name, one.text, "more", one.pk) for one in asked.options.order_by("place")]
    asked.reword(area.priya, {}, keep, over=1)
    assert proposed(Decision.objects.get(pk=asked.pk)) is None
    with pytest.raises(Stale):
        settle(asked, area.emil, "engineering", first, "", version=1)
    made = settle(asked, area.emil, "engineering", first, "", version=2)
    assert isinstance(made, Proposal)
    assert Proposal.objects.filter(ended=None).count() == 1


def test_where_nobody_leads_the_other_side_one_decides(area: Any, asked: Decision) -> None:
    Membership.objects.filter(area=area.area, side="engineering").update(role=Role.MEMBER)
    first = asked.options.order_by("place")[0]
    assert isinstance(settle(asked, area.priya, "product", first, "", version=1), Choice)


def test_who_is_named_in_a_call_and_whose_concern_stands_are_asked(area: Any) -> None:
    background = "@Product member counted it."
    member = area.people["product member"]
    member.name = "Product member"
    member.save()
    one = Decision.objects.ask(area.area, area.emil, "Where?", "solution", background=background)
    assert told(area, "product member") == []
    call(one, area.emil, timezone.localdate() + timedelta(days=3))
    assert len(told(area, "product member")) == 1
    assert "asks for concerns" in told(area, "product member")[0]
    assert told(area, "engineering member") == []
    say(one, member, "concern", "Labels")
    assert told(area, "product member") == []
    call(one, area.emil, timezone.localdate() - timedelta(days=1))
    assert told(area, "product member") == ["Where? The call ran out, and your concern stands"]
    one.raised.get().resolve(member, "asked")
    assert told(area, "product member") == []
