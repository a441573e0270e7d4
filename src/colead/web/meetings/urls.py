"""Addresses of meetings."""

from __future__ import annotations

from django.urls import path

from colead.web.meetings.views import IdeaSheetView, LiveView, MeetingView, OutcomeView, SheetView

urlpatterns = [
    path("<slug:area>/meeting", MeetingView.as_view(), name="meeting"),
    path("<slug:area>/meeting/sheet.html", SheetView.as_view(), name="meeting-sheet"),
    path("<slug:area>/meetings/<int:pk>", LiveView.as_view(), name="live"),
    path("<slug:area>/owed/<int:pk>", OutcomeView.as_view(), name="outcome"),
    path("<slug:area>/ideas/<int:number>/sheet.html", IdeaSheetView.as_view(), name="idea-sheet"),
]
