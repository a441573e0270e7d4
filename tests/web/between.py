"""Deeds between two, for the strain: decisions, discussions, questions, concerns and tradeoffs."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from colead.web.areas.models import Area, Entry, Side
from colead.web.briefs.models import Brief
from colead.web.concerns.models import Concern
from colead.web.decisions.models import Decision
from colead.web.decisions.models.call import call, say
from colead.web.decisions.models.choice import choose
from colead.web.decisions.models.decision import Wish
from colead.web.people.models import Person
from colead.web.questions.models import Question
from colead.web.threads.models import Thread
from colead.web.tradeoffs.models import Tradeoff, accept, write

RECENT = 10  # of which one is taken, so that people meet


class Between:
    """What one person does with others, and what they were told was done."""

    me: Person
    area: Area
    side: Side
    done: Counter[str]
    text: Callable[[], str]

    def __init__(self) -> None:
        self.confirmed: list[tuple[type[Model], dict[str, Any]]] = []

    @property
    def between(self) -> dict[Callable[[], None], int]:
        """The deeds, and how likely each is."""
        return {
            self.ask: 1, self.call: 1, self.object: 2, self.choose: 1, self.discuss: 1, self.answer_there: 3,
            self.question: 1, self.answer: 1, self.warn: 2, self.resolve: 2, self.accept: 2,
        }  # fmt: skip

    def idea(self) -> Brief:
        return Brief.objects.select_related("area").get(number=random.randint(1, 12))

    @contextmanager
    def entered(self, *verbs: str) -> Iterator[None]:
        """Count the entries of these verbs that a deed made."""
        mine = Entry.objects.filter(by=self.me)
        before = {verb: mine.filter(verb=verb).count() for verb in verbs}
        yield
        for verb in verbs:
            self.done[verb] += mine.filter(verb=verb).count() - before[verb]

    def keep(self, one: Model, **told: Any) -> None:
        """It was confirmed, and has to be there in the end."""
        self.confirmed.append((type(one), {"pk": one.pk, **told}))

    def missing(self) -> list[str]:
        """What was confirmed and is not there."""
        lost = [one for one in self.confirmed if not one[0]._default_manager.filter(**one[1]).exists()]
        return [f"{model.__name__} {told['pk']}" for model, told in lost]

    def _decision(self) -> Decision | None:
        found = Decision.objects.filter(area=self.area, choice=None).order_by("-number")
        every = list(found.select_related("area", "brief")[:RECENT])
        return random.choice(every) if every else None

    def ask(self) -> None:
        told = {"options": [Wish("A letter"), Wish("A card")], "brief": self.idea()}
        question = self.text()[:200]
        one = Decision.objects.ask(self.area, self.me, question, "solution", **told)
        self.done["asked to decide"] += 1
        self.keep(one, question=question)

    def call(self) -> None:
        if one := self._decision():
            with self.entered("called for concerns", "moved the clock"):
                call(one, self.me, timezone.localdate() + timedelta(days=random.randint(1, 9)))

    def object(self) -> None:
        if one := self._decision():
            text = self.text()
            self.keep(say(one, self.me, "concern", text), text=text)
            self.done["answered a call"] += 1

    def choose(self) -> None:
        if one := self._decision():
            option, why = random.choice(list(one.options.all())), self.text()
            made = choose(one, self.me, self.side, option, why, version=one.version)
            self.done["decided"] += 1
            self.keep(made, why=why, option=option)

    def discuss(self) -> None:
        text = self.text()
        one = Thread.objects.begin(self.idea(), self.me, "Paper", text)
        self.done["opened a discussion"] += 1
        self.keep(one, title="Paper")

    def answer_there(self) -> None:
        found = Thread.objects.select_related("brief__area").order_by("-id")[:RECENT]
        if found:
            text = self.text()
            self.keep(random.choice(list(found)).add(self.me, text), text=text.strip())
            self.done["wrote in a discussion"] += 1

    def question(self) -> None:
        ask = self.text()[:200]
        self.keep(Question.objects.ask(self.idea(), self.me, self.side, ask), ask=ask)
        self.done["asked"] += 1

    def answer(self) -> None:
        found = Question.objects.filter(ended=None).select_related("area", "brief__area").order_by("-id")
        if every := list(found[:RECENT]):
            one, text = random.choice(every), self.text()
            with self.entered("answered"):
                one.answer_with(self.me, one.turn, text)
            self.keep(one, answer=text, ended_by=self.me)

    def warn(self) -> None:
        text = self.text()[:400]
        self.keep(Concern.objects.raise_it(self.area, self.me, "timeline", text, self.idea()), text=text)
        self.done["raised a concern"] += 1

    def resolve(self) -> None:
        found = Concern.objects.filter(ended=None).select_related("area", "brief").order_by("-id")[:RECENT]
        if found:
            one, text = random.choice(list(found)), self.text()[:400]
            one.resolve(self.me, text)
            self.done["resolved a concern"] += 1
            self.keep(one, because=text, ended_by=self.me)

    def accept(self) -> None:
        with self.entered("wrote a tradeoff down"):
            one = write(self.area, self.me, "repair", "a test", "it breaks", code=random.choice("AB"))
        one = Tradeoff.objects.select_related("area", "brief").get(pk=one.pk)
        why = self.text()[:200]
        made = accept(one, self.me, self.side, timezone.localdate() + timedelta(days=30), why=why)
        self.done["accepted a tradeoff"] += 1
        self.keep(made, why=why)
