"""Places in an area: other roles, leaving, being taken out; and no side loses its lead unnoticed."""

from __future__ import annotations

from typing import Any

from django.test import Client

from colead.web.areas.models import Entry, Membership, Role
from colead.web.people.models import Person


def place(area: Any, name: str) -> Membership:
    return Membership.objects.get(area=area.area, person=area.people[name])


def ask(area: Any, client: Client, name: str, role: str, **more: str) -> int:
    address = f"/checkout/people/{place(area, name).pk}"
    before = Entry.objects.count()
    answer = client.post(address, {"role": role, **more})
    assert Entry.objects.count() - before == (answer.status_code == 302)
    return answer.status_code


def test_a_lead_changes_roles_on_their_side(area: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    for role in ("viewer", "member", "lead"):
        assert ask(area, client, "product member", role) == 302
        assert place(area, "product member").role == role
        told = Entry.objects.latest("id")
        assert (told.verb, told.told["role"], told.by) == ("placed", role, area.priya)
    assert ask(area, client, "engineering member", "viewer") == 403
    assert ask(area, signed_in("product viewer"), "product member", "viewer") == 403
    assert ask(area, client, "product member", "king") == 422


def test_where_a_side_has_no_lead_the_other_one_decides(area: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    area.emil.lock_out()
    assert ask(area, client, "engineering member", "lead") == 302
    assert area.area.lead("engineering") == area.people["engineering member"]


def test_a_right_ends_with_the_role(area: Any, signed_in: Any) -> None:
    member = signed_in("product member")
    assert member.post("/checkout/ideas/1/reading").status_code == 302
    ask(area, signed_in("product lead"), "product member", "viewer")
    assert member.post("/checkout/ideas/1/reading").status_code == 403
    ask(area, signed_in("product lead"), "product member", "gone")
    assert member.get("/checkout/").status_code == 404
    assert Entry.objects.latest("id").verb == "removed"


def test_the_last_lead_of_a_side_goes_only_when_they_mean_it(area: Any, signed_in: Any) -> None:
    client = signed_in("engineering lead")
    assert ask(area, client, "engineering lead", "member") == 422
    assert ask(area, client, "engineering lead", "gone") == 422
    assert place(area, "engineering lead").role == Role.LEAD
    address = f"/checkout/people/{place(area, 'engineering lead').pk}"
    page = client.post(address, {"role": "gone"}).content.decode()
    assert "Nobody would lead engineering here any more." in page and "I mean it" in page
    assert ask(area, client, "engineering lead", "gone", meant="on") == 302
    assert Entry.objects.latest("id").verb == "left"
    assert client.get("/checkout/").status_code == 404


def test_the_last_lead_of_an_area_stays(area: Any, signed_in: Any) -> None:
    Membership.objects.filter(pk=place(area, "engineering lead").pk).delete()
    area.people["disabled"].lock_out()
    assert ask(area, signed_in("product lead"), "product lead", "gone", meant="on") == 422
    assert ask(area, signed_in("product lead"), "product lead", "viewer", meant="on") == 422
    assert place(area, "product lead").role == Role.LEAD


def test_anybody_may_leave_and_a_stranger_is_not_found(area: Any, signed_in: Any) -> None:
    there = Membership.objects.get(person=area.people["other area"])
    assert signed_in("product lead").post(f"/checkout/people/{there.pk}", {"role": "gone"}).status_code == 404
    assert ask(area, signed_in("product viewer"), "product viewer", "gone") == 302


def test_what_somebody_wrote_and_signed_stays(area: Any, signed_in: Any) -> None:
    ask(area, signed_in("engineering lead"), "engineering lead", "gone", meant="on")
    assert Person.objects.filter(pk=area.emil.pk).exists()
    assert signed_in("product lead").get("/checkout/ideas/1").status_code == 200


def test_an_invitation_ends_with_the_role_of_who_made_it(area: Any, signed_in: Any) -> None:
    secret = area.area.invite(area.emil, "engineering", "lead")
    assert Client().get(f"/join/{secret}").status_code == 200
    Membership.objects.filter(person=area.emil).update(role=Role.MEMBER)
    assert Client().get(f"/join/{secret}").status_code == 404
