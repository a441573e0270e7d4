"""Resources of questions: what an idea leaves unclear, and the answers."""

from __future__ import annotations

from colead.web.api.call import Call
from colead.web.api.routes import Page, route
from colead.web.briefs.texts import IDEA
from colead.web.questions import wire
from colead.web.questions.models import Question


@route("GET", f"{IDEA}/questions")
def questions(call: Call, number: int) -> Page[wire.Question]:
    """The questions on an idea, with their answers."""
    asked = Question.objects.filter(brief=call.brief(number))
    return call.page(asked.select_related("brief"), wire.of)
