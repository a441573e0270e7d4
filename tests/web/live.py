"""Live: the things of an area that requests by chance may name, and bodies that fit them."""

from __future__ import annotations

import copy
import random
import secrets
from datetime import timedelta
from typing import Any

from django.utils import timezone
from reading import made
from test_api_routes import TABLE, TOLD

from colead.web.areas.models import Area, Membership, Terms
from colead.web.briefs.models import Brief, Section, Suggestion
from colead.web.concerns.models import Concern
from colead.web.decisions.models import Decision, Doubt, Option, Raised
from colead.web.jobs.models import Job
from colead.web.meetings.models import Meeting, Outcome
from colead.web.people.models import Person
from colead.web.prototypes.models import Prototype
from colead.web.questions.models import Question
from colead.web.repositories.models import KeptReading, ready
from colead.web.reserve.models import Repair
from colead.web.threads.models import Message, Thread

SPACES = ("problem", "approach", "outcome")
NEWEST = 6  # of each kind, so that some of them are still open
OF_DECISIONS = ("decision", "raised", "doubt", "option")


class Live:
    """Which things are there now; looked at anew now and then, and after something went."""

    def __init__(self, area: Area, dice: random.Random) -> None:
        self.area, self.dice = area, dice
        self.keep = set(area.memberships.values_list("pk", flat=True))
        self.look()

    def look(self) -> None:
        """Look what is there; somebody can always be placed or taken out, and options be read."""
        area = self.area
        if not ready(area).exists():
            area.repositories.create(name=secrets.token_hex(8), path=made()[0], tip="0" * 40)
        if not KeptReading.objects.filter(brief__area=area).exists():
            by = area.memberships.exclude(role="viewer")[0].person
            one = area.briefs.last() or Brief.objects.write(area, by, "Once more", {}, None)
            one.readings.create(wire=made()[1], digest="", tips="", verdict="It touches a few parts.")
        Option.objects.filter(decision__area=area, text="").update(text="A note is printed on the slip.")
        if area.memberships.exclude(pk__in=self.keep).count() < 3:
            for side in ("product", "engineering"):
                one = Person.objects.welcome(f"{secrets.token_hex(8)}@shop.example", "Somebody")
                Membership.objects.create(area=area, person=one, side=side, role="member")
        self.members = list(area.memberships.exclude(pk__in=self.keep).values_list("pk", flat=True))
        pks = {
            "tradeoff": area.tradeoffs, "concern": Concern.objects.filter(area=area), "repair": area.repairs,
            "occasion": area.occasions, "meeting": Meeting.objects.filter(area=area),
            "outcome": Outcome.objects.filter(meeting__area=area), "job": Job.objects.filter(area=area),
            "repository": area.repositories,
        }  # fmt: skip
        self.pks = {name: self._newest(rows) for name, rows in pks.items()}
        self.failed = list(
            Job.objects.filter(area=area, state="failed").values_list("pk", flat=True)[:NEWEST]
        )
        self.version = (
            Terms.objects.filter(area=area).order_by("-number").values_list("number", flat=True).first()
        )
        ideas = area.briefs.order_by("-number").values_list("number", flat=True)
        self.ideas = [*ideas[:NEWEST], *area.briefs.order_by("number").values_list("number", flat=True)[:2]]
        self.within = {
            "reading": self._pairs(KeptReading, "brief__number", brief__area=area),
            "suggestion": self._pairs(Suggestion, "section__brief__number", section__brief__area=area),
            "question": self._pairs(Question, "brief__number", area=area),
            "prototype": self._pairs(Prototype, "brief__number", brief__area=area),
            "doubt": self._pairs(Doubt, "decision__number", area=area),
            "raised": self._pairs(Raised, "decision__number", decision__area=area),
            "decision": [(one, one) for one in self._numbers(Decision)],
        }
        self.metrics = self._pairs(Doubt, "decision__number", area=area, kind="metric", fired=None)
        found = Thread.objects.filter(brief__area=area).order_by("-id")
        self.threads = list(found.values_list("brief__number", "number")[:NEWEST])
        told = ("thread__brief__number", "thread__number", "pk")
        said = Message.objects.filter(thread__brief__area=area).order_by("-id")
        self.messages = list(said.values_list(*told)[:NEWEST])

    def _newest(self, rows: Any) -> list[int]:
        return list(rows.order_by("-id").values_list("pk", flat=True)[:NEWEST])

    def _numbers(self, kind: Any) -> list[int]:
        found = kind.objects.filter(area=self.area).order_by("-number")
        return list(found.values_list("number", flat=True)[:NEWEST])

    def _pairs(self, rows: Any, number: str, **where: Any) -> list[tuple[int, int]]:
        return list(rows.objects.filter(**where).order_by("-id").values_list(number, "pk")[:NEWEST])

    def parts(self, name: str, path: str) -> dict[str, Any]:
        """What stands for each changing part of an address."""
        told: dict[str, Any] = {
            "area": self.area.slug,
            "space": self.dice.choice(SPACES),
            "version": self.version,
            "key": "services/checkout",
        }
        told |= {one: self.dice.choice(rows) for one, rows in self.pks.items() if rows}
        told |= {
            "number": self.dice.choice(self.ideas or [1]),
            "member": self.dice.choice(self.members),
            "id": made()[2],
        }
        if name == "try_job_again" and self.failed:
            told["job"] = self.dice.choice(self.failed)
        if "/decisions/" in path:
            told["number"] = self.dice.choice(self.within["decision"] or [(1, 1)])[0]
        for one, rows in self.within.items():
            if f"{{{one}}}" in path and rows:
                told["number"], told[one] = self.dice.choice(rows)
        if name == "tell_number" and self.metrics:
            told["number"], told["doubt"] = self.dice.choice(self.metrics)
        if "{message}" in path and self.messages:
            told["number"], told["thread"], told["message"] = self.dice.choice(self.messages)
        elif "{thread}" in path and self.threads:
            told["number"], told["thread"] = self.dice.choice(self.threads)
        return told

    def body(self, name: str, told: dict[str, Any]) -> Any:
        """A body that fits what the address names, mostly."""
        body = copy.deepcopy(TABLE[name][1])
        if not isinstance(body, dict):
            return body
        day = timezone.localdate() + timedelta(days=self.dice.randint(1, 60))
        fresh = {"title": f"Idea {self.dice.random()}", "text": f"Words {self.dice.random()}"}
        fresh |= {"name": f"Name {self.dice.random()}"[:60], "share": self.dice.randint(10, 40)}
        fresh |= {
            "until": day.isoformat(),
            "idea": self.dice.choice(self.ideas or [1]),
            "place": self.dice.randint(1, 5),
        }
        fresh |= {"address": f"https://git.example.com/team/{secrets.token_hex(3)}.git"}
        fresh |= {key: value for key, value in self._over(name, told).items() if value is not None}
        if name == "doubt_decision" and self.dice.random() < 0.5:
            return {"metric": "notes", "direction": "below", "value": 3}
        if body == {"id": TOLD}:
            return {"id": made()[2]}
        return {key: fresh.get(key, value) for key, value in body.items()}

    def _over(self, name: str, told: dict[str, Any]) -> dict[str, Any]:
        """The versions that stand, the options that may be chosen, the occasions that are ahead."""
        found: dict[str, Any] = {"occasion": next(iter(self.pks["occasion"]), None)}
        if name in {"save_text", "agree", "suggest"}:
            where = {"brief__area": self.area, "brief__number": told["number"], "space": told["space"]}
            found["over"] = Section.objects.filter(**where).values_list("version", flat=True).first()
            found["version"] = found["over"]
        elif name in {"reword_decision", "choose"}:
            one = Decision.objects.filter(area=self.area, number=told["number"]).first()
            found["over"] = found["version"] = one.version if one else 1
            found["option"] = Option.objects.filter(decision=one).values_list("pk", flat=True).first()
        elif name == "reword_message":
            found["over"] = (
                Message.objects.filter(pk=told.get("message")).values_list("number", flat=True).first()
            )
        elif name == "change_terms":
            found["over"] = self.version
        elif name in {"move_repair", "fill_slot"}:
            week = Repair.objects.filter(pk=told.get("repair")).values_list("week", flat=True).first()
            found["seen" if name == "move_repair" else "week"] = week.isoformat() if week else None
        return found
