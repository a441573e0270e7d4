"""The reserve: slots of the coming weeks, filled by both, moved with a sentence, done, estimates scored."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from colead.demo.repository import demo_repository
from colead.demo.story import LAST_DAY
from colead.readers.reserve import read_reserve
from colead.web.areas.models import Area, Entry, Membership
from colead.web.inbox.collect import waits
from colead.web.jobs.models import Job
from colead.web.jobs.work import do
from colead.web.repositories.look import ahead_later, look_later
from colead.web.repositories.models import Look
from colead.web.reserve import wire
from colead.web.reserve.coming import Coming, Proposed
from colead.web.reserve.models import WEEK, Estimate, Guess, Held, Place, Repair, Room, monday
from colead.web.reserve.score import score

PAGE = "/checkout/ahead"


def work() -> None:
    """Do every job that waits."""
    while (job := Job.objects.claim()) is not None:
        do(job)
        job.refresh_from_db()
        assert job.state == "done", job.what


@pytest.fixture(scope="module")
def shop(tmp_path_factory: Any) -> Any:
    return demo_repository(tmp_path_factory.mktemp("shop"))


def member(area: Any, name: str) -> Membership:
    return Membership.objects.select_related("area", "person").get(area=area.area, person=area.people[name])


def coming(area: Any) -> Coming:
    return Coming(Area.objects.get(pk=area.area.pk), timezone.localdate())


def told(area: Any, slots: float = 7, **more: Any) -> None:
    """A look ahead that proposes so many slots in six weeks."""
    reserve = {"slots": {"value": slots}, "landings": {"value": 5 * slots}, "share": 0.2}
    look = json.dumps({"schema": "colead.ahead/1", "reserve": reserve, **more})
    Look.objects.create(area=area.area, kind="ahead", sentence="", page="", wire=look)


def proposed(client: Any, **more: str) -> Repair:
    """A repair that this person proposes for the next week."""
    week = (monday() + WEEK).isoformat()
    said = {"what": "Split tax rates", "part": "tax", "week": week, **more}
    answer = client.post(f"{PAGE}/repairs/new", said)
    assert answer.status_code == 302, answer.content
    return Repair.objects.order_by("-id")[0]


def line(area: Any, name: str) -> list[str]:
    """What the reserve asks of somebody."""
    return [one.sentence for one in waits(member(area, name)) if one.kind == "repair"]


@pytest.mark.parametrize("slots", [0, 0.4, 1, 5.5, 7, 12, 61])
def test_the_weeks_share_what_is_proposed(slots: float) -> None:
    each = [Proposed(slots, 0, 0.2).of(place) for place in range(6)]
    assert sum(each) == int(slots + 0.5) and max(each) - min(each) <= 1


def test_a_slot_is_filled_when_both_leads_said_yes(area: Any, signed_in: Any) -> None:
    told(area, 12)
    priya, emil = signed_in("product lead"), signed_in("engineering lead")
    one = proposed(emil, slots="2", fewer="30")
    assert one.missing == ["product"] and coming(area).weeks[1].asked == 2
    assert line(area, "engineering lead") == [] and line(area, "product member") == []
    assert "engineering lead proposes a repair" in line(area, "product lead")[0]
    assert "it waits for your yes" in priya.get(f"{PAGE}/repairs/{one.pk}").content.decode()
    priya.post(f"{PAGE}/repairs/{one.pk}/yes", {"week": one.week.isoformat()})
    one = Repair.objects.get()
    assert one.is_filled and coming(area).weeks[1].filled == 2 and line(area, "product lead") == []
    verbs = list(Entry.objects.order_by("-id").values_list("verb", flat=True)[:4])
    wanted = ["proposed a repair", "estimated a repair", "said yes to a repair", "said yes to a repair"]
    assert verbs[::-1] == wanted
    assert "Two of 12 slots in the coming six weeks are filled" in coming(area).sentence


def test_a_member_proposes_and_both_leads_are_asked(area: Any, signed_in: Any) -> None:
    one = proposed(signed_in("product member"))
    assert one.missing == ["product", "engineering"] and one.estimate is None and one.slots == 1
    assert line(area, "product lead") and line(area, "engineering lead")


def test_who_moves_a_repair_says_why_and_asks_the_other(area: Any, signed_in: Any) -> None:
    priya, emil = signed_in("product lead"), signed_in("engineering lead")
    one = proposed(emil)
    priya.post(f"{PAGE}/repairs/{one.pk}/yes", {"week": one.week.isoformat()})
    to = one.week + WEEK
    there = {"week": to.isoformat(), "seen": one.week.isoformat()}
    answer = priya.post(f"{PAGE}/repairs/{one.pk}/week", there | {"why": ""})
    assert answer.status_code == 422 and b"Say why" in answer.content
    priya.post(f"{PAGE}/repairs/{one.pk}/week", there | {"why": "the sale needs everybody"})
    one = Repair.objects.get()
    assert one.week == to and one.missing == ["engineering"]
    assert "was moved to the week of" in line(area, "engineering lead")[0]
    page = emil.get(f"{PAGE}/repairs/{one.pk}").content.decode()
    assert "because the sale needs everybody" in page and "Moved from the week of" in page


def test_what_was_moved_meanwhile_is_shown_as_it_stands(area: Any, signed_in: Any) -> None:
    priya, emil = signed_in("product lead"), signed_in("engineering lead")
    one = proposed(emil)
    seen = {"seen": one.week.isoformat(), "why": "later"}
    emil.post(f"{PAGE}/repairs/{one.pk}/week", seen | {"week": (one.week + WEEK).isoformat()})
    entries = Entry.objects.count()
    for path, more in (("yes", {"week": one.week.isoformat()}), ("week", seen | {"week": one.week})):
        answer = priya.post(f"{PAGE}/repairs/{one.pk}/{path}", more)
        assert answer.status_code == 409 and b"moved or ended meanwhile" in answer.content
    assert Entry.objects.count() == entries


def test_a_slot_is_given_back_with_a_sentence(area: Any, signed_in: Any) -> None:
    emil = signed_in("engineering lead")
    one = proposed(emil)
    assert emil.post(f"{PAGE}/repairs/{one.pk}/week", {"free": "1"}).status_code == 422
    emil.post(f"{PAGE}/repairs/{one.pk}/week", {"free": "1", "reason": "the supplier does it"})
    page = emil.get(f"{PAGE}/repairs/{one.pk}").content.decode()
    assert "Its slot was given back" in page and "because the supplier does it" in page
    assert emil.post(f"{PAGE}/repairs/{one.pk}/end").status_code == 409
    assert emil.post(f"{PAGE}/repairs/{one.pk}/estimate", {"slots": "1"}).status_code == 409
    assert not line(area, "product lead")


def test_engineering_is_asked_when_the_week_is_over(area: Any, signed_in: Any) -> None:
    emil, priya = signed_in("engineering member"), signed_in("product lead")
    one = proposed(emil)
    Repair.objects.update(week=monday() - WEEK)
    assert line(area, "product lead") == []
    assert line(area, "engineering member") == ["Was it done? Split tax rates; its week is over"]
    assert "was it done?" in emil.get(PAGE).content.decode()
    assert priya.post(f"{PAGE}/repairs/{one.pk}/end").status_code == 403
    emil.post(f"{PAGE}/repairs/{one.pk}/end")
    one = Repair.objects.get()
    assert one.done and line(area, "engineering member") == []
    assert "Done on" in emil.get(f"{PAGE}/repairs/{one.pk}").content.decode()


def test_the_leads_say_how_many_slots_a_week_has(area: Any, signed_in: Any) -> None:
    told(area)
    priya = signed_in("product lead")
    assert [one.slots for one in coming(area).weeks] == [1, 1, 2, 1, 1, 1]
    priya.post(f"{PAGE}/slots", {"all": "3", "week_1": "0"})
    assert [one.slots for one in coming(area).weeks] == [3, 0, 3, 3, 3, 3]
    assert 'value="3"' in priya.get(f"{PAGE}/slots").content.decode()
    entries = Entry.objects.count()
    priya.post(f"{PAGE}/slots", {"all": "3", "week_1": "0"})
    assert Entry.objects.count() == entries
    priya.post(f"{PAGE}/slots", {"all": "", "week_1": ""})
    assert not Room.objects.exists() and coming(area).weeks[2].slots == 2
    assert priya.post(f"{PAGE}/slots", {"all": "-1"}).status_code == 422


def test_without_a_look_no_number_is_made_up(area: Any, signed_in: Any) -> None:
    page = signed_in("product viewer").get(PAGE).content.decode()
    assert "cannot be told yet" in page and "not analysed" in page
    assert [one.slots for one in coming(area).weeks] == [None] * 6
    for kept in ("", "[]", "{", '{"schema": "other", "reserve": {}}'):
        Look.objects.update_or_create(area=area.area, kind="ahead", defaults={"wire": kept})
        Look.objects.update_or_create(area=area.area, kind="balance", defaults={"wire": kept})
        assert signed_in("product viewer").get(PAGE).status_code == 200


@pytest.mark.parametrize(
    ("state", "wanted"),
    [("finding", "14 of 100"), ("too little data", "too few changes"), ("not analysed", "too few changes")],
)
def test_what_landed_keeps_its_state(state: str, wanted: str, area: Any, signed_in: Any) -> None:
    one = {
        "repository": "shop",
        "sentence": "14 of 100",
        "coverage": {"state": state, "note": "too few changes"},
    }
    kept = json.dumps({"repositories": [one]})
    Look.objects.create(area=area.area, kind="balance", sentence="", page="", wire=kept)
    page = signed_in("product viewer").get(PAGE).content.decode()
    assert wanted.capitalize() in page and (state in page) is (state != "finding")


def test_more_than_planned_is_said_and_blocks_nothing(area: Any, signed_in: Any) -> None:
    told(area)
    proposed(signed_in("engineering lead"), slots="3")
    assert coming(area).weeks[1].sentence == "one slot, three spoken for: more than planned"


@pytest.mark.parametrize("said", [{}, {"slots": "0"}, {"fewer": "101"}, {"slots": "x"}])
def test_an_estimate_says_something(said: Any, area: Any, signed_in: Any) -> None:
    emil = signed_in("engineering lead")
    one = proposed(emil)
    assert emil.post(f"{PAGE}/repairs/{one.pk}/estimate", said).status_code == 422


def test_hostile_words_stay_words(area: Any, signed_in: Any) -> None:
    emil = signed_in("engineering lead")
    one = proposed(emil, what="<script>alert(1)</script>", part="{{ 7*7 }}\u202e")
    for path in (PAGE, f"{PAGE}/repairs", f"{PAGE}/repairs/{one.pk}", "/checkout/inbox"):
        assert "<script>alert" not in emil.get(path).content.decode()
    assert (
        emil.post(f"{PAGE}/repairs/new", {"what": "x" * 201, "part": "y", "week": "never"}).status_code == 422
    )
    assert emil.get(f"{PAGE}/repairs/new?week=never&slots=a&part=<b>").status_code == 200


@pytest.fixture
def seen(area: Any, shop: Any) -> Any:
    """The area with the demo shop looked at."""
    one = area.area.repositories.create(name="shop", path=str(shop))
    look_later(area.area)
    work()
    return SimpleNamespace(**vars(area), shop=one)


def done_long_ago(seen: Any, fewer: int = 40) -> Repair:
    """A repair of the demo's shipping, done a third of a year before the shop's last change."""
    place = Place("Shipping", "services/shipping", seen.shop)
    lead = member(seen, "engineering lead")
    one = Repair.objects.propose(lead, "One label", place, monday(), Guess(2, fewer))
    one.finish(seen.emil)
    then = LAST_DAY - timedelta(days=120)
    Repair.objects.filter(pk=one.pk).update(ended=then, at=then)
    Estimate.objects.update(at=then)
    return Repair.objects.get(pk=one.pk)


def test_a_named_estimate_is_scored_once_its_quarter_is_over(seen: Any, signed_in: Any) -> None:
    one = done_long_ago(seen)
    ahead_later(seen.area)
    work()
    held = Held.objects.get()
    assert held.came is not None and (held.until - held.begins).days == 90
    without, said = held.without[0], held.said[0]
    assert said == pytest.approx(0.6 * without)
    assert "engineering lead said" in score(held) and "it was" in score(held)
    assert "came." in held.sentence and "One label (" not in held.sentence
    assert line(seen, "product lead") == ["What came of the estimate by engineering lead: One label"]
    page = signed_in("product viewer").get(f"{PAGE}/repairs/{one.pk}").content.decode()
    assert score(held, caveat=False) in page
    assert wire.of(one).score == score(held)
    entries, at = Entry.objects.count(), held.at
    ahead_later(seen.area)
    work()
    assert Entry.objects.count() == entries and Held.objects.get().at == at  # for good
    Held.objects.update(at=timezone.now() - timedelta(days=15))
    assert line(seen, "product lead") == []


def test_what_was_not_done_is_never_scored(seen: Any) -> None:
    one = done_long_ago(seen)
    Repair.objects.update(ended=None, done=False)
    ahead_later(seen.area)
    work()
    held = Held.objects.get()
    assert held.came is None and score(held) == "" and held.without
    Repair.objects.filter(pk=one.pk).update(ended=timezone.now())
    Held.objects.all().delete()
    ahead_later(seen.area)
    work()
    assert not Held.objects.exists()


def test_the_command_line_scores_the_file_as_the_page_does(seen: Any, signed_in: Any, tmp_path: Any) -> None:
    from colead.planning import foretold

    one = done_long_ago(seen)
    answer = signed_in("product viewer").get(f"{PAGE}/{seen.shop.pk}/reserve.yml")
    repairs = read_reserve(answer.content)
    assert [(each.repair, each.part, each.by, each.fewer, each.slots) for each in repairs] == [
        ("One label", "services/shipping", "engineering lead", 40, 2)
    ]
    told = foretold({seen.shop.place: repairs}, today=datetime.now(UTC).date(), cache=tmp_path)[0][0]
    ahead_later(seen.area)
    work()
    held = Held.objects.get(estimate__repair=one)
    assert told.came is not None and held.came == told.came.value
    assert told.without is not None and held.without[0] == told.without.value


def test_a_file_without_repairs_is_read_too(seen: Any, signed_in: Any) -> None:
    answer = signed_in("product viewer").get(f"{PAGE}/{seen.shop.pk}/reserve.yml")
    assert read_reserve(answer.content) == ()
    proposed(signed_in("engineering lead"), what="'quoted': # [x]\u2028", part="nowhere")
    answer = signed_in("product viewer").get(f"{PAGE}/{seen.shop.pk}/reserve.yml")
    assert [one.part for one in read_reserve(answer.content)] == ["nowhere"]


def test_what_the_repository_says_stands_beside(area: Any, signed_in: Any) -> None:
    mine = {"repair": "Split tax rates", "part": "tax", "sentence": "Split it: about two fewer.", "slots": 2}
    other = {**mine, "repair": "Mend the till & more", "sentence": "Mend it."}
    more = {"repository": "shop", "fewer": 30, "over": False}
    told(area, estimates=[{**mine, **more}, {**other, **more}])
    client = signed_in("engineering lead")
    proposed(client)
    page = client.get(PAGE).content.decode()
    assert page.count("also here") == 1
    assert "what=Mend%20the%20till%20%26%20more&amp;part=tax" in page
    assert Repair.objects.count() == 1
    form = client.get(f"{PAGE}/repairs/new?what=Mend&part=tax&slots=2&fewer=30").content.decode()
    assert 'value="Mend"' in form and 'value="30"' in form


def test_the_ideas_that_a_repair_protects_are_named(seen: Any, signed_in: Any) -> None:
    from colead.web.repositories.check import check_later

    text = "The courier reads gift notes aloud at checkout, and the packing slip prints them."
    seen.brief.by_space["problem"].save_text(seen.priya, text, over=1)
    check_later(seen.brief)
    work()
    emil = signed_in("engineering lead")
    one = proposed(emil, part="Checkout")
    assert (one.key, one.name, one.repository) == ("services/checkout", "Checkout", seen.shop)
    page = emil.get(f"{PAGE}/repairs/{one.pk}").content.decode()
    assert "One coming idea goes through Checkout" in page and 'href="/checkout/ideas/1"' in page
    assert 'href="/checkout/system/services/checkout?in=' in page
    home = emil.get("/checkout/").content.decode()
    assert "open slots" in home and "Next best:" in home and "part=services" in home
    assert "services/checkout" not in [each.key for each in coming(seen).nexts]


def test_the_page_says_where_the_ideas_end(seen: Any, signed_in: Any) -> None:
    from colead.web.briefs.models import Brief

    for number in range(40):
        Brief.objects.write(seen.area, seen.priya, f"Idea {number}", {}, None)
    page = signed_in("product viewer").get(PAGE).content.decode()
    assert "over the first 40 of 41 open ideas" in page


def test_pages_ask_the_database_as_often_for_many(area: Any, signed_in: Any) -> None:
    from django.db import connection

    told(area)
    client = signed_in("engineering lead")
    one = proposed(client, slots="2", fewer="30")
    paths = (PAGE, f"{PAGE}/repairs", f"{PAGE}/repairs/{one.pk}", "/checkout/", "/checkout/inbox")
    counts = []
    for _ in range(2):
        counts.append([])
        for path in paths:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(path)
            counts[-1].append(len(asked))
        for place in range(12):
            proposed(client, what=f"Repair {place}", slots="1", fewer="10")
    assert counts[0] == counts[1]


def test_what_was_done_can_be_taken_back(seen: Any, signed_in: Any) -> None:
    one = done_long_ago(seen)
    ahead_later(seen.area)
    work()
    emil, there = signed_in("engineering member"), f"{PAGE}/repairs/{one.pk}"
    assert "It is not done after all" in emil.get(there).content.decode()
    assert "It is not done after all" not in signed_in("product lead").get(there).content.decode()
    assert signed_in("product lead").post(f"{there}/end", {"undo": "1"}).status_code == 403
    assert emil.post(f"{there}/end", {"undo": "1"}).status_code == 302
    one = Repair.objects.get()
    assert not one.done and one.ended is None and not Held.objects.exists()
    assert emil.post(f"{there}/end", {"undo": "1"}).status_code == 409
    work()
    assert Held.objects.get().came is None  # what it lets expect is computed anew


def test_engineers_and_whoever_estimated_are_told(seen: Any, signed_in: Any) -> None:
    this = monday().isoformat()
    one = proposed(signed_in("engineering lead"), week=this)
    assert line(seen, "engineering member") == []
    signed_in("product lead").post(f"{PAGE}/repairs/{one.pk}/yes", {"week": this})
    assert line(seen, "engineering member") == ["Planned for this week: Split tax rates"]
    assert line(seen, "product member") == []
    Repair.objects.all().delete()
    done_long_ago(seen)
    Estimate.objects.update(by=seen.people["product member"])
    ahead_later(seen.area)
    work()
    assert line(seen, "product member") == ["What came of your estimate: One label"]
    assert line(seen, "engineering member") == []


def test_the_reserve_is_filled_over_the_api(area: Any) -> None:
    from django.test import Client

    from colead.web.people.models import Token

    told(area)
    secrets = {who: Token.objects.make(area.people[who], "t", "write", 1) for who in area.people}

    def asks(who: str, method: str, path: str, said: object = None) -> Any:
        sent = {} if said is None else {"data": json.dumps(said), "content_type": "application/json"}
        head = {"Authorization": f"Bearer {secrets[who]}"}
        return Client().generic(method, f"/api/1/areas/checkout/{path}", **sent, headers=head)

    week, after = ((monday() + n * WEEK).isoformat() for n in (1, 2))
    assert asks("product lead", "PUT", "reserve/slots", {"slots": 3, "week": week}).json()["weeks"][1] == {
        "week": week, "slots": 3, "said": 3, "filled": 0, "asked": 0, "free": 3,
        "sentence": "three slots, all free", "repairs": [],
    }  # fmt: skip
    for wrong in ("2020-01-06", (monday() + timedelta(days=1)).isoformat()):
        assert asks("product lead", "PUT", "reserve/slots", {"slots": 3, "week": wrong}).status_code == 422
    said = {"what": "Split it", "part": "tax", "week": week, "slots": 2, "fewer": 30}
    one = asks("engineering lead", "POST", "repairs", said).json()
    there = f"repairs/{one['id']}"
    assert one["missing"] == ["product"] and one["estimated_by"]["name"] == "engineering lead"
    assert asks("product lead", "PUT", f"{there}/yes", {"week": after}).json()["code"] == "moved-on"
    assert asks("product lead", "PUT", f"{there}/yes", {"week": week}).json()["missing"] == []
    assert asks("product lead", "GET", "reserve").json()["weeks"][1]["filled"] == 2
    entries = Entry.objects.count()
    again = asks("engineering lead", "PUT", f"{there}/estimate", {"slots": 2, "fewer": 30})
    assert again.status_code == 200 and Entry.objects.count() == entries
    assert asks("engineering lead", "PUT", f"{there}/estimate", {}).status_code == 422
    moved = {"seen": week, "week": after, "why": "the sale"}
    assert asks("product member", "PUT", f"{there}/week", moved).json()["week"] == after
    assert asks("engineering member", "PUT", f"{there}/done").json()["done"]
    assert asks("engineering member", "PUT", f"{there}/given-back", {"why": "no"}).status_code == 409
    assert asks("engineering member", "DELETE", f"{there}/done").status_code == 204
    for _ in range(2):
        gone = asks("engineering member", "PUT", f"{there}/given-back", {"why": "the supplier does it"})
        assert gone.json()["ended"] and not gone.json()["done"]
    assert Repair.objects.get().moves.count() == 2
