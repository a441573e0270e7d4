"""Addresses of questions."""

from __future__ import annotations

from django.urls import path

from colead.web.questions.views import AnswersView, QuestionsView, QuestionView

IDEA = "<slug:area>/ideas/<int:number>"

urlpatterns = [
    path(f"{IDEA}/questions", QuestionsView.as_view(), name="questions"),
    path(f"{IDEA}/questions/<int:question>", QuestionView.as_view(), name="question"),
    path(f"{IDEA}/answers", AnswersView.as_view(), name="answers"),
]
