"""Addresses of decisions."""

from __future__ import annotations

from django.urls import path

from colead.web.decisions import portable, views

ONE = "<slug:area>/decisions/<int:number>"

urlpatterns = [
    path("<slug:area>/decisions", views.DecisionsView.as_view(), name="decisions"),
    path("<slug:area>/decisions/new", views.NewDecisionView.as_view(), name="new-decision"),
    path("<slug:area>/decisions/files", portable.FilesView.as_view(), name="decision-files"),
    path("<slug:area>/decisions.zip", portable.ArchiveView.as_view(), name="decision-archive"),
    path(f"{ONE}.md", portable.DecisionFileView.as_view(), name="decision-file"),
    path(ONE, views.DecisionView.as_view(), name="decision"),
    path(f"{ONE}/text", views.WordingView.as_view(), name="decision-text"),
    path(f"{ONE}/call", views.CallView.as_view(), name="decision-call"),
    path(f"{ONE}/concerns", views.ConcernsView.as_view(), name="decision-concerns"),
    path(f"{ONE}/concerns/<int:pk>", views.ConcernView.as_view(), name="decision-concern"),
    path(f"{ONE}/choice", views.ChoiceView.as_view(), name="decision-choice"),
    path(f"{ONE}/withdrawal", views.WithdrawalView.as_view(), name="decision-withdrawal"),
    path(f"{ONE}/kept", views.KeptView.as_view(), name="decision-kept"),
    path(f"{ONE}/wrong", views.DoubtsView.as_view(), name="decision-doubts"),
    path(f"{ONE}/wrong/<int:pk>", views.DoubtView.as_view(), name="decision-doubt"),
    path(f"{ONE}/readings", views.ReadingsView.as_view(), name="decision-readings"),
]
