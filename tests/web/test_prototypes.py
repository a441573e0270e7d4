"""Prototypes: begun with a question and a box, ended with an answer; readings go on from what was tried."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from past import git, make
from story import Change

from colead.web.areas.models import Entry
from colead.web.inbox.collect import waits
from colead.web.jobs.models import Job, State
from colead.web.jobs.work import do
from colead.web.prototypes import wire
from colead.web.prototypes.models import Prototype, branch_for, newest
from colead.web.repositories.check import check_later
from people import EMIL

BRANCH = "try/gift-notes"
TEXTS = {f"services/{name}/{name}.py": f"def {name}(): pass\n" for name in ("gift", "billing", "mail")}


@pytest.fixture
def shop(area: Any, tmp_path: Path) -> Any:
    """A real repository in which gifts change weekly, and a branch that changes billing."""
    today = datetime.now(UTC).date()
    changes = [
        Change(today - timedelta(days=400 - 7 * week), f"Gift messages {week}", ("services/gift/gift.py",))
        for week in range(50)
    ]
    bare = make(tmp_path / "shop.git", changes, TEXTS)
    told = (
        f"commit refs/heads/{BRANCH}\ncommitter {EMIL.signature} {int(timezone.now().timestamp())} +0000\n"
        "data 3\nTry\nfrom refs/heads/main^0\nM 100644 inline services/billing/billing.py\ndata 3\n"
        "x=1\ndone\n"
    )
    git(bare, "fast-import", "--quiet", "--done", stream=told)
    area.area.repositories.create(name="shop", path=str(bare), tip="0" * 40)
    return SimpleNamespace(**vars(area), bare=bare)


def work() -> None:
    """Do what waits, to its end."""
    while (job := Job.objects.claim()) is not None:
        do(job)
        assert Job.objects.get(pk=job.pk).state in (State.DONE, State.FAILED)


def begun(client: Client, **more: str) -> Prototype:
    until = timezone.localdate() + timedelta(days=3)
    told = {"question": "Does it print?", "branch": BRANCH, "until": until.isoformat(), **more}
    answer = client.post("/checkout/ideas/1/prototypes", told)
    assert answer.status_code == 302, answer.content
    return Prototype.objects.order_by("-id")[0]


def touched(brief: Any) -> list[str]:
    return [one.touch.component for one in brief.newest_reading.reading.touches]


def test_what_was_tried_replaces_what_was_foreseen_and_stays(shop: Any, signed_in: Any) -> None:
    emil = signed_in("engineering lead")
    check_later(shop.brief)
    work()
    assert "services/billing" not in touched(shop.brief)
    one = begun(emil)
    assert one.before == shop.brief.newest_reading
    emil.post(f"/checkout/ideas/1/prototypes/{one.pk}", {"verdict": "yes", "answer": "It prints."})
    work()
    one.refresh_from_db()
    assert touched(shop.brief)[0] == "services/billing"
    assert one.after == shop.brief.newest_reading
    page = emil.get(f"/checkout/ideas/1/prototypes/{one.pk}").content.decode()
    assert "The reading of the idea moved." in page
    assert "really touched: the prototype changed one file" in page
    git(shop.bare, "branch", "-D", BRANCH)
    section = shop.brief.by_space["problem"]
    section.save_text(shop.priya, "Buyers want gift messages.", over=section.version)
    check_later(shop.brief)
    work()
    assert touched(shop.brief)[0] == "services/billing"
    assert Prototype.objects.get().after == one.after, "the first reading after it"
    verbs = list(Entry.objects.filter(verb__contains="prototype").values_list("verb", flat=True))
    assert verbs == ["began a prototype", "ended a prototype"]


def test_a_branch_that_is_not_there_is_told_and_read_again_later(shop: Any, signed_in: Any) -> None:
    emil = signed_in("engineering lead")
    one = begun(emil, branch="try/elsewhere")
    emil.post(f"/checkout/ideas/1/prototypes/{one.pk}", {"verdict": "no", "answer": "Too slow."})
    work()
    page = emil.get(f"/checkout/ideas/1/prototypes/{one.pk}").content.decode()
    assert "no branch of this name" in page
    assert newest(shop.brief) is None
    git(shop.bare, "branch", "try/elsewhere", BRANCH)
    emil.post(f"/checkout/ideas/1/prototypes/{one.pk}", {"again": "1"})
    work()
    found = newest(shop.brief)
    assert found is not None
    assert wire.of(found).changed == {"services/billing": ["services/billing/billing.py"]}


def test_an_overdue_one_asks_engineering_and_who_began_it(area: Any, signed_in: Any) -> None:
    one = begun(signed_in("product lead"))
    members = {name: area.area.memberships.get(person=area.people[name]) for name in area.people if name in
               {"product lead", "product member", "engineering member", "engineering viewer"}}  # fmt: skip
    assert not any(waits(each) for each in members.values())
    Prototype.objects.update(until=timezone.localdate() - timedelta(days=1))
    told = {name: [found.kind for found in waits(each)] for name, each in members.items()}
    assert told == {
        "product lead": ["prototype"], "product member": [],
        "engineering member": ["prototype"], "engineering viewer": [],
    }  # fmt: skip
    later = timezone.localdate() + timedelta(days=2)
    signed_in("engineering member").post(
        f"/checkout/ideas/1/prototypes/{one.pk}", {"more": "1", "until": later.isoformat()}
    )
    assert not waits(members["product lead"])
    assert Entry.objects.filter(verb="gave a prototype more time").count() == 1


def test_the_pack_names_files_partners_and_past_changes(shop: Any, signed_in: Any) -> None:
    check_later(shop.brief)
    work()
    emil = signed_in("engineering lead")
    one = begun(emil)
    told = emil.get(f"/checkout/ideas/1/prototypes/{one.pk}/pack.md").content.decode()
    assert told.startswith("# Prototype: Does it print?\n")
    assert f"git switch -c {BRANCH}" in told
    assert "`services/gift/gift.py`" in told
    assert "git show" in told


@pytest.mark.parametrize(
    "odd", [{"branch": "-x"}, {"branch": "a..b"}, {"branch": "a b"}, {"branch": "x.lock"}, {"branch": "/a"},
            {"until": "2020-01-01"}, {"until": "2999-01-01"}, {"question": ""}],
)  # fmt: skip
def test_odd_ones_are_told_and_kept(area: Any, signed_in: Any, odd: dict[str, str]) -> None:
    told = {"question": "Does it print?", "branch": BRANCH, "until": timezone.localdate().isoformat(), **odd}
    answer = signed_in("product lead").post("/checkout/ideas/1/prototypes", told)
    assert answer.status_code == 422
    assert not Prototype.objects.exists()


def test_the_next_branch_has_another_name(area: Any, signed_in: Any) -> None:
    assert branch_for(area.brief) == "try/gift-notes"
    begun(signed_in("product lead"))
    assert branch_for(area.brief) == "try/gift-notes-2"


def test_an_answer_is_written_once(area: Any, signed_in: Any) -> None:
    one = begun(signed_in("product lead"))
    there = f"/checkout/ideas/1/prototypes/{one.pk}"
    assert signed_in("product lead").post(there, {"verdict": "perhaps", "answer": ""}).status_code == 422
    signed_in("product lead").post(there, {"verdict": "yes", "answer": "It prints."})
    signed_in("engineering lead").post(there, {"verdict": "no", "answer": "It does not."})
    assert Prototype.objects.get().answer == "It prints."
